"""Events and commands at once, in one process on one core: what a rush of scans does to those who wait in Slack."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.contenders import BARE, LEAN, WXQR, Program, running
from bench.events import flow
from bench.ingest import PLAINLY
from bench.load import Slack, in_open_loop, new_scene
from bench.pushes import Code, in_memory, requests
from bench.rounds import RATE, Record, note, shuffled, warm
from bench.stage import Stage
from bot.slack.inbox import AT_ONCE

EVENTS = 2000  # a second
QUESTIONS = 4  # a second
SETTLED_DOWN = 1  # seconds
# a year of the past stays as it is: deleting what is older than half a year is no part of what is asked
PROGRAM = WXQR.also_told({**PLAINLY, "WXQR_KEEP_SCANS_DAYS": "400"})
# made by another system, for this bot is a new one; it keeps what becomes of them, too
CODES = [Code(f"rush{number:03d}", f"gQG{number:03d}{'rush' * 22}==") for number in range(200)]


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent to whom: a command, and whether it is acknowledged because those before it wait for WeChat."""

    program: Program
    command: str
    waits: bool = False


LOADS = {
    # not answered while WeChat is silent, so nothing but the acknowledgement is measured
    "kept": Load(PROGRAM, "temp {}", waits=True),
    "replied": Load(PROGRAM, "help"),
    # what nobody here could be faster than: a server that looks at nothing; and the least that keeps both
    "bare": Load(BARE, "help"),
    "lean": Load(LEAN.also_told(PLAINLY), "help"),
}


@dataclass(frozen=True, slots=True)
class Rush:
    """So many rounds of so many seconds."""

    stage: Stage
    pace: Path
    rounds: int
    seconds: float
    record: Record

    async def measure(self) -> None:
        """Note how long Slack waited for each acknowledgement, and WeChat for `success`."""
        for _ in range(self.rounds):
            for name in shuffled(list(LOADS)):
                load = LOADS[name]
                async with running(self.stage, load.program) as server, Slack(self.stage, server.port) as slack:
                    await self._measure(slack, server.port, load, f"rush {name}")

    async def measure_asked(self, database: Path, question: str) -> None:
        """Note the same while a question is put again and again to whoever has this database.

        Only of commands that are answered at once: those that wait for WeChat would keep the question waiting, too.
        """
        for _ in range(self.rounds):
            for name, questions in shuffled([("asked", QUESTIONS), ("unasked", 0)]):
                _forget_commands(database)
                async with running(self.stage, PROGRAM, database) as wxqr, Slack(self.stage, wxqr.port) as slack:
                    asking = in_open_loop(questions, self.seconds, partial(slack.acknowledge, question))
                    await asyncio.gather(self._measure(slack, wxqr.port, LOADS["replied"], name), asking)

    async def _measure(self, slack: Slack, port: int, load: Load, called: str) -> None:
        await warm(slack)
        with (
            in_memory(requests(CODES, int(EVENTS * self.seconds), safe=False)) as pushes,
            self.stage.silent_wechat(),
        ):
            if load.waits:
                await _take_all_places(slack, load.command)
            told, took = await asyncio.gather(
                flow(self.pace, port, EVENTS, self.seconds, pushes),
                in_open_loop(RATE, self.seconds, partial(_acknowledge, slack, load.command)),
            )
        note(self.record, called, took)
        self.record[f"{called} events p99"].append(told.p99)


async def _take_all_places(slack: Slack, command: str) -> None:
    """Let as many codes be asked of WeChat as wxqr asks for at once: who comes now is acknowledged, and waits."""
    await asyncio.gather(*(_acknowledge(slack, command) for _ in range(AT_ONCE)))
    slack.hang_up()
    await asyncio.sleep(SETTLED_DOWN)


async def _acknowledge(slack: Slack, command: str) -> float:
    return await slack.acknowledge(command.format(new_scene()))


def _forget_commands(database: Path) -> None:
    """Leave nothing undone of the round before, which the next process would take up."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("delete from inbox")
