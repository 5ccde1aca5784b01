"""Further messages of a welcome: in their order, within their minute, three a person, and never twice."""

import asyncio
import json
import logging
import sqlite3
from dataclasses import asdict

import pytest

from bot.model import AppID, OpenID
from bot.sandbox.wechat.phone import Phone
from bot.sandbox.world import APP_ID, World
from bot.scan import Message
from handlers.jobs import send_messages
from storage import errands
from storage.errands import Errand
from tests.bot.wechat.process import Process
from tests.handlers.bystander import NOBODY, means

SEND = "/cgi-bin/message/custom/send"


async def follower(world: World) -> Phone:
    world.wechat.callback_url = ""
    phone = world.wechat.phone()
    await phone.follow()
    return phone


async def owe(process: Process, world: World, phone: Phone, *messages: Message | str) -> None:
    now = int(world.clock.now())

    def write(connection: sqlite3.Connection) -> None:
        for one in messages:
            message = Message(one) if isinstance(one, str) else one
            detail = json.dumps(asdict(message))
            person, open_id = phone.open_id.encode(), OpenID(phone.open_id)
            errands.add(connection, Errand(AppID(APP_ID), person, open_id, now, "message", detail, now, now + 55))

    await process.db.write(write)


def read(phone: Phone) -> list[str]:
    return [message.text or message.articles[0].title for message in phone.received]


async def test_they_come_in_their_order(world: World, one: Process) -> None:
    ada, bob = await follower(world), await follower(world)
    await owe(one, world, ada, "1", Message("", "2", "https://a.b/p.jpg", "https://a.b"), "3")
    await owe(one, world, bob, "4", "5")
    await send_messages.send(means(world, one), NOBODY)
    assert (read(ada), read(bob)) == (["1", "2", "3"], ["4", "5"])


async def test_nobody_is_sent_more_than_three(world: World, one: Process) -> None:
    ada = await follower(world)
    await owe(one, world, ada, "1", "2", "3", "4", "5")
    await send_messages.send(means(world, one), NOBODY)
    assert read(ada) == ["3", "4", "5"]


async def test_hundreds_are_sent_in_one_go(world: World, one: Process) -> None:
    people = [await follower(world) for _ in range(120)]
    for person in people:
        await owe(one, world, person, "hello")
    await send_messages.send(means(world, one), NOBODY)
    assert {tuple(read(person)) for person in people} == {("hello",)}


@pytest.mark.parametrize("fault", ["drop_after", "http_502", "not_json"])
async def test_a_message_that_may_have_arrived_is_never_sent_again(world: World, one: Process, fault: str) -> None:
    ada = await follower(world)
    await owe(one, world, ada, "1")
    world.faults.arm(fault, where=SEND)
    job = means(world, one)
    await send_messages.send(job, NOBODY)
    await send_messages.send(job, NOBODY)
    assert len(read(ada)) <= 1
    assert world.wechat.count(SEND) == 1


async def test_a_busy_wechat_is_asked_again_at_once(world: World, one: Process) -> None:
    ada = await follower(world)
    await owe(one, world, ada, "1")
    world.faults.arm("busy", times=2, where=SEND)
    await send_messages.send(means(world, one), NOBODY)
    assert read(ada) == ["1"]


@pytest.mark.parametrize("code", [45015, 45047, 43004, 45009])
async def test_what_wechat_refuses_is_counted_in_the_log_without_an_open_id(
    world: World, one: Process, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    ada = await follower(world)
    await owe(one, world, ada, "secret 1", "secret 2")
    world.faults.arm("errcode", times=None, where=SEND, code=code)
    with caplog.at_level(logging.WARNING):
        await send_messages.send(means(world, one), NOBODY)
    assert f"'wechat.{code}': 2" in caplog.text
    assert ada.open_id not in caplog.text
    assert "secret" not in caplog.text


async def test_two_processes_send_each_message_once(world: World, one: Process) -> None:
    people = [await follower(world) for _ in range(60)]
    for person in people:
        await owe(one, world, person, "hello")
    jobs = [means(world, one, owner=owner) for owner in ("one", "other")]
    await asyncio.gather(*(send_messages.send(job, NOBODY) for job in jobs))
    assert {tuple(read(person)) for person in people} == {("hello",)}


async def test_after_their_minute_they_are_not_sent_any_more(world: World, one: Process) -> None:
    ada = await follower(world)
    await owe(one, world, ada, "1")
    world.clock.advance(56)
    await send_messages.send(means(world, one), NOBODY)
    assert world.wechat.count(SEND) == 0


async def test_what_a_process_took_before_it_died_is_lost_and_not_sent_twice(world: World, one: Process) -> None:
    ada = await follower(world)
    await owe(one, world, ada, "1")
    job = means(world, one)
    await one.db.write(send_messages._take, job)
    await send_messages.send(job, NOBODY)
    assert read(ada) == []
