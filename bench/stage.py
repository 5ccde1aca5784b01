"""Where contenders are measured: the sandbox's world, which also tells when a post reached Slack."""

import asyncio
import logging
import os
import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.sandbox.slack import slack_app
from bot.sandbox.wechat.api import wechat_app
from bot.sandbox.world import World, served
from bot.server import bound

# the step of an upload that posts it: https://docs.slack.dev/reference/methods/files.completeUploadExternal
LAST_STEP = "files.completeUploadExternal"
MINTING = "/cgi-bin/qrcode/create"
SCENE = re.compile(rb"bench\d{8}")
# seconds: longer than a round
SILENCE = 15

CORES = sorted(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Posted:
    """When a post's last call came to Slack, and how long Slack and WeChat had been at work by then, in all."""

    at: float
    world_busy: float


@dataclass(slots=True)
class Posts:
    """The posts that are waited for, by their scenes; `world_busy` is in seconds."""

    world_busy: float = 0
    _awaited: dict[bytes, asyncio.Future[Posted]] = field(default_factory=dict)

    def expect(self, scene: str) -> asyncio.Future[Posted]:
        """Return the moment at which the scene's post will have come."""
        future = self._awaited[scene.encode()] = asyncio.get_running_loop().create_future()
        return future

    def came(self, body: bytes) -> None:
        """Take note of a post."""
        now = perf_counter()
        for scene in SCENE.findall(body):
            future = self._awaited.pop(scene, None)
            if future and not future.done():
                future.set_result(Posted(now, self.world_busy))


@dataclass(frozen=True, slots=True)
class Watched:
    """Slack or WeChat, with somebody at the door who sees the posts come in and holds a watch."""

    half: ASGIApp
    posts: Posts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a body may come in pieces, and its scene is looked for in the whole."""
        body = bytearray(scope["query_string"])  # where slack_sdk puts the arguments of an upload's last step

        async def seen() -> Message:
            message = await receive()
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                self.posts.came(bytes(body))
            return message

        began = perf_counter()
        is_last = scope["path"].endswith(LAST_STEP)
        await self.half(scope, seen if is_last else receive, send)
        self.posts.world_busy += perf_counter() - began


@dataclass(frozen=True, slots=True)
class Stage:
    """The world, its posts, and a folder for databases and logs."""

    world: World
    posts: Posts
    folder: Path

    @contextmanager
    def silent_wechat(self) -> Iterator[None]:
        """Let nothing be minted: what is acknowledged meanwhile stays in hand."""
        self.world.faults.arm("slow", times=None, where=MINTING, seconds=SILENCE)
        try:
            yield
        finally:
            self.world.faults.clear("slow")


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """Serve the world from the last core; contenders get the first."""
    with bound("127.0.0.1", 0) as listening, tempfile.TemporaryDirectory(prefix="wxqr-bench-") as folder:
        world = World(f"http://127.0.0.1:{listening.getsockname()[1]}", None)
        world.wechat.quotas.daily[MINTING] = 10**9
        posts = Posts()
        slack, wechat = Watched(slack_app(world.slack), posts), Watched(wechat_app(world.accounts), posts)
        routes: list[BaseRoute] = [Mount("/slack", slack), Mount("/wechat", wechat)]
        os.sched_setaffinity(0, CORES[-1:])
        # a contender that is killed breaks off what it was asking for, which uvicorn would report at length
        logging.getLogger("uvicorn").setLevel(logging.CRITICAL)
        async with served(routes, listening), world.slack:
            yield Stage(world, posts, Path(folder))


@contextmanager
def on_first_core() -> Iterator[None]:
    """Let what is done or started in the block have the contenders' core."""
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, CORES[:1])
    try:
        yield
    finally:
        os.sched_setaffinity(0, ours)
