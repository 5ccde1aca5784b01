"""The two doors Slack can come through: signed HTTP requests, or a socket that the bot opens."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from urllib.parse import parse_qs

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot import metrics

# a view's payload may be 250 KB (https://docs.slack.dev/surfaces/modals); no request of ours comes near
LARGEST_BODY = 512 * 1024
# seconds; a dead connection is noticed after four pings
PING = 5
# of a timestamp, till the year 5138
DIGITS = 11


class HttpDoor:
    """`POST /slack/events`: what is forged, stale, oversized or malformed gets 4xx, never 500 (T12)."""

    def __init__(self, app: AsyncApp) -> None:
        self._handler = AsyncSlackRequestHandler(app)

    async def answer(self, request: Request) -> Response:
        """Answer one request of Slack."""
        started = perf_counter()
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        if not _is_plausible(request, body):
            return PlainTextResponse("malformed", 400)
        response = await self._handler.handle(request)
        metrics.acknowledged(perf_counter() - started)
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


def _is_plausible(request: Request, body: bytes) -> bool:
    """Whether Bolt can read it: it answers 500 where it cannot, also before it has looked at the signature."""
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= DIGITS and signature.isascii()):
        return False
    try:
        return _is_readable(body.decode("utf-8"), request.headers.get("content-type", ""))
    except (ValueError, RecursionError):
        return False


def _is_readable(text: str, content_type: str) -> bool:
    if content_type.startswith("application/json") or text.startswith("{"):
        return isinstance(json.loads(text), dict)
    payloads = parse_qs(text).get("payload", [])
    return all(isinstance(json.loads(payload), dict) for payload in payloads)
