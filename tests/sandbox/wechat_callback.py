"""A callback that hears what WeChat pushes and answers what the test wants, on a real socket; wechatpy reads for it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.world import served

APP_ID, TOKEN, AES_KEY = "wx0123456789abcdef", "AAAAA", "A" * 43
OTHER_KEY = "B" * 42 + "A"


@dataclass
class Heard:
    """One request: its query, and its body as it came."""

    query: dict[str, str]
    body: str

    def verify(self) -> None:
        """Raise where the signature is wrong."""
        check_signature(TOKEN, self.query["signature"], self.query["timestamp"], self.query["nonce"])

    def opened(self, key: str = AES_KEY) -> str:
        """Return what was sealed; raise where the msg_signature, the key or the app id is wrong."""
        crypto = WeChatCrypto(TOKEN, key, APP_ID)
        query = self.query
        return str(crypto.decrypt_message(self.body, query["msg_signature"], query["timestamp"], query["nonce"]))

    @property
    def message(self) -> Any:
        """Return the message as wechatpy understands it."""
        self.verify()
        return parse_message(self.opened() if "encrypt_type" in self.query else self.body)

    @property
    def fields(self) -> dict[str, str]:
        """Return the message as it came."""
        return {name: value or "" for name, value in self.message._data.items()}


Answer = Callable[[Heard], Awaitable[Response]]


@dataclass
class Callback:
    """An account, and what hears it: set `answer` to answer otherwise than with success."""

    account: OfficialAccount
    clock: Clock
    faults: Faults
    heard: list[Heard] = field(default_factory=list)
    answers: list[Response | Answer] = field(default_factory=list)

    def says(self, *answers: str | Response | Answer) -> None:
        """Give these answers, one a delivery, and success after them."""
        self.answers = [Response(one) if isinstance(one, str) else one for one in answers]

    async def hear(self, request: Request) -> Response:
        self.heard.append(Heard(dict(request.query_params), (await request.body()).decode()))
        answer = self.answers.pop(0) if self.answers else Response("success")
        return answer if isinstance(answer, Response) else await answer(self.heard[-1])

    @property
    def last(self) -> Heard:
        return self.heard[-1]


async def never(_: Heard) -> Response:
    """Answer when everything else is over."""
    await asyncio.Event().wait()
    raise AssertionError("nobody sets it")


@asynccontextmanager
async def heard_at(listening: socket.socket) -> AsyncIterator[Callback]:
    """Let an account push to a callback at a bound socket until the block ends."""
    clock, faults = Clock(), Faults()
    account = OfficialAccount(APP_ID, "0123456789abcdef0123456789abcdef", clock=clock, faults=faults)
    account.callback_url = f"http://127.0.0.1:{listening.getsockname()[1]}/wechat/callback"
    account.callback_token, account.encoding_aes_key = TOKEN, AES_KEY
    account.pushes.pause = 0
    callback = Callback(account, clock, faults)
    async with served([Route("/wechat/callback", callback.hear, methods=["GET", "POST"])], listening):
        yield callback
        await account.close()
