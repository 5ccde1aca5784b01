"""Channels and direct messages: who is in which."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.slack.ids import Ids
from bot.sandbox.slack.people import BOT_USER, PEOPLE, Person
from bot.sandbox.slack.refusals import Refusal

EVERYBODY = tuple(person.id for person in PEOPLE)
_BY_NAME = {person.name: person.id for person in PEOPLE}
_NOT_CHLOE = tuple(id_ for id_ in EVERYBODY if id_ != _BY_NAME["chloe"])


@dataclass(slots=True, kw_only=True)
class Channel:
    """A conversation. `person` is set in a direct message with the bot only."""

    id: str
    name: str
    members: set[str] = field(default_factory=set)
    is_private: bool = False
    person: str | None = None

    @property
    def kind(self) -> str:
        """Return the family of scopes that opens it: channels, groups or im."""
        if self.person:
            return "im"
        return "groups" if self.is_private else "channels"

    @property
    def name_in_commands(self) -> str:
        """Return `channel_name` as a slash command carries it: private conversations do not tell theirs."""
        return {"im": "directmessage", "groups": "privategroup", "channels": self.name}[self.kind]

    @property
    def has_bot(self) -> bool:
        return BOT_USER in self.members


class Channels:
    """Every conversation, by id or by #name; direct messages begin when they are opened."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._known: dict[str, Channel] = {}
        self._add("C0SBGENERAL", "general", {BOT_USER, *EVERYBODY})
        self._add("C0SBSPRING1", "campaign-spring", {BOT_USER, *_NOT_CHLOE})
        self._add("C0SBMARKET1", "marketing-市场", {BOT_USER, *_NOT_CHLOE})
        self._add("C0SBRANDOM1", "random", set(EVERYBODY))
        ops = {BOT_USER, _BY_NAME["ben"], _BY_NAME["li.wei"], _BY_NAME["ana"]}
        self._add("C0SBOPS0001", "ops", ops, is_private=True)

    def __iter__(self) -> Iterator[Channel]:
        return (channel for key, channel in self._known.items() if key == channel.id)

    def __getitem__(self, which: Channel | str) -> Channel:
        channel = which if isinstance(which, Channel) else self._known.get(which)
        if channel is None:
            raise LookupError(f"there is no channel {which}")
        return channel

    def find(self, which: str) -> Channel | None:
        return self._known.get(which)

    def direct(self, person: Person) -> Channel:
        """Return the direct message between `person` and the bot; the first call opens it."""
        known = self._known.get(f"@{person.id}")
        return known or self._open(person)

    def for_bot(self, which: str, *, public_too: bool = False) -> Channel:
        """Return the channel if the bot is in it, or say no as Slack does: what is private it has never heard of."""
        channel = self._known.get(which)
        if channel is None or (channel.is_private and not channel.has_bot):
            raise Refusal("channel_not_found")
        if not channel.has_bot and not public_too:
            raise Refusal("not_in_channel")
        return channel

    def _add(self, id_: str, name: str, members: set[str], *, is_private: bool = False) -> None:
        channel = Channel(id=id_, name=name, members=members, is_private=is_private)
        self._known[id_] = self._known[f"#{name}"] = channel

    def _open(self, person: Person) -> Channel:
        id_ = self._ids.new("D")
        channel = Channel(id=id_, name=person.id, members={person.id, BOT_USER}, is_private=True, person=person.id)
        self._known[id_] = self._known[f"@{person.id}"] = channel
        return channel


def as_conversation(channel: Channel, team_id: str) -> dict[str, Any]:
    """Return the conversation object.

    https://docs.slack.dev/reference/objects/conversation-object
    """
    common = {"id": channel.id, "created": 1_700_000_000, "is_archived": False, "context_team_id": team_id}
    if channel.person:
        return common | {"is_im": True, "user": channel.person, "is_open": True, "is_org_shared": False}
    return common | {
        "name": channel.name, "name_normalized": channel.name, "is_channel": True, "is_group": channel.is_private,
        "is_im": False, "is_mpim": False, "is_private": channel.is_private, "is_member": channel.has_bot,
        "is_general": channel.name == "general", "num_members": len(channel.members),
        "topic": {"value": "", "creator": "", "last_set": 0}, "purpose": {"value": "", "creator": "", "last_set": 0},
    }  # fmt: skip
