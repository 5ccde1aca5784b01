"""What the client makes of a WeChat that is busy, broken, gone, or says no: tried again only where that is safe."""

import asyncio
import json
import socket
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from bot.errors import Misconfigured, OutcomeUnknown, QuotaExhausted, RateLimited, Unavailable, WeChatError
from bot.model import Lifetime, Scene
from bot.pictures import qr
from bot.sandbox.wechat.image_host import SHOWQRCODE
from bot.sandbox.world import World
from bot.wechat import client
from tests.bot.wechat.process import CREATE, STABLE, TAGS, Process, process
from tests.conversations.talk import until

SPRING, WEEK = Scene("spring"), Lifetime(7 * 86_400)
# every one of them leaves open whether WeChat has done what it was asked
SILENCES = ["http_502", "drop_before", "drop_after", "not_json"]


async def test_a_temporary_code_ends_when_it_was_asked_to(world: World, one: Process) -> None:
    before = one.store.now()
    ticket = await one.wechat.create_code(SPRING, WEEK)
    assert ticket.url.startswith("http://weixin.qq.com/q/")
    assert ticket.expires_at is not None
    assert before <= ticket.expires_at - WEEK.seconds <= one.store.now()
    assert world.wechat.codes.permanent_used == 0


async def test_a_permanent_code_has_no_end_and_takes_one_slot(world: World, one: Process) -> None:
    ticket = await one.wechat.create_code(SPRING, None)
    assert ticket.expires_at is None
    assert world.wechat.codes.permanent_used == 1


@pytest.mark.parametrize("lifetime", [WEEK, None])
async def test_a_number_is_asked_for_as_a_number_and_all_else_as_a_string(
    world: World, one: Process, lifetime: Lifetime | None
) -> None:
    for text in ("7", "1234567890"):
        await one.wechat.create_code(Scene(text), lifetime)
    asked = [json.loads(call.body)["action_info"]["scene"] for call in world.wechat.calls if call.path == CREATE]
    assert asked == [{"scene_id": 7}, {"scene_str": "1234567890"}]


async def test_chinese_is_sent_as_it_is_for_wechat_refuses_escapes(world: World, one: Process) -> None:
    await one.wechat.create_code(Scene("春季活动"), WEEK)
    assert "春季活动" in world.wechat.calls[-1].body


@pytest.mark.parametrize("lifetime", [WEEK, None])
async def test_a_wechat_that_is_busy_twice_and_then_is_not_mints_one_code(
    world: World, one: Process, lifetime: Lifetime | None
) -> None:
    world.faults.arm("busy", times=2, where=CREATE)
    assert (await one.wechat.create_code(SPRING, lifetime)).ticket
    assert world.wechat.count(CREATE) == 3
    assert [call.errcode for call in world.wechat.calls if call.path == CREATE] == [-1, -1, 0]


async def test_a_wechat_that_stays_busy_is_asked_four_times_and_then_said_to_be(world: World, one: Process) -> None:
    world.faults.arm("busy", times=None, where=CREATE)
    with pytest.raises(Unavailable) as shown:
        await one.wechat.create_code(SPRING, None)
    assert (shown.value.key, shown.value.errcode) == ("wechat.-1", -1)
    assert world.wechat.count(CREATE) == 4


async def test_too_many_calls_in_a_minute_are_tried_again(world: World, one: Process) -> None:
    world.faults.arm("errcode", times=3, where=CREATE, code=45011)
    await one.wechat.create_code(SPRING, WEEK)
    world.faults.arm("errcode", times=None, where=CREATE, code=45011)
    with pytest.raises(RateLimited):
        await one.wechat.create_code(SPRING, WEEK)
    assert world.wechat.count(CREATE) == 8


@pytest.mark.parametrize("fault", SILENCES)
async def test_silence_about_a_temporary_code_is_asked_again(world: World, one: Process, fault: str) -> None:
    world.faults.arm(fault, times=3, where=CREATE)
    assert (await one.wechat.create_code(SPRING, WEEK)).ticket
    assert world.wechat.count(CREATE) == 4


