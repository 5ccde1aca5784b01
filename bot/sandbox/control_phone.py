"""What people do in WeChat, asked for by remote control, and what was pushed because of it."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from operator import attrgetter
from typing import Any

from bot.sandbox.control_pushes import counted, shown
from bot.sandbox.control_wishes import Wish, Wrong
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.crowd import DAY, Crowd
from bot.sandbox.wechat.envelope import MODES, Mode
from bot.sandbox.wechat.phone import Phone
from bot.sandbox.wechat.phone_owners import open_id_of
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
STEPS = 20


class Phones:
    """Everybody's phone: each act answers with its push, once that was answered."""

    def __init__(self, world: World) -> None:
        self._wechat, self._accounts, self._changes = world.wechat, world.accounts, world.slack.change_log

    async def aim(self, wish: Wish) -> dict[str, Any]:
        """Hold a person's phone before a `code`: nothing is pushed, but her screen shows what it is."""
        code = wish.text("code")
        phone = self._phone(wish, self._owner([code]))
        return {"open_id": phone.open_id, "page": phone.aim(code)}

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
        """Let `people` come to one `code` or several `codes` within `over` seconds (0: as long as the codes live).

        The clock moves on with them.
        """
        people = wish.number("people", 1, MOST_PEOPLE, 100)
        over, seed = wish.number("over", 0, LONGEST, DAY), wish.number("seed", 0, HIGHEST_SEED, 1)
        codes = self._codes(wish)
        account = self._owner(codes)
        pushes = await Crowd(account, codes, people, over or _life(account, codes), seed, self._came).come()
        self._tell("push", "clock")
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
        """Return the phone of somebody by name or open id, of a newcomer, or of the one who follows longest."""
        person, account = wish.text("person"), account or self._wechat
        if person == NEWCOMER:
            return account.phone()
        if person == FOLLOWER:
            person = next((one.openid for one in account.followers.values() if one.subscribe), "")
        return account.phone(open_id_of(person))

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

    def _came(self, done: int, of: int) -> None:
        """Let a page follow a crowd in a few steps: it need not hear of each of a thousand people."""
        if done * STEPS // of > (done - 1) * STEPS // of:
            self._changes.publish({"type": "push", "crowd": {"done": done, "of": of}})
            self._tell("clock")

    def _told(self, push: Push) -> dict[str, Any]:
        self._tell("push")
        return shown(push)

    def _tell(self, *kinds: str) -> None:
        for kind in kinds:
            self._changes.publish({"type": kind})


def _life(account: OfficialAccount, codes: Sequence[str]) -> float:
    """Return how long all of the codes live, a day at most."""
    now, found = account.clock.now(), (account.codes.in_picture(code) for code in codes)
    ends = [code.expires_at - now for code in found if code and code.expires_at is not None]
    return min((DAY, *(end for end in ends if end > 0)))
