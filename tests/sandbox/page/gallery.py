"""One of each block and element that Slack draws, as an app would send them."""

from typing import Any

JSON = dict[str, Any]
ANA = "U0SBANA01"
GENERAL = "C0SBGENERAL"
PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAOAeWgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
RELEASED = 1_800_000_000


def plain(text: str) -> JSON:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> JSON:
    return {"type": "mrkdwn", "text": text}


def option(words: str, description: str = "") -> JSON:
    told = {"description": plain(description)} if description else {}
    return {"text": plain(words), "value": words.lower(), **told}


def button(words: str, **more: Any) -> JSON:
    return {"type": "button", "action_id": f"press {words}", "text": plain(words), "value": words, **more}


def image(alt: str) -> JSON:
    return {"type": "image", "image_url": PICTURE, "alt_text": alt}


def text(words: str, **style: bool) -> JSON:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def section(*elements: JSON) -> JSON:
    return {"type": "rich_text_section", "elements": list(elements)}


def listed(style: str, *items: str, indent: int = 0, **more: int) -> JSON:
    lines = [section(text(item)) for item in items]
    return {"type": "rich_text_list", "style": style, "indent": indent, "elements": lines, **more}


def rich(*elements: JSON) -> JSON:
    return {"type": "rich_text", "elements": list(elements)}


CONFIRM: JSON = {
    "title": plain("Revoke the code?"),
    "text": plain("Prints of it end at once."),
    "confirm": plain("Revoke"),
    "deny": plain("Keep it"),
    "style": "danger",
}
RICH_TEXT = rich(
    section(
        text("bold", bold=True),
        text(" italic", italic=True),
        text(" struck", strike=True),
        text(" code", code=True),
        text(" under", underline=True),
        text(" lit ", highlight=True),
        {"type": "link", "url": "https://example.com/spring", "text": "the plan"},
        text(" "),
        {"type": "user", "user_id": ANA},
        text(" "),
        {"type": "channel", "channel_id": GENERAL},
        text(" "),
        {"type": "usergroup", "usergroup_id": "S0SBGROUP01"},
        text(" "),
        {"type": "broadcast", "range": "here"},
        text(" "),
        {"type": "emoji", "name": "white_check_mark"},
        text(" "),
        {"type": "color", "value": "#2eb67d"},
        text(" "),
        {"type": "date", "timestamp": RELEASED, "format": "{date_num} {time}", "fallback": "then"},
    ),
    listed("bullet", "posters", "cards"),
    listed("bullet", "A5", "A6", indent=1),
    listed("ordered", "print", "hang up", offset=2),
    {"type": "rich_text_quote", "elements": [text("Scan me")]},
    {"type": "rich_text_preformatted", "elements": [text("/wxqr temp spring\n/wxqr stats spring")]},
)
MARKDOWN = """# Spring
A **bold** and *light* plan, ~~twice~~ `once`, see [the plan](https://example.com/spring).

- posters
  1. A5
  2. A6
- [x] cards

> Scan me

| Scene | Scans |
| --- | ---: |
| spring | 120 |

```
/wxqr temp spring
```
---
The end."""
NUMBERS = [[120, 80, 200, 160], [20, 30, 60, 40]]
DAYS = ["Mon", "Tue", "Wed", "Thu"]


def plotted(kind: str) -> JSON:
    series = [
        {"name": name, "data": [{"label": day, "value": value} for day, value in zip(DAYS, values, strict=True)]}
        for name, values in zip(("scans", "follows"), NUMBERS, strict=True)
    ]
    axis = {"categories": DAYS, "x_label": "Day", "y_label": "People"}
    return {"type": "data_visualization", "title": f"Last week: {kind}",
            "chart": {"type": kind, "series": series, "axis_config": axis}}  # fmt: skip


def pie() -> JSON:
    segments = [{"label": label, "value": value} for label, value in (("new", 30), ("again", 10), ("lost", 5))]
    return {"type": "data_visualization", "title": "Who came", "chart": {"type": "pie", "segments": segments}}


def cell(words: str) -> JSON:
    return {"type": "raw_text", "text": words}


def number(value: int) -> JSON:
    return {"type": "raw_number", "value": value, "text": f"{value:,}"}


HEAD = [cell("Scene"), cell("Scans"), cell("Note")]
ROWS = [[cell(f"scene {at}"), number(at * 7919 % 1000), cell("printed on the posters in the hall " * 2)]
        for at in range(12)]  # fmt: skip
