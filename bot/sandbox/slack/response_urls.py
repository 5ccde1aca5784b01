"""response_url: five answers in thirty minutes, to one person in one channel, member or not.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from dataclasses import dataclass

from bot.sandbox.clock import Clock
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.content import Content, Editor
from bot.sandbox.slack.ids import Ids
from bot.sandbox.slack.messages import Message, Messages
from bot.sandbox.slack.people import BOT_USER

USES = 5
SECONDS = 30 * 60
KEPT = 20_000


class URLRefused(Exception):
    """The answer was not taken: HTTP `status`, and the word in the body."""

    def __init__(self, status: int, word: str) -> None:
        super().__init__(word)
        self.status = status


@dataclass(slots=True)
class ResponseURL:
    """One such address. `message` is the ts of what it may replace or delete."""

    secret: str
    person: str
    channel: str
    expires_at: float
    message: str | None = None
    thread_ts: str | None = None
    uses_left: int = USES


class ResponseURLs:
    """Those given out, and what may be done with them."""

    def __init__(self, ids: Ids, clock: Clock, messages: Messages, editor: Editor) -> None:
        self._ids = ids
        self._clock = clock
        self._messages = messages
        self._editor = editor
        self._known: dict[str, ResponseURL] = {}
        self.uses = USES

    def give(self, person: str, channel: str, message: Message | None = None) -> ResponseURL:
        """Return a new address for `person` in `channel`; it owns `message`, if it comes of touching one."""
        url = ResponseURL(self._ids.secret(), person, channel, self._clock.now() + SECONDS, uses_left=self.uses)
        if message:
            url.message, url.thread_ts = message.ts, message.thread_ts
        self._known[url.secret] = url
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return url

    def find(self, secret: str) -> ResponseURL:
        """Return the address while it is good. Slack documents the limits, not the words: these are a guess."""
        url = self._known.get(secret)
        if url is None or url.expires_at < self._clock.now():
            raise URLRefused(404, "expired_url")
        if url.uses_left <= 0:
            raise URLRefused(404, "used_url")
        return url

    def answer(self, url: ResponseURL, arguments: Arguments) -> None:
        """Do what the answer says, and count it."""
        if arguments.flag("delete_original"):
            self._messages.delete(self._owned(url))
        elif arguments.flag("replace_original") and url.message:
            content = self._editor.read(arguments)
            self._messages.edit(self._owned(url), **content.parts(), edited=self._ids.ts())
        else:
            self._post(url, arguments)
        url.uses_left -= 1

    def say(self, url: ResponseURL, content: Content, via: str, *, in_channel: bool, thread: str | None) -> Message:
        """Post what was answered; the first that is said becomes what the address owns."""
        seen_by = None if in_channel else url.person
        message = self._messages.post(Message(
            ts=self._ids.ts(), channel=url.channel, user=BOT_USER, via=via, ephemeral_to=seen_by, thread_ts=thread,
            **content.parts(),
        ))  # fmt: skip
        url.message = url.message or message.ts
        return message

    def _post(self, url: ResponseURL, arguments: Arguments) -> None:
        thread = arguments.text("thread_ts") or url.thread_ts
        in_channel = arguments.text("response_type") == "in_channel"
        self.say(url, self._editor.read(arguments), "response_url", in_channel=in_channel, thread=thread)

    def _owned(self, url: ResponseURL) -> Message:
        message = self._messages.find(url.channel, url.message or "")
        if message is None:
            raise URLRefused(404, "message_not_found")
        return message
