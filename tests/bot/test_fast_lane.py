"""Past ASGI: whatever comes on a connection, in whatever pieces, is answered once and in order."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send

from bot.response import Response, Say, say
from bot.server import bound, serve

PUSH = b"POST /in?a=%d HTTP/1.1\r\nHost: here\r\nContent-Length: 4\r\n\r\nbody"
ELSEWHERE = b"GET /elsewhere HTTP/1.1\r\nHost: here\r\n\r\n"


class Pushed:
    """What came along the lane. It is answered at once, or not before `answer` is called."""

    def __init__(self, *, at_once: bool = True) -> None:
        self.came: list[tuple[bytes, bytes]] = []
        self.waiting: list[tuple[Response, Say]] = []
        self.at_once = at_once
        self.someone = asyncio.Event()

    def take(self, query: bytes, body: bytes, say: Say) -> None:
        self.came.append((query, body))
        if body == b"bug!":
            raise LookupError("a bug")
        self.waiting.append((Response(200, b"lane " + query), say))
        self.someone.set()
        if self.at_once:
            self.answer()

    def answer(self) -> None:
        for response, say_it in self.waiting:
            say_it(response)
        self.waiting = []


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    message = await receive()
    while message.get("more_body"):
        message = await receive()
    await say(send, Response(200, b"app " + scope["path"].encode()))


@asynccontextmanager
async def served(pushed: Pushed) -> AsyncIterator[tuple[int, asyncio.Event]]:
    stopping = asyncio.Event()
    with bound("127.0.0.1", 0) as listening:
        serving = asyncio.create_task(serve(app, listening, stopping, {b"/in": pushed.take}))
        yield listening.getsockname()[1], stopping
        stopping.set()
        await serving


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[StreamReader, StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with closing(writer):
        yield reader, writer


async def read(reader: StreamReader) -> tuple[int, dict[str, str], str]:
    """Return the status, the headers and the body of one answer."""
    head, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers["content-length"]))
    return int(head.split()[1]), headers, body.decode()


async def test_pushes_on_one_connection_are_answered_past_the_app() -> None:
    pushed = Pushed()
    async with served(pushed) as (port, _), connected(port) as (reader, writer):
        for number in range(3):
            writer.write(PUSH % number)
            status, headers, body = await read(reader)
            assert (status, body) == (200, f"lane a={number}")
            assert "date" in headers
            assert "connection" not in headers
    assert pushed.came == [(b"a=0", b"body"), (b"a=1", b"body"), (b"a=2", b"body")]


async def test_what_comes_before_the_last_answer_waits_for_its_turn() -> None:
    pushed = Pushed(at_once=False)
    async with served(pushed) as (port, _), connected(port) as (reader, writer):
        writer.write(PUSH % 1 + ELSEWHERE + PUSH % 2)
        await pushed.someone.wait()
        await writer.drain()
        pushed.answer()
        assert [(await read(reader))[2] for _ in range(3)] == ["lane a=1", "app /elsewhere", "app /in"]


WAYS = {
    "chunked": b"POST /in HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
    "very long": b"POST /in HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000,
    "GET": b"GET /in?a=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
    "an upgrade": b"POST /in HTTP/1.1\r\nHost: h\r\nUpgrade: x\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("way", WAYS)
async def test_whatever_is_not_plain_goes_through_the_app(way: str) -> None:
    pushed = Pushed()
    async with served(pushed) as (port, _), connected(port) as (reader, writer):
        writer.write(WAYS[way])
        assert (await read(reader))[2] == "app /in"
    assert pushed.came == []


LAST = {
    "the last one": b"POST /in?a=1 HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody",
    "HTTP/1.0, as nginx speaks": b"POST /in?a=1 HTTP/1.0\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody",
    "HTTP/1.0 that would stay": b"POST /in?a=1 HTTP/1.0\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\nbody",
}


@pytest.mark.parametrize("way", LAST)
async def test_after_the_last_push_of_a_connection_it_is_closed(way: str) -> None:
    async with served(Pushed()) as (port, _), connected(port) as (reader, writer):
        writer.write(LAST[way])
        _, headers, body = await read(reader)
        assert (headers["connection"], body) == ("close", "lane a=1")
        assert await reader.read() == b""


async def test_who_asks_whether_to_send_the_body_is_told_so() -> None:
    async with served(Pushed()) as (port, _), connected(port) as (reader, writer):
        writer.write(b"POST /in HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(b"body")
        assert (await read(reader))[2] == "app /in"


async def test_who_hangs_up_before_the_answer_harms_nobody() -> None:
    pushed = Pushed(at_once=False)
    async with served(pushed) as (port, _):
        async with connected(port) as (_, writer):
            writer.write(PUSH % 1)
            await pushed.someone.wait()
        async with connected(port) as (reader, writer):
            writer.write(ELSEWHERE)
            await read(reader)  # by now the server has seen the other one go
            pushed.answer()
            pushed.at_once = True
            writer.write(PUSH % 2)
            assert (await read(reader))[2] == "lane a=2"


async def test_a_server_that_stops_answers_what_is_under_way_and_closes_the_connection() -> None:
    pushed = Pushed(at_once=False)
    async with served(pushed) as (port, stopping), connected(port) as (reader, writer):
        writer.write(PUSH % 1)
        await pushed.someone.wait()
        stopping.set()
        await refused(port)
        pushed.answer()
        _, headers, body = await read(reader)
        assert (headers["connection"], body) == ("close", "lane a=1")
        assert await reader.read() == b""


async def refused(port: int) -> None:
    """Return once nobody listens there any more."""
    with suppress(OSError):
        async with asyncio.timeout(10):
            while True:
                async with connected(port) as (reader, _):
                    await reader.read()


async def test_a_bug_in_a_lane_is_reported_and_harms_no_other_connection() -> None:
    reported: asyncio.Future[BaseException | None] = asyncio.Future()
    asyncio.get_running_loop().set_exception_handler(lambda _, about: reported.set_result(about.get("exception")))
    pushed = Pushed()
    async with served(pushed) as (port, _), connected(port) as (reader, writer), connected(port) as (_, broken):
        broken.write((PUSH % 1).replace(b"body", b"bug!"))
        assert isinstance(await reported, LookupError)
        writer.write(PUSH % 2)
        assert (await read(reader))[2] == "lane a=2"


ANSWERS = {
    PUSH % 1: {"lane a=1", "app /in"},  # uvicorn's way where it came before the last one was answered
    PUSH % 2: {"lane a=2", "app /in"},
    ELSEWHERE: {"app /elsewhere"},
}
REQUESTS = st.lists(st.sampled_from([*ANSWERS]), min_size=1, max_size=5)
PIECES = st.lists(st.integers(1, 40), min_size=1, max_size=30)


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(REQUESTS, PIECES), min_size=10, max_size=20))
def test_in_whatever_pieces_requests_come_each_is_answered_once_and_in_order(
    conversations: list[tuple[list[bytes], list[int]]],
) -> None:
    async def ask(port: int, requests: list[bytes], pieces: list[int]) -> list[str]:
        async with connected(port) as (reader, writer):
            rest = b"".join(requests)
            for size in pieces:
                writer.write(rest[:size])
                rest = rest[size:]
                await asyncio.sleep(0)
            writer.write(rest)
            return [(await read(reader))[2] for _ in requests]

    async def ask_all() -> list[list[str]]:
        async with served(Pushed()) as (port, _):
            return await asyncio.gather(*(ask(port, *conversation) for conversation in conversations))

    for (requests, _), answers in zip(conversations, asyncio.run(ask_all()), strict=True):
        assert all(answer in ANSWERS[request] for request, answer in zip(requests, answers, strict=True))
