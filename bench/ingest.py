"""Events received and kept, by everybody at once up, in random order over many short rounds."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.contenders import BARE, LANE, LEAN, WXQR, Contender, Program, at_rest, copied, running
from bench.events import flood, flow
from bench.instruments import Instruments
from bench.load import Slack, at_once
from bench.pushes import Code, in_memory, requests
from bench.rounds import WIDTH, Record, shuffled
from bench.stage import Stage

SCENES = 200
CONNECTIONS = (64, 256)
# events a second; nobody who keeps them is faster
FASTEST = 20_000
PACE = 1000
# while a sync takes long, others can be served; otherwise one thread is faster. WeRoBot's sessions bear only one
THREADS = {"wechatpy": {"PEER_THREADS": "4"}}
PLAINLY = {"WECHAT_ENCODING_AES_KEY": ""}
# seconds
LOOK_AGAIN, LONGEST = 0.05, 60
SETTLED = "select settled_up_to >= (select coalesce(max(id), 0) from scans) from installation"
TICKETS = "select scene, ticket from allocations where ticket is not null"
KEPT = {
    "wxqr": "select count(*) from scans",
    "wechatpy": "select count(*) from events",
    "werobot": "select count(*) from events",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How many rounds of how many seconds."""

    rounds: int
    safe_rounds: int
    slow_rounds: int
    seconds: int
    paced_rounds: int
    paced_seconds: float


FULL = Plan(rounds=4, safe_rounds=3, slow_rounds=2, seconds=2, paced_rounds=7, paced_seconds=4)
QUICK = Plan(rounds=1, safe_rounds=1, slow_rounds=1, seconds=1, paced_rounds=1, paced_seconds=2)


@dataclass(frozen=True, slots=True)
class Manner:
    """How events come and are kept: in safe mode or plain, on a disk whose syncs take longer or as they are."""

    name: str
    programs: Mapping[str, Program]
    rounds: int
    safe: bool = False


async def receive(stage: Stage, instruments: Instruments, plan: Plan, record: Record) -> None:
    """Do everything and note each round's figures."""
    minted = await _minted(stage)
    codes = [Code(*row) for row in _asked(minted, TICKETS)]
    for manner in _manners(instruments, plan):
        async with _everybody(stage, manner, await copied(stage, minted)) as contenders:
            if instruments.wrk:
                await _flood(instruments.wrk, plan, manner, contenders, codes, record)
            if instruments.pace and manner.name == "plain":
                async with running(stage, LEAN.also_told(PLAINLY)) as lean:
                    await _flow(instruments, plan, {**contenders, "lean": lean}, codes, record)


def _manners(instruments: Instruments, plan: Plan) -> list[Manner]:
    keepers = {"wxqr": WXQR, **instruments.peers}
    everybody = {"bare": BARE, "lane": LANE, **keepers}
    plain = {name: program.also_told(PLAINLY) for name, program in everybody.items()}
    manners = [Manner("plain", plain, plan.rounds), Manner("safe", everybody, plan.safe_rounds, safe=True)]
    if instruments.slow_sync and instruments.wrk:
        slowly = {**PLAINLY, "LD_PRELOAD": str(instruments.slow_sync)}
        slow = {name: program.also_told({**slowly, **THREADS.get(name, {})}) for name, program in keepers.items()}
        manners.append(Manner("slow", slow, plan.slow_rounds))
    return manners


async def _minted(stage: Stage) -> Path:
    """Return a database with codes, so that what is scanned is known."""
    minted = stage.folder / "minted.db"
    async with running(stage, WXQR) as wxqr, Slack(stage, wxqr.port) as slack:
        await at_once(WIDTH, SCENES, slack.mint)
        with closing(sqlite3.connect(wxqr.database)) as source, closing(sqlite3.connect(minted)) as target:
            source.backup(target)
    return minted


@asynccontextmanager
async def _everybody(stage: Stage, manner: Manner, database: Path) -> AsyncIterator[dict[str, Contender]]:
    async with AsyncExitStack() as stack:
        yield {
            name: await stack.enter_async_context(running(stage, program, database if name == "wxqr" else None))
            for name, program in manner.programs.items()
        }


async def _flood(
    wrk: str, plan: Plan, manner: Manner, contenders: Mapping[str, Contender], codes: Sequence[Code], record: Record
) -> None:
    acknowledged = dict.fromkeys(contenders, 0)
    for connections in CONNECTIONS * manner.rounds:
        with in_memory(requests(codes, plan.seconds * FASTEST, safe=manner.safe)) as pushes:
            for name in shuffled(list(contenders)):
                contender, called = contenders[name], f"{manner.name} {connections}"
                busy = contender.cpu_seconds()
                told = await flood(wrk, contender.port, connections, plan.seconds, pushes, may_repeat=name not in KEPT)
                await at_rest(contender)
                if name == "wxqr":
                    record[f"{called} settled after"].append(await settled(contender))
                acknowledged[name] += told.answered
                record[f"{called} {name}"].append(told.rate)
                record[f"{called} {name} cpu"].append((contender.cpu_seconds() - busy) / told.answered)
    for name in KEPT.keys() & contenders.keys():
        _check(name, contenders[name], acknowledged[name])


async def settled(wxqr: Contender) -> float:
    """Return how many seconds it took until everybody who scanned was counted. Raises TimeoutError after a minute."""
    began = perf_counter()
    async with asyncio.timeout(LONGEST):
        while True:
            if _asked(wxqr.database, SETTLED)[0][0]:
                return perf_counter() - began
            await asyncio.sleep(LOOK_AGAIN)


def _check(name: str, contender: Contender, acknowledged: int) -> None:
    """Raise RuntimeError where less was kept than acknowledged: that would be no figure."""
    kept = _asked(contender.database, KEPT[name])[0][0]
    if kept < acknowledged:
        raise RuntimeError(f"{name} acknowledged {acknowledged} events and kept {kept}")


async def _flow(
    instruments: Instruments, plan: Plan, contenders: Mapping[str, Contender], codes: Sequence[Code], record: Record
) -> None:
    assert instruments.pace
    for _ in range(plan.paced_rounds):
        for name in shuffled(["bare", "lean", "wxqr"]):
            count = int(PACE * plan.paced_seconds)
            with in_memory(requests(codes, count, safe=False)) as pushes:
                told = await flow(instruments.pace, contenders[name].port, PACE, plan.paced_seconds, pushes)
            record[f"paced {name} p50"].append(told.p50)
            record[f"paced {name} p99"].append(told.p99)


def _asked(database: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=15)) as connection:
        return connection.execute(query).fetchall()
