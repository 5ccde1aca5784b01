"""What people do in WeChat, asked for by remote control, and what was pushed because of it."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from operator import attrgetter
from typing import Any

from bot.sandbox.control_wishes import Wish, Wrong
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.crowd import DAY, Crowd
from bot.sandbox.wechat.envelope import MODES, Mode
from bot.sandbox.wechat.phone import Phone
from bot.sandbox.wechat.push import Push
from bot.sandbox.wechat.sealing import Seal
from bot.sandbox.world import World

NEWCOMER, FOLLOWER = "newcomer", "follower"
WAYS = ("search", "card", "payment")
PUSHES_SHOWN = 50
MOST_PUSHES = 10_000
MOST_PEOPLE = 1000
LONGEST = 90 * DAY
HIGHEST_SEED = 2**31


class Phones:
    """Everybody's phone: each act answers with its push, once that was answered."""

    def __init__(self, world: World) -> None:
        self._wechat, self._accounts, self._changes = world.wechat, world.accounts, world.slack.change_log

    async def scan(self, wish: Wish) -> dict[str, Any]:
        """Let a person scan a `code`, given by its url or its ticket."""
        code = wish.text("code")
        return self._told(await self._phone(wish, self._owner([code])).scan(code))

    async def follow(self, wish: Wish) -> dict[str, Any]:
        """Let a person follow without a code: by search, by a card, or after a payment (`how`)."""
        how = wish.text("how", WAYS[0])
        if how not in WAYS:
            raise Wrong(f"how must be one of {', '.join(WAYS)}")
        phone = self._phone(wish)
        ways = {"search": phone.follow, "card": phone.follow_by_card, "payment": phone.follow_after_payment}
        return self._told(await ways[how]())

    async def unfollow(self, wish: Wish) -> dict[str, Any]:
        """Let a person follow no longer."""
        return self._told(await self._phone(wish).unfollow())

    async def write(self, wish: Wish) -> dict[str, Any]:
        """Let a person write a `text` to the account."""
        text = wish.text("text")
        return self._told(await self._phone(wish).write(text))

    async def crowd(self, wish: Wish) -> dict[str, Any]:
        """Let `people` come to one `code` or several `codes` within `over` seconds; the clock moves on."""
        people = wish.number("people", 1, MOST_PEOPLE, 100)
        over, seed = wish.number("over", 1, LONGEST, DAY), wish.number("seed", 0, HIGHEST_SEED, 1)
        codes = self._codes(wish)
        pushes = await Crowd(self._owner(codes), codes, people, over, seed).come()
        self._changes.publish({"type": "push"})
        return {"now": self._wechat.clock.now(), **counted(pushes)}

    async def verify(self, wish: Wish) -> dict[str, Any]:
        """Submit the form in WeChat's console: `url`, `token`, `mode` and `encoding_aes_key`, each where it changes."""
        account = self._wechat
        mode, key = self._mode(wish), wish.text("encoding_aes_key", account.encoding_aes_key)
        if mode != "plain":
            Seal(key, account.app_id)
        verification = await account.verify(wish.text("url", ""), wish.text("token", ""))
        if verification.is_verified:
            account.callback_mode = mode
            account.change_key(key)
        return {"url": account.callback_url, "mode": account.callback_mode, **asdict(verification)}

    def pushes(self, wish: Wish) -> dict[str, Any]:
        """Return the `last` pushes of all accounts, newest last, with every attempt to deliver them."""
        last = wish.number("last", 1, MOST_PUSHES, PUSHES_SHOWN)
        pushes = sorted(chain(*(account.pushes.journal for account in self._accounts.values())), key=attrgetter("id"))
        return {"pushes": [shown(push) for push in pushes[-last:]]}

    def _owner(self, codes: Sequence[str]) -> OfficialAccount:
        """Return the account that the first code is of; the first account where it is nobody's."""
        owners = (account for account in self._accounts.values() if account.codes.in_picture(codes[0]))
        return next(owners, self._wechat)

    def _phone(self, wish: Wish, account: OfficialAccount | None = None) -> Phone:
        """Return the phone of somebody by open id, of a newcomer, or of the one who follows longest."""
        person, account = wish.text("person"), account or self._wechat
        if person == NEWCOMER:
            return account.phone()
        if person == FOLLOWER:
            person = next((one.openid for one in account.followers.values() if one.subscribe), "")
        return account.phone(person)

    def _mode(self, wish: Wish) -> Mode:
        given = wish.text("mode", self._wechat.callback_mode)
        for mode in MODES:
            if mode == given:
                return mode
        raise Wrong(f"mode must be one of {', '.join(MODES)}")

    def _codes(self, wish: Wish) -> Sequence[str]:
        codes = wish.get("codes") if wish.has("codes") else [wish.text("code")]
        if not isinstance(codes, list) or not codes or not all(isinstance(code, str) for code in codes):
            raise Wrong("codes must be a list of strings")
        return codes

    def _told(self, push: Push) -> dict[str, Any]:
        self._changes.publish({"type": "push"})
        return shown(push)


def shown(push: Push) -> dict[str, Any]:
    """Return a push as JSON, without the bytes that went over the wire."""
    told = {name: value for name, value in asdict(push).items() if name != "attempts"}
    attempts = [
        {
            "at": one.at,
            "seconds": round(one.seconds, 4),
            "status": one.status,
            "answer": one.answer,
            "failure": one.failure,
        }
        for one in push.attempts
    ]
    return {**told, "event": push.event, "attempts": attempts}


def counted(pushes: Sequence[Push]) -> dict[str, Any]:
    """Return how many pushes there were of each event, and how many of all were answered."""
    events = [push.event for push in pushes if push.event]
    return {
        "pushes": {event: events.count(event) for event in sorted(set(events))},
        "answered": sum(push.is_answered for push in pushes),
        "people": len({push.open_id for push in pushes}),
    }
