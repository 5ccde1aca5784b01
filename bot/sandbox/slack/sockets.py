"""Socket Mode: payloads through WebSockets that the app opens.

https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import asyncio
import json
import random
from collections.abc import Mapping
from typing import Any

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.delivery import Outgoing
from bot.sandbox.slack.ids import Ids

MOST = 10
REDELIVERED_AFTER = 3.0
MOST_RETRIES = 3


class Socket:
    """One open connection."""

    def __init__(self, websocket: WebSocket, transport: Any) -> None:
        self._websocket = websocket
        self._transport = transport
        self.retired = False

    async def send(self, frame: Mapping[str, Any]) -> None:
        await self._websocket.send_text(json.dumps(frame, ensure_ascii=False))

    async def close(self) -> None:
        await self._websocket.close()

    def abort(self) -> None:
        """Reset the connection: no close frame, no goodbye."""
        self.retired = True
        self._transport.abort()

    async def acks(self) -> list[dict[str, Any]]:
        """Return the next acknowledgement, as a list of none where the frame is something else."""
        frame = json.loads(await self._websocket.receive_text())
        return [frame] if isinstance(frame, dict) and "envelope_id" in frame else []


class Sockets:
    """The open connections; each payload goes to one of them, whichever."""

    def __init__(self, ids: Ids, changes: Changes, base_url: str, app_id: str) -> None:
        self._ids = ids
        self._changes = changes
        self._url = base_url.replace("http", "ws", 1) + "/socket"
        self._app_id = app_id
        self._tickets: set[str] = set()
        self._open: list[Socket] = []
        self._waiting: dict[str, asyncio.Future[str]] = {}
        self.redelivered_after = REDELIVERED_AFTER

    def invite(self) -> str:
        """Return an address that may be connected to once."""
        ticket = self._ids.secret()
        self._tickets.add(ticket)
        return f"{self._url}?ticket={ticket}&app_id={self._app_id}"

    @property
    def count(self) -> int:
        """Return how many connections get payloads."""
        return len(self._usable())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        ticket = websocket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await websocket.close()
            return
        self._tickets.discard(ticket)
        await websocket.accept()
        connection: Any = getattr(receive, "__self__", None)
        await self._serve(Socket(websocket, connection.transport))

    async def deliver(self, outgoing: Outgoing) -> str | None:
        """Send an envelope and return the payload of its ack; None where there is no connection.

        An event that nobody acks is sent again after `redelivered_after` seconds (bolt-js#2487).
        """
        if outgoing.kind != "events_api":
            return await self._ask(outgoing, 0)
        answer: str | None = None
        for attempt in range(1 + MOST_RETRIES):
            try:
                async with asyncio.timeout(self.redelivered_after):
                    answer = await self._ask(outgoing, attempt)
                break
            except TimeoutError:
                continue
        return answer

    async def disconnect(self, reason: str) -> None:
        """Tell every connection to go; only where the app's link was disabled does Slack close it itself."""
        for socket in self._usable():
            socket.retired = True
            await socket.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}})
            if reason == "link_disabled":
                await socket.close()

    def abort(self) -> None:
        """Reset every connection without a word."""
        for socket in self._open:
            socket.abort()

    async def _serve(self, socket: Socket) -> None:
        if self.count >= MOST:
            await socket.send({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await socket.close()
            return
        self._open.append(socket)
        self._tell()
        try:
            await socket.send(self._hello())
            await self._listen(socket)
        except WebSocketDisconnect:
            pass  # the app went, or was cut off: the next payload goes to another connection
        finally:
            self._open.remove(socket)
            self._tell()

    async def _listen(self, socket: Socket) -> None:
        while True:
            for ack in await socket.acks():
                waiting = self._waiting.pop(ack["envelope_id"], None)
                if waiting and not waiting.done():
                    waiting.set_result(_payload(ack))

    async def _ask(self, outgoing: Outgoing, attempt: int) -> str | None:
        usable = self._usable()
        if not usable:
            return None
        envelope_id = self._ids.secret()
        waiting: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = waiting
        try:
            await random.choice(usable).send(_envelope(envelope_id, outgoing, attempt))
            return await waiting
        finally:
            self._waiting.pop(envelope_id, None)

    def _tell(self) -> None:
        self._changes.publish({"type": "sockets", "count": self.count})

    def _usable(self) -> list[Socket]:
        return [socket for socket in self._open if not socket.retired]

    def _hello(self) -> dict[str, Any]:
        debug = {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060}
        about = {"app_id": self._app_id}
        return {"type": "hello", "num_connections": self.count, "debug_info": debug, "connection_info": about}


def _envelope(envelope_id: str, outgoing: Outgoing, attempt: int) -> dict[str, Any]:
    answerable = outgoing.kind != "events_api"
    frame = {"envelope_id": envelope_id, "type": outgoing.kind, "payload": outgoing.payload,
             "accepts_response_payload": answerable}  # fmt: skip
    again = {"retry_attempt": attempt, "retry_reason": "timeout" if attempt else ""}
    return frame if answerable else frame | again


def _payload(ack: Mapping[str, Any]) -> str:
    """Return what the app answered, as the body it would have been over HTTP."""
    payload = ack.get("payload")
    if payload is None:
        return ""
    return payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
