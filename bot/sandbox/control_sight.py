"""What can be seen of the workspace by remote control: with the eyes of one person."""

from collections.abc import Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from bot.sandbox.control_conversations import MESSAGES_SHOWN, Conversations
from bot.sandbox.control_places import DIRECT
from bot.sandbox.control_wishes import Wish
from bot.sandbox.slack import view_rules
from bot.sandbox.slack.channels import Channel
from bot.sandbox.slack.messages import KEPT
from bot.sandbox.slack.people import BOT_NAME, BOT_USER, PEOPLE, SLACKBOT, Person
from bot.sandbox.slack.views import View
from bot.sandbox.world import World

PEOPLE_SHOWN = 20
_APPS = (
    {"id": BOT_USER, "name": BOT_NAME, "real_name": BOT_NAME, "is_app": True},
    {"id": SLACKBOT, "name": "slackbot", "real_name": "Slackbot", "is_app": True},
)


class Sight:
    """The workspace as one person sees it, as JSON."""

    def __init__(self, world: World, conversations: Conversations) -> None:
        self._world, self._conversations = world, conversations
        self._slack, self._wechat = world.slack, world.wechat

    def state(self, wish: Wish) -> dict[str, Any]:
        """Return the workspace as `person` sees it, with the newest `messages` of each channel."""
        person = self._slack.people[wish.text("person")]
        most = wish.number("messages", 0, KEPT, MESSAGES_SHOWN)
        home = self._slack.home(person)
        channels = [channel for channel in self._slack.channels if person.id in channel.members and not channel.person]
        return {
            "base_url": self._world.base_url,
            "team_name": self._slack.team_name,
            "now": self._world.clock.now(),
            "person": asdict(person),
            "people": [*map(asdict, PEOPLE), *_APPS],
            "channels": [self._channel(person, channel, most) for channel in (*channels, self._slack.dm(person))],
            # a public channel's name is no secret from who is no member
            "channel_names": {one.id: one.name for one in self._slack.channels if not (one.is_private or one.person)},
            "modals": [_view(view) for view in self._slack.modals(person)],
            "home": _view(home) if home else None,
            "wechat_people": self._people(),
        }

    def _channel(self, person: Person, channel: Channel, most: int) -> dict[str, Any]:
        seen = self._slack.sees(person, channel)
        return {
            "id": channel.id,
            "name": DIRECT if channel.person else channel.name,
            "kind": channel.kind,
            "is_private": channel.is_private,
            "has_bot": channel.has_bot,
            "members": sorted(channel.members),
            "latest": seen[-1].ts if seen else "",
            "total": len(seen),
            "messages": self._conversations.drawn(seen[-most:] if most else ()),
        }

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


def _view(view: View) -> Mapping[str, Any]:
    shown = {"id": view.id, "errors": view.errors, "trouble": view.trouble, "previous_id": view.previous_id}
    return {**view.payload, **shown, "problems": view_rules.problems(view.payload, view.kind)}