@pytest.mark.parametrize("fault", SILENCES)
async def test_lasting_silence_about_a_temporary_code_is_said(world: World, one: Process, fault: str) -> None:
    world.faults.arm(fault, times=None, where=CREATE)
    with pytest.raises(Unavailable) as shown:
        await one.wechat.create_code(SPRING, WEEK)
    assert shown.value.path == CREATE
    assert world.wechat.count(CREATE) == 4


@pytest.mark.parametrize("fault", SILENCES)
async def test_silence_about_a_permanent_code_is_unknown_and_never_asked_again(
    world: World, one: Process, fault: str
) -> None:
    world.faults.arm(fault, where=CREATE)
    with pytest.raises(OutcomeUnknown) as shown:
        await one.wechat.create_code(SPRING, None)
    assert shown.value.key == "wechat.outcome_unknown"
    assert world.wechat.count(CREATE) == 1
    assert world.wechat.codes.permanent_used == (1 if fault == "drop_after" else 0)


@pytest.mark.parametrize(("lifetime", "error", "calls"), [(WEEK, Unavailable, 4), (None, OutcomeUnknown, 1)])
async def test_an_answer_that_does_not_come_in_time_is_silence(
    world: World,
    one: Process,
    monkeypatch: pytest.MonkeyPatch,
    lifetime: Lifetime | None,
    error: type[WeChatError],
    calls: int,
) -> None:
    await one.wechat.groups()
    monkeypatch.setattr(client, "TIMEOUT", httpx.Timeout(0.05))
    world.faults.arm("slow", times=None, where=CREATE, seconds=0.2)
    with pytest.raises(error):
        await one.wechat.create_code(SPRING, lifetime)
    await until(lambda: world.wechat.count(CREATE) >= calls)
    assert world.wechat.count(CREATE) == calls


