"""From many scans to few writes: what arrives while one batch is being kept is the next batch."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping

from bot import metrics
from bot.rush import MANY, Rush
from bot.scan import Welcome
from storage import scans
from storage.database import Database
from storage.scans import Arrived, Kept, Mark, Place, Reactions

log = logging.getLogger(__name__)

# WeChat waits 5 s: https://developers.weixin.qq.com/doc/service/en/guide/product/message/Receiving_event_pushes.html
PATIENCE = 4.0
LOOK_EVERY = 0.5
MOST_PLACES = 100_000
# turns of the loop that bring nobody new, until a batch is kept
TURNS_AFTER_CROWD = 4
# seconds from one commit to the next, at least
BREATH = 0.002
LARGEST_BATCH = 512

# what came of a scan: what it is answered, or why it could not be kept
Outcome = tuple[Welcome | None, Exception | None]
Told = Callable[[Welcome | None, Exception | None], None]


class _Batch:
    """Scans that are kept together, and who waits for them; it opened at `since` of the loop's time."""

    def __init__(self, since: float) -> None:
        self.since = since
        self.arrived: list[Arrived] = []
        self._first = 0  # number in `_waiting`, which those that were a batch once still have in common
        self._waiting: dict[int, Told] = {}
        self._loop = asyncio.get_running_loop()

    def add(self, arrived: Arrived, told: Told) -> None:
        """Take one more."""
        self._waiting[len(self.arrived)] = told
        self.arrived.append(arrived)

    def apart(self) -> Iterator["_Batch"]:
        """Yield each scan as a batch of its own."""
        for number, arrived in enumerate(self.arrived):
            one = _Batch(self.since)
            one.arrived, one._first, one._waiting = [arrived], number, self._waiting
            yield one

    def answer(self, welcomes: Mapping[int, Welcome]) -> None:
        """Tell all who still wait."""
        self._tell(lambda number: (welcomes.get(number), None))

    def fail(self, error: Exception) -> None:
        """Let go of all who still wait."""
        self._tell(lambda _: (None, error))

    def _tell(self, what: Callable[[int], Outcome]) -> None:
        """Tell each in a turn of its own: one that breaks does not keep it from the others."""
        for number in range(len(self.arrived)):
            told = self._waiting.pop(self._first + number, None)
            if told:
                self._loop.call_soon(told, *what(number))


class Funnel:
    """Keeps scans, and tells `rush` how many at once."""

    def __init__(self, db: Database, reactions: Reactions, rush: Rush) -> None:
        self._db, self._reactions, self._rush = db, reactions, rush
        self._loop = asyncio.get_running_loop()
        self._in_hand: _Batch | None = None
        self._next: _Batch | None = None
        self._known: dict[Mark, Place] = {}
        self._pump: asyncio.Task[None] | None = None
        self._look: asyncio.TimerHandle | None = None
        self._answered, self._begun = 0, 0.0

    def keep(self, arrived: Arrived, told: Told) -> None:
        """Have `told` called with what to answer, once the scan is on the disk.

        Or with an error: TimeoutError where that took 4 s, sqlite3.Error where the database refused. The scan may come
        again.
        """
        if self._next is None:
            self._next = _Batch(self._loop.time())
        self._next.add(arrived, told)
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
            while self._next:
                await self._breathe()
                await self._come_together(self._next)
                self._begun = self._loop.time()
                self._in_hand, self._next = self._next, None
                await self._keep(self._in_hand)
        finally:  # nobody is left waiting, whatever happens; WeChat pushes again
            for batch in filter(None, (self._in_hand, self._next)):
                batch.fail(TimeoutError("not kept"))
            self._pump = self._in_hand = self._next = None

    async def _breathe(self) -> None:
        """Begin no two commits within 2 ms: where pushes come singly, a commit for each would take the whole core."""
        wait = self._begun + BREATH - self._loop.time()
        if wait > 0:
            await asyncio.sleep(wait)

    async def _come_together(self, batch: _Batch) -> None:
        """Wait until nobody new comes: one commit for many costs little more than for one.

        Who was answered in a crowd comes back as one, but not within a turn of the loop.
        """
        enough, quiet = TURNS_AFTER_CROWD if self._answered >= MANY else 1, 0
        while quiet < enough and len(batch.arrived) < LARGEST_BATCH:
            there = len(batch.arrived)
            await asyncio.sleep(0)
            quiet = quiet + 1 if len(batch.arrived) == there else 0

    async def _keep(self, batch: _Batch) -> None:
        outcome = await self._written(batch, self._reactions)
        if isinstance(outcome, Kept):
            self._answer(batch, outcome)
        elif isinstance(outcome, sqlite3.Error | TimeoutError):
            log.warning("%d pushes were not kept: %s", len(batch.arrived), outcome)
            batch.fail(outcome)
        else:
            await self._keep_despite(batch, outcome)

    async def _written(self, batch: _Batch, reactions: Reactions) -> Kept | BaseException:
        patience = max(0, batch.since + PATIENCE - self._loop.time())
        write = self._db.begin(patience, scans.keep, batch.arrived, self._known, reactions)
        await write.settled
        return write.outcome.exception() or write.outcome.result()

    async def _keep_despite(self, batch: _Batch, bug: BaseException) -> None:
        """Keep what a bug in a reaction kept from the disk: each by itself, and the one it is about without reactions.

        What the reaction had written by then is undone with the rest of its transaction.
        """
        if len(batch.arrived) > 1:
            for one in batch.apart():
                await self._keep(one)
            return
        log.error("a bug in a reaction", exc_info=bug)
        outcome = await self._written(batch, self._reactions.asleep())
        if isinstance(outcome, Kept):
            self._answer(batch, outcome)
        else:
            batch.fail(TimeoutError("not kept"))

    def _answer(self, batch: _Batch, kept: Kept) -> None:
        self._remember(kept.learned)
        batch.answer(kept.welcomes)
        self._answered = len(batch.arrived)
        self._rush.kept(self._answered)
        metrics.pushes_kept(kept.fresh, self._answered - kept.fresh)

    def _remember(self, learned: dict[Mark, Place]) -> None:
        if len(self._known) > MOST_PLACES:
            self._known.clear()
        self._known.update(learned)

    def _give_up_late(self) -> None:
        """Answer those whose time is over while the database keeps us waiting: what it keeps yet counts once."""
        self._look = None
        if self._pump is None:
            return
        for batch in filter(None, (self._in_hand, self._next)):
            if batch.since + PATIENCE < self._loop.time():
                batch.fail(TimeoutError("too late"))
        self._look = self._loop.call_later(LOOK_EVERY, self._give_up_late)
