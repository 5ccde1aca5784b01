"""The limits of what stands inside blocks: texts, images, buttons, menus, inputs.

https://docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.slack.shapes import (
    Check,
    OneOf,
    Report,
    Shape,
    anything,
    at_least_one,
    choice,
    exactly_one,
    flag,
    many,
    name,
    number,
    string,
)

KIND: Mapping[str, Check] = {"type": anything}


def plain(longest: int, shortest: int = 1) -> Check:
    """Require a plain_text object of at most `longest` characters."""
    return OneOf({"plain_text": Shape({**KIND, "text": string(longest, shortest)}, {"emoji": flag})})


def text(longest: int, shortest: int = 1) -> Check:
    """Require a plain_text or mrkdwn object of at most `longest` characters."""
    content = {**KIND, "text": string(longest, shortest)}
    return OneOf({"plain_text": Shape(content, {"emoji": flag}), "mrkdwn": Shape(content, {"verbatim": flag})})


def mrkdwn(longest: int) -> Check:
    """Require a mrkdwn object of at most `longest` characters."""
    return OneOf({"mrkdwn": Shape({**KIND, "text": string(longest)}, {"verbatim": flag})})


def ready_file(value: Any, at: str, report: Report) -> None:
    """Require a file that Slack has finished processing (python-slack-sdk#1521)."""
    named = value.get("slack_file") if isinstance(value, dict) else None
    if isinstance(named, dict) and "id" in named and not report.file_ready(str(named["id"])):
        report.add(f"{at}/slack_file", "invalid slack file")


SLACK_FILE = Shape({}, {"id": string(255), "url": string(3000)}, (exactly_one("id", "url"),))
IMAGE_FIELDS: Mapping[str, Check] = {"image_url": string(3000), "slack_file": SLACK_FILE}
ONE_SOURCE = (exactly_one("image_url", "slack_file"), ready_file)
IMAGE = Shape({**KIND, "alt_text": string(2000)}, IMAGE_FIELDS, ONE_SOURCE)
CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)
OPTION = Shape({"text": text(75), "value": string(150)}, {"description": text(75), "url": string(3000)})
GROUP = Shape({"label": plain(75), "options": many(OPTION, 100)})
DISPATCH = Shape({}, {"trigger_actions_on": many(choice("on_enter_pressed", "on_character_entered"), 2)})

COMMON: Mapping[str, Check] = {"action_id": name("action_id")}
MENU: Mapping[str, Check] = {**COMMON, "placeholder": plain(150), "confirm": CONFIRM, "focus_on_load": flag}
PICKED: Mapping[str, Check] = {**COMMON, "confirm": CONFIRM, "focus_on_load": flag}
TYPED: Mapping[str, Check] = {
    **COMMON,
    "placeholder": plain(150),
    "initial_value": string(3000, 0),
    "dispatch_action_config": DISPATCH,
    "focus_on_load": flag,
}
OPTIONS: Mapping[str, Check] = {"options": many(OPTION, 100), "option_groups": many(GROUP, 100)}
FILTER: Mapping[str, Check] = {"filter": anything, "default_to_current_conversation": flag}
ANSWERED: Mapping[str, Check] = {"response_url_enabled": flag}
MOST: Mapping[str, Check] = {"max_selected_items": number(1)}
FEEDBACK = Shape({"text": plain(75), "value": string(2000)}, {"accessibility_label": string(75)})


def _menu(**fields: Check) -> Check:
    return Shape(KIND, {**MENU, **fields})


def _static(**fields: Check) -> Check:
    return Shape(KIND, {**MENU, **OPTIONS, **fields}, (exactly_one("options", "option_groups"),))


def _boxes(initial: str, check: Check) -> Check:
    return Shape({**KIND, "options": many(OPTION, 10)}, {**PICKED, initial: check})


