"""The limits of rich text.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.sandbox.slack.element_rules import KIND
from bot.sandbox.slack.shapes import Check, OneOf, Report, Shape, choice, flag, many, name, number, string

_CODE_POINTS = re.compile(r"[0-9a-fA-F]{1,6}(-[0-9a-fA-F]{1,6})*")
_LAST_CODE_POINT = 0x10FFFF
_LAST_SECOND = 253_402_300_799  # of the year 9999
_WORDS = string(40_000, 0)
_ID = string(255)
_STYLE = Shape({}, dict.fromkeys(
    ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), flag,
))  # fmt: skip


def _code_points(value: Any, at: str, report: Report) -> None:
    """Require what Slack writes of an emoji: its code points in hex, joined by hyphens."""
    is_hex = isinstance(value, str) and _CODE_POINTS.fullmatch(value)
    if not is_hex or any(int(one, 16) > _LAST_CODE_POINT for one in value.split("-")):
        report.add(at, "must be code points in hex")


def _inline(must: Mapping[str, Check], may: Mapping[str, Check] | None = None) -> Shape:
    return Shape({**KIND, **must}, {"style": _STYLE, **(may or {})})


_INLINE = OneOf(
    {
        "text": _inline({"text": _WORDS}),
        "link": _inline({"url": string(3000)}, {"text": _WORDS, "unsafe": flag}),
        "emoji": _inline({"name": _ID}, {"unicode": _code_points, "skin_tone": number(1, 6)}),
        "user": _inline({"user_id": _ID}),
        "channel": _inline({"channel_id": _ID}),
        "usergroup": _inline({"usergroup_id": _ID}),
        "team": _inline({"team_id": _ID}),
        "date": _inline(
            {"timestamp": number(0, _LAST_SECOND), "format": _WORDS}, {"url": string(3000), "fallback": _WORDS}
        ),
        "broadcast": _inline({"range": choice("here", "channel", "everyone")}),
        "color": _inline({"value": string(30)}),
    }
)
_BORDER = {"border": number(0, 1)}
_RUN: Mapping[str, Check] = {**KIND, "elements": many(_INLINE, 1000, 0)}
_SECTION = Shape(_RUN)
_LIST = Shape(
    {**KIND, "elements": many(OneOf({"rich_text_section": _SECTION}), 1000), "style": choice("bullet", "ordered")},
    {"indent": number(0, 8), "offset": number(0), **_BORDER},
)
RICH_TEXT = OneOf({"rich_text": Shape(
    {**KIND, "elements": many(OneOf({
        "rich_text_section": _SECTION,
        "rich_text_quote": Shape(_RUN, _BORDER),
        "rich_text_preformatted": Shape(_RUN, {**_BORDER, "language": string(255)}),
        "rich_text_list": _LIST,
    }), 1000)},
    {"block_id": name("block_id")},
)})  # fmt: skip