CARD: JSON = {
    "type": "card",
    "block_id": "spring card",
    "hero_image": image("a field"),
    "icon": image("a flower"),
    "title": mrkdwn("*Spring*"),
    "subtitle": mrkdwn("until May"),
    "body": mrkdwn("120 scans so far"),
    "actions": [button("Renew spring"), button("Show spring", style="primary")],
}
TASKS: list[JSON] = [
    {"type": "task_card", "task_id": "t1", "title": "Ask WeChat", "status": "complete",
     "details": rich(section(text("ticket got"))),
     "sources": [{"type": "url", "url": "https://example.com", "text": "API"}]},
    {"type": "task_card", "task_id": "t2", "title": "Check the picture", "status": "in_progress"},
    {"type": "task_card", "task_id": "t3", "title": "Post it", "status": "pending"},
    {"type": "task_card", "task_id": "t4", "title": "Print it", "status": "error"},
]  # fmt: skip
SIZES = [option("Small", "for cards"), option("Large", "for posters")]
MENUS: list[JSON] = [
    {"type": "static_select", "action_id": "size", "placeholder": plain("Size"), "options": SIZES},
    {"type": "static_select", "action_id": "place", "placeholder": plain("Place"), "option_groups": [
        {"label": plain("Inside"), "options": [option("Hall"), option("Shop")]},
        {"label": plain("Outside"), "options": [option("Street")]}]},
    {"type": "multi_static_select", "action_id": "sizes", "placeholder": plain("Sizes"), "options": SIZES,
     "initial_options": [SIZES[0]]},
    {"type": "users_select", "action_id": "person", "placeholder": plain("Person")},
    {"type": "multi_users_select", "action_id": "people", "placeholder": plain("People"), "initial_users": [ANA]},
    {"type": "channels_select", "action_id": "channel", "placeholder": plain("Channel")},
    {"type": "multi_channels_select", "action_id": "channels", "placeholder": plain("Channels")},
    {"type": "conversations_select", "action_id": "talk", "default_to_current_conversation": True},
    {"type": "multi_conversations_select", "action_id": "talks", "placeholder": plain("Conversations")},
    {"type": "overflow", "action_id": "more", "options": [option("Rename"), option("Revoke")], "confirm": CONFIRM},
]  # fmt: skip
PICKERS: list[JSON] = [
    {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-22"},
    {"type": "timepicker", "action_id": "hour", "initial_time": "09:30"},
    {"type": "datetimepicker", "action_id": "moment", "initial_date_time": RELEASED},
    {"type": "radio_buttons", "action_id": "one size", "options": SIZES, "initial_option": SIZES[1]},
    {"type": "checkboxes", "action_id": "all sizes", "options": SIZES, "initial_options": [SIZES[0]]},
]
BLOCKS: dict[str, JSON] = {
    "section": {"type": "section", "text": mrkdwn("A *section* for <@U0SBANA01>"), "accessory": button("Beside it")},
    "section with fields": {"type": "section", "fields": [mrkdwn("*Scene*\nspring"), mrkdwn("*Scans*\n120")]},
    "section with a picture": {"type": "section", "text": mrkdwn("Beside a picture"), "accessory": image("a square")},
    "header": {"type": "header", "text": plain("A header :tada:")},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [image("a dot"), mrkdwn("asked by *Ana*"), plain("an hour ago")]},
    "buttons": {"type": "actions", "elements": [
        button("Plain"), button("Primary", style="primary"), button("Danger", style="danger", confirm=CONFIRM),
        button("Elsewhere", url="https://example.com/"), button("For Ben", visible_to_user_ids=["U0SBBEN02"])]},
    "menus": {"type": "actions", "elements": MENUS},
    "pickers": {"type": "actions", "elements": PICKERS},
    "image": {**image("a red dot"), "title": plain("A picture")},
    "rich text": RICH_TEXT,
    "table": {"type": "table", "rows": [HEAD, *ROWS[:3]], "column_settings": [
        {"align": "center"}, {"align": "right"}, {"is_wrapped": True}]},
    "data table": {"type": "data_table", "caption": "Scenes", "rows": [HEAD, *ROWS], "page_size": 5},
    "line": plotted("line"),
    "bar": plotted("bar"),
    "area": plotted("area"),
    "pie": pie(),
    "markdown": {"type": "markdown", "text": MARKDOWN},
    "card": {**CARD, "block_id": "a card alone", "actions": [button("Renew alone")]},
    "carousel": {"type": "carousel", "elements": [CARD, {**CARD, "block_id": "summer card", "title": mrkdwn("*Summer*"),
                                                         "actions": [button("Renew summer")]}]},
    "container": {"type": "container", "title": plain("A container"), "subtitle": mrkdwn("with a fold"),
                  "is_collapsible": True, "child_blocks": [{"type": "section", "text": mrkdwn("Inside")}]},
    "plan": {"type": "plan", "title": "Minting", "tasks": TASKS},
    "task": {**TASKS[0], "task_id": "alone"},
    "context actions": {"type": "context_actions", "elements": [
        {"type": "feedback_buttons", "action_id": "liked", "positive_button": {"text": plain("Good"), "value": "good"},
         "negative_button": {"text": plain("Bad"), "value": "bad"}},
        {"type": "icon_button", "action_id": "away", "icon": "trash", "text": plain("Throw away")}]},
    "video": {"type": "video", "alt_text": "How to scan", "video_url": "https://example.com/v",
              "thumbnail_url": PICTURE, "title": plain("How to scan"), "author_name": "Ana", "provider_name": "WeTube"},
    "file": {"type": "file", "external_id": "plan-2026", "source": "remote"},
}  # fmt: skip


def asked(name: str, element: JSON, **more: Any) -> JSON:
    return {"type": "input", "block_id": name, "label": plain(name), "element": {"action_id": name, **element}, **more}


FORM: JSON = {
    "type": "modal",
    "title": plain("A code"),
    "submit": plain("Make it"),
    "close": plain("Cancel"),
    "blocks": [
        {"type": "alert", "level": "warning", "text": mrkdwn("A print of it *dies* when it ends.")},
        asked("Scene", {"type": "plain_text_input", "min_length": 3, "placeholder": plain("spring")},
              hint=plain("Whole numbers are shorter.")),
        asked("Note", {"type": "plain_text_input", "multiline": True}, optional=True),
        asked("People", {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"}, optional=True),
        asked("Mail", {"type": "email_text_input"}, optional=True),
        asked("Page", {"type": "url_text_input"}, optional=True),
        asked("Size", MENUS[0]),
        asked("Watchers", MENUS[4], optional=True),
        asked("Until", {"type": "datetimepicker"}, optional=True),
        asked("Lasting", {"type": "checkboxes", "options": SIZES}, optional=True),
        asked("Words", {"type": "rich_text_input"}, optional=True),
    ],
}  # fmt: skip
