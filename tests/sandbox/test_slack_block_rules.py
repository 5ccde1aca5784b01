"""The limits of blocks: what Slack takes, and what it complains of."""

from typing import Any

import pytest

from bot.sandbox.slack import view_rules
from bot.sandbox.slack.block_rules import problems


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


def cells(*words: str) -> list[dict[str, str]]:
    return [{"type": "raw_text", "text": word} for word in words]


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain("Go"), **more}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def options(count: int) -> list[dict[str, Any]]:
    return [{"text": plain("x"), "value": str(number)} for number in range(count)]


def chart(labels: list[str], categories: list[str]) -> dict[str, Any]:
    data = [{"label": label, "value": 1} for label in labels]
    series = [{"name": "scans", "data": data}]
    drawn = {"type": "bar", "series": series, "axis_config": {"categories": categories}}
    return {"type": "data_visualization", "title": "Scans", "chart": drawn}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


DIVIDER = {"type": "divider"}
RICH = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}]}
LINK = {"type": "link", "url": "https://e.cn", "text": "e"}
SOURCE = {"type": "url", "url": "https://e.cn", "text": "e"}
TASK = {"type": "task_card", "task_id": "1", "title": "t", "status": "complete", "details": RICH, "sources": [SOURCE]}
IMAGE = {"type": "image", "image_url": "https://e.cn/a.png", "alt_text": "a code"}
GOOD = [
    {"type": "section", "text": mrkdwn("x" * 3000), "accessory": button(action_id="go", url="https://e.cn")},
    {"type": "section", "fields": [mrkdwn("x")] * 10, "expand": True},
    {"type": "header", "text": plain("x" * 150)},
    DIVIDER,
    IMAGE,
    {"type": "image", "slack_file": {"id": "F0000000001"}, "alt_text": "a code", "title": plain("t")},
    {"type": "context", "elements": [mrkdwn("x"), IMAGE]},
    actions(*[button(action_id=str(number), value="v" * 2000, style="primary") for number in range(25)]),
    actions({"type": "static_select", "action_id": "s", "options": options(100)}),
    actions({"type": "overflow", "action_id": "o", "options": options(5)}),
    {
        "type": "data_table",
        "caption": "Codes",
        "rows": [cells("scene", "scans"), cells("spring", "7")],
        "page_size": 10,
    },
    {"type": "table", "rows": [cells("a", "b")], "column_settings": [{"align": "right"}]},
    chart(["Mon", "Tue"], ["Mon", "Tue"]),
    {"type": "markdown", "text": "# x"},
    {"type": "card", "title": mrkdwn("x"), "actions": [button(action_id="c")]},
    {"type": "container", "title": plain("x"), "child_blocks": [DIVIDER], "is_collapsible": True},
    RICH,
    rich(
        {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fd"},
        {"type": "text", "text": "", "style": {"bold": True}},
    ),
    rich({"type": "date", "timestamp": 1_774_000_000, "format": "{date_short}", "fallback": "in spring"}),
    rich({"type": "user", "user_id": "U0SBANA01"}, {"type": "broadcast", "range": "here"}, LINK),
    TASK,
    {"type": "plan", "title": "Plan", "tasks": [TASK]},
]
IN_RICH = "[json-pointer:/0/elements/0/elements/0"
BAD: list[tuple[Any, str]] = [
    ({"type": "section", "text": mrkdwn("x" * 3001)}, "must be less than 3001 characters [json-pointer:/0/text/text]"),
    ({"type": "section", "text": mrkdwn("")}, "must be more than 0 characters [json-pointer:/0/text/text]"),
    ({"type": "section"}, "must provide one of text, fields [json-pointer:/0]"),
    ({"type": "section", "fields": [mrkdwn("x")] * 11}, "no more than 10 items allowed [json-pointer:/0/fields]"),
    ({"type": "section", "text": "x"}, "must provide an object [json-pointer:/0/text]"),
    ({"type": "section", "text": plain("x"), "colour": 1}, "invalid additional property: colour [json-pointer:/0]"),
    ({"type": "header", "text": mrkdwn("x")}, "unsupported type: mrkdwn [json-pointer:/0/text/type]"),
    ({"type": "header", "text": plain("x" * 151)}, "must be less than 151 characters [json-pointer:/0/text/text]"),
    ({"type": "context", "elements": [mrkdwn("x")] * 11}, "no more than 10 items allowed [json-pointer:/0/elements]"),
    ({"type": "image", "image_url": "https://e.cn"}, "missing required field: alt_text [json-pointer:/0]"),
    (IMAGE | {"slack_file": {"id": "F1"}}, "must provide exactly one of image_url, slack_file [json-pointer:/0]"),
    (IMAGE | {"alt_text": ""}, "must be more than 0 characters [json-pointer:/0/alt_text]"),
    (
        actions(*[button(action_id=str(n)) for n in range(26)]),
        "no more than 25 items allowed [json-pointer:/0/elements]",
    ),
    (actions(button(value="v" * 2001)), "must be less than 2001 characters [json-pointer:/0/elements/0/value]"),
    (actions(button(style="green")), "must be one of primary, danger [json-pointer:/0/elements/0/style]"),
    (
        actions(button(action_id="a"), button(action_id="a")),
        '`action_id` "a" already exists [json-pointer:/0/elements/1/action_id]',
    ),
    (
        actions({"type": "overflow", "options": options(6)}),
        "no more than 5 items allowed [json-pointer:/0/elements/0/options]",
    ),
    (
        actions({"type": "static_select", "options": options(101)}),
        "no more than 100 items allowed [json-pointer:/0/elements/0/options]",
    ),
    (actions({"type": "plain_text_input"}), "unsupported type: plain_text_input [json-pointer:/0/elements/0/type]"),
    (
        {"type": "data_table", "caption": "x", "rows": [cells("a")]},
        "no less than 2 items allowed [json-pointer:/0/rows]",
    ),
    ({"type": "data_table", "rows": [cells("a")] * 2}, "missing required field: caption [json-pointer:/0]"),
    (
        {"type": "data_table", "caption": "x", "rows": [cells("a"), cells("a", "b")]},
        "all rows must have the same number of columns [json-pointer:/0/rows]",
    ),
    (
        {"type": "data_table", "caption": "x", "rows": [cells("x" * 202)] * 100},
        "must be less than 20001 characters [json-pointer:/0]",
    ),
    (
        {"type": "data_table", "caption": "x", "rows": [cells("a")] * 102},
        "no more than 101 items allowed [json-pointer:/0/rows]",
    ),
    (
        {"type": "data_table", "caption": "x", "rows": [[RICH], [RICH]]},
        "unsupported type: rich_text [json-pointer:/0/rows/0/0/type]",
    ),
    (
        {"type": "data_table", "caption": "x", "rows": [cells("a"), [{"type": "raw_number", "value": 1}]]},
        "missing required field: text [json-pointer:/0/rows/1/0]",
    ),
    (
        chart(["Mon"], ["Tue"]),
        "labels must match axis_config categories [json-pointer:/0/chart/series/0/data]",
    ),
    ({"type": "alert", "text": plain("x")}, "block of type alert is not allowed in a message [json-pointer:/0/type]"),
    (TASK | {"details": "words"}, "must provide an object [json-pointer:/0/details]"),
    (TASK | {"output": DIVIDER}, "unsupported type: divider [json-pointer:/0/output/type]"),
    (TASK | {"sources": ["https://e.cn"]}, "must provide an object [json-pointer:/0/sources/0]"),
    ({"type": "plan", "title": "x", "tasks": [1]}, "must provide an object [json-pointer:/0/tasks/0]"),
    (rich({"type": "date", "format": "x"}), f"missing required field: timestamp {IN_RICH}]"),
    (rich({"type": "date", "format": "x", "timestamp": "soon"}), f"must be a number {IN_RICH}/timestamp]"),
    (rich({"type": "emoji", "name": "x", "unicode": "wave"}), f"must be code points in hex {IN_RICH}/unicode]"),
    (rich({"type": "emoji", "name": "x", "unicode": "110000"}), f"must be code points in hex {IN_RICH}/unicode]"),
    (rich({"type": "text", "text": 7}), f"must be a string {IN_RICH}/text]"),
    ({"type": "marquee"}, "unsupported type: marquee [json-pointer:/0/type]"),
    ("text", "must provide an object [json-pointer:/0]"),
]


@pytest.mark.parametrize("block", GOOD, ids=lambda block: block["type"])
def test_a_block_at_its_limits_is_taken(block: dict[str, Any]) -> None:
    assert problems([block]) == []


@pytest.mark.parametrize(("block", "complaint"), BAD, ids=[complaint for _, complaint in BAD])
def test_a_block_beyond_its_limits_is_complained_of(block: Any, complaint: str) -> None:
    assert problems([block], at="") == [complaint]


def test_a_message_holds_fifty_blocks_and_a_view_a_hundred() -> None:
    assert problems([DIVIDER] * 50) == []
    assert problems([DIVIDER] * 51) == ["no more than 50 items allowed [json-pointer:/blocks]"]
    assert problems([DIVIDER] * 100, "modal") == []
    assert problems([DIVIDER] * 101, "home") == ["no more than 100 items allowed [json-pointer:/blocks]"]


def test_names_are_given_once_in_a_message() -> None:
    twice = [DIVIDER | {"block_id": "a"}, DIVIDER | {"block_id": "a"}]

    assert problems(twice) == ['`block_id` "a" already exists [json-pointer:/blocks/1/block_id]']


def test_a_message_holds_two_charts_and_twelve_thousand_characters_of_markdown() -> None:
    pair = chart(["Mon"], ["Mon"])
    long = {"type": "markdown", "text": "x" * 6001}
    too_much = "markdown blocks must be less than 12001 characters together [json-pointer:/blocks]"

    assert problems([pair] * 2) == []
    assert problems([pair] * 3) == ["no more than 2 of data_visualization allowed [json-pointer:/blocks]"]
    assert problems([long] * 2) == [too_much]


def test_what_are_no_blocks_at_all_is_complained_of() -> None:
    assert problems("blocks") == ["must provide an array [json-pointer:/blocks]"]


def test_a_modal_with_inputs_needs_a_submit_button() -> None:
    entry = {"type": "input", "label": plain("x"), "element": {"type": "plain_text_input"}}
    view = {"type": "modal", "title": plain("x"), "blocks": [entry]}

    assert view_rules.problems(view, "modal") == ["missing required field: submit [json-pointer:/view]"]
    assert view_rules.problems(view | {"submit": plain("Go")}, "modal") == []


def test_a_home_is_no_modal_and_a_view_has_its_size() -> None:
    home = {"type": "home", "blocks": []}

    assert view_rules.problems(home, "home") == []
    assert view_rules.problems(home, "modal") == ["must be modal [json-pointer:/view/type]"]
    assert view_rules.too_large({"blocks": "x" * 250_000})
    assert not view_rules.too_large(home)
