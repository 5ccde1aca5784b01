"""Whether WeChat pushes so fast that what can wait shall wait."""

import time

# so many scans kept by one commit mean that they queue
MANY = 12
LASTS = 0.5


class Rush:
    """Remembers when scans last came in crowds."""

    def __init__(self) -> None:
        self._since = -LASTS

    def kept(self, scans: int) -> None:
        """Note how many scans one commit kept."""
        if scans >= MANY:
            self._since = time.monotonic()

    def is_on(self) -> bool:
        """Whether that was within the last half second."""
        return time.monotonic() - self._since < LASTS
