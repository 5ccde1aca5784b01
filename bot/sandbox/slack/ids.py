"""Slack's identifiers and timestamps, in the shapes that clients check."""

import itertools
import secrets

from bot.sandbox.clock import Clock


class Ids:
    """What makes every name in the workspace unlike every other."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = itertools.count(1)
        self._last_microsecond = 0

    def new(self, letter: str) -> str:
        """Return an id such as `F00000000A1`: the kind's letter, then at least eight of A-Z and 0-9."""
        return f"{letter}0{next(self._count):09X}"

    def ts(self) -> str:
        """Return the present moment as `1700000000.123456`: never the same twice, so it can name a message."""
        now = int(self._clock.now() * 1_000_000)
        self._last_microsecond = max(now, self._last_microsecond + 1)
        return f"{self._last_microsecond // 1_000_000}.{self._last_microsecond % 1_000_000:06d}"

    def secret(self) -> str:
        """Return what nobody can guess: the tail of a response_url or of an upload_url."""
        return secrets.token_hex(12)
