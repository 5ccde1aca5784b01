"""What a person can touch in blocks, and what a touch says: actions and the state of inputs.

https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

JSON = Mapping[str, Any]
_OPTION = frozenset(("static_select", "external_select", "radio_buttons", "overflow"))
_OPTIONS = frozenset(("multi_static_select", "multi_external_select", "checkboxes"))
# the name under which each kind tells what was chosen
_CHOSEN = {
    "users_select": "user", "channels_select": "channel", "conversations_select": "conversation",
    "multi_users_select": "users", "multi_channels_select": "channels",
    "multi_conversations_select": "conversations", "datepicker": "date", "timepicker": "time",
    "datetimepicker": "date_time",
}  # fmt: skip
_NESTED = ("elements", "actions", "child_blocks")
_BUTTONS = frozenset(("button", "icon_button", "workflow_button", "feedback_buttons", "image"))


def elements(blocks: Sequence[JSON]) -> Iterator[tuple[JSON, JSON]]:
    """Yield every element that can be touched, with the block it stands in."""
    for block in blocks:
        inner = [one for key in _NESTED for one in block.get(key) or () if isinstance(one, Mapping)]
        inner += [block[key] for key in ("accessory", "element") if key in block]
        for one in inner:
            if "block_id" in one or "elements" in one:
                yield from elements([one])
            elif "action_id" in one or one.get("type") in _BUTTONS:
                yield block, one


def find(blocks: Sequence[JSON], action: str, person: str) -> tuple[JSON, JSON]:
    """Return the element that has this action_id, or this text on it; LookupError if the person sees none."""
    for block, element in elements(blocks):
        shown_to = element.get("visible_to_user_ids")
        if action in (element.get("action_id"), _label(element)) and (shown_to is None or person in shown_to):
            return block, element
    raise LookupError(f"there is nothing to touch called {action}")


def chosen(element: JSON, value: Any) -> dict[str, Any]:
    """Return what the element says when `value` is put into it: an option by its value or text, a name, a word."""
    kind = element["type"]
    if kind in _OPTION:
        return {"selected_option": None if value is None else _option(element, value)}
    if kind in _OPTIONS:
        wanted = [value] if isinstance(value, str) else value or ()
        return {"selected_options": [_option(element, one) for one in wanted]}
    if kind in _CHOSEN:
        return {f"selected_{_CHOSEN[kind]}": value}
    if kind == "rich_text_input":
        return {"rich_text_value": value}
    return {"value": value}


def action(block: JSON, element: JSON, value: Any, ts: str) -> dict[str, Any]:
    """Return one of the `actions` of a block_actions payload."""
    touched = {"type": element["type"], "block_id": block.get("block_id", ""), "action_ts": ts}
    touched["action_id"] = element.get("action_id", "")
    if element["type"] in _BUTTONS:
        said = {key: element[key] for key in ("text", "value", "url") if key in element}
        return touched | said | ({"value": value} if value is not None else {})
    return touched | chosen(element, value)


def state(blocks: Sequence[JSON], typed: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return `state.values`: what was `typed` by block_id or action_id, else what each input began with."""
    values: dict[str, dict[str, Any]] = {}
    for block, element in elements(blocks):
        if element["type"] in _BUTTONS:
            continue
        block_id, action_id = block.get("block_id", ""), element.get("action_id", "")
        value = typed.get(block_id, typed.get(action_id, _MISSING))
        held = _initial(element) if value is _MISSING else chosen(element, value)
        values.setdefault(block_id, {})[action_id] = {"type": element["type"], **held}
    return values


def unanswered(blocks: Sequence[JSON], values: JSON) -> list[str]:
    """Return the block_ids of required inputs that are empty: Slack's own client sends no such form."""
    required = [block for block in blocks if block.get("type") == "input" and not block.get("optional")]
    return [str(block["block_id"]) for block in required if not _answered(values[block["block_id"]])]


_MISSING = object()


def _answered(held: JSON) -> bool:
    return any(value for one in held.values() for key, value in one.items() if key != "type")


def _initial(element: JSON) -> dict[str, Any]:
    """Return what an input holds before anybody touches it: `initial_x` is told as `selected_x`."""
    initial = {key.removeprefix("initial_"): value for key, value in element.items() if key.startswith("initial_")}
    if not initial:
        return chosen(element, None)
    return {key if key == "value" else f"selected_{key}": value for key, value in initial.items()}


def _option(element: JSON, wanted: str) -> JSON:
    groups: Sequence[JSON] = element.get("option_groups") or [{"options": element.get("options") or ()}]
    for option in (option for group in groups for option in group["options"]):
        if wanted in (option["value"], option["text"]["text"]):
            found: JSON = option
            return found
    raise LookupError(f"{element.get('action_id')} has no option {wanted}")


def _label(element: JSON) -> str | None:
    text = element.get("text")
    return str(text["text"]) if isinstance(text, Mapping) and "text" in text else None
