"""For those who wait until something has happened to an account."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


class Happenings:
    """Wakes whoever waits, and calls each of `listeners`, each time something happened."""

    def __init__(self) -> None:
        self._happened = asyncio.Event()
        self.listeners: list[Callable[[], None]] = []

    def tell(self) -> None:
        """Let everybody who waits look again."""
        self._happened.set()
        self._happened = asyncio.Event()
        for hear in self.listeners:
            hear()

    async def wait_for(self, predicate: Callable[[], _T], seconds: float) -> _T:
        """Return what `predicate` returns as soon as that is true; TimeoutError after `seconds` of real time."""
        async with asyncio.timeout(seconds):
            while not (found := predicate()):
                await self._happened.wait()
            return found
