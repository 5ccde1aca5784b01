"""The limits of blocks, and what Slack would complain of.

https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.sandbox.slack import element_rules as inside
from bot.sandbox.slack.chart_rules import CHARTS
from bot.sandbox.slack.element_rules import KIND, mrkdwn, plain, text
from bot.sandbox.slack.rich_text_rules import RICH_TEXT
from bot.sandbox.slack.shapes import (
    Check,
    OneOf,
    Report,
    Shape,
    at_least_one,
    choice,
    exactly_one,
    flag,
    many,
    name,
    number,
    string,
)

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
MOST_MARKDOWN = 12_000
MOST_TABLE_CHARACTERS = 20_000
MOST_OF_A_KIND = {"data_visualization": 2, "table": 1}
# of 2026; https://docs.slack.dev/changelog
NEW = {"data_table", "data_visualization"}
SURFACES = {
    "markdown": {"message"},
    "table": {"message", "home"},
    "data_table": {"message", "home"},
    "data_visualization": {"message", "home"},
    "carousel": {"message", "home"},
    "container": {"message", "home"},
    "plan": {"message"},
    "task_card": {"message"},
    "context_actions": {"message"},
    "file": {"message"},
    "alert": {"modal"},
}


def _block(must: Mapping[str, Check], may: Mapping[str, Check] | None = None, *also: Check) -> Shape:
    return Shape({**KIND, **must}, {"block_id": name("block_id"), **(may or {})}, also)


_CELLS: Mapping[str, Check] = {
    "raw_text": Shape({**KIND, "text": string(3000, 0)}),
    # slack_sdk's RawNumberObject: the text is required, and has at least one character
    "raw_number": Shape({**KIND, "value": number(), "text": string(3000)}),
    "rich_text": RICH_TEXT,
}
CELL = OneOf(_CELLS)
_NAME = OneOf(_CELLS, frozenset(("raw_text", "raw_number")))
_COLUMN = Shape({}, {"align": choice("left", "center", "right"), "is_wrapped": flag})
CARD = _block(
    {},
    {
        "title": mrkdwn(150), "subtitle": mrkdwn(150), "body": mrkdwn(200), "icon": inside.IMAGE,
        "hero_image": inside.IMAGE, "actions": many(OneOf({"button": inside.BUTTON}), 3),
    },
    *inside.CARD_FIELDS,
)  # fmt: skip

_SOURCE = OneOf({"url": Shape({**KIND, "url": string(3000), "text": string(3000)})})
_TASK = _block(
    {"task_id": string(255), "title": string(255)},
    {"status": choice("pending", "in_progress", "complete", "error"), "details": RICH_TEXT, "output": RICH_TEXT,
     "sources": many(_SOURCE, 100, 0)},
)  # fmt: skip


def _contained(value: Any, at: str, report: Report) -> None:
    OneOf(BLOCKS, _CONTAINED)(value, at, report)


def _table_rows(value: Any, at: str, report: Report) -> None:
    """Refuse a data_table of more than 20,000 characters, or with rows of unlike length, or with a rich head."""
    rows = [row for row in value.get("rows") or () if isinstance(row, list)]
    for column, name_ in enumerate(rows[0] if rows else ()):
        _NAME(name_, f"{at}/rows/0/{column}", report)
    cells = [cell for row in rows for cell in row if isinstance(cell, dict)]
    if sum(len(str(cell.get("text", cell.get("value", "")))) for cell in cells) > MOST_TABLE_CHARACTERS:
        report.add(at, f"must be less than {MOST_TABLE_CHARACTERS + 1} characters")
    if len({len(row) for row in rows}) > 1:
        report.add(f"{at}/rows", "all rows must have the same number of columns")


BLOCKS: dict[str, Check] = {
    "section": _block(
        {},
        {"text": text(3000), "fields": many(text(2000), 10), "accessory": inside.IN_SECTION, "expand": flag},
        at_least_one("text", "fields"),
    ),
    "header": _block({"text": plain(150)}, {"level": number(1, 6)}),
    "divider": _block({}),
    "context": _block({"elements": many(inside.IN_CONTEXT, 10)}),
    "actions": _block({"elements": many(inside.IN_ACTIONS, 25)}),
    "context_actions": _block({"elements": many(inside.IN_CONTEXT_ACTIONS, 5)}),
    "image": _block(
        {"alt_text": string(2000)}, {**inside.IMAGE_FIELDS, "title": plain(2000)}, *inside.ONE_SOURCE
    ),
    "input": _block(
        {"label": plain(2000), "element": inside.IN_INPUT},
        {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": RICH_TEXT,
    "markdown": _block({"text": string(MOST_MARKDOWN)}),
    "table": _block({"rows": many(many(CELL, 20), 100)}, {"column_settings": many(_COLUMN, 20)}),
    "data_table": _block(
        {"caption": string(2000), "rows": many(many(CELL, 20), 101, 2)},
        {"page_size": number(1, 100), "row_header_column_index": number(0, 19)},
        _table_rows,
    ),
    "data_visualization": _block({"title": string(50), "chart": OneOf(CHARTS)}),
    "card": CARD,
    "carousel": _block({"elements": many(OneOf({"card": CARD}), 10)}),
    "container": _block(
        {"child_blocks": many(_contained, 10)},
        {
            "title": plain(150), "subtitle": text(150), "rich_text_title": RICH_TEXT, "icon": inside.IMAGE,
            "is_collapsible": flag, "default_collapsed": flag, "has_header_divider": flag,
            "width": choice("narrow", "standard", "wide", "full"),
        },
        exactly_one("title", "rich_text_title"),
    ),
    "alert": _block({"text": text(200)}, {"level": choice("default", "info", "warning", "error", "success")}),
    "task_card": _TASK,
    "plan": _block({"title": string(255)}, {"tasks": many(OneOf({"task_card": _TASK}), 50)}),
    "video": _block(
        {"alt_text": string(2000), "video_url": string(3000), "thumbnail_url": string(3000), "title": plain(200)},
        {"author_name": string(50), "description": plain(200), "provider_icon_url": string(3000),
         "provider_name": string(50), "title_url": string(3000)},
    ),
    "file": _block({"external_id": string(255), "source": choice("remote")}),
}  # fmt: skip
_CONTAINED = frozenset(
    ("actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section", "table", "video")
)


def problems(
    blocks: Any, surface: str = "message", *, file_ready: Callable[[str], bool] = lambda _: True, at: str = "/blocks"
) -> list[str]:
    """Return Slack's complaints about `blocks`, each with its JSON pointer; none where all is well."""
    report = Report(surface, file_ready)
    many(_on_surface, MOST_BLOCKS[surface], 0)(blocks, at, report)
    if isinstance(blocks, list):
        _check_together([block for block in blocks if isinstance(block, dict)], at, report)
    return report.problems


def _on_surface(value: Any, at: str, report: Report) -> None:
    kind = value.get("type") if isinstance(value, dict) else None
    if isinstance(kind, str) and report.surface not in SURFACES.get(kind, {report.surface}):
        report.add(f"{at}/type", f"block of type {kind} is not allowed in a {report.surface}")
    OneOf(BLOCKS)(value, at, report)


def _check_together(blocks: Sequence[Mapping[str, Any]], at: str, report: Report) -> None:
    """Check what holds for a whole message only."""
    kinds = [block.get("type") for block in blocks]
    for kind, most in MOST_OF_A_KIND.items():
        if kinds.count(kind) > most:
            report.add(at, f"no more than {most} of {kind} allowed")
    markdown = (str(block.get("text", "")) for block in blocks if block.get("type") == "markdown")
    if sum(map(len, markdown)) > MOST_MARKDOWN:
        report.add(at, f"markdown blocks must be less than {MOST_MARKDOWN + 1} characters together")
