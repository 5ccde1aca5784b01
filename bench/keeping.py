"""What was answered is kept, and counted once: through kills, a full disk, a locked file, repetitions, two bots."""

import asyncio
import random
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import recount
from bench.contenders import WXQR, Contender, running
from bench.delivery import CONNECTIONS, LONGEST, Deliveries
from bench.ingest import settled
from bench.lives import Happened, events
from bench.stage import Stage

# so few connections that people are counted between their events, and a kill may come in the middle of that
FEW_CONNECTIONS, EACH = 8, 4
AGAIN = 0.1
# so many pushes have to be refused by a full disk before there is room again
REFUSED = 200
# WeChat gives up after 5 s: https://developers.weixin.qq.com/doc/oplatform/developers/dev/push
PATIENCE = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How often it is killed, within which seconds, amid how many events; for how many seconds it is locked."""

    kills: int
    within: tuple[float, float]
    events: int
    locked: float


FULL = Plan(kills=20, within=(0.3, 2), events=4000, locked=10)
QUICK = Plan(kills=3, within=(0.2, 0.5), events=600, locked=4.5)


@dataclass(slots=True)
class Trial:
    """One mishap, and what became of the events that were pushed in it; `lost` were missed while it went on."""

    stage: Stage
    plan: Plan
    database: Path
    happened: list[Happened] = field(default_factory=list)
    deliveries: Deliveries = field(default_factory=Deliveries)
    lost: int = 0

    def some(self, count: int | None = None) -> list[Happened]:
        """Return new events, as many as the plan says where nobody else does."""
        new = events(self.plan.events if count is None else count)
        self.happened += new
        return new

    def again(self) -> list[Happened]:
        """Return some of what was answered: WeChat may not have heard it."""
        answered = list(self.deliveries.answered)
        return random.sample(answered, int(len(answered) * AGAIN))

    def look(self) -> None:
        """Look whether all that was answered is there by now."""
        self.lost += recount.lost(self.database, self.deliveries.answered)

    def unanswered(self) -> list[Happened]:
        """Return what happened and was not answered."""
        return [one for one in self.happened if one not in self.deliveries.answered]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a trial ended."""

    what: str
    deliveries: Deliveries
    events: int
    difference: recount.Difference


# yields a bot to which the rest is pushed
Mishap = Callable[[Trial], AbstractAsyncContextManager[Contender]]


async def keep(stage: Stage, plan: Plan) -> list[Outcome]:
    """Do everything, one after another, each with a new database."""
    return [await _tried(stage, plan, what.format(plan), mishap) for what, mishap in MISHAPS.items()]


def table(outcomes: list[Outcome]) -> str:
    """Return what became of the events as Markdown."""
    head = "| | events | pushes | 5xx | no answer | lost | counted twice | figures off | longest wait |"
    target = f"| target | | | | | 0 | 0 | 0 | < {PATIENCE} s |"
    return "\n".join((head, "|---" * 9 + "|", target, *map(_line, outcomes)))


def missed(outcomes: list[Outcome]) -> list[str]:
    """Return what did not end as it should."""
    sound = recount.Difference(lost=0, twice=0, wrong=0)
    return [one.what for one in outcomes if one.difference != sound or one.deliveries.longest >= PATIENCE]


def _line(one: Outcome) -> str:
    tally, off = one.deliveries, one.difference
    numbers = (one.events, tally.pushes, tally.refused, tally.broken_off)
    differences = (off.lost, off.twice, off.wrong)
    cells = (one.what, *(f"{n:,}" for n in numbers), *(f"**{n:,}**" for n in differences), f"{tally.longest:.2f} s")
    return f"| {' | '.join(cells)} |"


async def _tried(stage: Stage, plan: Plan, what: str, mishap: Mishap) -> Outcome:
    trial = Trial(stage, plan, stage.folder / f"{mishap.__name__}.db")
    async with mishap(trial) as wxqr:
        await trial.deliveries.push_until_answered(wxqr.port, trial.happened)
        await settled(wxqr)
        difference = recount.compared(trial.database, trial.happened)
    total = replace(difference, lost=difference.lost + trial.lost)
    return Outcome(what, trial.deliveries, len(trial.happened), total)


@asynccontextmanager
async def _killed(trial: Trial) -> AsyncIterator[Contender]:
    for turn in range(trial.plan.kills):
        connections = FEW_CONNECTIONS if turn % EACH == EACH - 1 else CONNECTIONS
        trial.some(trial.plan.events - len(trial.unanswered()))
        pushes = _shuffled(trial.unanswered() + trial.again())
        async with asyncio.TaskGroup() as group, running(trial.stage, WXQR, trial.database) as wxqr:
            trial.look()
            group.create_task(trial.deliveries.push(wxqr.port, pushes, connections))
            await asyncio.sleep(random.uniform(*trial.plan.within))
    async with running(trial.stage, WXQR, trial.database) as wxqr:
        trial.look()
        yield wxqr


@asynccontextmanager
async def _full(trial: Trial) -> AsyncIterator[Contender]:
    async with running(trial.stage, WXQR, trial.database) as wxqr:
        await trial.deliveries.push(wxqr.port, trial.some())
        async with asyncio.timeout(LONGEST):
            with _no_room(wxqr):
                while trial.deliveries.refused < REFUSED:
                    await trial.deliveries.push(wxqr.port, trial.some())
                trial.look()
        yield wxqr


@asynccontextmanager
async def _locked(trial: Trial) -> AsyncIterator[Contender]:
    async with running(trial.stage, WXQR, trial.database) as wxqr:
        async with asyncio.TaskGroup() as group:
            with _held_by_another(trial.database):
                group.create_task(trial.deliveries.push(wxqr.port, trial.some()))
                await asyncio.sleep(trial.plan.locked)
                trial.look()
        yield wxqr


@asynccontextmanager
async def _repeated(trial: Trial) -> AsyncIterator[Contender]:
    async with running(trial.stage, WXQR, trial.database) as wxqr:
        await trial.deliveries.push(wxqr.port, _shuffled(trial.some() * 3))
        yield wxqr


@asynccontextmanager
async def _doubled(trial: Trial) -> AsyncIterator[Contender]:
    one, other = (running(trial.stage, WXQR, trial.database) for _ in range(2))
    async with one as first, other as second:
        happened = trial.some()
        async with asyncio.TaskGroup() as group:
            for bot in (first, second):
                group.create_task(trial.deliveries.push(bot.port, _shuffled(happened)))
        yield first


def _shuffled(some: list[Happened]) -> list[Happened]:
    return random.sample(some, len(some))


@contextmanager
def _no_room(wxqr: Contender) -> Iterator[None]:
    """Let no file of a running bot grow: to SQLite that is a full disk."""
    size = Path(f"{wxqr.database}-wal").stat().st_size
    resource.prlimit(wxqr.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(wxqr.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def _held_by_another(database: Path) -> Iterator[None]:
    with closing(sqlite3.connect(database, isolation_level=None, timeout=15)) as other:
        other.execute("begin immediate")
        yield


MISHAPS: dict[str, Mishap] = {
    "kill -9 under load, {0.kills} times": _killed,
    "a full disk, then room again": _full,
    "the database locked by another for {0.locked} s": _locked,
    "every push three times, shuffled": _repeated,
    "two bots on one database, the same pushes to both": _doubled,
}
