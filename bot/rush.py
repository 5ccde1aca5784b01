"""Whether WeChat pushes so fast that what can wait shall wait."""

import time
from collections.abc import Callable

# so many scans kept by one commit mean that they queue
MANY = 12
LASTS = 0.5


class Rush:
    """Remembers when scans last came in crowds; `clock` gives seconds since any time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock() - LASTS

    def kept(self, scans: int) -> None:
        """Note how many scans one commit kept."""
        if scans >= MANY:
            self._since = self._clock()

    def is_on(self) -> bool:
        """Whether that was within the last half second."""
        return self._clock() - self._since < LASTS
