"""A digest that could not be counted is still to be sent."""

import sqlite3

import pytest

from bot.model import DAY, HOUR
from bot.sandbox.world import World
from bot.scan import beginning_of, day_of
from handlers.jobs.send_digests import send
from storage import digests
from storage.digests import Subscription
from tests.bot.wechat.process import Process
from tests.handlers.bystander import NOBODY, means
from tests.storage.wishes import APP


async def test_a_digest_whose_figures_cannot_be_read_is_not_claimed(world: World, one: Process) -> None:
    world.clock.advance(beginning_of(day_of(int(world.clock.now())) + 1) + 10 * HOUR - world.clock.now())
    today = int(world.clock.now() + 8 * HOUR) // DAY
    await one.db.write(digests.subscribe, Subscription(APP, "C1", "T1", "daily", "U1", 0, sent_for=today - 1))
    await one.db.write(lambda connection: connection.execute("alter table official_days rename to elsewhere"))
    with pytest.raises(sqlite3.Error, match="official_days"):
        await send(means(world, one), NOBODY)
    wish = await one.db.read(digests.find, APP, "C1")
    assert wish
    assert wish.sent_for == today - 1


async def test_a_digest_of_a_day_on_which_nothing_happened_is_looked_at_once(world: World, one: Process) -> None:
    world.clock.advance(beginning_of(day_of(int(world.clock.now())) + 1) + 10 * HOUR - world.clock.now())
    await one.db.write(digests.subscribe, Subscription(APP, "C1", "T1", "daily", "U1", 0, sent_for=1))
    await send(means(world, one), NOBODY)
    wish = await one.db.read(digests.find, APP, "C1")
    assert wish
    assert wish.sent_for == int(world.clock.now() + 8 * HOUR) // DAY
