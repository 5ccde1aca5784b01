"""From many scans to few writes: what arrives until the writing thread comes for it is one batch."""

import asyncio
import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from time import monotonic

from bot import metrics
from bot.rush import MANY, Rush
from bot.scan import Welcome
from storage import scans, settling
from storage.database import Database
from storage.scans import Arrived, Kept, Mark, Place, Reactions

log = logging.getLogger(__name__)

# WeChat waits 5 s: https://developers.weixin.qq.com/doc/service/en/guide/product/message/Receiving_event_pushes.html
PATIENCE = 4.0
LOOK_EVERY = 0.5
MOST_PLACES = 100_000
# turns of the loop that bring nobody new, until a crowd is kept
TURNS_AFTER_CROWD = 4
# a few are kept as soon as they come. Where the last commit took more, one for so few would fill a core: who comes now
# waits for a commit to ride on, so many seconds from that last one, longer the more it took
FEW, FOR_EACH_MORE, LONGEST_BREATH = 2, 0.00075, 0.005
LARGEST_BATCH = 512
# of so many scans the people are counted by the commit that comes next; it may wait so many seconds for that
TO_BE_COUNTED, RIDE = 20, 1.0

# told once what came of a scan: what it is answered, or why it could not be kept
Told = Callable[[Welcome | None, Exception | None], None]


class _Waiting:
    """A scan that came at `since`, and who is to be told what came of it."""

    __slots__ = ("_told", "arrived", "since")

    def __init__(self, arrived: Arrived, told: Told, since: float) -> None:
        self.arrived, self.since = arrived, since
        self._told: Told | None = told

    def tell(self, loop: asyncio.AbstractEventLoop, welcome: Welcome | None, error: Exception | None = None) -> None:
        """Tell it, unless that was done; in a turn of the loop of its own, so that nobody breaks another's."""
        if self._told:
            loop.call_soon(self._told, welcome, error)
            self._told = None


