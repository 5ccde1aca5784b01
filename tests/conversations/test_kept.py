"""An acknowledged command is kept: through kill -9, SIGTERM, a lost Slack, a full or locked database."""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.pictures import qr
from bot.sandbox.world import Door, World, with_bot
from tests.conversations.bot_process import BotProcess, environment_of, started
from tests.conversations.talk import ask, asked, files_in, next_message, picture, said, unfinished, until

SPRING = "#campaign-spring"
CREATE = "/cgi-bin/qrcode/create"
COMPLETE = "files.completeUploadExternal"
LONG = {"seconds": 30}


async def restarted(world: World, environment: dict[str, str], bot: BotProcess) -> BotProcess:
    """Kill a bot, and let another come in its place in a world that is well again."""
    await bot.kill()
    world.faults.clear()
    return await BotProcess.start(environment)


@pytest.fixture
async def killable(world: World, tmp_path: Path) -> AsyncIterator[dict[str, str]]:
    """Give the environment of a bot that will be killed; none outlives the test."""
    yield environment_of(world, tmp_path / "wxqr.db")
    await BotProcess.kill_all()


async def test_killed_before_wechat_was_asked_it_posts_after_the_restart(
    world: World, killable: dict[str, str]
) -> None:
    world.faults.arm("slow", times=None, where="/cgi-bin/stable_token", **LONG)
    bot = await BotProcess.start(killable)
    await world.slack.command("ana", SPRING, "temp 111")
    bot = await restarted(world, killable, bot)
    await world.slack.wait_for(lambda: files_in(world, "ana", SPRING) == ["wxqr-111.jpg"], timeout=20)
    assert await bot.stop() == 0


async def test_killed_between_asking_for_a_permanent_code_and_hearing_of_it_it_says_that_it_does_not_know(
    world: World, killable: dict[str, str]
) -> None:
    bot = await BotProcess.start(killable)
    world.faults.arm("slow_after", where=CREATE, **LONG)
    await world.slack.command("ana", SPRING, "perm campaign-x")
    await until(lambda: world.wechat.codes.permanent_used == 1)
    bot = await restarted(world, killable, bot)
    told = await next_message(world, "ana", SPRING, set())
    assert "may or may not" in said(told)
    assert world.wechat.codes.permanent_used == 1
    await bot.stop()


async def test_killed_after_wechat_minted_it_posts_the_same_code(world: World, killable: dict[str, str]) -> None:
    bot = await BotProcess.start(killable)
    world.faults.arm("slack_slow", times=None, where="files.getUploadURLExternal", **LONG)
    await world.slack.command("ana", SPRING, "perm campaign-x")
    await until(lambda: world.wechat.count("/cgi-bin/showqrcode"))
    bot = await restarted(world, killable, bot)
    code = await next_message(world, "ana", SPRING, set())
    assert world.wechat.codes.permanent_used == 1
    assert str(qr.decode(picture(code))).startswith("http://weixin.qq.com/q/")
    await bot.stop()


async def test_killed_after_slack_posted_and_before_it_said_so_it_does_not_post_again(
    world: World, killable: dict[str, str]
) -> None:
    bot = await BotProcess.start(killable)
    world.faults.arm("slack_slow_after", where=COMPLETE, **LONG)
    await world.slack.command("ana", SPRING, "temp 111")
    await world.slack.wait_for(lambda: files_in(world, "ana", SPRING))
    bot = await restarted(world, killable, bot)
    await ask(world, "ana", SPRING, "temp 222")
    await until(lambda: unfinished(Path(killable["WXQR_DATABASE"])) == 0)
    assert sorted(files_in(world, "ana", SPRING)) == ["wxqr-111.jpg", "wxqr-222.jpg"]
    assert await bot.stop() == 0


async def test_killed_while_answering_in_private_it_tells_the_caller(world: World, killable: dict[str, str]) -> None:
    bot = await BotProcess.start(killable)
    world.faults.arm("slack_slow", times=None, where="response_url", **LONG)
    await world.slack.command("ana", SPRING, "groups")
    await until(lambda: asked(Path(killable["WXQR_DATABASE"]), "select count(*) from posts"))
    bot = await restarted(world, killable, bot)
    told = await next_message(world, "ana", SPRING, set())
    assert "cannot tell whether the answer arrived" in said(told)
    await bot.stop()


