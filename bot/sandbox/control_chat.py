"""What a phone shows, by remote control: whose phones there are, and the chat with the account on each."""

from collections.abc import Iterator
from dataclasses import asdict
from operator import itemgetter
from typing import Any

from bot.sandbox.control_pushes import shown
from bot.sandbox.control_wishes import Wish
from bot.sandbox.wechat.phone import Phone
from bot.sandbox.wechat.phone_owners import PHONE_OWNERS, open_id_of
from bot.sandbox.wechat.push import UNAVAILABLE, Push
from bot.sandbox.world import World

SELF, ACCOUNT, WECHAT = "self", "account", "wechat"


class Chats:
    """The chats of everybody with the account; a person who is no follower keeps hers, too."""

    def __init__(self, world: World) -> None:
        self._wechat = world.wechat

    def phones(self, _: Wish) -> dict[str, Any]:
        """Return the people with names, and who of them follows."""
        phones = ((owner, self._wechat.phone(owner.open_id)) for owner in PHONE_OWNERS)
        return {"phones": [{**asdict(owner), "follows": phone.follows} for owner, phone in phones]}

    def phone(self, wish: Wish) -> dict[str, Any]:
        """Return the chat of a `person` by name or open id, oldest first, and her last push."""
        phone = self._wechat.phone(open_id_of(wish.text("person")))
        pushes = [push for push in self._wechat.pushes.journal if push.open_id == phone.open_id]
        return {
            "open_id": phone.open_id,
            "follows": phone.follows,
            "chat": sorted((*_said(pushes), *_received(phone)), key=itemgetter("at")),
            "push": shown(pushes[-1]) if pushes else None,
        }


def _said(pushes: list[Push]) -> Iterator[dict[str, Any]]:
    """Yield what she wrote, and where WeChat itself told her something."""
    for push in pushes:
        if push.event == "text":
            yield _line(push.at, SELF, "text", str(push.message["Content"]))
        if push.shown == UNAVAILABLE:
            yield _line(push.at, WECHAT, "unavailable", push.shown)


def _received(phone: Phone) -> Iterator[dict[str, Any]]:
    for one in phone.received:
        yield {**_line(one.at, ACCOUNT, one.kind, one.text), "articles": [asdict(article) for article in one.articles]}


def _line(at: float, by: str, kind: str, text: str) -> dict[str, Any]:
    return {"at": at, "by": by, "kind": kind, "text": text, "articles": []}
