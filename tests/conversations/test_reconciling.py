"""WeChat's own figures are fetched once they are there, and old events go while their figures stay."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.model import DAY, HOUR
from bot.pictures import qr
from bot.sandbox.world import Door, World, with_bot
from tests.conversations.talk import ask, asked, picture, until

SPRING = "#campaign-spring"
SHANGHAI = ZoneInfo("Asia/Shanghai")
SUMMARY = "/datacube/getusersummary"
OFFICIAL = "select count(distinct day) from official_days"


def till(world: World, days: int, hour: int) -> None:
    """Let time pass until that hour in Shanghai, so many days on."""
    now = datetime.fromtimestamp(world.clock.now(), SHANGHAI)
    then = (now + timedelta(days=days)).replace(hour=hour, minute=1)
    world.clock.advance((then - now).total_seconds())


async def begun(world: World) -> str:
    """Let the first event come; from the next day on a day is counted whole. Returns the code's url."""
    url = qr.decode(picture(await ask(world, "ana", SPRING, "perm spring")))
    assert url
    await followed(world, url)
    till(world, 1, 12)
    return url


async def followed(world: World, url: str, people: int = 1) -> None:
    for _ in range(people):
        assert (await world.wechat.phone().scan(url)).is_answered


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "wxqr.db"


async def test_yesterday_is_fetched_once_after_eight_however_many_bots_there_are(
    world: World, door: Door, database: Path
) -> None:
    async with with_bot(world, door, database):
        await followed(world, await begun(world), people=3)
    yesterday = datetime.fromtimestamp(world.clock.now(), SHANGHAI).date()
    world.wechat.figures.skew(yesterday, 1)
    till(world, 1, 7)
    async with with_bot(world, door, database):
        await ask(world, "ana", SPRING, "list")
    assert world.wechat.count(SUMMARY) == 0
    till(world, 0, 8)
    async with with_bot(world, door, database), with_bot(world, door, database), with_bot(world, door, database):
        await until(lambda: asked(database, OFFICIAL))
    assert asked(database, "select follows from official_days where source = 30") == 4
    assert world.wechat.count(SUMMARY) == 1


async def test_days_on_which_no_bot_was_alive_are_fetched_later_a_week_back(
    world: World, door: Door, database: Path
) -> None:
    async with with_bot(world, door, database):
        await begun(world)
    till(world, 9, 12)
    async with with_bot(world, door, database):
        await until(lambda: asked(database, OFFICIAL) == 7)
    assert world.wechat.count(SUMMARY) == 1


async def test_an_account_without_the_right_is_left_alone_for_a_day(world: World, door: Door, database: Path) -> None:
    async with with_bot(world, door, database):
        await begun(world)
    till(world, 1, 12)
    world.faults.arm("errcode", where=SUMMARY, code=48001)
    async with with_bot(world, door, database):
        await until(lambda: asked(database, "select count(*) from reconciliations where due_at > 0"))
        await until(lambda: world.wechat.count(SUMMARY))
    for hours in (2, 20):
        world.clock.advance(hours * 3600)
        async with with_bot(world, door, database):
            await ask(world, "ana", SPRING, "list")
    assert world.wechat.count(SUMMARY) == 1
    world.clock.advance(3 * 3600)
    async with with_bot(world, door, database):
        await until(lambda: asked(database, OFFICIAL))


async def test_events_go_after_the_days_that_are_set_and_their_figures_stay(
    world: World, door: Door, database: Path
) -> None:
    async with with_bot(world, door, database):
        url = await begun(world)
        await followed(world, url, people=2)
        await until(
            lambda: not asked(database, "select count(*) from scans, installation where scans.id > settled_up_to")
        )
    world.clock.advance(30 * DAY - HOUR)
    async with with_bot(world, door, database, WXQR_KEEP_SCANS_DAYS="30"):
        await until(lambda: asked(database, "select count(*) from scans") == 2)
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select sum(follows) from days").fetchone() == (3,)