async def test_a_permanent_code_that_never_left_this_machine_was_surely_not_minted(world: World, path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    async with process(world, path) as reached:
        await reached.wechat.groups()
    async with process(world, path, url=nobody) as cut_off:
        with pytest.raises(Unavailable):
            await cut_off.wechat.create_code(SPRING, None)
    assert world.wechat.count(CREATE) == 0


async def test_a_full_account_says_so_and_is_asked_once(world: World, one: Process) -> None:
    world.wechat.codes.permanent_limit = 0
    with pytest.raises(QuotaExhausted) as shown:
        await one.wechat.create_code(SPRING, None)
    assert shown.value.key == "wechat.45029"
    assert world.wechat.count(CREATE) == 1


@pytest.mark.parametrize(("fault", "error", "errcode"), [
    ("unauthorized", Misconfigured, 48001),
    ("quota_used_up", QuotaExhausted, 45009),
])  # fmt: skip
async def test_a_no_that_stays_a_no_is_not_tried_again(
    world: World, one: Process, fault: str, error: type[WeChatError], errcode: int
) -> None:
    world.faults.arm(fault, times=None, where=CREATE)
    with pytest.raises(error) as shown:
        await one.wechat.create_code(SPRING, WEEK)
    assert shown.value.errcode == errcode
    assert shown.value.rid in {call.rid for call in world.wechat.calls}
    assert (world.wechat.count(CREATE), world.wechat.count(STABLE)) == (1, 1)


async def test_a_refused_token_costs_a_permanent_code_no_second_slot(world: World, one: Process) -> None:
    await one.wechat.groups()
    world.wechat.revoke_tokens()
    await one.wechat.create_code(SPRING, None)
    assert world.wechat.codes.permanent_used == 1
    assert world.wechat.count(CREATE) == 2


async def test_the_picture_of_a_ticket_shows_the_tickets_url(one: Process) -> None:
    ticket = await one.wechat.create_code(SPRING, WEEK)
    assert set("+/=") <= set(ticket.ticket)
    assert qr.shows(await one.wechat.picture(ticket.ticket), ticket.url)


async def test_the_public_address_of_a_picture_needs_no_access_token(one: Process) -> None:
    ticket = await one.wechat.create_code(SPRING, WEEK)
    answer = await one.wechat._http.get(one.wechat.picture_url(ticket.ticket))
    assert qr.shows(answer.content, ticket.url)
    assert "access_token" not in one.wechat.picture_url(ticket.ticket)


@pytest.mark.parametrize("fault", ["image_wrong", "image_damaged"])
async def test_a_picture_that_is_not_the_tickets_is_handed_on_for_the_decoder_to_refuse(
    world: World, one: Process, fault: str
) -> None:
    ticket = await one.wechat.create_code(SPRING, WEEK)
    world.faults.arm(fault, where=SHOWQRCODE)
    assert not qr.shows(await one.wechat.picture(ticket.ticket), ticket.url)


@pytest.mark.parametrize("fault", ["image_host_down", "drop_before", "drop_after"])
async def test_a_picture_that_cannot_be_had_is_asked_for_once(world: World, one: Process, fault: str) -> None:
    ticket = await one.wechat.create_code(SPRING, WEEK)
    world.faults.arm(fault, where=SHOWQRCODE)
    with pytest.raises(Unavailable):
        await one.wechat.picture(ticket.ticket)
    assert world.wechat.count(SHOWQRCODE) == 1


async def test_a_dead_ticket_has_no_picture(world: World, one: Process) -> None:
    ticket = await one.wechat.create_code(SPRING, Lifetime(60))
    world.clock.advance(61)
    with pytest.raises(Unavailable) as shown:
        await one.wechat.picture(ticket.ticket)
    assert shown.value.facts["status"] == 404


async def test_a_picture_without_end_is_dropped_after_a_megabyte(world: World, path: Path) -> None:
    sent, gone = 0, asyncio.Event()

    async def pour(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: image/jpg\r\n\r\n")
        with suppress(ConnectionError):
            while True:
                writer.write(bytes(1 << 16))
                await writer.drain()
                sent += 1 << 16
        writer.close()
        gone.set()

    async with await asyncio.start_server(pour, "127.0.0.1", 0) as endless, asyncio.timeout(10):
        url = f"http://127.0.0.1:{endless.sockets[0].getsockname()[1]}"
        async with process(world, path, url=url) as one:
            with pytest.raises(Unavailable):
                await one.wechat.picture("gQ")
            await gone.wait()
    # beyond what was read, only what the machine's buffers hold has left
    assert sent < 32 << 20


async def test_the_groups_are_the_tags_largest_first(world: World, one: Process) -> None:
    groups = await one.wechat.groups()
    assert {group.name for group in groups} == {tag.name for tag in world.wechat.tags}
    assert [group.size for group in groups] == sorted((group.size for group in groups), reverse=True)


async def test_the_quota_of_codes_counts_what_was_minted(one: Process) -> None:
    await one.wechat.create_code(SPRING, WEEK)
    quota = await one.wechat.quota(CREATE)
    assert (quota.path, quota.limit, quota.used, quota.remain) == (CREATE, 100_000, 1, 99_999)


async def test_the_callback_is_reached_once_it_is_set(world: World, one: Process) -> None:
    world.wechat.callback_url = ""
    with pytest.raises(Misconfigured) as shown:
        await one.wechat.callback()
    assert shown.value.errcode == 40201
    world.wechat.callback_url = "https://qr.example.com/wechat/callback"
    assert await one.wechat.callback() == (True, "23 ms")


async def test_reading_is_tried_again_whatever_broke(world: World, one: Process) -> None:
    for fault in ("http_502", "drop_after", "not_json"):
        world.faults.arm(fault, where=TAGS)
    assert await one.wechat.groups()
    assert world.wechat.count(TAGS) == 4
