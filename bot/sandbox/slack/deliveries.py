"""What Slack sends to the app, over HTTP or through a socket, and what the app answered."""

import asyncio
import time
from time import perf_counter
from typing import TYPE_CHECKING

import aiohttp

from bot.sandbox.slack.delivery import Delivery, Outgoing
from bot.sandbox.slack.signing import signed
from bot.sandbox.slack.sockets import Sockets

if TYPE_CHECKING:
    from bot.sandbox.slack.workspace import Workspace

OK = 200
KEPT_ALIVE = 4


class Deliveries:
    """The way to the app: one kept HTTP client, or the sockets where there is no address."""

    def __init__(self, workspace: "Workspace", sockets: Sockets) -> None:
        self._workspace = workspace
        self._sockets = sockets
        self._client: aiohttp.ClientSession | None = None

    async def send(self, outgoing: Outgoing) -> Delivery:
        """Send, wait `ack_seconds` at most, and let people see what came of it."""
        try:
            async with asyncio.timeout(self._patience(outgoing)):
                delivery = await self._sent(outgoing)
        except TimeoutError:
            delivery = Delivery(outgoing, 0, "", self._workspace.ack_seconds, "operation_timeout")
        return outgoing.on_answer(delivery)

    async def send_twice(self, outgoing: Outgoing) -> Delivery:
        """Send the same thing twice at the same time, as a network may, and return the first."""
        first, _ = await asyncio.gather(self.send(outgoing), self.send(outgoing))
        return first

    async def close(self) -> None:
        if self._client:
            await self._client.close()

    def _patience(self, outgoing: Outgoing) -> float | None:
        """Return the seconds the app has; an event in a socket has as long as it is sent again."""
        by_socket = self._workspace.request_url is None
        return None if by_socket and outgoing.kind == "events_api" else self._workspace.ack_seconds

    async def _sent(self, outgoing: Outgoing) -> Delivery:
        began = perf_counter()
        if self._workspace.request_url is None:
            answer = await self._sockets.deliver(outgoing)
            seconds = perf_counter() - began
            return Delivery(outgoing, OK, answer, seconds) if answer is not None else _failed(outgoing, 0, seconds)
        return await self._posted(outgoing, self._workspace.request_url, began)

    async def _posted(self, outgoing: Outgoing, url: str, began: float) -> Delivery:
        body, content_type = outgoing.encoded()
        headers = {**self._signed(body), "Content-Type": content_type, **_retry_headers(outgoing)}
        try:
            async with self._kept_client().post(url, data=body, headers=headers) as answer:
                text = await answer.text()
        except aiohttp.ClientError:
            return _failed(outgoing, 0, perf_counter() - began)
        error = None if answer.status == OK else "dispatch_failed"
        return Delivery(outgoing, answer.status, text, perf_counter() - began, error, answer.headers)

    def _signed(self, body: bytes) -> dict[str, str]:
        # by the machine's own clock, as the app checks it, however far the world's was moved
        return signed(self._workspace.signing_secret, int(time.time()), body)

    def _kept_client(self) -> aiohttp.ClientSession:
        """Return the one client, which opens as many connections as there are payloads under way.

        aiohttp and not httpx, whose pool takes time that grows with the square of the connections (measured: 124
        commands a second at 200 at once, against over a thousand); and it forgets a connection before uvicorn does.
        """
        if self._client is None:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_ALIVE)
            # send() limits the time
            self._client = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=None))
        return self._client


def _failed(outgoing: Outgoing, status: int, seconds: float) -> Delivery:
    return Delivery(outgoing, status, "", seconds, "dispatch_failed")


def _retry_headers(outgoing: Outgoing) -> dict[str, str]:
    # https://docs.slack.dev/apis/events-api#retries
    if not outgoing.retry:
        return {}
    return {"X-Slack-Retry-Num": str(outgoing.retry), "X-Slack-Retry-Reason": "http_error"}
