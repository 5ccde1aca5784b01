"""One Slack workspace on this machine: what is in it, and what people do there."""

import time
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.slack import commands, events, interactions
from bot.sandbox.slack.changes import Changes
from bot.sandbox.slack.channels import Channel, Channels
from bot.sandbox.slack.content import Editor
from bot.sandbox.slack.deliveries import Deliveries
from bot.sandbox.slack.delivery import Delivery
from bot.sandbox.slack.files import Files
from bot.sandbox.slack.ids import Ids
from bot.sandbox.slack.installed import Installed
from bot.sandbox.slack.journal import Journal
from bot.sandbox.slack.messages import Message, Messages
from bot.sandbox.slack.people import BOT_USER, People, Person
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.response_urls import ResponseURL, ResponseURLs
from bot.sandbox.slack.signing import signed
from bot.sandbox.slack.sockets import Sockets
from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.views import View, Views

_T = TypeVar("_T")
GRANTED = (
    "commands", "chat:write", "files:write", "files:read", "users:read", "channels:read", "groups:read", "im:write",
)  # fmt: skip
Who = Person | str
Where = Channel | str


@dataclass
class Credentials:
    """What the app is installed with: fixed, printed for everybody, good for nothing elsewhere."""

    bot_token: str = "xoxb-100000000001-100000000002-SandboxBotToken"
    app_token: str = "xapp-1-A0SBWXQRAPP-100000000003-sandbox"
    signing_secret: str = "5a0db0c5a0db0c5a0db0c5a0db0c5a0d"
    verification_token: str = "SandboxVerificationToken"
    team_id: str = "T0SBTEAM001"
    team_name: str = "Sandbox"
    team_domain: str = "wxqr-sandbox"
    app_id: str = "A0SBWXQRAPP"
    bot_id: str = "B0SBWXQRBOT"
    bot_user_id: str = BOT_USER


