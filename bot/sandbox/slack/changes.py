"""What happens, as it happens: for pages that show it and tests that wait for it."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any, TypeVar

BACKLOG = 1000
_T = TypeVar("_T")


class Changes:
    """A stream with any number of readers; whoever falls more than `BACKLOG` events behind is cut off."""

    def __init__(self) -> None:
        self._happened = asyncio.Event()
        self._readers: set[asyncio.Queue[dict[str, Any] | None]] = set()

    def publish(self, event: dict[str, Any]) -> None:
        """Tell every reader; `event` must be JSON-able."""
        for reader in tuple(self._readers):
            if reader.full():
                self._cut_off(reader)
            else:
                reader.put_nowait(event)
        self._happened.set()
        self._happened = asyncio.Event()

    async def stream(self) -> AsyncGenerator[dict[str, Any], None]:
        """Yield each event from now on, until the reader falls behind."""
        reader: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue(BACKLOG)
        self._readers.add(reader)
        try:
            while (event := await reader.get()) is not None:
                yield event
        finally:
            self._readers.discard(reader)

    async def wait_for(self, predicate: Callable[[], _T], seconds: float) -> _T:
        """Return what `predicate` returns as soon as that is true; TimeoutError after `seconds` of real time."""
        async with asyncio.timeout(seconds):
            while not (found := predicate()):
                await self._happened.wait()
            return found

    def _cut_off(self, reader: asyncio.Queue[dict[str, Any] | None]) -> None:
        """End one stream: a reader with a gap in what it knows would never learn of it."""
        self._readers.discard(reader)
        while not reader.empty():
            reader.get_nowait()
        reader.put_nowait(None)