async def test_killed_at_random_under_load_every_acknowledged_command_is_posted_exactly_once(
    world: World, killable: dict[str, str]
) -> None:
    dice = random.Random(7)  # noqa: S311 - the moments of death, not a secret
    bot = await BotProcess.start(killable)
    acknowledged: list[str] = []
    for life in range(4):
        deliveries = [
            asyncio.ensure_future(world.slack.command("ana", SPRING, f"temp life-{life}-{n}")) for n in range(15)
        ]
        await _posted(world, len(files_in(world, "ana", SPRING)) + dice.randint(0, 10))
        await bot.kill()
        done = await asyncio.gather(*deliveries)
        acknowledged += [f"wxqr-life-{life}-{n}.jpg" for n, delivery in enumerate(done) if delivery.status == 200]
        bot = await BotProcess.start(killable)
    await until(lambda: unfinished(Path(killable["WXQR_DATABASE"])) == 0)
    await world.slack.wait_for(lambda: set(acknowledged) <= set(files_in(world, "ana", SPRING)), timeout=30)
    assert await bot.stop() == 0
    assert set(Counter(files_in(world, "ana", SPRING)).values()) == {1}


async def _posted(world: World, files: int) -> None:
    await world.slack.wait_for(lambda: len(files_in(world, "ana", SPRING)) >= files, timeout=20)


async def test_asked_to_stop_it_finishes_what_it_has_in_hand(world: World, tmp_path: Path) -> None:
    async with started(world, tmp_path / "wxqr.db") as bot:
        world.faults.arm("slow", where=CREATE, seconds=0.5)
        await world.slack.command("ana", SPRING, "temp 111")
        assert await bot.stop() == 0
    await world.slack.wait_for(lambda: files_in(world, "ana", SPRING) == ["wxqr-111.jpg"])


async def test_a_slack_that_is_gone_for_a_while_gets_its_picture_when_it_is_back(bot: World) -> None:
    bot.faults.arm("slack_drop_before", times=None)
    await bot.slack.command("ana", SPRING, "temp 111")
    await until(lambda: bot.slack.count("files.getUploadURLExternal"))
    bot.faults.clear()
    await bot.slack.wait_for(lambda: files_in(bot, "ana", SPRING) == ["wxqr-111.jpg"], timeout=20)
    assert bot.wechat.count(CREATE) == 1


async def test_an_hour_later_the_caller_is_told_that_there_will_be_no_answer(bot: World) -> None:
    bot.faults.arm("slack_drop_before", times=None, where="files.getUploadURLExternal")
    await bot.slack.command("ana", SPRING, "temp 111")
    await until(lambda: bot.slack.count("files.getUploadURLExternal"))
    bot.clock.advance(3700)
    told = await next_message(bot, "ana", SPRING, set())
    assert "could not answer" in said(told)


async def test_a_command_that_cannot_be_written_down_is_refused_and_never_done(bot: World, tmp_path: Path) -> None:
    await ask(bot, "ana", SPRING, "temp 1")
    with closing(sqlite3.connect(tmp_path / "wxqr.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        delivery = await bot.slack.command("ana", SPRING, "temp 111")
        other.execute("rollback")
    assert delivery.error is None
    assert delivery.seconds < 3
    assert "did not take this on" in delivery.body
    await ask(bot, "ana", SPRING, "temp 222")
    assert files_in(bot, "ana", SPRING) == ["wxqr-1.jpg", "wxqr-222.jpg"]


async def test_several_bots_on_one_database_fetch_one_token_and_share_the_work_of_a_dead_one(
    world: World, door: Door, tmp_path: Path
) -> None:
    database = tmp_path / "wxqr.db"
    async with started(world, database) as first, with_bot(world, door, database):
        await ask(world, "ana", SPRING, "temp 1")
        world.faults.arm("slack_slow", where="files.getUploadURLExternal", **LONG)
        await world.slack.command("ana", SPRING, "temp 2")
        await until(lambda: world.wechat.count("/cgi-bin/showqrcode") == 2)
        await first.kill()
        world.faults.clear()
        await world.slack.wait_for(lambda: "wxqr-2.jpg" in files_in(world, "ana", SPRING), timeout=20)
    assert world.wechat.count("/cgi-bin/stable_token") == 1
    assert world.wechat.count(CREATE) == 2
