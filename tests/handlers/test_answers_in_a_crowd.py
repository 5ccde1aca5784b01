"""Who asks for figures while a crowd scans is answered at once, and told what is not counted yet."""

import json
import sqlite3
from typing import cast

import pytest

from bot.context import Context
from bot.counting import MOST_WAITED_FOR
from bot.handler import Commands
from bot.model import Caller, Language
from bot.reply import Reply
from bot.rush import MANY
from bot.sandbox.world import APP_ID, World
from bot.scan import Event
from bot.slack.blocks import message
from handlers.commands import stats, top
from storage import scans, settling
from tests.bot.wechat.process import Process
from tests.handlers.bystander import means
from tests.storage.arrivals import Silence, event


def context(world: World, one: Process, *, at_once: int = 0) -> Context:
    """Return what a command is handed where so many scans were kept at once just now."""
    of_one = means(world, one)
    of_one.rush.kept(at_once)
    caller = Caller("T1", "U1", Language.ENGLISH, is_operator=False)
    return Context(of_one, cast(Commands, None), caller, "one", "C1", one.wechat)


async def scanned(world: World, one: Process, people: range) -> None:
    def keep(connection: sqlite3.Connection) -> None:
        now = int(world.clock.now())
        crowd = [event(f"o{n}", Event.FOLLOW, now, "spring", one.wechat.account.app_id) for n in people]
        scans.keep(connection, crowd, {}, Silence())

    await one.db.write(keep)


def said(reply: Reply, language: Language = Language.ENGLISH) -> str:
    return json.dumps(message(reply, language), ensure_ascii=False)


async def told_of_spring(asked: Context, language: Language = Language.ENGLISH) -> str:
    return said(stats.counted(await stats.count(stats.Stats(scenes=("spring",)), asked)), language)


async def test_stats_in_a_rush_do_not_wait_for_it_and_take_nobody_for_returning(world: World, one: Process) -> None:
    assert one.wechat.account.app_id == APP_ID
    await scanned(world, one, range(4))
    await one.db.write(settling.settle, 10)
    await scanned(world, one, range(4, 7))
    told = await told_of_spring(context(world, one, at_once=MANY))
    assert "*7* scans by *4* people · *7* new follows (4 first, 0 returning, 3 not known yet)" in told
    assert "Still being counted: the people of the newest 3 events." in told
    in_chinese = await told_of_spring(context(world, one, at_once=MANY), Language.CHINESE)
    assert "首次 4，重新关注 0，另有 3 个统计中" in in_chinese
    assert await one.db.read(settling.unsettled) == 3


@pytest.mark.parametrize(("people", "waiting"), [(MOST_WAITED_FOR, 0), (MOST_WAITED_FOR + 1, MOST_WAITED_FOR + 1)])
async def test_a_few_are_counted_before_the_answer_and_a_crowd_is_not(
    world: World, one: Process, people: int, waiting: int
) -> None:
    await scanned(world, one, range(people))
    told = await told_of_spring(context(world, one))
    assert ("Still being counted" in told) == bool(waiting)
    assert await one.db.read(settling.unsettled) == waiting


async def test_the_leaderboard_says_so_too(world: World, one: Process) -> None:
    await scanned(world, one, range(3))
    asked = context(world, one, at_once=MANY)
    assert "*3* new follows" in (told := said(top.ranked(await top.rank(top.Top(), asked))))
    assert "Still being counted: the people of the newest 3 events." in told
    assert "Still being counted" not in said(top.ranked(await top.rank(top.Top(), context(world, one))))
