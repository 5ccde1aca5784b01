"""Who asks for figures while a crowd scans is answered at once, and told what is not counted yet."""

import json
import sqlite3
from dataclasses import replace
from typing import cast

import pytest

from bot.context import Context
from bot.counting import IN_A_RUSH, MOST_WAITED_FOR
from bot.handler import Commands
from bot.model import Caller, Language
from bot.reply import Reply
from bot.rush import MANY, Rush
from bot.sandbox.world import APP_ID, World
from bot.scan import Event
from bot.slack.blocks import message
from handlers.commands import stats, top
from storage import scans, settling
from tests.bot.wechat.process import Process
from tests.handlers.bystander import means
from tests.storage.arrivals import Silence, event

# more than anybody waits for in a rush
CROWD = IN_A_RUSH + 1


def on() -> Rush:
    """Return a rush that lasts."""
    rush = Rush(lambda: 0)
    rush.kept(MANY)
    return rush


def context(world: World, one: Process, rush: Rush) -> Context:
    """Return what a command is handed."""
    caller = Caller("T1", "U1", Language.ENGLISH, is_operator=False)
    of_one = replace(means(world, one), rush=rush)
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
    await scanned(world, one, range(4, 4 + CROWD))
    told = await told_of_spring(context(world, one, on()))
    assert f"*{4 + CROWD}* scans by *4* people · *{4 + CROWD}* new follows" in told
    assert f"(4 first, 0 returning, {CROWD} not known yet)" in told
    assert f"Still being counted: the people of the newest {CROWD} events." in told
    in_chinese = await told_of_spring(context(world, one, on()), Language.CHINESE)
    assert f"首次 4，重新关注 0，另有 {CROWD} 个统计中" in in_chinese
    assert await one.db.read(settling.unsettled) == CROWD


@pytest.mark.parametrize(("rush", "most"), [(Rush(), MOST_WAITED_FOR), (on(), IN_A_RUSH)])
@pytest.mark.parametrize("more", [0, 1])
async def test_a_few_are_counted_before_the_answer_and_a_crowd_is_not(
    world: World, one: Process, rush: Rush, most: int, more: int
) -> None:
    await scanned(world, one, range(most + more))
    told = await told_of_spring(context(world, one, rush))
    assert ("Still being counted" in told) == bool(more)
    assert await one.db.read(settling.unsettled) == (most + more) * more


async def test_the_leaderboard_says_so_too(world: World, one: Process) -> None:
    await scanned(world, one, range(CROWD))
    asked = context(world, one, on())
    assert f"*{CROWD}* new follows" in (told := said(top.ranked(await top.rank(top.Top(), asked))))
    assert f"Still being counted: the people of the newest {CROWD} events." in told
    assert "Still being counted" not in said(top.ranked(await top.rank(top.Top(), context(world, one, Rush()))))
