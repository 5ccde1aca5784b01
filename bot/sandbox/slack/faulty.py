"""An address at Slack's where things can go wrong: the faults stand between the app and the answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.slack.journal import Entry, Journal

HTML = {"content-type": "text/html; charset=utf-8"}
JSON = {"content-type": "application/json; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Call:
    """A request that came: `name` as the journal and the faults call it, `arguments` as far as they were read."""

    name: str
    request: Request
    body: bytes
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; `error` is for the journal."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    error: str | None = None


class Dropped(Exception):
    """The connection is to be closed without an answer."""


def as_json(body: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Return `body` as JSON; its `error`, if it has one, goes to the journal."""
    content = json.dumps(body, ensure_ascii=False).encode()
    return Answer(status, content, {**JSON, **(headers or {})}, body.get("error"))


async def hang_up(receive: Receive) -> None:
    """Close the connection with nothing written: ASGI has no word for it, so the server's own transport is closed.

    uvicorn hands its connection's `receive` as a bound method, and Starlette passes it on as it is.
    """
    connection: Any = getattr(receive, "__self__", None)
    connection.transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass


@dataclass(frozen=True, slots=True)
class Address:
    """An ASGI endpoint: read, spoil, answer, spoil again, write it in the journal."""

    faults: Faults
    journal: Journal
    clock: Clock
    read: Callable[[Request], Awaitable[Call]]
    answer: Callable[[Call], Answer]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = perf_counter()
        call = await self.read(Request(scope, receive))
        try:
            answer = await self._answered(call)
        except Dropped:
            self._note(call, 0, "dropped", began)
            await hang_up(receive)
            return
        self._note(call, answer.status, answer.error, began)
        await _send(answer, send)

    async def _answered(self, call: Call) -> Answer:
        if spoiled := await self._spoil_before(call.name):
            return spoiled
        answer = self.answer(call)
        if fault := self.faults.take("slack_slow_after", call.name):
            await asyncio.sleep(fault.detail.get("seconds", 1))
        return self._spoil_after(call.name) or answer

    async def _spoil_before(self, where: str) -> Answer | None:
        """Fail with nothing done."""
        if self.faults.take("slack_drop_before", where):
            raise Dropped
        if fault := self.faults.take("slack_slow", where):
            await asyncio.sleep(fault.detail.get("seconds", 1))
        if fault := self.faults.take("slack_429", where):
            # https://docs.slack.dev/apis/web-api/rate-limits
            seconds = str(fault.detail.get("retry_after", 1))
            return as_json({"ok": False, "error": "ratelimited"}, 429, {"retry-after": seconds})
        if fault := self.faults.take("slack_5xx", where):
            return _trouble(fault.detail.get("status", 503))
        return None

    def _spoil_after(self, where: str) -> Answer | None:
        """Fail with everything done: what makes a careless client do it twice (T4)."""
        if self.faults.take("slack_drop_after", where):
            raise Dropped
        fault = self.faults.take("slack_5xx_after", where)
        return _trouble(fault.detail.get("status", 500)) if fault else None

    def _note(self, call: Call, status: int, error: str | None, began: float) -> None:
        ms = (perf_counter() - began) * 1000
        self.journal.write(Entry(self.clock.now(), call.name, call.arguments, status, error, ms))


def _trouble(status: int) -> Answer:
    return Answer(status, b"<!DOCTYPE html><title>Server Error</title>", HTML, f"http_{status}")


async def _send(answer: Answer, send: Send) -> None:
    headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
