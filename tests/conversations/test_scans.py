"""From a phone that scans to the figures: what WeChat pushes is kept once, attributed, counted."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.figures import date_of
from bot.model import DAY
from bot.sandbox.world import World
from bot.scan import day_of
from tests.conversations.talk import SPRING, ask, code_of, rows, said


async def test_who_scans_and_follows_is_kept_before_wechat_is_answered(bot: World, tmp_path: Path) -> None:
    url = await code_of(bot, "temp spring")
    push = await bot.wechat.phone().scan(url)
    assert (push.event, push.event_key, [each.status for each in push.attempts]) == (
        "subscribe",
        "qrscene_spring",
        [200],
    )
    assert rows(tmp_path / "wxqr.db", "select event, event_key, allocation_id from scans") == [
        ("subscribe", "qrscene_spring", 1)
    ]


async def test_stats_tell_which_code_brought_whom(bot: World) -> None:
    url = await code_of(bot, 'temp spring --name "Spring booth"')
    ada, bob = bot.wechat.phone(), bot.wechat.phone()
    await ada.scan(url)
    await ada.scan(url)
    await bob.scan(url)
    await bob.unfollow()
    told = said(await ask(bot, "ana", SPRING, "stats spring"))
    assert "Spring booth (`spring`): the last 14 days" in told
    assert "*3* scans by *2* people · *2* new follows (2 first, 0 returning) · 1 unfollow · net *+1*" in told


async def test_stats_speak_chinese_to_who_reads_it(bot: World) -> None:
    await bot.wechat.phone().scan(await code_of(bot, "temp spring"))
    assert "扫码 *1* 次 / *1* 人 · 新增关注 *1* （首次 1，重新关注 0）" in said(
        await ask(bot, "li.wei", SPRING, "统计 spring --days 7")
    )


async def test_several_codes_are_set_side_by_side(bot: World) -> None:
    for scene in ("activity_a", "activity_b"):
        await bot.wechat.phone().scan(await code_of(bot, f"temp {scene}"))
    told = await ask(bot, "ana", SPRING, "stats activity_*")
    assert "`activity_*`, 2 codes: the last 14 days" in said(told)
    assert {"data_table", "data_visualization"} <= {block["type"] for block in told.blocks}


async def test_the_leaderboard_ranks_codes_people_and_channels_by_new_follows(bot: World) -> None:
    first, second = await code_of(bot, "temp a"), await code_of(bot, "temp b")
    for url in (first, second, second):
        await bot.wechat.phone().scan(url)
    assert "1. `b`: *2* new follows" in said(await ask(bot, "ana", SPRING, "top"))
    assert "1. <@U0SBANA01>: *3* new follows" in said(await ask(bot, "ana", SPRING, "top month --by owner"))
    assert "*3* new follows" in said(await ask(bot, "ana", SPRING, "top --by channel"))


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("spring", "Scans / New follows / Unfollows – {day}: 2/2/0 · all others: 0"),
        ("spring autumn", "spring / autumn – {day}: 2/1 · all others: 0"),
        ("spring --by week --days 1", "Scans / New follows / Unfollows – {day}: 2/2/0"),
        ("spring autumn --by week --days 1", "spring / autumn – {day}: 2/1"),
    ],
)
async def test_the_numbers_of_a_chart_stand_under_it(bot: World, asked: str, told: str) -> None:
    spring, autumn = await code_of(bot, "temp spring"), await code_of(bot, "temp autumn")
    for url in (spring, spring, autumn):
        await bot.wechat.phone().scan(url)
    message = await ask(bot, "ana", SPRING, f"stats {asked}")
    drawn = [block["type"] for block in message.blocks].index("data_visualization")
    (text,) = (element["text"] for element in message.blocks[drawn + 1]["elements"])
    today = date_of(day_of(int(bot.clock.now())))
    assert text.replace("\N{NO-BREAK SPACE}", " ") == told.format(day=today)


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("spring", "Scans and follows by day: spring"),
        ("spring --by week", "Scans and follows by week: spring"),
        ("desk", "Scans and follows by day: The front desk"),
        ("spring autumn --by week", "New follows by week"),
    ],
)
async def test_a_chart_says_by_itself_what_it_shows(bot: World, asked: str, title: str) -> None:
    for scene in ("spring", "autumn"):
        await bot.wechat.phone().scan(await code_of(bot, f"temp {scene}"))
    await bot.wechat.phone().scan(await code_of(bot, "perm desk --name 'The front desk'"))
    message = await ask(bot, "ana", SPRING, f"stats {asked}")
    assert [block["title"] for block in message.blocks if block["type"] == "data_visualization"] == [title]


async def test_the_numbers_of_a_picture_stand_beside_it(bot: World) -> None:
    await bot.wechat.phone().scan(await code_of(bot, "temp spring"))
    bot.clock.advance(2 * DAY)
    await bot.wechat.phone().scan(await code_of(bot, "temp spring --anyway"))
    for asked, told in (("--by hour", ":\N{NO-BREAK SPACE}1"), ("--retention", "1/1")):
        message = await ask(bot, "ana", SPRING, f"stats spring {asked}")
        assert told in said(replace(message, text="", blocks=message.blocks[4:]))
