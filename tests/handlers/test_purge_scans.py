"""Purging gives way to what people wait for, most of all to scans that come in crowds."""

import asyncio
import sqlite3
from dataclasses import replace

import pytest

from bot.model import DAY
from bot.rush import Rush
from bot.sandbox.world import World
from bot.scan import Event
from handlers.jobs.purge_scans import FEW, PAUSE, PAUSE_IN_A_RUSH, purge
from storage import scans, settling
from tests.bot.wechat.process import Process
from tests.handlers.bystander import NOBODY, means
from tests.storage.arrivals import Silence, event

OLD = 200 * DAY


class Rushing(Rush):
    """One that never ends."""

    def is_on(self) -> bool:
        return True


def kept(connection: sqlite3.Connection, now: int) -> None:
    """Keep one event more than go at once, and a new one; the newest of all never goes."""
    scans.keep(connection, [event(f"o{n}", Event.FOLLOW, now - OLD, "spring") for n in range(FEW + 1)], {}, Silence())
    scans.keep(connection, [event("oNew", Event.FOLLOW, now, "spring")], {}, Silence())
    settling.settle(connection, FEW + 2)


@pytest.mark.parametrize(("rush", "pause"), [(Rush(), PAUSE), (Rushing(), PAUSE_IN_A_RUSH)], ids=["quiet", "rush"])
async def test_old_events_go_a_few_at_a_time_and_after_each_few_others_have_their_turn(
    world: World, one: Process, rush: Rush, pause: float
) -> None:
    await one.db.write(kept, int(world.clock.now()))
    loop = asyncio.get_running_loop()
    began = loop.time()
    await purge(replace(means(world, one), rush=rush), NOBODY)
    assert loop.time() - began >= pause * 2  # after these few, and after the one that was left
    assert await one.db.read(lambda connection: connection.execute("select count(*) from scans").fetchone()[0]) == 1
