"""Whom a scan is counted for: by its ticket, else by its scene; late, unknown, other systems', and repaired ones."""

from pathlib import Path

import pytest

from bot.sandbox.world import Door, World, with_bot
from tests.conversations.talk import SPRING, ask, code_of, next_message, rows, said, until

DAY = 86_400


def scans(tmp_path: Path) -> list[tuple[object, ...]]:
    query = "select event, scene, allocation_id, repaired from scans join scenes on scenes.id = scene_id order by at"
    return rows(tmp_path / "wxqr.db", query)


async def sums(world: World, scene: str) -> str:
    told = said(await ask(world, "ana", SPRING, f"stats {scene}")).replace("*", "")
    return told.split("Scans: those")[0]


async def test_two_codes_of_one_scene_are_told_apart_by_their_tickets(bot: World, tmp_path: Path) -> None:
    first = await code_of(bot, "temp spring")
    second = await code_of(bot, "temp spring --anyway")
    await bot.wechat.phone().scan(second)
    assert scans(tmp_path) == [("subscribe", "spring", 2, 0)]
    await bot.wechat.phone().scan(first)
    assert {row[2] for row in scans(tmp_path)} == {1, 2}
    assert "2 scans by 2 people" in await sums(bot, "spring")


async def test_a_scene_of_another_system_is_kept_and_counted_as_its_own(bot: World, tmp_path: Path) -> None:
    theirs = bot.wechat.codes.mint_elsewhere("shop-17")
    await bot.wechat.phone().scan(theirs.ticket)
    assert scans(tmp_path) == [("subscribe", "shop-17", None, 0)]
    told = await sums(bot, "shop-17")
    assert "`shop-17` (another system’s)" in told
    assert "1 scan by 1 person" in told


async def test_another_systems_code_for_a_scene_of_ours_counts_for_that_scene(bot: World, tmp_path: Path) -> None:
    await code_of(bot, "temp spring")
    await bot.wechat.phone().scan(bot.wechat.codes.mint_elsewhere("spring").ticket)
    assert scans(tmp_path) == [("subscribe", "spring", None, 0)]


async def test_a_follow_without_a_code_counts_for_no_code(bot: World, tmp_path: Path) -> None:
    await bot.wechat.phone().follow()
    await bot.wechat.phone().follow_after_payment()
    assert [row[:2] for row in scans(tmp_path)] == [("subscribe", ""), ("subscribe", "")]


async def test_a_code_made_without_a_scene_is_told_to_on_call_once_and_counts_for_no_code_of_ours(
    world: World, door: Door, tmp_path: Path
) -> None:
    async with with_bot(world, door, tmp_path / "wxqr.db", WXQR_ALERT_CHANNEL=world.slack.channels[SPRING].id):
        for _ in range(2):
            await world.wechat.phone().scan(world.wechat.codes.mint_elsewhere(0).ticket)
        told = await next_message(world, "ana", SPRING, set())
        assert "whose scene is `0`" in said(told)
        assert scans(tmp_path) == [("subscribe", "0", None, 0)] * 2


async def test_a_follow_whose_scene_wechat_left_out_is_repaired(bot: World, tmp_path: Path) -> None:
    url = await code_of(bot, "temp spring")
    bot.faults.arm("push_empty_key", where="/subscribe")
    push = await bot.wechat.phone().scan(url)
    assert push.event_key == ""
    await until(lambda: scans(tmp_path) == [("subscribe", "spring", None, 1)])
    assert rows(tmp_path / "wxqr.db", "select count(*) from errands") == [(0,)]
    assert "1 scan by 1 person · 1 new follow (1 first, 0 returning)" in await sums(bot, "spring")


async def test_who_really_followed_without_a_code_is_not_repaired(bot: World, tmp_path: Path) -> None:
    await bot.wechat.phone().follow()
    await until(lambda: rows(tmp_path / "wxqr.db", "select count(*) from errands") == [(0,)])
    assert scans(tmp_path) == [("subscribe", "", None, 0)]


async def test_pushes_three_times_and_in_any_order_count_once_and_the_same(bot: World) -> None:
    url = await code_of(bot, "temp spring")
    phone = bot.wechat.phone()
    bot.faults.arm("push_thrice", times=None)
    await phone.scan(url)
    bot.clock.advance(60)
    bot.faults.arm("push_shuffled", times=3)
    held = [phone.unfollowed()]
    await bot.wechat.pushes.deliver(held[0])
    bot.clock.advance(60)
    await phone.scan(url)
    bot.clock.advance(60)
    await phone.scan(url)
    await bot.wechat.pushes.release()
    told = await sums(bot, "spring")
    assert "3 scans by 1 person · 2 new follows (1 first, 1 returning) · 1 unfollow · net +1" in told


