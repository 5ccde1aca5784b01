"""The two doors Slack can come through: signed HTTP requests, or a socket that the bot opens."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot import metrics

log = logging.getLogger(__name__)

# a view's payload may be 250 KB (https://docs.slack.dev/surfaces/modals); no request of ours comes near
LARGEST_BODY = 512 * 1024
# seconds; a dead connection is noticed after four pings
PING = 5
# what Bolt raises over a payload of a shape it does not know: it reads the payload as it builds its request
MISSHAPEN = (TypeError, AttributeError, KeyError, ValueError, IndexError, RecursionError)

NOT_ALLOWED = PlainTextResponse(status_code=405, headers={"Allow": "POST"})


class HttpDoor:
    """`POST /slack/events`, by ASGI: oversized gets 413, forged or stale 401, malformed 400; never 500 (T12)."""

    def __init__(self, app: AsyncApp, signing_secret: str) -> None:
        self._handler = AsyncSlackRequestHandler(app)
        self._verifier = SignatureVerifier(signing_secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope, receive)
        response = await self._answer(request) if request.method == "POST" else NOT_ALLOWED
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        started = perf_counter()
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        if not self._is_signed(request, body):
            return PlainTextResponse("forged", 401)
        response = await self._handled(request)
        metrics.acknowledged(perf_counter() - started)
        return response

    def _is_signed(self, request: Request, body: bytes) -> bool:
        """Look at the signature before Bolt reads the payload: a stranger's is none of its business."""
        try:
            return self._verifier.is_valid_request(body, request.headers)
        except (ValueError, TypeError, OverflowError):  # a timestamp that is no time, a text that is not ASCII (T12)
            return False

    async def _handled(self, request: Request) -> Response:
        try:
            response = await self._handler.handle(request)
        except MISSHAPEN:
            log.warning("a signed request is of a shape that Bolt does not know", exc_info=True)
            return PlainTextResponse("malformed", 400)
        if response.status_code >= 500:  # noqa: PLR2004 - no listener raises: it is a shape that Bolt does not know
            return PlainTextResponse("malformed", 400)
        return response


class SocketDoor:
    """Socket Mode; it reconnects by itself. `is_open` tells whether it is connected right now."""

    def __init__(self, handler: AsyncSocketModeHandler) -> None:
        self._client = handler.client

    @property
    def is_open(self) -> bool:
        """Whether a session is up and has answered a ping lately."""
        session = self._client.current_session
        return session is not None and not session.closed and not self._client.stale


@asynccontextmanager
async def socket_door(app: AsyncApp, app_token: str) -> AsyncIterator[SocketDoor]:
    """Open the socket and keep it open; connecting goes on in the background, for ever."""
    handler = AsyncSocketModeHandler(app, app_token, ping_interval=PING)
    connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    try:
        yield SocketDoor(handler)
    finally:
        connecting.cancel()
        await handler.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped


async def _body(request: Request) -> bytes | None:
    content = bytearray()
    async for piece in request.stream():
        content += piece
        if len(content) > LARGEST_BODY:
            return None
    body = request._body = bytes(content)  # noqa: SLF001 - Starlette's own place for a body that was streamed
    return body
