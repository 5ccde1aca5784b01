"""A watched code counts up quietly under its post, tells its channel of milestones once, and heeds what Slack says."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.pictures import qr
from bot.sandbox.slack import Message
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.world import APP_ID, Door, World, with_bot
from tests.conversations.bot_process import started
from tests.conversations.talk import ask, asked, buttons, click, picture, said, until

SPRING, MARKET, RANDOM, OPS = "#campaign-spring", "#marketing-市场", "#random", "#ops"


class Stage:
    """A world with a database, where bots come and go: each looks at all watches when it comes.

    The last of them is a code nobody scans, in a channel of its own: once that is counted, all were looked at.
    """

    def __init__(self, world: World, door: Door, database: Path) -> None:
        self.world, self._door, self.database = world, door, database

    @asynccontextmanager
    async def bots(self, number: int = 1) -> AsyncIterator[World]:
        self._watch_one_more()
        async with AsyncExitStack() as stack:
            for _ in range(number):
                await stack.enter_async_context(with_bot(self.world, self._door, self.database))
            yield self.world

    async def code(self, scene: str = "spring", channel: str = SPRING) -> tuple[str, str]:
        """Post a code and return its url, and the ts of its message once the bot knows that."""
        before = self.number("select count(*) from posts where message_ts <> ''")
        posted = await ask(self.world, "ana", channel, f"temp {scene} --ttl 30d")
        await until(lambda: self.number("select count(*) from posts where message_ts <> ''") > before)
        url = qr.decode(picture(posted))
        assert url
        return url, posted.ts

    async def scanned(self, url: str, people: int = 1) -> None:
        """Let so many newcomers scan a code, and the bot count them."""
        for _ in range(people):
            assert (await self.world.wechat.phone().scan(url)).is_answered
        await until(lambda: not self.number(UNSETTLED))

    def number(self, query: str) -> int:
        return asked(self.database, query)

    def thread(self, ts: str, channel: str = SPRING) -> list[Message]:
        return [one for one in self.world.slack.sees("ana", channel) if one.thread_ts == ts]

    def posts(self, words: str, channel: str = SPRING) -> list[Message]:
        return [one for one in self.world.slack.sees("ana", channel) if words in said(one) and not one.ephemeral_to]

    async def counter(self, words: str, channel: str = SPRING) -> Message:
        """Wait for the counter that says this, and return it; there is never another."""
        await self.world.slack.wait_for(lambda: self.posts(words, channel))
        (counter,) = self.posts("as of", channel)
        return counter

    async def looked_after(self) -> None:
        """Wait until every watch was looked at, and nobody has one in hand."""
        await until(lambda: not self.number(LAST_UNCOUNTED) and not self.number(IN_HAND))

    def _watch_one_more(self) -> None:
        if self.database.exists():
            with closing(sqlite3.connect(self.database)) as connection, connection:
                connection.execute(
                    """insert into watches (app_id, scene, channel_id, team_id, made_by, made_at)
                       select ?, 'nobody-' || count(*), 'C0SBGENERAL', '', '', 0 from watches""",
                    (APP_ID,),
                )


LAST_UNCOUNTED = "select counter_ts = '' from watches where scene like 'nobody-%' order by id desc limit 1"
IN_HAND = "select count(*) from watches where owner <> ''"
UNSETTLED = "select count(*) from scans, installation where scans.id > settled_up_to"


@pytest.fixture
def stage(world: World, door: Door, tmp_path: Path) -> Stage:
    return Stage(world, door, tmp_path / "wxqr.db")


async def test_a_watched_code_counts_up_in_one_message_in_the_thread_of_its_post(stage: Stage) -> None:
    async with stage.bots() as world:
        url, ts = await stage.code()
        await stage.scanned(url, people=2)
        assert "I count the scans of `spring`" in said(await ask(world, "ana", SPRING, "watch spring"))
    async with stage.bots() as world:
        first = await stage.counter("Scans *2* · people *2* · new follows *2*")
        assert first.thread_ts == ts
        await stage.scanned(url)
        world.clock.advance(60)
    async with stage.bots():
        assert (await stage.counter("Scans *3* · people *3* · new follows *3*")).ts == first.ts
    assert [one.ts for one in stage.thread(ts)] == [first.ts]


async def test_a_counter_is_not_edited_twice_within_a_minute_nor_when_nothing_changed(stage: Stage) -> None:
    async with stage.bots() as world:
        url, _ = await stage.code()
        await ask(world, "ana", SPRING, "watch spring")
    async with stage.bots():
        await stage.counter("Scans *0*")
        await stage.scanned(url)
    async with stage.bots():
        await stage.looked_after()
    world.clock.advance(60)
    async with stage.bots():
        await stage.counter("Scans *1*")
    world.clock.advance(60)
    async with stage.bots():
        await stage.looked_after()
    assert world.slack.count("chat.update") == 1


async def test_a_milestone_is_told_once_and_of_several_only_the_highest(stage: Stage) -> None:
    async with stage.bots() as world:
        url, _ = await stage.code()
        await ask(world, "ana", SPRING, "watch spring")
        await stage.scanned(url, people=51)
    for _ in range(2):
        async with stage.bots():
            await world.slack.wait_for(lambda: stage.posts("has reached"))
            await stage.counter("Scans *51*")
    (told,) = stage.posts("has reached")
    assert "*50* new follows: 51 by now" in said(told)
    assert told.thread_ts is None


async def test_two_bots_begin_one_counter_and_tell_a_milestone_once(stage: Stage) -> None:
    async with stage.bots() as world:
        url, ts = await stage.code()
        await ask(world, "ana", SPRING, "watch spring")
        await stage.scanned(url, people=10)
    async with stage.bots(3):
        await stage.counter("Scans *10*")
        await world.slack.wait_for(lambda: stage.posts("has reached"))
        await stage.looked_after()
    assert (len(stage.thread(ts)), len(stage.posts("has reached"))) == (1, 1)


async def test_where_no_post_of_the_code_stands_the_bot_makes_one_to_count_under(stage: Stage) -> None:
    async with stage.bots() as world:
        url, _ = await stage.code()
        assert "<#C0SBMARKET1>" in said(await ask(world, "ana", SPRING, f"watch spring {MARKET}"))
        await stage.scanned(url)
    async with stage.bots():
        counter = await stage.counter("Scans *1*", MARKET)
    (root,) = stage.posts("I count the scans of `spring` in this thread", MARKET)
    assert counter.thread_ts == root.ts


@pytest.mark.parametrize(("typed", "place"), [(SPRING, "in <#C0SBRANDOM1>"), (RANDOM, "here")])
async def test_where_the_bot_is_no_member_it_says_so_at_once_and_begins_when_it_is_invited(
    stage: Stage, typed: str, place: str
) -> None:
    async with stage.bots() as world:
        await stage.code()
        told = await ask(world, "ana", typed, f"watch spring {RANDOM}")
        assert f"I am not {place} yet: type `/invite @wxqr` in that channel" in said(told)
        assert "C0SBRANDOM1" not in told.text
    async with stage.bots():
        await stage.looked_after()
        assert "Slack does not let me post" in said(await ask(world, "ben", RANDOM, "watch"))
    assert world.slack.sees("ana", world.slack.dm("ana")) == []
    world.clock.advance(121)
    world.slack.channels[RANDOM].members.add(BOT_USER)
    async with stage.bots():
        await stage.counter("Scans *0*", RANDOM)


async def test_in_a_private_channel_it_cannot_see_the_bot_promises_nothing_either(stage: Stage) -> None:
    world = stage.world
    world.slack.channels[OPS].members.discard(BOT_USER)
    async with stage.bots():
        await stage.code()
        assert "我还不在该频道中" in said(await ask(world, "li.wei", OPS, "watch spring"))
        assert "I am not here yet" in said(await ask(world, "ana", OPS, "digest weekly"))
    async with stage.bots():
        await stage.looked_after()
    assert world.slack.sees("li.wei", world.slack.dm("li.wei")) == []


async def test_what_never_began_is_not_said_to_have_left_posts(stage: Stage) -> None:
    async with stage.bots() as world:
        await stage.code()
        await ask(world, "ana", SPRING, f"watch spring {RANDOM}")
        told = said(await ask(world, "ana", SPRING, f"watch spring {RANDOM} --off"))
        assert ["I had not begun" in told, "stays" in told] == [True, False]
        await ask(world, "ana", SPRING, "watch spring")
    async with stage.bots():
        await stage.counter("Scans *0*")
        assert "What I posted stays" in said(await ask(world, "ana", SPRING, "watch spring --off"))


async def test_who_made_a_watch_is_told_once_that_the_bot_is_a_member_no_more(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage.bots() as world:
        await stage.code()
        await ask(world, "ana", SPRING, f"watch spring {MARKET}")
    direct = world.slack.dm("ana")
    world.slack.channels[MARKET].members.discard(BOT_USER)
    for _ in range(2):
        async with stage.bots():
            await world.slack.wait_for(lambda: world.slack.sees("ana", direct))
            await stage.looked_after()
        world.clock.advance(121)
    (told,) = world.slack.sees("ana", direct)
    assert "I cannot count `spring` in <#C0SBMARKET1>" in said(told)
    assert told.text == "I cannot count spring in another channel: I am not a member there."
    (logged,) = [one for one in caplog.messages if "may not speak" in one]
    assert "C0SBMARKET1" in logged


async def test_the_button_that_ends_a_watch_elsewhere_works_where_it_is_read(stage: Stage) -> None:
    async with stage.bots() as world:
        await stage.code()
        await ask(world, "ana", SPRING, f"watch spring {MARKET}")
    world.slack.channels[MARKET].members.discard(BOT_USER)
    async with stage.bots():
        direct = world.slack.dm("ana").id
        (told,) = await world.slack.wait_for(lambda: world.slack.sees("ana", direct))
        await stage.looked_after()
        ended = said(await click(world, "ana", direct, told, "Stop counting"))
        assert "I count `spring` in <#C0SBMARKET1> no longer" in ended
    assert stage.number("select count(*) from watches where scene = 'spring'") == 0


async def test_who_watches_in_a_private_channel_without_the_bot_is_told_to_end_it_there(stage: Stage) -> None:
    async with stage.bots() as world:
        await stage.code()
        await ask(world, "ana", OPS, "watch spring")
    world.slack.channels[OPS].members.discard(BOT_USER)
    async with stage.bots():
        (told,) = await world.slack.wait_for(lambda: world.slack.sees("ana", world.slack.dm("ana")))
    assert "there as well, end it: `/wxqr watch spring --off`" in said(told)


@pytest.mark.parametrize("text", ["watch spring {}", "watch spring {} --off", "digest daily {}", "digest off {}"])
async def test_what_concerns_a_private_channel_is_said_in_that_channel(stage: Stage, text: str) -> None:
    async with stage.bots() as world:
        await stage.code()
        for command in ("watch spring", "digest weekly"):
            await ask(world, "ben", OPS, command)
        assert "public channels only" in said(await ask(world, "chloe", RANDOM, text.format(OPS)))
        world.slack.channels[OPS].members.discard(BOT_USER)
        assert "public channels only" in said(await ask(world, "chloe", RANDOM, text.format(OPS)))
    assert stage.number("select count(*) from watches where channel_id = 'C0SBOPS0001'") == 1
    assert stage.number("select count(*) from digests where rhythm = 'weekly'") == 1


async def test_where_slack_does_not_say_whether_a_channel_is_public_nothing_is_done(stage: Stage) -> None:
    async with stage.bots() as world:
        await stage.code()
        world.slack.scopes = tuple(one for one in world.slack.scopes if one != "channels:read")
        assert "missing_scope" in said(await ask(world, "ana", SPRING, f"watch spring {MARKET}"))
        assert "I count the scans of `spring` here" in said(await ask(world, "ana", SPRING, f"watch spring {SPRING}"))
    assert stage.number("select count(*) from watches where scene = 'spring'") == 1


async def test_a_milestone_says_the_name_of_the_code(stage: Stage) -> None:
    async with stage.bots() as world:
        url = qr.decode(picture(await ask(world, "ana", SPRING, 'temp spring --name "Booth 3"')))
        assert url
        await ask(world, "ana", SPRING, "watch spring")
        await stage.scanned(url, people=10)
    async with stage.bots():
        (told,) = await world.slack.wait_for(lambda: stage.posts("has reached"))
    assert "Booth 3 (`spring`) has reached *10* new follows" in said(told)


async def test_in_an_archived_channel_a_watch_ends_and_its_maker_is_told(stage: Stage) -> None:
    async with stage.bots() as world:
        await stage.code()
        await ask(world, "ana", SPRING, "watch spring")
    world.faults.arm("slack_error", where="chat.postMessage", error="is_archived")
    async with stage.bots():
        (told,) = await world.slack.wait_for(lambda: world.slack.sees("ana", world.slack.dm("ana")))
        assert "is archived" in said(told)
    assert stage.number("select count(*) from watches where scene = 'spring'") == 0


async def test_a_counter_that_somebody_deleted_begins_again_in_the_same_thread(stage: Stage) -> None:
    async with stage.bots() as world:
        url, ts = await stage.code()
        await ask(world, "ana", SPRING, "watch spring")
    async with stage.bots():
        first = await stage.counter("Scans *0*")
        world.slack.messages.delete(first)
        await stage.scanned(url)
    world.clock.advance(60)
    async with stage.bots():
        await stage.looked_after()
    async with stage.bots():
        assert (await stage.counter("Scans *1*")).thread_ts == ts


async def test_where_the_whole_thread_is_gone_the_bot_makes_a_new_one(stage: Stage) -> None:
    async with stage.bots() as world:
        url, ts = await stage.code()
        await ask(world, "ana", SPRING, "watch spring")
    async with stage.bots():
        counter = await stage.counter("Scans *0*")
        await stage.scanned(url)
    world.clock.advance(60)
    root = world.slack.messages.locate(ts)
    assert root
    world.slack.messages.delete(counter)
    world.slack.messages.delete(root)
    for _ in range(2):  # first the counter is missed, then its thread
        async with stage.bots():
            await stage.looked_after()
    async with stage.bots():
        counter = await stage.counter("Scans *1*")
    assert [counter.thread_ts] == [one.ts for one in stage.posts("in this thread")]


@pytest.mark.parametrize("fault", ["slack_drop_after", "slack_5xx_after"])
async def test_a_counter_that_may_have_arrived_is_not_sent_again_before_there_is_something_new(
    stage: Stage, fault: str
) -> None:
    async with stage.bots() as world:
        url, ts = await stage.code()
        await ask(world, "ana", SPRING, "watch spring")
    world.faults.arm(fault, where="chat.postMessage")
    for _ in range(2):
        async with stage.bots():
            await stage.looked_after()
        world.clock.advance(60)
    assert len(stage.thread(ts)) == 1
    async with stage.bots():
        await stage.scanned(url)
    async with stage.bots():
        await world.slack.wait_for(lambda: stage.posts("Scans *1*"))
    assert ["Scans *0*" in said(one) for one in stage.thread(ts)] == [True, False]


async def test_what_a_busy_slack_surely_did_not_take_is_sent_again(stage: Stage) -> None:
    async with stage.bots() as world:
        url, _ = await stage.code()
        await ask(world, "ana", SPRING, "watch spring")
        await stage.scanned(url, people=10)
    for _ in range(2):
        world.faults.arm("slack_error", where="chat.postMessage", error="ratelimited")
        async with stage.bots():
            await stage.looked_after()
    async with stage.bots():
        await stage.counter("Scans *10*")
    assert len(stage.posts("has reached")) == 1


async def test_the_watches_of_a_channel_are_listed_and_a_button_ends_one(stage: Stage) -> None:
    async with stage.bots() as world:
        await stage.code()
        watched = await ask(world, "ana", SPRING, "watch spring")
        assert "counted here already" in said(await ask(world, "ben", SPRING, "watch spring"))
        listed = await ask(world, "ben", SPRING, "watch")
        assert "`spring` · in all, scans 0 · new follows 0 · watched since <!date^" in said(listed)
        assert "<@U0SBANA01>" in said(listed)
        assert buttons(watched) == ["Stop counting"]
        assert "no longer" in said(await click(world, "ana", SPRING, watched, "Stop counting"))
        assert "Nothing is counted here" in said(await ask(world, "ana", SPRING, "watch"))


async def test_what_was_never_heard_of_cannot_be_watched_and_what_is_not_watched_cannot_end(stage: Stage) -> None:
    async with stage.bots() as world:
        assert "No code was ever made here" in said(await ask(world, "ana", SPRING, "watch sprang"))
        assert "is not counted" in said(await ask(world, "ana", SPRING, "watch sprang --off"))
        assert "is no channel" in said(await ask(world, "ana", SPRING, "watch sprang nowhere"))


async def test_a_code_of_another_system_can_be_watched_once_it_was_scanned(stage: Stage) -> None:
    async with stage.bots() as world:
        elsewhere = world.wechat.codes.mint_elsewhere("partner")
        await stage.scanned(elsewhere.url)
        await ask(world, "ana", SPRING, "watch partner")
    async with stage.bots():
        await stage.counter("Scans *1*")


async def test_a_bot_that_is_killed_while_slack_takes_its_counter_leaves_one_that_the_next_does_not_repeat(
    stage: Stage,
) -> None:
    async with stage.bots() as world:
        url, ts = await stage.code()
        await ask(world, "ana", SPRING, "watch spring")
    world.faults.arm("slack_slow_after", where="chat.postMessage", seconds=20)
    async with started(world, stage.database) as killed:
        await world.slack.wait_for(lambda: stage.thread(ts))
        await killed.kill()
    world.faults.clear()
    world.clock.advance(60)
    async with stage.bots():
        await until(lambda: not stage.number(LAST_UNCOUNTED))
        assert len(stage.thread(ts)) == 1
        await stage.scanned(url)
    world.clock.advance(60)
    async with stage.bots():
        await world.slack.wait_for(lambda: stage.posts("Scans *1*"))
    assert ["Scans *0*" in said(one) for one in stage.thread(ts)] == [True, False]
