"""The parts that can be measured, each by itself."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol

from bench import ingest, instruments, keeping, knowing, rounds, targets
from bench.figures import missed, table
from bench.rounds import Record
from bench.stage import stage
from bench.together import Rush


class Measured(Protocol):
    """Measures, shorter where it is to be quick; returns the figures as Markdown, and what was missed."""

    async def __call__(self, *, quick: bool) -> tuple[str, list[str]]: ...


@dataclass(frozen=True, slots=True)
class Part:
    """One chapter of bench/RESULTS.md."""

    title: str
    about: str
    measured: Measured


async def _answering(*, quick: bool) -> tuple[str, list[str]]:
    plan = rounds.QUICK if quick else rounds.FULL
    async with stage() as ready:
        record = await rounds.measure(ready, plan)
    rows = targets.answering(plan.commands)
    return table(rows, record, "naive"), missed(rows, record)


async def _receiving(*, quick: bool) -> tuple[str, list[str]]:
    plan = ingest.QUICK if quick else ingest.FULL
    record: Record = defaultdict(list)
    async with stage() as ready:
        found = await instruments.found(ready.folder)
        await ingest.receive(ready, found, plan, record)
        if found.pace:
            await Rush(ready, found.pace, plan.paced_rounds, plan.paced_seconds, record).measure()
    rows = targets.receiving()
    return "\n\n".join((table(rows, record, "the other"), *found.absent)), missed(rows, record)


async def _knowing(*, quick: bool) -> tuple[str, list[str]]:
    plan = knowing.QUICK if quick else knowing.FULL
    record: Record = defaultdict(list)
    async with stage() as ready:
        found = await instruments.found(ready.folder)
        await knowing.know(ready, found, plan, record)
    rows = targets.knowing(plan.many, plan.few)
    return "\n\n".join((table(rows, record, "the other"), *found.absent)), missed(rows, record)


async def _keeping(*, quick: bool) -> tuple[str, list[str]]:
    async with stage() as ready:
        outcomes = await keeping.keep(ready, keeping.QUICK if quick else keeping.FULL)
    return keeping.table(outcomes), keeping.missed(outcomes)


PARTS = {
    "answering": Part(
        "Answering Slack",
        """\
WeChat and Slack are the sandbox, over HTTP, and answer at once; the load is signed requests, written by hand. A code
counts as posted when the last call of its upload has come to Slack: by then it was minted, fetched, decoded and
compared, and every step of it was written down. Each command names a scene of its own. Where commands come at a pace,
they come whether the last one is answered or not.

The naive bot (`bench/naive.py`) is Bolt as it comes, a SQLite connection and commit for each command in a thread, an
httpx client and a Slack session for each call; its server, its picture check and its kept access token are as good as
those of wxqr. It has no roles, records, repeats or restarts to pay for.
""",
        _answering,
    ),
    "receiving": Part(
        "Receiving WeChat's pushes",
        """\
60 % of the events are follows by a code, 30 % scans by followers, 10 % unfollows, over 200 codes that wxqr has minted;
each has a person, a nonce and a signature of its own and is sent once (`bench/pushes.py`). wrk sends as fast as it is
answered; the rate is how many were answered, and as many rows are looked for afterwards. All programs are up at once.
Everybody verifies, in safe mode decrypts, and has each event on the disk, once, before it says `success`; wxqr also
keeps its figures of hours, days and weeks, and counts people (first or returning, whose unfollow) right after.

A bare `success` is wxqr's own server, uvicorn, which looks at nothing; past ASGI it is wxqr's own lane on it
(`bot/fast_lane.py`), which looks at nothing either. wechatpy and WeRoBot (`bench/peers/`) run on gunicorn
with one worker of one thread, which is where both are fastest, and insert and commit an event at a time; WeRoBot also
writes its session, as its documentation has it. `bench/slow_sync.c` adds 4 ms to each sync of everybody, as a disk of
the cloud does; there wechatpy has four threads, which is faster (WeRoBot's sessions bear only one). Where events come
at a pace (`bench/pace.c`), each is timed from when it was due; beside it stands the bare `success`, which has nothing
to wait for but the machine, and the least that keeps what it answers (`bench/lean.py`): wxqr's shape in a hundred
lines, without all that wxqr does besides. Where the limits in milliseconds were set, such a program took 2.1 ms at
1,000 events/s and 1.3 ms with 200 commands/s beside 2,000 events/s; what it takes here is what this machine makes of
them. So each limit is told once more as a ratio: those to the limit.
""",
        _receiving,
    ),
    "knowing": Part(
        "Knowing what became of the codes",
        """\
A year of scans, 2.5 events a person, over 2,000 scenes, the first of which has a twelfth of all (`bench/past.py`; made
once a week, which takes some ten minutes). Questions are put to wxqr's own commands: from the text to the reply, of the
scene that takes longest; charts are drawn by Slack. wxqr is told to keep the year.
""",
        _knowing,
    ),
    "keeping": Part(
        "Keeping what was acknowledged",
        """\
People follow, scan, leave and come back over ten days, by 40 codes; WeChat tells of it in no order, in safe mode on 64
connections, and notes what was answered with `success` (`bench/lives.py`, `bench/delivery.py`). What was not is pushed
again until it is; after a kill, so is a tenth of what was. A kill comes at a random moment, with every fourth on 8
connections, so that it also comes while people are counted. A disk is full when no file of the bot may grow
(RLIMIT_FSIZE). In the end everything is counted once more from the events themselves, by `docs/METRICS.md`
(`bench/recount.py`). Lost: an answered event without its row, at any time, or missing in a figure of scans or follows.
Counted twice: one too many in either. Figures off: by how much first follows, unfollows, scanners of every span of
days, retention and those lost now differ. A kill ends the process, not the machine: what a sync is worth is not tried.
""",
        _keeping,
    ),
}
