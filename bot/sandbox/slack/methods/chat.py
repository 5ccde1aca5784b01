"""The chat.* methods."""

from typing import Any

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.channels import Channel
from bot.sandbox.slack.content import MOST_TEXT_UPDATED
from bot.sandbox.slack.messages import Message, as_message
from bot.sandbox.slack.methods.method import Method, Result
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.workspace import Workspace


def post_message(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/chat.postMessage
    channel = _addressed(workspace, arguments.required("channel"))
    content = workspace.editor.read(arguments)
    thread = workspace.thread(channel, arguments.text("thread_ts"))
    message = workspace.messages.post(Message(
        ts=workspace.ids.ts(), channel=channel.id, user=BOT_USER, via="chat.postMessage", thread_ts=thread,
        **content.parts(),
    ))  # fmt: skip
    return {"channel": channel.id, "ts": message.ts, "message": _shown(workspace, message)}


def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/chat.postEphemeral
    channel = workspace.channels.for_bot(arguments.required("channel"))
    if arguments.required("user") not in channel.members:
        raise Refusal("user_not_in_channel")
    content = workspace.editor.read(arguments)
    message = workspace.messages.post(Message(
        ts=workspace.ids.ts(), channel=channel.id, user=BOT_USER, via="chat.postEphemeral",
        ephemeral_to=arguments.text("user"), thread_ts=workspace.thread(channel, arguments.text("thread_ts")),
        **content.parts(),
    ))  # fmt: skip
    return {"message_ts": message.ts}


def update(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/chat.update
    message = _own(workspace, arguments, "cant_update_message")
    if arguments.text("text") or "blocks" in arguments or "attachments" in arguments:
        message = workspace.messages.edit(message, **_updated(workspace, message, arguments))
    else:
        raise Refusal("no_text")
    shown = _shown(workspace, message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def delete(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/chat.delete
    message = _own(workspace, arguments, "cant_delete_message")
    workspace.messages.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(workspace: Workspace, arguments: Arguments) -> Result:
    # https://docs.slack.dev/reference/methods/chat.getPermalink
    channel = workspace.channels.for_bot(arguments.required("channel"), public_too=True)
    message = workspace.messages.find(channel.id, arguments.required("message_ts"))
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    return {"channel": channel.id, "permalink": workspace.permalink(message)}


def _addressed(workspace: Workspace, named: str) -> Channel:
    """Return the channel of an id, a #name, or a person's id: that is the direct message with her."""
    person = workspace.people.find(named) if named.startswith(("U", "@")) else None
    if person:
        return workspace.channels.direct(person)
    return workspace.channels.for_bot(named, public_too="chat:write.public" in workspace.scopes)


def _own(workspace: Workspace, arguments: Arguments, refusal: str) -> Message:
    """Return the bot's own message. Ephemeral ones cannot be found again by anybody."""
    channel = workspace.channels.find(arguments.required("channel"))
    if channel is None or channel.id != arguments.text("channel"):
        raise Refusal("channel_not_found")
    message = workspace.messages.find(channel.id, arguments.required("ts"))
    if message is None or message.ephemeral_to:
        raise Refusal("message_not_found")
    if message.user != BOT_USER:
        raise Refusal(refusal)
    return message


def _updated(workspace: Workspace, message: Message, arguments: Arguments) -> dict[str, Any]:
    """Return the changed parts: with `text` and no `blocks` the blocks go, with neither they stay."""
    if len(arguments.text("text")) > MOST_TEXT_UPDATED:
        raise Refusal("msg_too_long")
    parts: dict[str, Any] = {"edited": workspace.ids.ts(), "text": arguments.text("text", message.text)}
    if "blocks" in arguments or "text" in arguments:
        parts["blocks"] = workspace.editor.blocks(arguments)
    if "attachments" in arguments:
        parts["attachments"] = tuple(arguments.value("attachments", "invalid_attachments") or ())
    if "metadata" in arguments:
        parts["metadata"] = arguments.value("metadata", "invalid_metadata_format") or None
    if not any((parts["text"], parts.get("blocks", message.blocks), message.files, parts.get("attachments"))):
        raise Refusal("no_text")
    return parts


def _shown(workspace: Workspace, message: Message) -> dict[str, Any]:
    return as_message(message, workspace.team_id, workspace.app_id, workspace.bot_id)


METHODS = {
    "chat.postMessage": Method(post_message, "chat:write", needs_membership=True),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write", needs_membership=True),
    "chat.update": Method(update, "chat:write"),
    "chat.delete": Method(delete, "chat:write"),
    "chat.getPermalink": Method(permalink),
}
