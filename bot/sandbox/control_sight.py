"""What can be seen of the world by remote control: with the eyes of one person, and behind the scenes."""

from collections.abc import Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from bot.sandbox.control_acts import DIRECT
from bot.sandbox.control_reading import PICTURES, code_in
from bot.sandbox.control_wishes import Wish
from bot.sandbox.slack.channels import Channel
from bot.sandbox.slack.journal import Entry
from bot.sandbox.slack.messages import Message, as_shown
from bot.sandbox.slack.methods import METHODS
from bot.sandbox.slack.people import BOT_USER, PEOPLE, SLACKBOT, Person
from bot.sandbox.slack.views import View
from bot.sandbox.wechat.image_host import SHOWQRCODE
from bot.sandbox.wechat.journal import MASK, Call
from bot.sandbox.wechat.paths import PATHS
from bot.sandbox.wechat.quotas import DAILY
from bot.sandbox.wechat.tokens import AccessTokens
from bot.sandbox.world import World

# what a page shows of a channel; the sandbox itself keeps 20,000 messages
MESSAGES_SHOWN = 200
CALLS_SHOWN = 50
PEOPLE_SHOWN = 20
MOST_CALLS = 10_000
_SLACK = (*METHODS, "upload", "response_url")
_WECHAT = (*PATHS, SHOWQRCODE)
_SECRETS = frozenset(("secret", "token", "trigger_id", "upload_url"))


class Sight:
    """The state of both halves, as JSON."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._slack, self._wechat = world.slack, world.wechat

    def state(self, wish: Wish) -> dict[str, Any]:
        """Return the workspace as `person` sees it."""
        person = self._slack.people[wish.text("person")]
        home = self._slack.home(person)
        channels = [channel for channel in self._slack.channels if person.id in channel.members and not channel.person]
        return {
            "base_url": self._world.base_url,
            "now": self._world.clock.now(),
            "person": asdict(person),
            "people": [*map(asdict, PEOPLE), *_APPS],
            "channels": [self._channel(person, channel) for channel in (*channels, self._slack.dm(person))],
            "modals": [_view(view) for view in self._slack.modals(person)],
            "home": _view(home) if home else None,
            "wechat_people": self._people(),
        }

    def journal(self, wish: Wish) -> dict[str, Any]:
        """Return the `last` calls that either half got, newest last, without their secrets."""
        last = wish.number("last", 1, MOST_CALLS, CALLS_SHOWN)
        return {
            "slack": [_entry(entry) for entry in list(self._slack.journal.entries)[-last:]],
            "wechat": [_call(call) for call in self._wechat.calls[-last:]],
        }

    def counts(self, _: Wish) -> dict[str, Any]:
        """Return how often what was called, what that used up, and what the world is like now."""
        codes, quotas, clock = self._wechat.codes, self._wechat.quotas, self._world.clock
        asked = {path: self._wechat.count(path) for path in _WECHAT}
        return {
            "slack": {name: count for name in _SLACK if (count := self._slack.count(name))},
            "wechat": {path: count for path, count in asked.items() if count},
            "permanent": {"used": codes.permanent_used, "limit": codes.permanent_limit},
            "quotas": {path: {"used": quotas.used(path), "limit": quotas.limit(path)} for path in DAILY},
            "access_tokens": {
                "stable_token": self._seconds_left(self._wechat.stable_tokens),
                "token": self._seconds_left(self._wechat.legacy_tokens),
            },
            "clock": {"now": clock.now(), "moved_by": clock.moved_by},
            "faults": [asdict(fault) for fault in self._world.faults.armed()],
        }

    def _channel(self, person: Person, channel: Channel) -> dict[str, Any]:
        seen = self._slack.sees(person, channel)[-MESSAGES_SHOWN:]
        return {
            "id": channel.id,
            "name": DIRECT if channel.person else channel.name,
            "kind": channel.kind,
            "has_bot": channel.has_bot,
            "members": sorted(channel.members),
            "messages": [self._message(message) for message in seen],
        }

    def _message(self, message: Message) -> dict[str, Any]:
        shown = as_shown(message)
        return {**shown, "files": [self._file(file) for file in shown["files"]]}

    def _file(self, file: Mapping[str, Any]) -> dict[str, Any]:
        """Return a file with its address; None once its bytes are forgotten."""
        kept = self._slack.files.find(file["id"])
        content = kept.content if kept else None
        code = code_in(content) if content and file["mimetype"] in PICTURES else None
        return {**file, "url": f"/slack/files/{file['id']}" if content is not None else None, "code": code}

    def _people(self) -> dict[str, Any]:
        """Return how many people follow, and who came last with what they received."""
        people = self._wechat.followers
        last = islice(reversed(people.values()), PEOPLE_SHOWN)
        return {
            "followers": sum(person.subscribe for person in people.values()),
            "last": [
                {**person.shown(), "received": [asdict(one) for one in self._wechat.received(person.openid)]}
                for person in last
            ],
        }

    def _seconds_left(self, family: AccessTokens) -> int | None:
        """Return how long the family's newest access token lives; None where there is none, never its value."""
        if family.latest is None:
            return None
        left = min(family.latest.expires_at, family.latest.ends_at) - self._world.clock.now()
        return max(int(left), 0)


_APPS = (
    {"id": BOT_USER, "name": "wxqr", "real_name": "wxqr", "is_app": True},
    {"id": SLACKBOT, "name": "slackbot", "real_name": "Slackbot", "is_app": True},
)


def _view(view: View) -> dict[str, Any]:
    shown = {"id": view.id, "errors": view.errors, "trouble": view.trouble, "previous_id": view.previous_id}
    return {**view.payload, **shown}


def _entry(entry: Entry) -> dict[str, Any]:
    masked = {name: MASK if name in _SECRETS else value for name, value in entry.arguments.items()}
    return {**asdict(entry), "arguments": masked}


def _call(call: Call) -> dict[str, Any]:
    return {**asdict(call), "query_without_secrets": dict(call.query_without_secrets)}
