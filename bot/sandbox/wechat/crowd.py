"""A crowd before an account's codes: who comes when, who follows already, who leaves again; by the seed of its dice."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.phone import Phone
from bot.sandbox.wechat.push import Push

SOON, HOUR, DAY = 60, 3600, 86_400
AT_ONCE = 16
# of those who come: one in four follows already, one in three scans once more, one in five leaves again
FOLLOWING, AGAIN, LEAVING = 0.25, 0.33, 0.2


@dataclass(frozen=True, slots=True)
class Act:
    """What one person does, `after` seconds from the beginning; `happen` returns the push to be delivered."""

    after: float
    open_id: str
    happen: Callable[[], Push]


@dataclass(slots=True)
class Crowd:
    """A plausible day: `people` of them, all that they do within `over` seconds of the sandbox's time."""

    account: OfficialAccount
    codes: Sequence[str]
    people: int = 100
    over: float = DAY
    seed: int = 1
    tell: Callable[[int, int], None] = lambda _, __: None
    _turns: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def come(self) -> list[Push]:
        """Let the clock run on from act to act, and `tell` how many are done; return every push, all answered.

        It is a minute later then: what a bot says once a minute at most, may be said of all of them.
        """
        began, clock, acts = self.account.clock.now(), self.account.clock, self._acts()
        pushes: list[Push] = []
        under_way: set[asyncio.Task[Push]] = set()
        async with asyncio.TaskGroup() as tasks:
            for act in acts:
                step = max(0.0, began + act.after - clock.now())
                # time stands still for what is under way: else it would arrive minutes after it was signed
                while under_way and (step >= SOON or len(under_way) >= AT_ONCE):
                    _, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                clock.advance(step)
                pushes.append(act.happen())
                under_way.add(tasks.create_task(self._deliver(pushes[-1])))
                self.tell(len(pushes), len(acts))
        clock.advance(SOON)
        return pushes

    async def _deliver(self, push: Push) -> Push:
        # what one person does stays in its order; among people there is none
        async with self._turns.setdefault(push.open_id, asyncio.Lock()):
            return await self.account.pushes.deliver(push)

    def _acts(self) -> list[Act]:
        dice = random.Random(self.seed)
        followers = sorted(person.openid for person in self.account.followers.values() if person.subscribe)
        dice.shuffle(followers)
        acts = [act for _ in range(self.people) for act in self._of_one(dice, followers)]
        return sorted((act for act in acts if act.after < self.over), key=attrgetter("after"))

    def _of_one(self, dice: random.Random, followers: list[str]) -> list[Act]:
        """Return all that one of the crowd does; who follows already comes once in a crowd."""
        is_known = bool(followers) and dice.random() < FOLLOWING
        phone = self.account.phone(followers.pop() if is_known else None, dice)
        came = _moment(dice, self.over)
        acts = [_scan(phone, came, dice.choice(self.codes))]
        if dice.random() < AGAIN:
            acts.append(_scan(phone, came + SOON + dice.expovariate(1 / (6 * HOUR)), dice.choice(self.codes)))
        if not is_known and dice.random() < LEAVING:
            acts.append(Act(came + SOON + dice.expovariate(1 / (2 * DAY)), phone.open_id, phone.unfollowed))
        return acts


def _scan(phone: Phone, after: float, code: str) -> Act:
    return Act(after, phone.open_id, lambda: phone.scanned(code))


def _moment(dice: random.Random, over: float) -> float:
    """Return when somebody comes; days have two peaks, four hours and ten hours after they begin."""
    if over < DAY:
        return dice.uniform(0, over)
    peak = dice.gauss(dice.choice((4, 10)), 2) * HOUR
    return DAY * dice.randrange(int(over // DAY)) + min(max(peak, 0), DAY - 1)