class Funnel:
    """Keeps scans, and tells `rush` how many at once."""

    def __init__(self, db: Database, reactions: Reactions, rush: Rush) -> None:
        self._db, self._reactions, self._rush = db, reactions, rush
        self._loop = asyncio.get_running_loop()
        # appended to by the loop's thread, taken from by the writing one
        self._waiting: deque[_Waiting] = deque()
        self._in_hand: list[_Waiting] = []
        self._known: dict[Mark, Place] = {}
        self._pump: asyncio.Task[None] | None = None
        self._look: asyncio.TimerHandle | None = None
        self._answered, self._uncounted, self._taken_at = 0, 0, 0.0

    def keep(self, arrived: Arrived, told: Told) -> None:
        """Have `told` called with what to answer, once the scan is on the disk.

        Or with an error: TimeoutError where that took 4 s, sqlite3.Error where the database refused. The scan may come
        again.
        """
        self._waiting.append(_Waiting(arrived, told, monotonic()))
        if self._pump is None:
            self._pump = self._loop.create_task(self._work())
            if self._look is None:
                self._look = self._loop.call_later(LOOK_EVERY, self._give_up_late)

    async def close(self) -> None:
        """Finish what is under way."""
        if self._pump:
            await self._pump

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._come_together()
                await self._keep_some()
        finally:  # nobody is left waiting, whatever happens; WeChat pushes again
            self._fail([*self._in_hand, *self._waiting], TimeoutError("not kept"))
            self._waiting.clear()
            self._pump, self._in_hand = None, []

    async def _come_together(self) -> None:
        """Wait until nobody new comes: one commit for many costs little more than for one.

        Who was answered in a crowd comes back as one, but not within a turn of the loop.
        """
        enough, quiet = TURNS_AFTER_CROWD if self._answered >= MANY else 0, 0
        while quiet < enough and len(self._waiting) < LARGEST_BATCH:
            there = len(self._waiting)
            await asyncio.sleep(0)
            quiet = quiet + 1 if len(self._waiting) == there else 0

    async def _keep_some(self) -> None:
        outcome = await self._written(self._taken, self._reactions, self._waiting[0].since, self._breath())
        if isinstance(outcome, Kept):
            self._answer(outcome)
        elif isinstance(outcome, sqlite3.Error):
            self._refuse(outcome)
        else:
            await self._keep_despite()

    def _breath(self) -> float:
        """Return how many seconds are left to wait; a crowd has come together already."""
        more = 0 if self._answered >= MANY else max(0, self._answered - FEW)
        return self._taken_at + min(FOR_EACH_MORE * more, LONGEST_BREATH) - monotonic()

    def _taken(self) -> list[Arrived]:
        """Take in hand what waits just now; in the writing thread."""
        self._taken_at = monotonic()
        self._in_hand = [self._waiting.popleft() for _ in range(min(len(self._waiting), LARGEST_BATCH))]
        return [one.arrived for one in self._in_hand]

    async def _written(
        self, some: Callable[[], Sequence[Arrived]], reactions: Reactions, since: float, may_wait: float = 0
    ) -> Kept | BaseException:
        """Return what came of `some`, who are asked for when their turn has come; the oldest waits `since` then."""
        write = self._db.begin(
            since + PATIENCE - monotonic(),
            may_wait,
            lambda connection: scans.keep(connection, some(), self._known, reactions),
        )
        await write.settled
        return write.outcome.exception() or write.outcome.result()

    async def _keep_despite(self) -> None:
        """Keep what a bug in a reaction kept from the disk: each by itself, and the one it is about without reactions.

        What the reaction had written by then is undone with the rest of its transaction.
        """
        for one in self._in_hand:
            alone = partial(list[Arrived], (one.arrived,))
            outcome = await self._written(alone, self._reactions, one.since)
            if not isinstance(outcome, Kept | sqlite3.Error):
                log.error("a bug in a reaction", exc_info=outcome)
                outcome = await self._written(alone, self._reactions.asleep(), one.since)
            if isinstance(outcome, Kept):
                self._note([one], outcome)
            else:
                one.tell(self._loop, None, TimeoutError("not kept"))
        self._in_hand = []

    def _answer(self, kept: Kept) -> None:
        self._note(self._in_hand, kept)
        self._answered = len(self._in_hand)
        self._rush.kept(self._answered)
        self._in_hand = []
        self._count_along()

    def _count_along(self) -> None:
        """Have people counted by the next commit, unless that can wait: so it takes none of its own.

        What goes wrong there goes wrong for the job that counts, too, which says so.
        """
        if self._uncounted >= TO_BE_COUNTED and not self._rush.is_on():
            few = min(self._uncounted, 2 * TO_BE_COUNTED)
            self._db.begin(PATIENCE, RIDE, lambda connection: settling.settle(connection, few))
            self._uncounted = 0

    def _note(self, some: Sequence[_Waiting], kept: Kept) -> None:
        """Tell who waited, and remember what was learned."""
        for number, one in enumerate(some):
            one.tell(self._loop, kept.welcomes.get(number))
        self._remember(kept.learned)
        self._uncounted += kept.fresh
        metrics.pushes_kept(kept.fresh, len(some) - kept.fresh)

    def _remember(self, learned: dict[Mark, Place]) -> None:
        if len(self._known) > MOST_PLACES:
            self._known.clear()
        self._known.update(learned)

    def _refuse(self, error: sqlite3.Error) -> None:
        """Let go of those whom the database refused, or never came for."""
        some = self._in_hand or [*self._waiting]
        log.warning("%d pushes were not kept: %s", len(some), error)
        self._fail(some, error)
        if not self._in_hand:
            self._waiting.clear()
        self._in_hand = []

    def _give_up_late(self) -> None:
        """Answer those whose time is over while the database keeps us waiting: what it keeps yet counts once."""
        self._look = None
        if self._pump is None:
            return
        late = monotonic() - PATIENCE
        self._fail([one for one in (*self._in_hand, *self._waiting) if one.since < late], TimeoutError("too late"))
        self._look = self._loop.call_later(LOOK_EVERY, self._give_up_late)

    def _fail(self, some: Iterable[_Waiting], error: Exception) -> None:
        for one in some:
            one.tell(self._loop, None, error)
