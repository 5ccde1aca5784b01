"""Give their tags to those who followed by a code that has one: fifty at a time, and one bad open id costs nobody else.

https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_batchtagging
"""

import logging
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.context import Desk, Means
from bot.errors import WeChatError
from bot.follower import MOST_TAGS_OF_A_FOLLOWER, Follower
from bot.handler import Job
from bot.model import HOUR, AppID
from bot.wechat.client import WeChat
from bot.wechat.errcodes import unavailable
from bot.wechat.followers import LOOKED_UP_AT_ONCE, TAGGED_AT_ONCE
from storage import errands, tag_rules
from storage.errands import Errand

log = logging.getLogger(__name__)

FIRST_WAIT = 10
TOO_MANY_TAGS = 45059
# one of the batch is at fault: no open id, not this account's, or has 20 tags meanwhile
ONE_AT_FAULT = frozenset({40003, 49003, TOO_MANY_TAGS})
NO_SUCH_TAG = frozenset({45159, 45058})


@dataclass(slots=True)
class _Outcome:
    """What came of some errands; what is in none of these waits."""

    tagged: list[Errand] = field(default_factory=list)
    refused: list[Errand] = field(default_factory=list)
    pointless: list[Errand] = field(default_factory=list)

    @property
    def settled(self) -> list[Errand]:
        return [*self.tagged, *self.refused, *self.pointless]


async def tag(means: Means, _: Desk) -> None:
    while taken := await means.db.write(_take, means):
        by_tag: defaultdict[tuple[AppID, int], list[Errand]] = defaultdict(list)
        for errand in taken:
            by_tag[errand.app_id, _tag_id(errand)].append(errand)
        if not all([await _tag_some(means, app_id, tag_id, some) for (app_id, tag_id), some in by_tag.items()]):
            return  # a WeChat that is away is not asked again for all who wait


def _take(connection: sqlite3.Connection, means: Means) -> list[Errand]:
    late = tag_rules.overdue(connection, means.now())
    if late:
        log.warning("followers who did not get their tag within a day: %d", late)
    return errands.take(connection, "tag", means.owner, means.is_alive, means.now(), LOOKED_UP_AT_ONCE)


async def _tag_some(means: Means, app_id: AppID, tag_id: int, some: list[Errand]) -> bool:
    """Tag whom it can be done for; return whether none of them waits."""
    outcome = _Outcome()
    try:
        await _tag_ready(_account(means, app_id), tag_id, some, outcome)
    except WeChatError as error:
        log.warning("followers wait for a tag: %s, errcode %s", error.key, error.errcode)
        if error.errcode in NO_SUCH_TAG:
            outcome.pointless = [errand for errand in some if errand not in outcome.tagged]
            await means.db.write(tag_rules.lose, app_id, tag_id, means.now())
    await means.db.write(_keep, tag_id, outcome, some, means.now())
    return len(outcome.settled) >= len(some)


def _account(means: Means, app_id: AppID) -> WeChat:
    """Return who does it; an account that has left the settings is as one that is away."""
    for wechat in means.official_accounts.values():
        if wechat.account.app_id == app_id:
            return wechat
    raise unavailable("")


async def _tag_ready(wechat: WeChat, tag_id: int, some: list[Errand], outcome: _Outcome) -> None:
    ready = await _ready(wechat, tag_id, some, outcome)
    for begin in range(0, len(ready), TAGGED_AT_ONCE):
        await _give(wechat, tag_id, ready[begin : begin + TAGGED_AT_ONCE], outcome)


async def _ready(wechat: WeChat, tag_id: int, some: list[Errand], outcome: _Outcome) -> list[Errand]:
    """Return who can be given the tag: follows still, does not have it, has fewer than 20."""
    known = await _looked_up(wechat, some, outcome)
    ready = []
    for errand in (errand for errand in some if errand.open_id in known):
        follower = known[errand.open_id]
        if tag_id in follower.tag_ids:
            outcome.tagged.append(errand)
        elif not follower.is_following:
            outcome.pointless.append(errand)
        elif len(follower.tag_ids) >= MOST_TAGS_OF_A_FOLLOWER:
            outcome.refused.append(errand)
        else:
            ready.append(errand)
    return ready


async def _looked_up(wechat: WeChat, some: list[Errand], outcome: _Outcome) -> dict[str, Follower]:
    known: dict[str, Follower] = {}

    async def look_up(few: Sequence[Errand]) -> None:
        known.update((one.open_id, one) for one in await wechat.followers([errand.open_id for errand in few]))

    await _halving(look_up, some, outcome)
    return known


async def _give(wechat: WeChat, tag_id: int, some: list[Errand], outcome: _Outcome) -> None:
    async def give(few: Sequence[Errand]) -> None:
        await wechat.tag(tag_id, [errand.open_id for errand in few])
        outcome.tagged.extend(few)

    await _halving(give, some, outcome)


async def _halving(
    ask: Callable[[Sequence[Errand]], Awaitable[None]], some: Sequence[Errand], outcome: _Outcome
) -> None:
    """Ask about all at once; where one is at fault, about each half: so it is found among 50 by a dozen calls."""
    try:
        await ask(some)
    except WeChatError as error:
        if error.errcode not in ONE_AT_FAULT:
            raise
        if len(some) == 1:
            (outcome.refused if error.errcode == TOO_MANY_TAGS else outcome.pointless).extend(some)
            return
        half = len(some) // 2
        await _halving(ask, some[:half], outcome)
        await _halving(ask, some[half:], outcome)


def _keep(connection: sqlite3.Connection, tag_id: int, outcome: _Outcome, some: list[Errand], now: int) -> None:
    settled = {errand.id for errand in outcome.settled}
    errands.settle(connection, outcome.settled)
    for errand in some:
        if errand.id not in settled:
            errands.postpone(connection, [errand], now + min(HOUR, FIRST_WAIT * 2**errand.tries))
    tagged, refused = (Counter(map(_scene, few)) for few in (outcome.tagged, outcome.refused))
    tag_rules.count(connection, some[0].app_id, tag_id, tagged=tagged, refused=refused)


def _tag_id(errand: Errand) -> int:
    return int(errand.detail.partition(" ")[0])


def _scene(errand: Errand) -> str:
    return errand.detail.partition(" ")[2]


job = Job(tag, seconds=2)
