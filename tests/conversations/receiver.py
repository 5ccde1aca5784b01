"""The other system, which is told of bindings and scans: it verifies by the standard's own library."""

import asyncio
import base64
import json
import socket
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.world import served

SECRET = "whsec_" + base64.b64encode(b"a secret of twenty-four bytes").decode()


class Receiver:
    """Takes what is posted to `url`. `answers` are the next HTTP statuses; 0 stands for none at all; then 204."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: deque[int] = deque()
        self.ids: list[str] = []
        self.told: list[dict[str, Any]] = []
        self.arrived = asyncio.Condition()
        self._ended = asyncio.Event()

    def environment(self, events: str = "bindings") -> dict[str, str]:
        """Return the settings of a bot that tells this system."""
        return {"WXQR_WEBHOOK_URL": self.url, "WXQR_WEBHOOK_SECRET": SECRET, "WXQR_WEBHOOK_EVENTS": events}

    async def take(self, request: Request) -> Response:
        """Keep what came, once its signature is verified."""
        body, headers = (await request.body()).decode(), request.headers
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        # not verify(): the world's clock may be days ahead of the machine's
        assert Webhook(SECRET).sign(headers["webhook-id"], at, body) == headers["webhook-signature"]
        self.told.append(json.loads(body))
        self.ids.append(headers["webhook-id"])
        async with self.arrived:
            self.arrived.notify_all()
        status = self.answers.popleft() if self.answers else 204
        if not status:
            await self._ended.wait()
        return Response(status_code=status or 204, headers={"location": self.url})

    async def wait_for(self, times: int) -> list[dict[str, Any]]:
        """Return what came, once it came so many times."""
        async with asyncio.timeout(20), self.arrived:
            await self.arrived.wait_for(lambda: len(self.told) >= times)
        return self.told

    def end(self) -> None:
        """Let go of whoever waits for an answer."""
        self._ended.set()


@asynccontextmanager
async def receiving(listening: socket.socket) -> AsyncIterator[Receiver]:
    """Serve another system on a bound socket until the block ends."""
    receiver = Receiver(f"http://127.0.0.1:{listening.getsockname()[1]}/hook")
    async with served([Route("/hook", receiver.take, methods=["POST"])], listening):
        yield receiver
        receiver.end()
