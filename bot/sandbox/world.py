"""The sandbox put together: a workspace, an official account, a clock, faults, and the bot between them."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.app import Patience, assembled
from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.image_proxy import ImageProxy
from bot.sandbox.slack import Workspace, slack_app
from bot.sandbox.slack.people import PEOPLE
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.api import wechat_app
from bot.settings import read_settings

APP_ID = "wx5a0db0c5a0db0c5a"
APP_SECRET = "5a0db0c5a0db0c5a0db0c5a0db0c5a0d"
# this world's WeChat and Slack are near, and share a file within 0.15 s
# whoever looks on sees the counters follow the phones, and not ten seconds later
PATIENCE = Patience(wechat=(0.02, 0.05, 0.1), slack=(0.1, 0.2, 0.4), jobs={"count_up": 1})
CALLBACK_TOKEN = "SandboxCallbackToken"
AES_KEY = "SandboxSandboxSandboxSandboxSandboxSandbox0"
# what is being answered when the sandbox ends has this long
GRACE_SECONDS = 1


@dataclass
class World:
    """Everything outside the bot, served at `base_url`; `bot_url` is where a bot is that hears by HTTP.

    `async with` closes what both halves opened.
    """

    base_url: str
    bot_url: str | None
    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)
    patience: Patience = PATIENCE

    def __post_init__(self) -> None:
        request_url = f"{self.bot_url}/slack/events" if self.bot_url else None
        self.slack = Workspace(
            clock=self.clock, faults=self.faults, base_url=f"{self.base_url}/slack", request_url=request_url
        )
        self.slack.should_escape = True  # as manifest.yml has it: a channel comes with its id
        self.wechat = OfficialAccount(APP_ID, APP_SECRET, clock=self.clock, faults=self.faults)
        self.wechat.callback_url = f"{self.bot_url}/wechat/callback" if self.bot_url else ""
        self.wechat.callback_token, self.wechat.encoding_aes_key = CALLBACK_TOKEN, AES_KEY
        self.wechat.callback_mode = "safe"
        self.accounts = {APP_ID: self.wechat}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.slack.close()
        for account in self.accounts.values():
            await account.close()

    def environment(self, database: Path, *, socket_mode: bool = False) -> dict[str, str]:
        """Return the settings of a bot that lives in this world."""
        slack = self.slack
        operators = [person.id for person in PEOPLE if person.role == "operator"]
        return {
            "SLACK_BOT_TOKEN": slack.bot_token,
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            **({"SLACK_APP_TOKEN": slack.app_token} if socket_mode else {}),
            "SLACK_API_URL": f"{self.base_url}/slack/api/",
            "WECHAT_APP_ID": APP_ID,
            "WECHAT_APP_SECRET": APP_SECRET,
            "WECHAT_CALLBACK_TOKEN": CALLBACK_TOKEN,
            "WECHAT_ENCODING_AES_KEY": AES_KEY,
            "WECHAT_API_URL": f"{self.base_url}/wechat",
            "WECHAT_MP_URL": f"{self.base_url}/wechat",
            "WXQR_DATABASE": str(database),
            "WXQR_OPERATORS": " ".join(operators),
        }

    def routes(self) -> list[BaseRoute]:
        """Return both halves, to be served at `base_url`."""
        return [
            Route("/slack/proxy", ImageProxy(self.accounts).show),
            Mount("/slack", slack_app(self.slack)),
            Mount("/wechat", wechat_app(self.accounts)),
        ]


class Door:
    """Where the bot stands in the sandbox's own server: it may go and come back while the server goes on."""

    def __init__(self) -> None:
        self.bot: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand a request to the bot; while there is none, break the connection as a dead host would."""
        if self.bot is None:
            raise ConnectionResetError("the bot is not there")
        await self.bot(scope, receive, send)


@asynccontextmanager
async def with_bot(world: World, door: Door, database: Path, **more: str) -> AsyncIterator[None]:
    """Let the real bot live in the world until the block ends; it keeps the world's time."""
    environment = {**world.environment(database), **more}
    settings = read_settings(environment, lambda path: Path(path).read_text(encoding="utf-8"))
    async with assembled(settings, now=lambda: int(world.clock.now()), patience=world.patience) as bot:
        door.bot = bot
        try:
            yield
        finally:
            door.bot = None


@asynccontextmanager
async def served(routes: list[BaseRoute], listening: socket.socket) -> AsyncIterator[None]:
    """Serve `routes` on a bound socket until the block ends."""
    config = uvicorn.Config(
        Starlette(routes=routes),
        http="httptools",
        ws="websockets-sansio",
        lifespan="off",
        access_log=False,
        log_config=None,
    )
    server = _Server(config)
    async with AsyncExitStack() as stack:
        task = asyncio.create_task(server._serve([listening]))  # noqa: SLF001 - serve() would take the process's signals
        stack.push_async_callback(asyncio.wait, {task})
        stack.callback(server.leave)
        yield


class _Server(uvicorn.Server):
    """Uvicorn that leaves when it is told to; its own looks every 0.1 s whether it shall, and whether it may."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._leaving = asyncio.Event()

    def leave(self) -> None:
        self._leaving.set()

    async def main_loop(self) -> None:
        while not self._leaving.is_set():
            await self.on_tick(0)  # the answers' Date, which the doctor compares with its clock
            with suppress(TimeoutError):
                await asyncio.wait_for(self._leaving.wait(), timeout=1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let go of whoever called; what is being answered has a second to be so."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        if self.server_state.tasks:
            _, late = await asyncio.wait(self.server_state.tasks, timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()
        for one in sockets or ():
            one.close()