BUTTON = Shape(
    {**KIND, "text": plain(75)},
    {
        **COMMON,
        "value": string(2000, 0),
        "url": string(3000),
        "style": choice("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
        # slack_sdk 3.46: shows the button to these people only
        "visible_to_user_ids": many(string(20), 100),
    },
)
ELEMENTS: Mapping[str, Check] = {
    "button": BUTTON,
    "image": IMAGE,
    "overflow": Shape({**KIND, "options": many(OPTION, 5)}, {**COMMON, "confirm": CONFIRM}),
    "static_select": _static(initial_option=OPTION),
    "multi_static_select": _static(initial_options=many(OPTION, 100), **MOST),
    "external_select": _menu(initial_option=OPTION, min_query_length=number(0)),
    "multi_external_select": _menu(initial_options=many(OPTION, 100), min_query_length=number(0), **MOST),
    "users_select": _menu(initial_user=string(20)),
    "multi_users_select": _menu(initial_users=many(string(20), 100), **MOST),
    "channels_select": _menu(initial_channel=string(20), **ANSWERED),
    "multi_channels_select": _menu(initial_channels=many(string(20), 100), **MOST),
    "conversations_select": _menu(initial_conversation=string(20), **FILTER, **ANSWERED),
    "multi_conversations_select": _menu(initial_conversations=many(string(20), 100), **FILTER, **MOST),
    "datepicker": _menu(initial_date=string(10, 10)),
    "timepicker": _menu(initial_time=string(5, 5), timezone=string(100)),
    "datetimepicker": Shape(KIND, {**PICKED, "initial_date_time": number(0)}),
    "radio_buttons": _boxes("initial_option", OPTION),
    "checkboxes": _boxes("initial_options", many(OPTION, 10)),
    "plain_text_input": Shape(
        KIND, {**TYPED, "multiline": flag, "min_length": number(0, 3000), "max_length": number(1, 3000)}
    ),
    "url_text_input": Shape(KIND, TYPED),
    "email_text_input": Shape(KIND, TYPED),
    "number_input": Shape(
        {**KIND, "is_decimal_allowed": flag},
        {**TYPED, "min_value": string(30), "max_value": string(30)},
    ),
    "rich_text_input": Shape(KIND, {**TYPED, "initial_value": anything}),
    "file_input": Shape(KIND, {**COMMON, "filetypes": anything, "max_files": number(1, 10)}),
    "workflow_button": Shape(
        {**KIND, "text": plain(75), "workflow": anything},
        {**COMMON, "style": choice("primary", "danger"), "accessibility_label": string(75)},
    ),
    "feedback_buttons": Shape({**KIND, "positive_button": FEEDBACK, "negative_button": FEEDBACK}, COMMON),
    "icon_button": Shape(
        {**KIND, "icon": choice("trash"), "text": plain(75)},
        {**COMMON, "value": string(2000, 0), "confirm": CONFIRM, "accessibility_label": string(75)},
    ),
}
_ANSWERS = frozenset(ELEMENTS) - {"image", "button", "overflow", "workflow_button", "feedback_buttons", "icon_button"}
_IN_ACTIONS = frozenset(ELEMENTS) - {
    "image", "plain_text_input", "url_text_input", "email_text_input", "number_input", "file_input",
    "feedback_buttons", "icon_button",
}  # fmt: skip
IN_INPUT = OneOf(ELEMENTS, _ANSWERS)
IN_ACTIONS = OneOf(ELEMENTS, _IN_ACTIONS)
IN_SECTION = OneOf(ELEMENTS, _IN_ACTIONS | {"image"})
IN_CONTEXT_ACTIONS = OneOf(ELEMENTS, frozenset({"feedback_buttons", "icon_button"}))
IN_CONTEXT = OneOf({
    "image": IMAGE,
    "plain_text": Shape({**KIND, "text": string(3000)}, {"emoji": flag}),
    "mrkdwn": Shape({**KIND, "text": string(3000)}, {"verbatim": flag}),
})  # fmt: skip
CARD_FIELDS: tuple[Check, ...] = (at_least_one("hero_image", "title", "actions", "body"),)
