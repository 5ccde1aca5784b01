"""What is done in a round, and what is written down of it. wxqr and the naive bot take turns in random order."""

import asyncio
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import process_time
from typing import TypeVar

from bench.contenders import NAIVE, WXQR, Contender, running
from bench.load import Slack, at_once, in_open_loop, new_scene
from bench.stage import Stage

RATE = 200  # commands a second
STEADY = 60  # codes a second, minted and posted
WIDTH = 20
IDLE = 3  # seconds

T = TypeVar("T")
Record = defaultdict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done: rounds, seconds of a round in open loop, commands of a round in closed loop."""

    starts: int
    loops: int
    seconds: float
    rounds: int
    steady_seconds: float
    in_turn: int
    at_once: int
    naive_in_turn: int
    naive_at_once: int

    @property
    def commands(self) -> int:
        """Return how many commands one wxqr answers in all its rounds."""
        return WARM + self.rounds * (self.in_turn + self.at_once + int(STEADY * self.steady_seconds))


WARM = 50
FULL = Plan(
    starts=5, loops=3, seconds=10, rounds=5, steady_seconds=3, in_turn=200, at_once=1610, naive_in_turn=20,
    naive_at_once=40,
)  # fmt: skip
QUICK = Plan(
    starts=2, loops=2, seconds=2, rounds=2, steady_seconds=2, in_turn=50, at_once=150, naive_in_turn=10,
    naive_at_once=20,
)  # fmt: skip


async def measure(stage: Stage, plan: Plan) -> Record:
    """Do everything and return each round's figures, by name."""
    record: Record = defaultdict(list)
    await _start(stage, plan, record)
    await _acknowledge(stage, plan, record)
    await _answer(stage, plan, record)
    return record


async def _start(stage: Stage, plan: Plan, record: Record) -> None:
    async with running(stage, WXQR):
        pass  # the first one finds nothing in the machine's cache
    for _ in range(plan.starts):
        async with running(stage, WXQR) as wxqr:
            record["ready"].append(wxqr.ready_after)
            if len(record["ready"]) > plan.starts - 2:
                await asyncio.sleep(IDLE)
                record["idle"].append(wxqr.resident())


async def _acknowledge(stage: Stage, plan: Plan, record: Record) -> None:
    for _ in range(plan.loops):
        for one in shuffled((_keep, _reply, _keep_naively)):
            await one(stage, plan, record)


async def _keep(stage: Stage, plan: Plan, record: Record) -> None:
    """Acknowledge what cannot be answered yet: WeChat is silent, so nothing but the acknowledgement is measured."""
    async with running(stage, WXQR) as wxqr, Slack(stage, wxqr.port) as slack:
        await warm(slack)
        with stage.silent_wechat():
            took = await in_open_loop(RATE, plan.seconds, lambda: slack.acknowledge(f"temp {new_scene()}"))
    note(record, "kept", took)


async def _reply(stage: Stage, plan: Plan, record: Record) -> None:
    """Acknowledge with the whole answer."""
    async with running(stage, WXQR) as wxqr, Slack(stage, wxqr.port) as slack:
        await warm(slack)
        note(record, "replied", await in_open_loop(RATE, plan.steady_seconds, lambda: slack.acknowledge("help")))


async def _keep_naively(stage: Stage, plan: Plan, record: Record) -> None:
    async with running(stage, NAIVE) as naive, Slack(stage, naive.port) as slack:
        await warm(slack)
        note(record, "naive kept", await in_open_loop(RATE, plan.seconds, lambda: slack.acknowledge("help")))


async def _answer(stage: Stage, plan: Plan, record: Record) -> None:
    async with running(stage, WXQR) as wxqr, running(stage, NAIVE) as naive:
        async with Slack(stage, wxqr.port) as ours, Slack(stage, naive.port) as theirs:
            for _ in range(WARM):
                await ours.mint()
            await theirs.mint()
            for _ in range(plan.rounds):
                for prefix in shuffled(("", "naive ")):
                    if prefix:
                        await _mint_naively(theirs, plan, record)
                    else:
                        await _mint(ours, wxqr, plan, record)
        record["after"].append(wxqr.resident())


async def _mint(slack: Slack, wxqr: Contender, plan: Plan, record: Record) -> None:
    await _mint_in_turn(slack, plan.in_turn, record, "")

    async def acknowledged() -> float:
        return (await slack.mint()).acknowledged

    note(record, "steady", await in_open_loop(STEADY, plan.steady_seconds, acknowledged))
    bot, world = wxqr.cpu_seconds(), process_time()
    record["at once"].append(await at_once(WIDTH, plan.at_once, slack.mint))
    record["cpu"].append((wxqr.cpu_seconds() - bot) / plan.at_once)
    record["world cpu"].append((process_time() - world) / plan.at_once)


async def _mint_naively(slack: Slack, plan: Plan, record: Record) -> None:
    await _mint_in_turn(slack, plan.naive_in_turn, record, "naive ")
    record["naive at once"].append(await at_once(WIDTH, plan.naive_at_once, slack.mint))


async def _mint_in_turn(slack: Slack, count: int, record: Record, prefix: str) -> None:
    timings = [await slack.mint() for _ in range(count)]
    record[f"{prefix}in turn"].append(median(timing.posted for timing in timings))
    record[f"{prefix}own"].append(median(timing.own for timing in timings))


async def warm(slack: Slack) -> None:
    """Let it have answered some commands."""
    for _ in range(WARM):
        await slack.acknowledge("help")


def note(record: Record, name: str, took: Sequence[float]) -> None:
    """Write down the p50 and p99 of what each took."""
    record[f"{name} p50"].append(median(took))
    record[f"{name} p99"].append(quantiles(took, n=100, method="inclusive")[98])


def shuffled(some: Sequence[T]) -> list[T]:
    """Return them in random order."""
    return random.sample(some, len(some))
