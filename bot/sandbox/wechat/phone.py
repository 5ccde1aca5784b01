"""A person in WeChat, and what she does there; what the account is told of it is pushed.

https://developers.weixin.qq.com/doc/service/Account_Management/Wechat_Accreditation_Event_Push.html
"""

import itertools
import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.sandbox.wechat.codes import Code
from bot.sandbox.wechat.people import Follower
from bot.sandbox.wechat.push import EXPIRED, UNKNOWN, Push, Received

if TYPE_CHECKING:
    from bot.sandbox.wechat.account import OfficialAccount

# real ones are 64-bit numbers of 17 to 19 digits that grow
_message_ids = itertools.count(24_600_000_000_000_000)


class Page(StrEnum):
    """What a scan brings to the screen: a chat is for who follows, the profile offers to follow."""

    CHAT = "chat"
    PROFILE = "profile"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


_TOLD = {Page.EXPIRED: EXPIRED, Page.UNKNOWN: UNKNOWN}


@dataclass(frozen=True, slots=True)
class Phone:
    """One person before one account: each act returns its push, when that was answered."""

    account: "OfficialAccount"
    open_id: str

    @property
    def person(self) -> Follower:
        """Return what the account may know of the person."""
        return self.account.followers[self.open_id]

    @property
    def follows(self) -> bool:
        return bool(self.person.subscribe)

    @property
    def received(self) -> list[Received]:
        """Return what the account sent to the person, oldest first."""
        return self.account.received(self.open_id)

    def aim(self, code: str) -> Page:
        """Hold the phone before a code: nothing is pushed before she taps, or lands in the chat."""
        return self._seen(code)[0]

    async def scan(self, code: str) -> Push:
        """Scan a code by its url or ticket: who does not follow yet, follows."""
        return await self.account.pushes.deliver(self.scanned(code))

    async def follow(self) -> Push:
        """Follow without a code, as who searched for the account does; nothing for who follows already."""
        return await self.account.pushes.deliver(self.followed("ADD_SCENE_SEARCH", ""))

    async def follow_by_card(self) -> Push:
        """Follow from the card that somebody passed on."""
        return await self.account.pushes.deliver(self.followed("ADD_SCENE_PROFILE_CARD", ""))

    async def follow_after_payment(self) -> Push:
        """Follow from what is shown after a payment."""
        # https://github.com/wechatpy/wechatpy/issues/178: not documented
        trade = f"last_trade_no_{random.randrange(10**27, 10**28)}"
        return await self.account.pushes.deliver(self.followed("ADD_SCENE_PAID", trade))

    async def unfollow(self) -> Push:
        """Follow no longer; nothing for who does not."""
        return await self.account.pushes.deliver(self.unfollowed())

    async def write(self, text: str) -> Push:
        """Write to the account, as who follows it can."""
        return await self.account.pushes.deliver(self.written(text))

    # the same without the delivery: what happens in WeChat, and the push that is to come of it

    def scanned(self, text: str) -> Push:
        """Scan; nothing is pushed of a code that has expired, or is none of this account."""
        page, code = self._seen(text)
        if code is None:
            return Push(self.open_id, shown=_TOLD[page])
        if page is Page.PROFILE:
            return self._followed("ADD_SCENE_QR_CODE", f"qrscene_{code.scene}", code)
        self.account.windows.open(self.open_id, "scan", self.account.clock.now())
        return self._event("SCAN", EventKey=str(code.scene), Ticket=code.ticket)

    def followed(self, how: str, event_key: str) -> Push:
        return Push(self.open_id) if self.follows else self._followed(how, event_key)

    def unfollowed(self) -> Push:
        if not self.follows:
            return Push(self.open_id)
        now, person = self.account.clock.now(), self.person
        self.account.figures.unfollow(now, person.subscribe_scene)
        self.account.tags.leave(person)
        person.unfollow()
        return self._event("unsubscribe", EventKey="")

    def written(self, text: str) -> Push:
        if not self.follows:
            return Push(self.open_id)
        self.account.windows.open(self.open_id, "message", self.account.clock.now())
        return self._pushed(MsgType="text", Content=text, MsgId=next(_message_ids))

    def _seen(self, text: str) -> tuple[Page, Code | None]:
        """Return what a scan brings, and the code if it lives."""
        code = self.account.codes.in_picture(text)
        if code is None:
            return Page.UNKNOWN, None
        if not self.account.codes.is_living(code):
            return Page.EXPIRED, None
        return (Page.CHAT if self.follows else Page.PROFILE), code

    def _followed(self, how: str, event_key: str, code: Code | None = None) -> Push:
        now = self.account.clock.now()
        self.person.follow(int(now), how, code.scene if code else 0)
        self.account.figures.follow(now, how)
        self.account.windows.open(self.open_id, "scan" if code else "follow", now)
        return self._event("subscribe", EventKey=event_key, **({"Ticket": code.ticket} if code else {}))

    def _event(self, event: str, **more: str) -> Push:
        return self._pushed(MsgType="event", Event=event, **more)

    def _pushed(self, **fields: str | int) -> Push:
        account = self.account
        people = {"ToUserName": account.original_id, "FromUserName": self.open_id}
        now = account.clock.now()
        return Push(self.open_id, {**people, "CreateTime": int(now), **fields}, now)
