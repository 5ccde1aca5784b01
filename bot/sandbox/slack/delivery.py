"""One thing that Slack sends to the app, and what came back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bot.sandbox.json_reading import read_json

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that was sent: the app's `status` (0: none came), its `body`, and the `seconds` it took.

    `error` is what the person was told: None, operation_timeout, dispatch_failed or invalid_command_response.
    """

    outgoing: "Outgoing"
    status: int
    body: str
    seconds: float
    error: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def trigger_id(self) -> str:
        return str(self.outgoing.payload.get("trigger_id", ""))

    @property
    def response_url(self) -> str:
        return str(self.outgoing.payload.get("response_url", ""))

    def json(self) -> dict[str, Any]:
        """Return the body as an object; empty if it is none."""
        try:
            value = read_json(self.body)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A payload on its way: its `kind` is the envelope type of Socket Mode; `on_answer` shows people the answer."""

    kind: str
    payload: Mapping[str, Any]
    on_answer: Callable[[Delivery], Delivery]
    retry: int = 0

    def encoded(self) -> tuple[bytes, str]:
        """Return the body and content type that this kind has over HTTP."""
        if self.kind == "events_api":
            return json.dumps(self.payload, ensure_ascii=False).encode(), "application/json"
        if self.kind == "interactive":
            return urlencode({"payload": json.dumps(self.payload, ensure_ascii=False)}).encode(), FORM
        return urlencode(self.payload).encode(), FORM
