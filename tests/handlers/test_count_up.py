"""Counting for a watched channel gives way to scans that come in crowds."""

import sqlite3

import pytest

from bot.sandbox.world import World
from bot.scan import Event
from handlers.jobs.count_up import count_up
from storage import scans, settling, watches
from storage.watches import Made
from tests.bot.wechat.process import Process
from tests.handlers.bystander import NOBODY, means
from tests.storage.arrivals import Silence, event
from tests.storage.wishes import APP

PEOPLE = 100


def watched_by_another(connection: sqlite3.Connection, now: int) -> None:
    """Let a code be scanned that another process has in hand, so that there is news and nobody here tells it."""
    scans.keep(connection, [event(f"o{n}", Event.FOLLOW, now, "spring") for n in range(PEOPLE)], {}, Silence())
    watches.add(connection, Made(APP, "spring", "C1", "T1", "U1", now))
    (number,) = watches.due(connection, now)
    watches.take(connection, number, "another", bool)


@pytest.mark.parametrize(("at_once", "waiting"), [(0, 0), (PEOPLE, PEOPLE)])
async def test_people_are_counted_before_a_counter_is_said_but_not_in_a_rush(
    world: World, one: Process, at_once: int, waiting: int
) -> None:
    await one.db.write(watched_by_another, int(world.clock.now()))
    means_of_one = means(world, one)
    means_of_one.rush.kept(at_once)
    await count_up(means_of_one, NOBODY)
    assert await one.db.read(settling.unsettled) == waiting
