"""Entry point 2, the fast one: what WeChat pushes is verified, kept, answered. Beside the router, or past ASGI at all.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/push
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot import metrics
from bot.funnel import Funnel
from bot.model import Account
from bot.response import Headers, Response, Say, say
from bot.scan import Message, PersonKey, Welcome
from bot.wechat.callback import LARGEST_BODY, Callback, Push, Refused, news_reply, read_query, text_reply
from storage.scans import Arrived

log = logging.getLogger(__name__)

Receive = Callable[[], Any]
Send = Callable[[Any], Any]

_PLAIN: Headers = ((b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff"))
_XML: Headers = ((b"content-type", b"text/xml; charset=utf-8"),)
SUCCESS = Response(200, b"success")
# WeChat shows "service unavailable" after anything odd, and pushes again after 5xx and after 5 s
NOT_KEPT = Response(503, b"")
NOT_ALLOWED = Response(405, b"")


@dataclass(frozen=True, slots=True)
class Pushes:
    """What one official account's callback URL answers. `now` gives seconds since 1970."""

    account: Account
    callback: Callback
    funnel: Funnel
    person_key: PersonKey
    now: Callable[[], int]

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer one request that comes by ASGI."""
        if scope["method"] == "POST":
            body = await _body(receive)
            if body is not None:
                await say(send, await self._taken(scope["query_string"], body))
        else:
            await say(send, self._verified(scope["query_string"]) if scope["method"] == "GET" else NOT_ALLOWED)

    def take(self, query_string: bytes, body: bytes, answer: Say) -> None:
        """Answer a POST once: 200 once what it tells is on the disk, 4xx what is forged, 503 what could not be kept."""
        now = self.now()
        try:
            push = self.callback.opened(read_query(query_string), body, now)
        except Refused as refused:
            answer(self._refusal(refused))
            return
        scan = push.scan(self.account.app_id)
        if scan is None:
            answer(SUCCESS)
            return

        def kept(welcome: Welcome | None, error: Exception | None) -> None:
            answer(NOT_KEPT if error else self._reply(push, welcome[0], now) if welcome else SUCCESS)

        self.funnel.keep(Arrived(scan, self.person_key.person(scan.app_id, scan.open_id), now), kept)

    async def _taken(self, query_string: bytes, body: bytes) -> Response:
        answered: asyncio.Future[Response] = asyncio.get_running_loop().create_future()

        def answer(response: Response) -> None:
            if not answered.done():  # its task may have been cancelled
                answered.set_result(response)

        self.take(query_string, body, answer)
        return await answered

    def _verified(self, query_string: bytes) -> Response:
        """Answer the console's GET: an echostr is said back as it came, and no browser may take it for a page."""
        try:
            return Response(200, self.callback.verify(read_query(query_string), self.now()), _PLAIN)
        except Refused as refused:
            return self._refusal(refused)

    def _refusal(self, refused: Refused) -> Response:
        metrics.pushes_refused(self.account.name, refused.why)
        log.warning("a push to %s was refused: %s", self.account.name, refused.why)
        return Response(refused.status, b"")

    def _reply(self, push: Push, message: Message, now: int) -> Response:
        xml = (
            news_reply(push, message.title, message.text, message.picture_url, message.url, now)
            if message.title
            else text_reply(push, message.text, now)
        )
        sealed = self.callback.sealed(xml, push, now, secrets.token_hex(8), secrets.token_bytes(16))
        return Response(200, sealed.encode(), _XML)


async def _body(receive: Receive) -> bytes | None:
    """Return the body, and of one that is too large no more than shows it; None where whoever sent it hung up."""
    message = await receive()
    body = bytes(message.get("body", b""))
    while message.get("more_body"):
        if len(body) > LARGEST_BODY:
            break
        message = await receive()
        body += message.get("body", b"")
    return None if message["type"] == "http.disconnect" else body
