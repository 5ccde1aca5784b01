"""The conversations.* methods."""

from collections.abc import Sequence

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.channels import Channel, as_conversation
from bot.sandbox.slack.messages import Message, as_message
from bot.sandbox.slack.methods.method import Method, Result
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.workspace import Workspace

PAGE = 100
KINDS = {"public_channel": "channels", "private_channel": "groups", "im": "im"}


def open_direct(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/conversations.open
    users = arguments.names("users")
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise Refusal("missing_scope", needed="mpim:write", provided=",".join(workspace.scopes))
    person = workspace.people.find(users[0])
    if person is None or person.id != users[0]:
        raise Refusal("user_not_found")
    channel = workspace.channels.direct(person)
    if arguments.flag("return_im"):
        return {"channel": as_conversation(channel, workspace.team_id)}
    return {"channel": {"id": channel.id}}


def info(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/conversations.info
    channel = _readable(workspace, arguments, "read", public_too=True)
    return {"channel": as_conversation(channel, workspace.team_id)}


def all_of_them(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/conversations.list
    kinds = {KINDS.get(name, "") for name in arguments.names("types") or ["public_channel"]}
    _require(workspace, *(f"{kind}:read" for kind in sorted(kinds) if kind))
    found = [channel for channel in workspace.channels if channel.kind in kinds]
    shown = [channel for channel in found if channel.has_bot or not channel.is_private]
    return _paged("channels", [as_conversation(channel, workspace.team_id) for channel in shown])


def join(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/conversations.join
    channel = workspace.channels.for_bot(arguments.required("channel"), public_too=True)
    if channel.is_private:
        raise Refusal("method_not_supported_for_channel_type")
    channel.members.add(BOT_USER)
    return {"channel": as_conversation(channel, workspace.team_id)}


def members(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/conversations.members
    channel = _readable(workspace, arguments, "read", public_too=True)
    return _paged("members", sorted(channel.members))


def history(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/conversations.history
    channel = _readable(workspace, arguments, "history")
    oldest, latest = arguments.text("oldest", "0"), arguments.text("latest", "9")
    found = [one for one in workspace.messages.of(channel.id) if not one.thread_ts and oldest < one.ts < latest]
    limit = arguments.number("limit", PAGE)
    return {"messages": _shown(workspace, found[::-1][:limit]), "has_more": len(found) > limit}


def replies(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/conversations.replies
    channel = _readable(workspace, arguments, "history")
    ts = arguments.required("ts")
    found = [message for message in workspace.messages.of(channel.id) if ts in (message.ts, message.thread_ts)]
    if not found:
        raise Refusal("thread_not_found")
    return {"messages": _shown(workspace, found), "has_more": False}


def _shown(workspace: Workspace, messages: list[Message]) -> list[dict[str, object]]:
    """Return the messages that an app may read: ephemeral ones are in no history."""
    asked = (workspace.team_id, workspace.app_id, workspace.bot_id)
    return [as_message(message, *asked) for message in messages if not message.ephemeral_to]


def _paged(name: str, found: Sequence[object]) -> Result:
    return {name: found, "response_metadata": {"next_cursor": ""}}


def _readable(workspace: Workspace, arguments: Arguments, what: str, *, public_too: bool = False) -> Channel:
    """Return the channel asked about; each kind of conversation has a scope of its own."""
    known = workspace.channels.find(arguments.required("channel"))
    _require(workspace, f"{known.kind if known else 'channels'}:{what}")
    return workspace.channels.for_bot(arguments.required("channel"), public_too=public_too)


def _require(workspace: Workspace, *scopes: str) -> None:
    if missing := [scope for scope in scopes if scope not in workspace.scopes]:
        raise Refusal("missing_scope", needed=",".join(missing), provided=",".join(workspace.scopes))


METHODS = {
    "conversations.open": Method(open_direct, "im:write"),
    "conversations.info": Method(info),
    "conversations.list": Method(all_of_them),
    "conversations.join": Method(join, "channels:join"),
    "conversations.members": Method(members),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
}
