"""Clicks, forms and shortcuts: the payloads they send, and what the app's answer does.

https://docs.slack.dev/reference/interaction-payloads
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.slack import touching, view_rules
from bot.sandbox.slack.delivery import Delivery, Outgoing
from bot.sandbox.slack.messages import Message, as_message
from bot.sandbox.slack.people import Person
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.views import View, as_view

if TYPE_CHECKING:
    from bot.sandbox.slack.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"


def clicked_message(workspace: "Workspace", person: Person, message: Message, action: str, value: Any) -> Outgoing:
    """Return the block_actions of a touch in a message, with the response_url that owns the message."""
    block, element = touching.find(message.blocks, action, person.id)
    channel = workspace.channels[message.channel]
    container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id,
                 "is_ephemeral": message.ephemeral_to is not None}  # fmt: skip
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    url = workspace.response_urls.give(person.id, channel.id, message)
    payload = _touched(workspace, person) | {
        "container": container, "channel": {"id": channel.id, "name": channel.name_in_commands},
        "message": as_message(message, workspace.team_id, workspace.app_id, workspace.bot_id),
        "response_url": workspace.response_url(url), "state": {"values": touching.state(message.blocks, {})},
        "actions": [touching.action(block, element, value, workspace.ids.ts())],
    }  # fmt: skip
    if message.ephemeral_to:
        del payload["message"]  # Slack keeps no ephemeral message to show
    return Outgoing("interactive", payload, lambda delivery: delivery)


def clicked_view(workspace: "Workspace", person: Person, view: View, action: str, value: Any) -> Outgoing:
    """Return the block_actions of a touch in a modal or a home tab."""
    block, element = touching.find(view.blocks, action, person.id)
    payload = _touched(workspace, person) | {
        "container": {"type": "view", "view_id": view.id}, "view": _shown(workspace, view),
        "actions": [touching.action(block, element, value, workspace.ids.ts())],
    }  # fmt: skip
    return Outgoing("interactive", payload, lambda delivery: delivery)


def submitted(workspace: "Workspace", view: View, typed: Mapping[str, Any]) -> Outgoing:
    """Return the view_submission; ValueError where a required input is empty, as the client would not send it."""
    view.values = touching.state(view.blocks, typed)
    if missing := touching.unanswered(view.blocks, view.values):
        raise ValueError(f"required and empty: {', '.join(missing)}")
    payload = _about_view(workspace, view, "view_submission") | {"response_urls": []}
    payload["trigger_id"] = workspace.triggers.pull(view.person)
    return Outgoing("interactive", payload, lambda delivery: _after_submission(workspace, view, delivery))


def closed(workspace: "Workspace", view: View, *, all_of_them: bool) -> Outgoing:
    """Return the view_closed that goes out where the view asked for it."""
    payload = _about_view(workspace, view, "view_closed") | {"is_cleared": all_of_them}
    return Outgoing("interactive", payload, lambda delivery: delivery)


def shortcut(workspace: "Workspace", person: Person, callback_id: str) -> Outgoing:
    """Return a global shortcut."""
    payload = _touched(workspace, person) | {
        "type": "shortcut", "callback_id": callback_id, "action_ts": workspace.ids.ts(),
    }  # fmt: skip
    del payload["api_app_id"]
    return Outgoing("interactive", payload, lambda delivery: delivery)


def message_shortcut(workspace: "Workspace", person: Person, message: Message, callback_id: str) -> Outgoing:
    """Return a shortcut from the menu of a message."""
    channel = workspace.channels[message.channel]
    url = workspace.response_urls.give(person.id, channel.id)
    payload = _touched(workspace, person) | {
        "type": "message_action", "callback_id": callback_id, "action_ts": workspace.ids.ts(),
        "message_ts": message.ts, "channel": {"id": channel.id, "name": channel.name_in_commands},
        "message": as_message(message, workspace.team_id, workspace.app_id, workspace.bot_id),
        "response_url": workspace.response_url(url),
    }  # fmt: skip
    return Outgoing("interactive", payload, lambda delivery: delivery)


def _touched(workspace: "Workspace", person: Person) -> dict[str, Any]:
    return {
        "type": "block_actions", "token": workspace.verification_token, "api_app_id": workspace.app_id,
        "team": {"id": workspace.team_id, "domain": workspace.team_domain}, "enterprise": None,
        "is_enterprise_install": False, "trigger_id": workspace.triggers.pull(person.id),
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": workspace.team_id},
    }  # fmt: skip


def _about_view(workspace: "Workspace", view: View, kind: str) -> dict[str, Any]:
    payload = _touched(workspace, workspace.people[view.person])
    del payload["trigger_id"]
    return payload | {"type": kind, "view": _shown(workspace, view)}


def _shown(workspace: "Workspace", view: View) -> dict[str, Any]:
    return as_view(view, workspace.team_id, workspace.app_id, workspace.bot_id)


def _after_submission(workspace: "Workspace", view: View, delivery: Delivery) -> Delivery:
    """Do what the app answered to a form.

    https://docs.slack.dev/surfaces/modals#response_actions
    """
    error = delivery.error
    if error is None:
        error = _respond(workspace, view, delivery.json())
    if error:
        workspace.views.complain(view, {}, TROUBLE)
    return replace(delivery, error=error)


def _respond(workspace: "Workspace", view: View, answer: Mapping[str, Any]) -> str | None:
    match answer.get("response_action"):
        case None:
            workspace.views.close(view)
        case "clear":
            workspace.views.clear(view.person)
        case "errors":
            return _complain(workspace, view, answer.get("errors") or {})
        case "update" | "push" as verb:
            return _replace(workspace, view, str(verb), answer.get("view"))
        case _:
            return "invalid_response_action"
    return None


def _complain(workspace: "Workspace", view: View, errors: Mapping[str, str]) -> str | None:
    """Show the errors, which must name input blocks of the view."""
    inputs = {block["block_id"] for block in view.blocks if block.get("type") == "input"}
    if not errors or not set(errors) <= inputs:
        return "invalid_errors"
    workspace.views.complain(view, errors)
    return None


def _replace(workspace: "Workspace", view: View, verb: str, payload: Any) -> str | None:
    if view_rules.problems(payload, "modal"):
        return "invalid_view"
    try:
        if verb == "update":
            workspace.views.update(view, payload)
        else:
            workspace.views.push(view.person, payload)
    except Refusal as refusal:
        return refusal.error
    return None
