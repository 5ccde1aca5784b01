"""The limits of views.

https://docs.slack.dev/reference/views
"""

import json
from typing import Any

from bot.sandbox.slack import block_rules
from bot.sandbox.slack.element_rules import plain
from bot.sandbox.slack.shapes import Check, OneOf, Report, Shape, anything, flag, string

MOST_BYTES = 250_000
_SHARED: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
VIEW = OneOf({
    "modal": Shape(
        {"type": anything, "blocks": anything, "title": plain(24)},
        _SHARED | {"submit": plain(24), "close": plain(24), "clear_on_close": flag, "notify_on_close": flag,
                   "submit_disabled": flag},
    ),
    "home": Shape({"type": anything, "blocks": anything}, _SHARED),
})  # fmt: skip


def problems(view: Any, kind: str) -> list[str]:
    """Return Slack's complaints about a view that must be of `kind` (modal or home)."""
    report = Report(kind)
    VIEW(view, "/view", report)
    if not isinstance(view, dict):
        return report.problems
    if view.get("type") != kind:
        report.add("/view/type", f"must be {kind}")
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(isinstance(one, dict) and one.get("type") == "input" for one in blocks)
    if kind == "modal" and has_input and "submit" not in view:
        report.add("/view", "missing required field: submit")
    return report.problems + block_rules.problems(blocks, kind, at="/view/blocks")


def too_large(view: Any) -> bool:
    """Tell whether Slack would answer view_too_large."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES
