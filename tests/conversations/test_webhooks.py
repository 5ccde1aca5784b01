"""What other systems are told arrives at least once, under one id, whatever happens to them or to the bot."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.sandbox.world import Door, World, with_bot
from bot.server import bound
from tests.conversations.bot_process import BotProcess, environment_of, started
from tests.conversations.receiver import Receiver, receiving
from tests.conversations.talk import asked, said, until

OPS, OPS_ID = "#ops", "C0SBOPS0001"
WAITING = "select count(*) from outbox where done_at is null"
POSTPONED = "select coalesce(sum(tries), 0) from outbox where done_at is null and owner = ''"
DONE = "select count(*) from outbox where done_at is not null and body = ''"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "wxqr.db"


@pytest.fixture
async def told(world: World, door: Door, database: Path, receiver: Receiver) -> AsyncIterator[World]:
    """Let a bot live in the world that tells the receiver of scans, and on-call of trouble."""
    async with with_bot(world, door, database, WXQR_ALERT_CHANNEL=OPS_ID, **receiver.environment("scans")):
        yield world


def postponed(database: Path, tries: int) -> bool:
    """Tell whether all that waits was tried so often, and is in nobody's hands."""
    return asked(database, POSTPONED) == tries


async def happens(world: World, times: int = 1) -> None:
    """Let as many people follow."""
    await asyncio.gather(*(world.wechat.phone().follow() for _ in range(times)))


async def test_what_was_answered_by_a_500_is_told_again_under_the_same_id(
    told: World, receiver: Receiver, database: Path
) -> None:
    receiver.answers.append(500)
    await happens(told)
    await until(lambda: asked(database, POSTPONED) == 1)
    told.clock.advance(6)
    first, second = await receiver.wait_for(2)
    assert first == second
    assert len(set(receiver.ids)) == 1
    await until(lambda: asked(database, DONE) == 1)


async def test_a_redirect_is_not_followed(told: World, receiver: Receiver, database: Path) -> None:
    receiver.answers.append(307)
    await happens(told)
    await until(lambda: asked(database, POSTPONED) == 1)
    assert len(receiver.told) == 1


async def test_a_receiver_that_does_not_answer_in_time_is_left_and_its_message_is_put_off(
    world: World, door: Door, database: Path, receiver: Receiver
) -> None:
    receiver.answers.append(0)
    world.patience = replace(world.patience, webhook=0.2)
    async with with_bot(world, door, database, **receiver.environment("scans")):
        await happens(world)
        await until(lambda: asked(database, POSTPONED) == 1)
    assert asked(database, "select count(*) from outbox where last_answer = '0'") == 1


async def test_a_receiver_that_is_away_is_told_when_it_is_back(world: World, door: Door, database: Path) -> None:
    with bound("127.0.0.1", 0) as free:
        away = Receiver(f"http://127.0.0.1:{free.getsockname()[1]}/hook")
    async with with_bot(world, door, database, **away.environment("scans")):
        await happens(world, 3)
        await until(lambda: asked(database, POSTPONED) == 3)
        with bound("127.0.0.1", int(away.url.rsplit(":", 1)[1].partition("/")[0])) as again:
            async with receiving(again) as back:
                world.clock.advance(10)
                await back.wait_for(3)


async def test_a_receiver_that_wants_no_more_is_left_alone_until_the_next_start_and_on_call_is_told_once(
    world: World, door: Door, database: Path, receiver: Receiver
) -> None:
    receiver.answers.append(410)
    settings = {"WXQR_ALERT_CHANNEL": OPS_ID, **receiver.environment("scans")}
    async with with_bot(world, door, database, **settings):
        await happens(world)
        (alert,) = await world.slack.wait_for(lambda: world.slack.sees("ben", OPS))
        assert "410 Gone" in said(alert)
        await happens(world)
        await until(lambda: asked(database, WAITING) == 2)
        world.clock.advance(3600)
    assert len(receiver.told) == 1
    async with with_bot(world, door, database, **settings):
        await receiver.wait_for(3)
        await world.slack.wait_for(lambda: len(world.slack.sees("ben", OPS)) == 2)
    assert "takes messages again" in said(world.slack.sees("ben", OPS)[-1])


async def test_after_three_days_of_trying_a_message_is_given_up_and_on_call_is_told_once(
    told: World, receiver: Receiver, database: Path
) -> None:
    receiver.answers.extend([503] * 20)
    await happens(told, 2)
    for tries in range(2, 20, 2):
        await until(partial(postponed, database, tries))
        told.clock.advance(30 * 3600)
    (alert,) = await told.slack.wait_for(lambda: told.slack.sees("ben", OPS))
    assert "last answer 503" in said(alert)
    await until(lambda: asked(database, DONE) == 2)
    assert len(receiver.told) == 20
    assert len(told.slack.sees("ben", OPS)) == 1


async def test_what_nobody_took_for_a_week_is_erased(world: World, door: Door, database: Path) -> None:
    with bound("127.0.0.1", 0) as free:
        away = Receiver(f"http://127.0.0.1:{free.getsockname()[1]}/hook")
    async with with_bot(world, door, database, **away.environment("scans")):
        await happens(world)
        await until(partial(postponed, database, 1))
    world.clock.advance(8 * 86_400)
    async with with_bot(world, door, database, **away.environment("scans")):
        await until(lambda: asked(database, "select count(*) from outbox") == 0)


async def test_killed_between_the_scans_and_their_telling_another_process_tells_them_all(
    world: World, database: Path, receiver: Receiver
) -> None:
    receiver.answers.extend([0] * 5)
    environment = {**environment_of(world, database), **receiver.environment("scans")}
    world.wechat.callback_url = f"http://127.0.0.1:{environment['WXQR_PORT']}/wechat/callback"
    try:
        bot = await BotProcess.start(environment)
        await happens(world, 5)
        await receiver.wait_for(5)
        await bot.kill()
        assert asked(database, WAITING) == 5
        await BotProcess.start(environment)
        await receiver.wait_for(10)
        await until(lambda: asked(database, DONE) == 5)
    finally:
        await BotProcess.kill_all()
    assert sorted(receiver.ids) == sorted(2 * sorted(set(receiver.ids)))


async def test_two_processes_tell_each_message_once(
    world: World, door: Door, database: Path, receiver: Receiver
) -> None:
    settings = receiver.environment("scans")
    async with started(world, database, **settings), with_bot(world, door, database, **settings):
        await happens(world, 30)
        await receiver.wait_for(30)
        await until(lambda: asked(database, DONE) == 30)
    assert len(receiver.ids) == len(set(receiver.ids)) == 30
