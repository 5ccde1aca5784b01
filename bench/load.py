"""The load: Slack's signed requests written by hand on kept connections, so that the loader costs little."""

import asyncio
import itertools
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Self
from urllib.parse import urlencode

from bench.stage import Posts, Stage
from bot.sandbox.slack import PEOPLE

# those the bot is a member of, and all people too, in bot/sandbox/slack/channels.py
CHANNELS = ("C0SBGENERAL", "C0SBSPRING1", "C0SBMARKET1")
# seconds: so long that only what will never come is given up
PATIENCE = 30

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds from a command to its acknowledgement, and to its post's coming to Slack.

    `own` is what remains of the latter without the time that Slack and WeChat took to answer; it means something only
    where nothing else is under way.
    """

    acknowledged: float
    posted: float
    own: float


class Slack:
    """Who sends commands to one contender; `async with` closes its connections."""

    def __init__(self, stage: Stage, port: int) -> None:
        self._stage, self._port = stage, port
        self._lines: list[tuple[StreamReader, StreamWriter]] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """Close the lines on which nothing is under way: uvicorn closes what is idle for 5 s, maybe as it is used."""
        while self._lines:
            self._lines.pop()[1].close()

    @property
    def posts(self) -> Posts:
        """What is waited for."""
        return self._stage.posts

    async def acknowledge(self, text: str) -> float:
        """Send a command and return the seconds until it was acknowledged. Raises TimeoutError, RuntimeError."""
        request = self._request(text)
        reader, writer = await self._line()
        began = perf_counter()
        writer.write(request)
        async with asyncio.timeout(PATIENCE):
            await _acknowledged(reader)
        seconds = perf_counter() - began
        self._lines.append((reader, writer))
        return seconds

    async def mint(self) -> Timing:
        """Have a code minted for a scene of its own. Raises TimeoutError where nothing is posted."""
        scene = new_scene()
        posted = self.posts.expect(scene)
        async with asyncio.timeout(PATIENCE):
            began, busy = perf_counter(), self.posts.world_busy
            acknowledged = await self.acknowledge(f"temp {scene}")
            end = await posted
        seconds = end.at - began
        return Timing(acknowledged, seconds, seconds - (end.world_busy - busy))

    async def _line(self) -> tuple[StreamReader, StreamWriter]:
        while self._lines:
            reader, writer = self._lines.pop()
            if not reader.at_eof():  # uvicorn closes what was idle for 5 s
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self._port)

    def _request(self, text: str) -> bytes:
        slack, number = self._stage.world.slack, next(_numbers)
        channel, person = CHANNELS[number % len(CHANNELS)], PEOPLE[number % len(PEOPLE)].id
        payload = {
            "token": slack.verification_token, "team_id": slack.team_id, "team_domain": slack.team_domain,
            "channel_id": channel, "channel_name": "bench",
            "user_id": person, "user_name": "bench", "command": "/wxqr", "text": text,
            "api_app_id": slack.app_id, "is_enterprise_install": "false",
            "response_url": slack.response_url(slack.response_urls.give(person, channel)),
            "trigger_id": f"bench.{number}",
        }  # fmt: skip
        body = urlencode(payload).encode()
        headers = {
            "Host": "bench",
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **slack.signed(body),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"POST /slack/events HTTP/1.1\r\n{lines}\r\n".encode() + body


def new_scene() -> str:
    """Return a scene that nobody has had."""
    return f"bench{next(_numbers):08d}"


async def in_open_loop(rate: int, seconds: float, send: Callable[[], Awaitable[float]]) -> list[float]:
    """Send at a steady rate, whatever is still unanswered, and return what each took."""
    began = perf_counter()
    sent = []
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0, began + number / rate - perf_counter()))
        sent.append(asyncio.ensure_future(send()))
    return list(await asyncio.gather(*sent))


async def at_once(width: int, count: int, send: Callable[[], Awaitable[Timing]]) -> float:
    """Send `count` commands, always `width` of them under way, and return how many were posted a second."""
    turns = iter(range(count))

    async def one_after_another() -> None:
        for _ in turns:
            await send()

    began = perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(width):
            group.create_task(one_after_another())
    return count / (perf_counter() - began)


async def _acknowledged(reader: StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
    body = await reader.readexactly(length)
    if not head.startswith(b"http/1.1 200"):
        raise RuntimeError(f"not acknowledged: {head!r} {body!r}")
