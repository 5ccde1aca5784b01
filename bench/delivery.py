"""WeChat as it delivers: what is not answered is pushed again, and what was answered may be, too."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from time import perf_counter

from bench.lives import Happened

CONNECTIONS = 64
# seconds: longer than any database is locked here
LONGEST = 120


@dataclass(slots=True)
class Deliveries:
    """What was answered with `success`, of how many pushes; those that were refused (5xx), and that had no answer.

    `longest` is in seconds, from a push to its answer.
    """

    answered: set[Happened] = field(default_factory=set)
    pushes: int = 0
    refused: int = 0
    broken_off: int = 0
    longest: float = 0

    async def push(self, port: int, events: Collection[Happened], connections: int = CONNECTIONS) -> None:
        """Push each once, all connections at work; a connection that breaks is not opened again.

        Raises RuntimeError (in a group) where an answer is neither `success` nor 5xx.
        """
        turns = iter(events)
        async with asyncio.TaskGroup() as group:
            for _ in range(connections):
                group.create_task(self._push_on_one_line(port, turns))

    async def push_until_answered(self, port: int, events: Collection[Happened]) -> None:
        """Push until every one was answered. Raises TimeoutError after two minutes."""
        async with asyncio.timeout(LONGEST):
            while waiting := [one for one in events if one not in self.answered]:
                await self.push(port, waiting)

    async def _push_on_one_line(self, port: int, turns: Iterator[Happened]) -> None:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionError:
            return
        with closing(writer):
            for one in turns:
                if not await self._push_one(reader, writer, one):
                    return

    async def _push_one(self, reader: StreamReader, writer: StreamWriter, one: Happened) -> bool:
        """Push an event; False where the bot is gone."""
        self.pushes += 1
        request = one.pushed()
        began = perf_counter()
        try:
            writer.write(request)
            status, body = await _answer(reader)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.broken_off += 1
            return False
        self.longest = max(self.longest, perf_counter() - began)
        self._note(one, status, body)
        return True

    def _note(self, one: Happened, status: int, body: bytes) -> None:
        if status == 200 and body == b"success":
            self.answered.add(one)
        elif status >= 500:
            self.refused += 1
        else:
            raise RuntimeError(f"a push was answered with {status} {body!r}")


async def _answer(reader: StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    return int(head.split(b" ", 2)[1]), await reader.readexactly(length)