class Workspace(Credentials):
    """The state of the Slack half and the people who act in it; `async with` closes what it opened.

    `base_url` is where slack_app is mounted, `request_url` where the app listens (None: Socket Mode only).
    """

    def __init__(self, *, clock: Clock, faults: Faults, base_url: str, request_url: str | None = None) -> None:
        super().__init__()
        self.clock, self.faults = clock, faults
        self.base_url, self.request_url = base_url.rstrip("/"), request_url
        self.scopes: tuple[str, ...] = GRANTED
        self.installed = Installed()
        self.share_delay = 0.15
        self.ack_seconds = 3.0
        self.should_escape = False
        self.lists_uncompleted = False
        self._build()

    def _build(self) -> None:
        self.ids, self.change_log, self.journal = Ids(self.clock), Changes(), Journal()
        self.people, self.channels = People(), Channels(self.ids)
        self.messages, self.files = Messages(self.change_log), Files(self.ids)
        self.editor = Editor(self.ids, self.files, self.faults)
        self.triggers = Triggers(self.ids, self.clock)
        self.views = Views(self.ids, self.change_log, self.editor)
        self.response_urls = ResponseURLs(self.ids, self.clock, self.messages, self.editor)
        self.sockets = Sockets(self.ids, self.change_log, self.base_url, self.app_id)
        self.deliveries = Deliveries(self, self.sockets)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the client that deliveries go through."""
        await self.deliveries.close()

    # what people do

    async def command(self, person: Who, channel: Where, text: str = "", command: str = "/wxqr") -> Delivery:
        """Type a slash command, and wait for the app's first answer."""
        outgoing = commands.typed(self, self.people[person], self.channels[channel], command, text)
        if self.faults.take("duplicate_delivery", command):
            return await self.deliveries.send_twice(outgoing)
        return await self.deliveries.send(outgoing)

    async def click(self, person: Who, where: str, action: str, value: Any = None) -> Delivery:
        """Touch the element called `action` (its action_id or its text) in a message (ts) or a view (id)."""
        who, view = self.people[person], self.views.find(where)
        if view:
            return await self.deliveries.send(interactions.clicked_view(self, who, view, action, value))
        message = self._seen(who, where)
        return await self.deliveries.send(interactions.clicked_message(self, who, message, action, value))

    async def submit(self, view_id: str, values: Mapping[str, Any]) -> Delivery:
        """Fill a modal in, by block_id or action_id, and submit it; what is not named keeps what it began with."""
        return await self.deliveries.send(interactions.submitted(self, self._open_view(view_id), values))

    async def dismiss(self, view_id: str, *, all_of_them: bool = False) -> Delivery | None:
        """Close a modal (or the whole stack); the app is told where the view asked for it."""
        view = self._open_view(view_id)
        outgoing = interactions.closed(self, view, all_of_them=all_of_them)
        self.views.close(self.views.stack(view.person)[0] if all_of_them else view)
        return await self.deliveries.send(outgoing) if view.payload.get("notify_on_close") else None

    async def shortcut(self, person: Who, callback_id: str, message: str | None = None) -> Delivery:
        """Use a global shortcut, or that of a message (its ts)."""
        who = self.people[person]
        if message is None:
            return await self.deliveries.send(interactions.shortcut(self, who, callback_id))
        seen = self._seen(who, message)
        return await self.deliveries.send(interactions.message_shortcut(self, who, seen, callback_id))

    async def open_home(self, person: Who, tab: str = "home") -> Delivery:
        """Open the app's home, or its messages tab."""
        who = self.people[person]
        inner = {"type": "app_home_opened", "user": who.id, "channel": self.dm(who).id, "tab": tab}
        return await self.event(inner)

    async def mention(self, person: Who, channel: Where, text: str, thread_ts: str | None = None) -> Delivery:
        """Say `<@bot> text` where the bot can hear it."""
        return await self.tell_mention(self.say(person, channel, f"<@{BOT_USER}> {text}", thread_ts))

    def is_heard(self, message: Message) -> bool:
        """Tell whether a message is a mention that the app asked to be told of, in a channel that it is in."""
        channel = self.channels[message.channel]
        is_mention = f"<@{BOT_USER}" in message.text and not channel.person and channel.has_bot
        return is_mention and "app_mention" in self.installed.events

    async def tell_mention(self, message: Message) -> Delivery:
        """Tell the app that it was mentioned. https://docs.slack.dev/reference/events/app_mention."""
        thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
        said = {"user": message.user, "text": message.text, "ts": message.ts, "channel": message.channel}
        return await self.event({"type": "app_mention", "team": self.team_id, "event_ts": message.ts, **said, **thread})

    async def event(self, inner: Mapping[str, Any]) -> Delivery:
        """Tell the app of any other event."""
        return await events.tell(self, events.event(self, inner))

    async def repeat(self, delivery: Delivery) -> Delivery:
        """Send the very same payload once more, as a network may."""
        return await self.deliveries.send(delivery.outgoing)

    def socket_abort(self) -> None:
        """Cut every Socket Mode connection, without a close frame."""
        self.sockets.abort()

    async def socket_disconnect(self, reason: str) -> None:
        """Ask every connection to go: warning, refresh_requested or link_disabled."""
        await self.sockets.disconnect(reason)

    def say(self, person: Who, channel: Where, text: str, thread_ts: str | None = None) -> Message:
        """Say something that no app is told of."""
        who, where = self.people[person], self.channels[channel]
        ts = self.ids.ts()
        return self.messages.post(
            Message(ts=ts, channel=where.id, user=who.id, via="person", text=text, thread_ts=thread_ts)
        )

    # what people see

    def sees(self, person: Who, channel: Where) -> list[Message]:
        """Return what the person sees in the channel now, oldest first; nothing where she is no member."""
        who, where = self.people[person], self.channels[channel]
        if who.id not in where.members:
            return []
        return [message for message in self.messages.of(where.id) if message.shows_to(who.id)]

    def dm(self, person: Who) -> Channel:
        """Return the person's direct message with the bot."""
        return self.channels.direct(self.people[person])

    def modals(self, person: Who) -> list[View]:
        """Return the modals that are open before the person, the topmost last."""
        return self.views.stack(self.people[person].id)

    def home(self, person: Who) -> View | None:
        """Return the home tab that was published for the person."""
        return self.views.home(self.people[person].id)

    async def wait_for(self, predicate: Callable[[], _T], timeout: float = 20) -> _T:  # noqa: ASYNC109 - read as English
        """Return what `predicate` returns as soon as that is true; TimeoutError after `timeout` seconds."""
        return await self.change_log.wait_for(predicate, timeout)

    def changes(self) -> AsyncGenerator[dict[str, Any], None]:
        """Yield every change from now on, as JSON-able objects with a `type`."""
        return self.change_log.stream()

    def count(self, method: str) -> int:
        """Return how often the app called `method` (or upload, or response_url)."""
        return self.journal.count(method)

    # what the wire carries

    def signed(self, body: bytes, timestamp: int | None = None, secret: str | None = None) -> dict[str, str]:
        """Return the headers Slack would send with `body`, or forged ones."""
        now = int(time.time()) if timestamp is None else timestamp
        return signed(secret or self.signing_secret, now, body)

    def response_url(self, url: ResponseURL) -> str:
        return f"{self.base_url}/response/{url.secret}"

    def permalink(self, message: Message) -> str:
        ts = message.ts.replace(".", "")
        return f"https://{self.team_domain}.slack.com/archives/{message.channel}/p{ts}"

    def thread(self, channel: Channel, ts: str) -> str | None:
        """Return the thread to answer in: its parent must be a message that is no ephemeral one."""
        if not ts:
            return None
        parent = self.messages.find(channel.id, ts)
        if parent is None or parent.ephemeral_to:
            raise Refusal("thread_not_found")
        return parent.thread_ts or parent.ts

    def _seen(self, person: Person, ts: str) -> Message:
        message = self.messages.locate(ts)
        if message is None or message not in self.sees(person, message.channel):
            raise LookupError(f"{person.name} sees no message {ts}")
        return message

    def _open_view(self, view_id: str) -> View:
        view = self.views.find(view_id)
        if view is None:
            raise LookupError(f"no view {view_id} is open")
        return view
