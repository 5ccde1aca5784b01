"""A scan that was answered is kept, and counted once: through kill -9, a full disk, a locked database, two bots."""

import asyncio
import random
import resource
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.wechat.push import Push
from bot.sandbox.world import World
from tests.conversations.bot_process import BotProcess, environment_of
from tests.conversations.talk import asked, until

SCANS = "select count(*) from scans"
COUNTED = "select coalesce(sum(scans), 0) from days"
UNSETTLED = "select count(*) from scans where id > (select settled_up_to from installation)"


@pytest.fixture
async def killable(world: World, tmp_path: Path) -> AsyncIterator[dict[str, str]]:
    """Give the environment of a bot that will be killed; none outlives the test."""
    world.wechat.pushes.deliveries = 1  # the test itself says when WeChat pushes again
    yield environment(world, tmp_path)
    await BotProcess.kill_all()


def environment(world: World, tmp_path: Path) -> dict[str, str]:
    """Return the environment of one more bot on the same database, and let WeChat call that one."""
    chosen = environment_of(world, tmp_path / "wxqr.db")
    world.wechat.callback_url = f"http://127.0.0.1:{chosen['WXQR_PORT']}/wechat/callback"
    return chosen


def scanned(world: World, number: int) -> list[Push]:
    """Let so many people scan; nothing is pushed yet."""
    code = world.wechat.codes.mint_elsewhere("shop-17")
    return [world.wechat.phone().scanned(code.ticket) for _ in range(number)]


async def push(world: World, pushes: list[Push]) -> None:
    """Push all at once; those that were answered are so marked."""
    await asyncio.gather(*(world.wechat.pushes.deliver(one) for one in pushes))


def unanswered(pushes: list[Push]) -> list[Push]:
    return [one for one in pushes if not one.is_answered]


async def test_killed_again_and_again_under_load_it_loses_no_answered_scan_and_counts_none_twice(
    world: World, killable: dict[str, str], tmp_path: Path
) -> None:
    database, dice, every = tmp_path / "wxqr.db", random.Random(7), []  # noqa: S311 - no secret
    for _ in range(4):
        bot = await BotProcess.start(killable)
        every += scanned(world, 150)
        under_way = asyncio.ensure_future(push(world, unanswered(every)))
        enough = dice.randrange(20, 120) + (asked(database, SCANS))
        await until(lambda least=enough: asked(database, SCANS) >= least)  # type: ignore[misc] # a bound default
        await bot.kill()
        await under_way
        answered = [one for one in every if one.is_answered]
        assert asked(database, SCANS) >= len(answered)
    bot = await BotProcess.start(killable)
    await push(world, every)  # those that were answered once more, too
    assert (len(unanswered(every)), asked(database, SCANS), asked(database, COUNTED)) == (0, 600, 600)
    await until(lambda: asked(database, UNSETTLED) == 0)
    assert asked(database, "select sum(people) from cohorts where age = -1") == 600
    await bot.stop()


async def test_on_a_full_disk_a_scan_gets_5xx_and_is_kept_when_there_is_room_again(
    world: World, killable: dict[str, str], tmp_path: Path
) -> None:
    database = tmp_path / "wxqr.db"
    bot = await BotProcess.start(killable)
    await push(world, before := scanned(world, 5))
    size = (tmp_path / "wxqr.db-wal").stat().st_size
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    await push(world, refused := scanned(world, 30))
    assert unanswered(before) == []
    assert {attempt.status for one in unanswered(refused) for attempt in one.attempts} == {503}
    assert asked(database, SCANS) == 35 - len(unanswered(refused)) < 35
    resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await push(world, unanswered(refused))
    assert (len(unanswered(refused)), asked(database, SCANS), asked(database, COUNTED)) == (0, 35, 35)
    await bot.stop()


async def test_while_the_database_is_locked_for_long_no_scan_waits_five_seconds_and_none_is_lost(
    world: World, killable: dict[str, str], tmp_path: Path
) -> None:
    database = tmp_path / "wxqr.db"
    bot = await BotProcess.start(killable)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("begin immediate")
        await push(world, pushes := scanned(world, 20))
        other.execute("rollback")
    assert {attempt.status for one in pushes for attempt in one.attempts} == {503}
    assert max(attempt.seconds for one in pushes for attempt in one.attempts) < 5
    await push(world, pushes)
    assert (len(unanswered(pushes)), asked(database, SCANS), asked(database, COUNTED)) == (0, 20, 20)
    await bot.stop()


async def test_two_bots_on_one_database_keep_the_same_scans_once(
    world: World, killable: dict[str, str], tmp_path: Path
) -> None:
    first = await BotProcess.start(killable)
    second = await BotProcess.start(environment(world, tmp_path))
    pushes = scanned(world, 60)
    await asyncio.gather(push(world, pushes), push_to(killable, pushes))
    await until(lambda: asked(tmp_path / "wxqr.db", UNSETTLED) == 0)
    assert asked(tmp_path / "wxqr.db", SCANS) == asked(tmp_path / "wxqr.db", COUNTED) == 60
    assert asked(tmp_path / "wxqr.db", "select sum(scanners) from scanner_days") == 60
    await first.stop()
    await second.stop()


async def push_to(bot: dict[str, str], pushes: list[Push]) -> None:
    """Push the same once more, to another bot."""
    await until(lambda: all(one.attempts for one in pushes))
    url = f"http://127.0.0.1:{bot['WXQR_PORT']}/wechat/callback"
    async with aiohttp.ClientSession() as session:
        for one in pushes:
            async with session.post(url, params=one.attempts[0].query, data=one.attempts[0].body) as answer:
                assert answer.status == 200
