"""The sandbox's time, which can be moved so that expiry can be seen."""

import time


class Clock:
    """Seconds since 1970: the machine's own, plus what the clock was moved by."""

    def __init__(self) -> None:
        self.moved_by = 0.0

    def now(self) -> float:
        """Return seconds since 1970 in the sandbox's world."""
        return time.time() + self.moved_by

    def advance(self, seconds: float) -> None:
        """Move the world's clock forward by `seconds`; it never runs back."""
        if seconds < 0:
            raise ValueError("the clock runs forward only")
        self.moved_by += seconds
