"""Who followed by a code gets its tag: fifty at a time, whatever befalls one of them, WeChat, or the bot."""

import json
import logging
import sqlite3
from collections.abc import Sequence

import pytest

from bot.model import DAY, HOUR, AppID, OpenID
from bot.sandbox.wechat.phone import Phone
from bot.sandbox.world import APP_ID, World
from handlers.jobs import tag_followers
from storage import errands, tag_rules
from storage.errands import Errand
from storage.tag_rules import Rule
from tests.bot.wechat.process import Process
from tests.handlers.bystander import NOBODY, means

APP = AppID(APP_ID)
VIP, BOOTH = 102, 101
TAG, LOOK_UP = "/cgi-bin/tags/members/batchtagging", "/cgi-bin/user/info/batchget"


async def crowd(world: World, count: int) -> list[Phone]:
    """Return people who follow."""
    people = [world.wechat.phone() for _ in range(count)]
    world.wechat.callback_url = ""
    for person in people:
        await person.follow()
    return people


async def owed(
    process: Process, world: World, open_ids: Sequence[str], tag_id: int = VIP, scene: str = "spring"
) -> None:
    """Write down that these people shall get a tag, by a rule that there is."""
    now = int(world.clock.now())

    def write(connection: sqlite3.Connection) -> None:
        tag_rules.set_rule(connection, APP, Rule(scene, tag_id, "the tag", "U1", now))
        for open_id in open_ids:
            person = open_id.encode()
            wish = Errand(APP, person, OpenID(open_id), now, "tag", f"{tag_id} {scene}", now, now + DAY)
            errands.add(connection, wish)

    await process.db.write(write)


def _count(connection: sqlite3.Connection) -> int:
    count: int = connection.execute("select count(*) from errands").fetchone()[0]
    return count


async def waiting(process: Process) -> int:
    return await process.db.read(_count)


async def rule(process: Process, scene: str = "spring") -> Rule:
    found = await process.db.read(tag_rules.find, APP, scene)
    assert found is not None
    return found


def batches(world: World) -> list[int]:
    """Return how many people each tagging was about."""
    return [len(json.loads(call.body)["openid_list"]) for call in world.wechat.calls if call.path == TAG]


async def test_a_crowd_is_tagged_by_fifties_and_counted(world: World, one: Process) -> None:
    people = await crowd(world, 120)
    await owed(one, world, [person.open_id for person in people])
    await tag_followers.tag(means(world, one), NOBODY)
    assert all(VIP in person.person.tagid_list for person in people)
    assert sorted(batches(world)) == [20, 50, 50]
    assert world.wechat.count(LOOK_UP) == 2
    assert ((await rule(one)).tagged, await waiting(one)) == (120, 0)


async def test_each_tag_has_its_own_batch(world: World, one: Process) -> None:
    first, second = await crowd(world, 2)
    await owed(one, world, [first.open_id])
    await owed(one, world, [second.open_id], BOOTH, "booth")
    await tag_followers.tag(means(world, one), NOBODY)
    assert (first.person.tagid_list, second.person.tagid_list) == ([VIP], [BOOTH])
    assert [(await rule(one, scene)).tagged for scene in ("spring", "booth")] == [1, 1]


async def test_who_has_twenty_tags_is_not_sent_and_is_counted(world: World, one: Process) -> None:
    full, free = await crowd(world, 2)
    full.person.tagid_list = list(range(200, 220))
    await owed(one, world, [full.open_id, free.open_id])
    await tag_followers.tag(means(world, one), NOBODY)
    assert ((await rule(one)).tagged, (await rule(one)).refused, await waiting(one)) == (1, 1, 0)
    assert batches(world) == [1]


async def test_who_got_the_twentieth_tag_meanwhile_costs_nobody_else_theirs(world: World, one: Process) -> None:
    people = await crowd(world, 10)
    await owed(one, world, [person.open_id for person in people])
    world.faults.arm("errcode", where=TAG, code=45059)
    await tag_followers.tag(means(world, one), NOBODY)
    assert all(VIP in person.person.tagid_list for person in people)
    assert sum(batches(world)) == 20


async def test_who_has_the_tag_already_is_not_sent_again(world: World, one: Process) -> None:
    (person,) = await crowd(world, 1)
    person.person.tagid_list = [VIP]
    await owed(one, world, [person.open_id])
    await tag_followers.tag(means(world, one), NOBODY)
    assert (batches(world), (await rule(one)).tagged, await waiting(one)) == ([], 1, 0)


@pytest.mark.parametrize("stranger", ["o" + "x" * 27, "no open id at all"])
async def test_one_bad_open_id_costs_the_other_49_nothing(world: World, one: Process, stranger: str) -> None:
    people = await crowd(world, 49)
    open_ids = [person.open_id for person in people]
    await owed(one, world, [*open_ids[:31], stranger, *open_ids[31:]])
    await tag_followers.tag(means(world, one), NOBODY)
    assert all(VIP in person.person.tagid_list for person in people)
    assert ((await rule(one)).tagged, (await rule(one)).refused, await waiting(one)) == (49, 0, 0)


