"""Ten million scans in the database: how long questions take, and whether anything else is slower for them."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import past
from bench.contenders import copied, running
from bench.events import flood
from bench.ingest import FASTEST, settled
from bench.instruments import Instruments
from bench.pushes import Code, in_memory, requests
from bench.questions import Bench
from bench.rounds import Record, shuffled
from bench.stage import Stage
from bench.together import PROGRAM, Rush
from bot.settings import read_settings
from storage.database import Database
from storage.migrations import migrate

CONNECTIONS = 64
# the most scanned, one of the middle, one hardly ever scanned
SCENES = [past.scene_of_rank(rank) for rank in (0, past.SCENES // 3, past.SCENES - 1)]
QUESTIONS = {
    "stats": "stats {}",
    "stats 90": "stats {} --days 90",
    "stats hours": "stats {} --by hour",
    "retention": "stats {} --days 31 --retention",
    "compared": f"stats {{}} {past.scene_of_rank(1)} {past.scene_of_rank(2)}",
    "top week": "top week",
    "top month": "top month",
}
CODES = [Code(past.scene_of_rank(rank), f"gQG{rank:03d}{'past' * 22}==") for rank in range(200)]


@dataclass(frozen=True, slots=True)
class Plan:
    """How many scans there are, how often each question is asked in a round, and the rounds of the rest."""

    many: int
    few: int
    asked: int
    asked_rounds: int
    rounds: int
    seconds: int
    rush_rounds: int
    rush_seconds: float


FULL = Plan(10_000_000, 10_000, asked=5, asked_rounds=5, rounds=5, seconds=2, rush_rounds=3, rush_seconds=4)
QUICK = Plan(100_000, 10_000, asked=3, asked_rounds=2, rounds=1, seconds=1, rush_rounds=1, rush_seconds=2)


async def know(stage: Stage, instruments: Instruments, plan: Plan, record: Record) -> None:
    """Do everything and note each round's figures."""
    many = await copied(stage, await asyncio.to_thread(past.database, plan.many))
    few = await copied(stage, await asyncio.to_thread(past.database, plan.few))
    await _ask(stage, many, plan, record)
    if instruments.wrk:
        await _flood(stage, instruments.wrk, {"many": many, "few": few}, plan, record)
    if instruments.pace:
        rush = Rush(stage, instruments.pace, plan.rush_rounds, plan.rush_seconds, record)
        await rush.measure_asked(many, QUESTIONS["stats"].format(SCENES[0]))


async def _ask(stage: Stage, database: Path, plan: Plan, record: Record) -> None:
    """Note how long each question takes of the scene that takes longest."""
    settings = read_settings(stage.world.environment(database), str)
    async with Database.opened(database, migrate=migrate) as db:
        bench = Bench(settings, db)
        for _ in range(plan.asked_rounds):
            for name, question in shuffled(list(QUESTIONS.items())):
                record[name].append(max([await _asked(bench, question.format(scene), plan) for scene in SCENES]))


async def _asked(bench: Bench, question: str, plan: Plan) -> float:
    return median([await bench.ask(question) for _ in range(plan.asked)])


async def _flood(stage: Stage, wrk: str, databases: dict[str, Path], plan: Plan, record: Record) -> None:
    async with AsyncExitStack() as stack:
        contenders = {
            name: await stack.enter_async_context(running(stage, PROGRAM, database))
            for name, database in databases.items()
        }
        for _ in range(plan.rounds):
            with in_memory(requests(CODES, plan.seconds * FASTEST, safe=False)) as pushes:
                for name in shuffled(list(contenders)):
                    port = contenders[name].port
                    told = await flood(wrk, port, CONNECTIONS, plan.seconds, pushes, may_repeat=False)
                    await settled(contenders[name])
                    record[f"flood {name}"].append(told.rate)
