"""Slash commands: typed by a person, answered by the app at once, later, or not in time.

https://docs.slack.dev/interactivity/implementing-slash-commands
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.channels import Channel
from bot.sandbox.slack.delivery import Delivery, Outgoing
from bot.sandbox.slack.escaping import escaped
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import SLACKBOT, Person
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.response_urls import ResponseURL

if TYPE_CHECKING:
    from bot.sandbox.slack.workspace import Workspace


def typed(workspace: "Workspace", person: Person, channel: Channel, command: str, text: str) -> Outgoing:
    """Return the command as it goes to the app."""
    url = workspace.response_urls.give(person.id, channel.id)
    payload = {
        "token": workspace.verification_token, "team_id": workspace.team_id, "team_domain": workspace.team_domain,
        "channel_id": channel.id, "channel_name": channel.name_in_commands,
        "user_id": person.id, "user_name": person.name, "command": command,
        "text": escaped(text, workspace.people, workspace.channels) if workspace.should_escape else text,
        "api_app_id": workspace.app_id, "is_enterprise_install": "false",
        "response_url": workspace.response_url(url), "trigger_id": workspace.triggers.pull(person.id),
    }  # fmt: skip
    return Outgoing("slash_commands", payload, lambda delivery: _show(workspace, url, command, delivery))


def _show(workspace: "Workspace", url: ResponseURL, command: str, delivery: Delivery) -> Delivery:
    """Let people see the reply, or the person that there was none."""
    error = delivery.error or _reply(workspace, url, delivery)
    if error:
        _apologize(workspace, url, f"{command} failed with the error “{error}”")
    return replace(delivery, error=error)


def _reply(workspace: "Workspace", url: ResponseURL, delivery: Delivery) -> str | None:
    if not delivery.body.strip() or delivery.body == "{}":
        return None
    reply = _read(delivery)
    in_channel = reply.get("response_type") == "in_channel"
    try:
        content = workspace.editor.read(Arguments(reply))
    except Refusal:
        return "invalid_command_response"
    workspace.response_urls.say(url, content, "command reply", in_channel=in_channel, thread=None)
    return None


def _read(delivery: Delivery) -> dict[str, Any]:
    """Return the reply: an object, or plain text, which only the person sees."""
    return delivery.json() or {"text": delivery.body}


def _apologize(workspace: "Workspace", url: ResponseURL, words: str) -> None:
    workspace.messages.post(Message(
        ts=workspace.ids.ts(), channel=url.channel, user=SLACKBOT, via="slackbot", text=words, ephemeral_to=url.person,
    ))  # fmt: skip