async def test_who_has_unfollowed_is_left_alone(world: World, one: Process) -> None:
    gone, there = await crowd(world, 2)
    await gone.unfollow()
    await owed(one, world, [gone.open_id, there.open_id])
    await tag_followers.tag(means(world, one), NOBODY)
    assert ((await rule(one)).tagged, await waiting(one)) == (1, 0)


@pytest.mark.parametrize(("fault", "where"), [
    ("busy", LOOK_UP), ("busy", TAG), ("quota_used_up", LOOK_UP), ("quota_used_up", TAG), ("http_502", TAG),
    ("unauthorized", TAG),
])  # fmt: skip
async def test_while_wechat_is_away_they_wait_longer_each_time_and_nobody_is_lost(
    world: World, one: Process, fault: str, where: str
) -> None:
    people = await crowd(world, 3)
    await owed(one, world, [person.open_id for person in people])
    world.faults.arm(fault, times=None, where=where)
    job = means(world, one)
    await tag_followers.tag(job, NOBODY)
    calls = len(world.wechat.calls)
    await tag_followers.tag(job, NOBODY)
    assert len(world.wechat.calls) == calls
    world.clock.advance(11)
    await tag_followers.tag(job, NOBODY)
    assert len(world.wechat.calls) > calls
    world.faults.clear()
    world.clock.advance(11)
    await tag_followers.tag(job, NOBODY)
    assert await waiting(one) == 3
    world.clock.advance(HOUR)
    await tag_followers.tag(job, NOBODY)
    assert ((await rule(one)).tagged, await waiting(one)) == (3, 0)


async def test_a_tag_whose_answer_was_lost_is_seen_to_be_there_and_counted_once(world: World, one: Process) -> None:
    (person,) = await crowd(world, 1)
    await owed(one, world, [person.open_id])
    world.faults.arm("drop_after", times=None, where=TAG)
    job = means(world, one)
    await tag_followers.tag(job, NOBODY)
    world.clock.advance(11)
    await tag_followers.tag(job, NOBODY)
    assert (person.person.tagid_list, (await rule(one)).tagged, await waiting(one)) == ([VIP], 1, 0)


async def test_a_wechat_whose_quota_is_used_up_is_not_asked_for_everybody_who_waits(world: World, one: Process) -> None:
    people = await crowd(world, 150)
    await owed(one, world, [person.open_id for person in people])
    world.faults.arm("quota_used_up", times=None, where=LOOK_UP)
    await tag_followers.tag(means(world, one), NOBODY)
    assert world.wechat.count(LOOK_UP) == 1


async def test_after_a_day_it_is_given_up_and_said_without_an_open_id(
    world: World, one: Process, caplog: pytest.LogCaptureFixture
) -> None:
    (person,) = await crowd(world, 1)
    await owed(one, world, [person.open_id])
    world.clock.advance(DAY + 1)
    with caplog.at_level(logging.WARNING):
        await tag_followers.tag(means(world, one), NOBODY)
    assert await waiting(one) == 0
    assert "within a day: 1" in caplog.text
    assert person.open_id not in caplog.text
    assert batches(world) == []


async def test_a_tag_that_was_deleted_at_wechat_is_noted_and_not_asked_for_again(world: World, one: Process) -> None:
    (person,) = await crowd(world, 1)
    await owed(one, world, [person.open_id], 999)
    await tag_followers.tag(means(world, one), NOBODY)
    assert ((await rule(one)).lost_at is not None, await waiting(one)) == (True, 0)


async def test_what_a_dead_process_had_in_hand_is_done_by_another(world: World, one: Process) -> None:
    (person,) = await crowd(world, 1)
    await owed(one, world, [person.open_id])
    now = int(world.clock.now())
    await one.db.write(errands.take, "tag", "dead", lambda _: True, now, 100)
    await tag_followers.tag(means(world, one, is_alive=lambda owner: owner == "dead"), NOBODY)
    assert person.person.tagid_list == []
    await tag_followers.tag(means(world, one, is_alive=lambda owner: owner != "dead"), NOBODY)
    assert person.person.tagid_list == [VIP]


async def test_an_account_that_has_left_the_settings_holds_nobody_else_up(world: World, one: Process) -> None:
    (person,) = await crowd(world, 1)
    now = int(world.clock.now())
    gone = Errand(AppID("wx-gone"), b"p", OpenID("o"), now, "tag", "5 spring", now - 5, now + DAY)
    await one.db.write(errands.add, gone)
    await owed(one, world, [person.open_id])
    job = means(world, one)
    await tag_followers.tag(job, NOBODY)
    await tag_followers.tag(job, NOBODY)
    assert (person.person.tagid_list, await waiting(one)) == ([VIP], 1)
