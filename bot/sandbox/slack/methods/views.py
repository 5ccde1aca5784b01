"""The views.* methods."""

from typing import Any

from bot.sandbox.slack import view_rules
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.methods.method import Method, Result
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.views import View, as_view
from bot.sandbox.slack.workspace import Workspace


def open_view(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/views.open
    payload = _payload(arguments, "modal")
    person = workspace.triggers.exchange(arguments.required("trigger_id"))
    return _shown(workspace, workspace.views.open(person, payload))


def push(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/views.push
    payload = _payload(arguments, "modal")
    person = workspace.triggers.exchange(arguments.required("trigger_id"))
    return _shown(workspace, workspace.views.push(person, payload))


def update(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/views.update
    view = workspace.views.find(arguments.text("view_id"), arguments.text("external_id"))
    if view is None:
        raise Refusal("not_found")
    payload = _payload(arguments, view.kind)
    return _shown(workspace, workspace.views.update(view, payload, arguments.text("hash")))


def publish(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/views.publish
    payload = _payload(arguments, "home")
    person = workspace.people.find(arguments.required("user_id"))
    if person is None or person.id != arguments.text("user_id"):
        raise Refusal("invalid_arguments", ["invalid user id [json-pointer:/user_id]"])
    return _shown(workspace, workspace.views.publish(person.id, payload, arguments.text("hash")))


def _payload(arguments: Arguments, kind: str) -> dict[str, Any]:
    payload = arguments.value("view")
    if payload is None:
        raise Refusal("invalid_arguments", ["missing required field: view"])
    if view_rules.too_large(payload):
        raise Refusal("view_too_large")
    if problems := view_rules.problems(payload, kind):
        raise Refusal("invalid_arguments", problems)
    checked: dict[str, Any] = payload
    return checked


def _shown(workspace: Workspace, view: View) -> Result:
    return {"view": as_view(view, workspace.team_id, workspace.app_id, workspace.bot_id)}


METHODS = {
    "views.open": Method(open_view),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
