"""Messages: what was said, where, and to whom it shows."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.files import File
from bot.sandbox.slack.people import BOT_USER

KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message. `ephemeral_to` names the only person who sees it; `via` says which way it came.

    `via`: chat.postMessage, chat.postEphemeral, upload, response_url, command reply, person or slackbot.
    """

    ts: str
    channel: str
    user: str
    via: str
    text: str = ""
    blocks: tuple[Mapping[str, Any], ...] = ()
    attachments: tuple[Mapping[str, Any], ...] = ()
    files: tuple[File, ...] = ()
    metadata: Mapping[str, Any] | None = None
    ephemeral_to: str | None = None
    thread_ts: str | None = None
    edited: str | None = None

    def shows_to(self, user: str) -> bool:
        """Tell whether a member of the channel sees it."""
        return self.ephemeral_to is None or self.ephemeral_to == user


class Messages:
    """The last `KEPT` messages of the whole workspace, each channel's in the order they came."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self._channels: dict[str, dict[str, Message]] = {}
        self._oldest: deque[tuple[str, str]] = deque()

    def post(self, message: Message) -> Message:
        self._channels.setdefault(message.channel, {})[message.ts] = message
        self._oldest.append((message.channel, message.ts))
        if len(self._oldest) > KEPT:
            channel, ts = self._oldest.popleft()
            self._channels[channel].pop(ts, None)
        self._tell("message", message)
        return message

    def edit(self, message: Message, **parts: Any) -> Message:
        """Put a changed copy in the place of `message` and return it."""
        edited = replace(message, **parts)
        self._channels[message.channel][message.ts] = edited
        self._tell("message_changed", edited)
        return edited

    def delete(self, message: Message) -> None:
        del self._channels[message.channel][message.ts]
        self._tell("message_deleted", message)

    def find(self, channel: str, ts: str) -> Message | None:
        return self._channels.get(channel, {}).get(ts)

    def locate(self, ts: str) -> Message | None:
        """Return the message named by its `ts` alone: the sandbox never gives the same twice."""
        return next((found for channel in self._channels.values() if (found := channel.get(ts))), None)

    def of(self, channel: str) -> Iterator[Message]:
        """Yield the channel's messages, oldest first."""
        return iter(tuple(self._channels.get(channel, {}).values()))

    def forget_file(self, file: File) -> None:
        """Take a deleted file out of every message; one that said nothing else goes with it."""
        holders = [message for channel in self._channels for message in self.of(channel) if file in message.files]
        for message in holders:
            left = tuple(other for other in message.files if other is not file)
            if left or message.text or message.blocks or message.attachments:
                self.edit(message, files=left)
            else:
                self.delete(message)

    def _tell(self, what: str, message: Message) -> None:
        self._changes.publish({"type": what, "channel": message.channel, "message": as_shown(message)})


def as_shown(message: Message) -> dict[str, Any]:
    """Return the message as the change stream tells it: JSON, with whom it shows to and which way it came."""
    return {
        "ts": message.ts, "channel": message.channel, "user": message.user, "via": message.via,
        "text": message.text, "blocks": list(message.blocks), "ephemeral_to": message.ephemeral_to,
        "attachments": list(message.attachments), "metadata": message.metadata,
        "thread_ts": message.thread_ts, "edited": message.edited,
        "files": [{"id": file.id, "name": file.name, "title": file.title, "mimetype": file.mimetype,
                   "size": file.size} for file in message.files],
    }  # fmt: skip


def as_message(message: Message, team_id: str, app_id: str, bot_id: str) -> dict[str, Any]:
    """Return the message object of the Web API and of payloads."""
    body: dict[str, Any] = {
        "type": "message", "user": message.user, "ts": message.ts, "text": message.text, "team": team_id,
    }  # fmt: skip
    if message.user == BOT_USER:
        body |= {"bot_id": bot_id, "app_id": app_id}
    if message.edited:
        body["edited"] = {"user": message.user, "ts": message.edited}
    if message.files:
        body["files"] = [{"id": file.id, "name": file.name, "title": file.title} for file in message.files]
    optional = {
        "blocks": list(message.blocks), "attachments": list(message.attachments),
        "thread_ts": message.thread_ts, "metadata": message.metadata,
    }  # fmt: skip
    return body | {name: value for name, value in optional.items() if value}
