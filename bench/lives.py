"""People who follow, scan, leave and come back: what WeChat has to tell of them, in no order."""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench import pushes
from bench.pushes import Code
from bot.model import DAY
from bot.scan import Event

CODES = [Code(f"kept{number:02d}", f"gQK{number:02d}{'keep' * 22}==") for number in range(40)]
# all of it within this time, so that people return, leave and are told apart on several days
SPAN = 10 * DAY
MOST_EVENTS = 5
# of those who do not follow, how many do; of those who do, how many scan, leave, or follow anew without having left
FOLLOW, SCAN, LEAVE = 0.95, 0.55, 0.35
# of the follows, how many are by a code, and how many of the others come with nothing at all
BY_CODE, UNTOLD = 0.9, 0.2
# https://developers.weixin.qq.com/doc/service/Account_Management/Wechat_Accreditation_Event_Push.html spells them so
AS_WECHAT_SAYS = {Event.SCAN: "SCAN", Event.FOLLOW: "subscribe", Event.UNFOLLOW: "unsubscribe"}


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of one person; `at` is its CreateTime, and no other event of theirs has the same."""

    open_id: str
    at: int
    event: Event
    event_key: str = ""
    code: Code | None = None

    @property
    def scene(self) -> str:
        """The scene it counts for; empty where there is none."""
        return self.code.scene if self.code else ""

    def pushed(self) -> bytes:
        """Return a request that tells it, signed and encrypted anew, as each of WeChat's attempts is."""
        return pushes.attempt(self.open_id, self.at, AS_WECHAT_SAYS[self.event], self.event_key, self.code)


def events(count: int) -> list[Happened]:
    """Return at least so many, of people nobody has heard of, shuffled."""
    now, happened = int(time.time()), list[Happened]()
    while len(happened) < count:
        happened += _life(now)
    random.shuffle(happened)
    return happened


def _life(now: int) -> Iterator[Happened]:
    person, follows = f"o{random.getrandbits(108):027x}", False
    for at in sorted(random.sample(range(now - SPAN, now), random.randint(1, MOST_EVENTS))):
        chance = random.random()
        if chance < (SCAN if follows else 0):
            code = random.choice(CODES)
            yield Happened(person, at, Event.SCAN, code.scene, code)
        elif chance < SCAN + LEAVE if follows else chance > FOLLOW:
            yield Happened(person, at, Event.UNFOLLOW)
            follows = False
        else:
            yield _follow(person, at)
            follows = True


def _follow(person: str, at: int) -> Happened:
    if random.random() < BY_CODE:
        code = random.choice(CODES)
        return Happened(person, at, Event.FOLLOW, f"qrscene_{code.scene}", code)
    return Happened(person, at, Event.FOLLOW, "" if random.random() < UNTOLD else f"last_trade_no_{at}")
