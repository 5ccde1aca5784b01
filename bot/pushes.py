"""Entry point 2, the fast one: what WeChat pushes is verified, kept, answered. A raw ASGI callable beside the router.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/push
"""

import logging
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot import metrics
from bot.funnel import Funnel
from bot.model import Account
from bot.scan import Message, PersonKey
from bot.wechat.callback import LARGEST_BODY, Callback, Push, Refused, news_reply, read_query, text_reply
from storage.scans import Arrived

log = logging.getLogger(__name__)

Receive = Callable[[], Any]
Send = Callable[[Any], Any]

# WeChat shows "service unavailable" after anything odd, and pushes again after 5xx and after 5 s
NOT_KEPT = 503


def _start(status: int, length: int, kind: bytes = b"text/plain; charset=utf-8") -> dict[str, Any]:
    # an echostr is said back as it came: no browser may take it for a page
    headers = [(b"content-type", kind), (b"content-length", b"%d" % length), (b"x-content-type-options", b"nosniff")]
    return {"type": "http.response.start", "status": status, "headers": headers}


SUCCESS = b"success"
_SUCCESS_START = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"7")]}
_SUCCESS_BODY = {"type": "http.response.body", "body": SUCCESS}


@dataclass(frozen=True, slots=True)
class Pushes:
    """What one official account's callback URL answers. `now` gives seconds since 1970."""

    account: Account
    callback: Callback
    funnel: Funnel
    person_key: PersonKey
    now: Callable[[], int]

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one request: 200 once what it tells is on the disk, 4xx what is forged, 503 what could not be kept."""
        try:
            if scope["method"] == "POST":
                body = await _body(receive)
                if body is not None:
                    await self._take(scope["query_string"], body, send)
            elif scope["method"] == "GET":
                await _say(send, 200, self.callback.verify(read_query(scope["query_string"]), self.now()))
            else:
                await _say(send, 405, b"")
        except Refused as refused:
            metrics.pushes_refused(self.account.name, refused.why)
            log.warning("a push to %s was refused: %s", self.account.name, refused.why)
            await _say(send, refused.status, b"")

    async def _take(self, query_string: bytes, body: bytes, send: Send) -> None:
        now = self.now()
        push = self.callback.opened(read_query(query_string), body, now)
        scan = push.scan(self.account.app_id)
        if scan is None:
            await _succeed(send)
            return
        person = self.person_key.person(scan.app_id, scan.open_id)
        try:
            welcome = await self.funnel.keep(Arrived(scan, person, now))
        except (sqlite3.Error, TimeoutError):
            await _say(send, NOT_KEPT, b"")
            return
        if welcome:
            await _say(send, 200, self._reply(push, welcome[0], now).encode(), b"text/xml; charset=utf-8")
        else:
            await _succeed(send)

    def _reply(self, push: Push, message: Message, now: int) -> str:
        xml = (
            news_reply(push, message.title, message.text, message.picture_url, message.url, now)
            if message.title
            else text_reply(push, message.text, now)
        )
        return self.callback.sealed(xml, push, now, secrets.token_hex(8), secrets.token_bytes(16))


async def _succeed(send: Send) -> None:
    await send(_SUCCESS_START)
    await send(_SUCCESS_BODY)


async def _say(send: Send, status: int, body: bytes, kind: bytes = b"text/plain; charset=utf-8") -> None:
    await send(_start(status, len(body), kind))
    await send({"type": "http.response.body", "body": body})


async def _body(receive: Receive) -> bytes | None:
    """Return the body, of at most 64 KiB; None where whoever sent it hung up. Raises Refused where it is larger."""
    message = await receive()
    body = bytes(message.get("body", b""))
    while message.get("more_body"):
        if len(body) > LARGEST_BODY:
            break
        message = await receive()
        body += message.get("body", b"")
    if message["type"] == "http.disconnect":
        return None
    if len(body) > LARGEST_BODY:
        raise Refused("too_large", 413)
    return body