async def test_who_unfollows_counts_on_the_day_they_leave_for_the_code_they_came_by(bot: World) -> None:
    spring, autumn = await code_of(bot, "perm spring"), await code_of(bot, "perm autumn")
    phone = bot.wechat.phone()
    await phone.scan(spring)
    await phone.scan(autumn)
    bot.clock.advance(2 * DAY)
    await phone.unfollow()
    assert "1 unfollow · net 0" in await sums(bot, "spring")
    assert "0 unfollows" in await sums(bot, "autumn")
    assert "Followed by this once, and follow no more: 1 person" in await sums(bot, "spring")
    await phone.scan(autumn)
    assert "do not follow now" not in await sums(bot, "spring")


async def test_retention_is_told_of_whole_days_only_and_without_percentages_under_thirty_people(bot: World) -> None:
    spring = await code_of(bot, "perm spring")
    phones = [bot.wechat.phone() for _ in range(3)]
    for phone in phones:
        await phone.scan(spring)
    assert "after 1 day: too early to say · 7 days: too early to say" in await sums(bot, "spring")
    bot.clock.advance(DAY)
    await phones[0].unfollow()
    assert "after 1 day: too early to say" in await sums(bot, "spring")
    bot.clock.advance(DAY)
    assert "after 1 day: 2/3 · 7 days: too early to say" in await sums(bot, "spring")


async def test_an_unknown_scene_is_answered_with_the_nearest_one(bot: World) -> None:
    await code_of(bot, "temp spring")
    assert "Did you mean `spring`" in said(await ask(bot, "ana", SPRING, "stats sprin"))
    assert "No code here begins as `zzz*`" in said(await ask(bot, "ana", SPRING, "stats zzz*"))


async def test_a_follow_by_a_binding_code_that_came_without_its_key_counts_for_no_code(
    bot: World, tmp_path: Path
) -> None:
    bot.faults.arm("push_empty_key", where="/subscribe")
    await bot.wechat.phone().scan(bot.wechat.codes.mint_elsewhere("bind_abcdefghijkl").ticket)
    await until(lambda: rows(tmp_path / "wxqr.db", "select count(*) from errands") == [(0,)])
    assert scans(tmp_path) == [("subscribe", "", None, 0)]


@pytest.mark.parametrize("fault", [None, "push_empty_key"])
async def test_another_systems_scene_that_begins_as_a_binding_code_counts_as_itself(
    bot: World, tmp_path: Path, fault: str | None
) -> None:
    if fault:
        bot.faults.arm(fault, where="/subscribe")
    await bot.wechat.phone().scan(bot.wechat.codes.mint_elsewhere("bind_wifi").ticket)
    await until(lambda: rows(tmp_path / "wxqr.db", "select count(*) from errands") == [(0,)])
    assert scans(tmp_path) == [("subscribe", "bind_wifi", None, int(fault is not None))]
    assert "No code was ever made here" not in await sums(bot, "bind_wifi")


async def test_our_code_that_begins_as_a_binding_code_keeps_scans_whose_ticket_is_unknown(
    bot: World, tmp_path: Path
) -> None:
    await code_of(bot, "temp bind_summer")
    await bot.wechat.phone().scan(bot.wechat.codes.mint_elsewhere("bind_summer").ticket)
    assert [row[:2] for row in scans(tmp_path)] == [("subscribe", "bind_summer")]


async def test_the_change_of_a_leaderboard_compares_with_the_same_hour_and_with_all_codes_of_an_owner(
    bot: World,
) -> None:
    old, new = await code_of(bot, "perm old"), await code_of(bot, "perm new")
    for _ in range(3):
        await bot.wechat.phone().scan(old)
    bot.clock.advance(7 * DAY)
    await bot.wechat.phone().scan(new)
    told = await ask(bot, "ana", SPRING, "top --by owner")
    assert "3 → 1" in said(told)


async def test_who_stayed_thirty_days_is_told_of_an_old_code_however_few_days_are_asked_for(bot: World) -> None:
    spring = await code_of(bot, "perm spring")
    phones = [bot.wechat.phone() for _ in range(5)]
    for phone in phones:
        await phone.scan(spring)
    bot.clock.advance(30 * DAY)
    assert "30 days: too early to say" in await sums(bot, "spring")
    bot.clock.advance(32 * DAY)
    await phones[0].scan(spring)
    for days in ("", "--days 1", "--days 90"):
        assert "1 day: 5/5 · 7 days: 5/5 · 30 days: 5/5" in await sums(bot, f"spring {days}")


async def test_the_button_that_shows_who_stayed_asks_for_days_of_which_thirty_days_are_known(bot: World) -> None:
    spring = await code_of(bot, "perm spring")
    await bot.wechat.phone().scan(spring)
    bot.clock.advance(31 * DAY)
    await bot.wechat.phone().scan(spring)
    told = await ask(bot, "ana", SPRING, "stats spring")
    assert "spring --days 60 --retention" in said(told)
