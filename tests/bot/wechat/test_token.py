"""The access token: one for everybody, fetched once, replaced once, never asked for in a loop."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import Misconfigured, TokenRejected, Unavailable
from bot.kept_tokens import KeptToken
from bot.model import AccessToken, Lifetime, Scene, Ticket
from bot.sandbox.wechat.refusal import Refusal
from bot.sandbox.world import World
from bot.wechat.errcodes import ip_in
from bot.wechat.token import FETCH_SECONDS, SAME_AGAIN, TokenKeeper
from storage import tokens
from tests.bot.wechat.process import ACCOUNT, CREATE, LEGACY, STABLE, TAGS, Process, process
from tests.conversations.talk import until

LIFETIME = 7200


def mint(started: Process, number: int) -> Awaitable[Ticket]:
    return started.wechat.create_code(Scene(f"scene-{number}"), Lifetime(600))


def current(started: Process) -> Awaitable[AccessToken]:
    return started.wechat.tokens.current()


def errcode_for(world: World, token: AccessToken) -> int:
    """Return what WeChat itself says to this access token: 0 where it takes it."""
    try:
        world.wechat.admit(token.value)
    except Refusal as refusal:
        return refusal.errcode
    return 0


async def test_twenty_that_ask_at_once_share_one_fetch(world: World, one: Process) -> None:
    given = await asyncio.gather(*(current(one) for _ in range(20)))
    assert len({token.value for token in given}) == 1
    assert world.wechat.count(STABLE) == 1


async def test_the_token_is_one_that_wechat_takes_until_its_end(world: World, one: Process) -> None:
    token = await current(one)
    assert errcode_for(world, token) == 0
    assert token.source == STABLE
    assert token.host == "host-one"
    assert LIFETIME - 2 <= token.seconds_left(int(world.clock.now())) <= LIFETIME


async def test_a_token_is_kept_over_a_restart(world: World, path: Path) -> None:
    async with process(world, path) as before:
        kept = await current(before)
    async with process(world, path, owner="after") as after:
        assert await current(after) == kept
        assert await after.wechat.groups()
    assert world.wechat.count(STABLE) == 1


async def test_two_bots_on_one_file_share_one_fetch(world: World, one: Process, other: Process) -> None:
    world.faults.arm("slow", where=STABLE, seconds=0.1)
    given = await asyncio.gather(*(current(bot) for bot in (one, other) * 10))
    assert len({token.value for token in given}) == 1
    assert world.wechat.count(STABLE) == 1


async def test_two_bots_with_the_old_family_do_not_end_each_others_tokens(world: World, path: Path) -> None:
    account = replace(ACCOUNT, stable=False)
    async with (
        process(world, path, owner="one", account=account) as one,
        process(world, path, owner="other", account=account) as other,
    ):
        given = await asyncio.gather(current(one), current(other))
        assert given[0] == given[1]
        assert given[0].source == LEGACY
        world.clock.advance(600)
        await asyncio.gather(one.wechat.groups(), other.wechat.groups())
    assert (world.wechat.count(LEGACY), world.wechat.count(STABLE)) == (1, 0)


@pytest.mark.parametrize("fault", ["token_revoked", "token_expired"])
async def test_twenty_refused_at_once_bring_one_new_token_and_one_retry_each(
    world: World, one: Process, fault: str
) -> None:
    await current(one)
    world.faults.arm(fault, where=CREATE)
    minted = await asyncio.gather(*(mint(one, number) for number in range(20)))
    assert len({ticket.url for ticket in minted}) == 20
    assert world.wechat.count(STABLE) == 2
    assert world.wechat.count(CREATE) == 40


async def test_two_bots_refused_at_once_bring_one_new_token(world: World, one: Process, other: Process) -> None:
    await asyncio.gather(current(one), current(other))
    world.wechat.revoke_tokens()
    world.faults.arm("slow", where=STABLE, seconds=0.1)
    await asyncio.gather(*(mint(bot, number) for number, bot in enumerate((one, other) * 5)))
    assert world.wechat.count(STABLE) == 2
    assert world.wechat.count(CREATE) == 20


async def test_a_malformed_token_that_was_kept_is_replaced(world: World, one: Process) -> None:
    now = one.store.now()
    await one.store.store(AccessToken("malformed", now, now + LIFETIME, STABLE, "host-one"), refused="")
    assert await one.wechat.groups()
    assert [call.errcode for call in world.wechat.calls] == [40014, 0, 0]


async def test_who_hears_late_of_a_refusal_gets_the_token_that_is_there(world: World, one: Process) -> None:
    refused = await current(one)
    world.wechat.revoke_tokens()
    new = await one.wechat.tokens.replace(refused)
    assert await one.wechat.tokens.replace(refused) == new
    assert new.value != refused.value
    assert world.wechat.count(STABLE) == 2


async def test_a_token_another_bot_has_fetched_already_is_taken_without_asking(
    world: World, one: Process, other: Process
) -> None:
    old = await current(other)
    world.clock.advance(60)
    new = await one.wechat.tokens.force()
    assert await other.wechat.groups()
    assert await current(other) == new != old
    assert world.wechat.count(STABLE) == 2


async def test_who_waited_for_anothers_fetch_lets_others_fetch_next(
    world: World, one: Process, other: Process, path: Path
) -> None:
    world.faults.arm("slow", where=STABLE, seconds=0.1)
    await asyncio.gather(current(one), current(other))
    async with process(world, path, owner="third") as third:
        assert await third.store.claim(FETCH_SECONDS)


async def test_who_waited_for_a_token_that_is_refused_again_lets_others_fetch_next(
    world: World, one: Process, other: Process, path: Path
) -> None:
    refused = await current(one)
    await current(other)
    world.faults.arm("slow", where=STABLE, seconds=0.1)
    replacing = (bot.wechat.tokens.replace(refused) for bot in (one, other))
    outcomes = await asyncio.gather(*replacing, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [TokenRejected] * 2
    async with process(world, path, owner="third") as third:
        assert await third.store.claim(FETCH_SECONDS)


async def test_a_token_refused_when_fresh_is_shown_and_not_asked_for_again(world: World, one: Process) -> None:
    world.faults.arm("token_refused", times=None)
    with pytest.raises(TokenRejected) as shown:
        await one.wechat.groups()
    assert shown.value.key == "wechat.token_still_refused"
    assert shown.value.errcode == 40001
    assert (world.wechat.count(STABLE), world.wechat.count(TAGS)) == (2, 1)


async def test_ten_calls_with_a_token_that_stays_refused_cost_one_more_fetch_in_all(world: World, one: Process) -> None:
    world.faults.arm("token_refused", times=None)
    for _ in range(10):
        with pytest.raises(TokenRejected):
            await one.wechat.groups()
    assert (world.wechat.count(STABLE), world.wechat.count(TAGS)) == (2, 10)


async def test_a_token_that_stays_refused_is_asked_for_anew_after_a_minute(world: World, one: Process) -> None:
    world.faults.arm("token_refused", times=None)
    for _ in range(3):
        with pytest.raises(TokenRejected):
            await one.wechat.groups()
        world.clock.advance(SAME_AGAIN + 1)
    assert world.wechat.count(STABLE) == 4


async def test_a_token_that_was_refused_for_a_while_serves_again(world: World, one: Process) -> None:
    world.faults.arm("token_refused")
    with pytest.raises(TokenRejected):
        await one.wechat.groups()
    assert await one.wechat.groups()
    assert world.wechat.count(STABLE) == 2


async def test_a_new_token_that_is_refused_too_is_not_replaced_again(world: World, one: Process) -> None:
    await current(one)
    world.faults.arm("token_revoked", times=2, where=TAGS)
    with pytest.raises(TokenRejected) as shown:
        await one.wechat.groups()
    assert shown.value.key == "wechat.40001"
    assert (world.wechat.count(STABLE), world.wechat.count(TAGS)) == (2, 2)


async def test_the_next_token_is_fetched_while_the_old_one_serves(world: World, one: Process) -> None:
    old = await current(one)
    world.clock.advance(LIFETIME - 200)
    world.faults.arm("slow", where=STABLE, seconds=0.2)
    refreshing = asyncio.create_task(one.wechat.tokens.refresh_ahead())
    await until(lambda: not world.faults.armed())
    assert await current(one) == old
    assert await one.wechat.groups()
    assert not refreshing.done()
    await refreshing
    new = await current(one)
    assert new.value != old.value
    assert new.seconds_left(one.store.now()) > LIFETIME - 5


async def test_no_token_is_fetched_ahead_while_this_one_lives_long(world: World, one: Process) -> None:
    await current(one)
    world.clock.advance(LIFETIME - 400)
    await one.wechat.tokens.refresh_ahead()
    assert world.wechat.count(STABLE) == 1


async def test_a_token_given_with_little_life_left_is_not_fetched_again_at_once(world: World, tmp_path: Path) -> None:
    async with process(world, tmp_path / "elsewhere.db") as elsewhere:
        first = await current(elsewhere)
    world.clock.advance(LIFETIME - 345)
    async with process(world, tmp_path / "here.db") as here:
        assert (await current(here)).value == first.value
        for _ in range(5):
            await here.wechat.tokens.refresh_ahead()
        assert world.wechat.count(STABLE) == 2
        world.clock.advance(200)
        await here.wechat.tokens.refresh_ahead()
        assert (await current(here)).value != first.value
    assert world.wechat.count(STABLE) == 3


async def test_no_token_is_fetched_ahead_while_another_bot_is_at_it(world: World, one: Process, other: Process) -> None:
    await current(one)
    world.clock.advance(LIFETIME - 200)
    assert await other.store.claim(FETCH_SECONDS)
    await one.wechat.tokens.refresh_ahead()
    assert world.wechat.count(STABLE) == 1


async def test_a_refresh_ahead_and_a_first_command_share_one_fetch(world: World, one: Process) -> None:
    world.faults.arm("slow", where=STABLE, seconds=0.1)
    await asyncio.gather(one.wechat.tokens.refresh_ahead(), current(one), current(one))
    assert world.wechat.count(STABLE) == 1


async def test_a_token_past_its_end_is_replaced_before_it_is_used(world: World, one: Process) -> None:
    old = await current(one)
    world.clock.advance(LIFETIME + 1)
    assert (await current(one)).value != old.value
    assert await one.wechat.groups()
    assert [call.errcode for call in world.wechat.calls] == [0, 0, 0]


async def test_a_forced_token_ends_the_old_one_at_once(world: World, one: Process) -> None:
    old = await current(one)
    new = await one.wechat.tokens.force()
    assert await current(one) == new
    assert (errcode_for(world, old), errcode_for(world, new)) == (40001, 0)


async def test_what_a_bot_that_died_was_fetching_is_fetched_by_the_next(
    world: World, one: Process, other: Process
) -> None:
    assert await other.store.claim(FETCH_SECONDS)
    waiting = asyncio.ensure_future(current(one))
    assert world.wechat.count(STABLE) == 0
    world.clock.advance(FETCH_SECONDS)
    assert errcode_for(world, await waiting) == 0
    assert world.wechat.count(STABLE) == 1


async def test_what_a_bot_that_is_known_to_be_dead_was_fetching_is_fetched_at_once(one: Process) -> None:
    assert await replace(one.store, owner="dead").claim(FETCH_SECONDS)
    watchful = replace(one.store, is_alive=lambda owner: owner != "dead")
    assert await watchful.claim(FETCH_SECONDS)
    assert not await replace(watchful, owner="other").claim(FETCH_SECONDS)


async def test_who_stops_waiting_does_not_take_the_token_from_the_others(world: World, one: Process) -> None:
    world.faults.arm("slow", where=STABLE, seconds=0.1)
    impatient, patient = asyncio.ensure_future(current(one)), asyncio.ensure_future(current(one))
    await until(lambda: not world.faults.armed())
    impatient.cancel()
    assert errcode_for(world, await patient) == 0
    assert world.wechat.count(STABLE) == 1


async def test_an_address_that_is_not_allowed_is_kept_as_the_last_failure(world: World, one: Process) -> None:
    world.faults.arm("ip_not_allowed", where=STABLE)
    with pytest.raises(Misconfigured) as shown:
        await current(one)
    assert shown.value.facts["ip"] == "127.0.0.1"
    failure = await one.db.read(tokens.last_failure, ACCOUNT.app_id)
    assert failure is not None
    assert (failure.errcode, failure.host, failure.key) == (40164, "host-one", "wechat.40164")
    assert ip_in(failure.errmsg) == "127.0.0.1"
    assert failure.rid == shown.value.rid != ""


async def test_a_failure_lets_the_next_one_try_at_once(world: World, one: Process, other: Process) -> None:
    world.faults.arm("ip_not_allowed", where=STABLE)
    with pytest.raises(Misconfigured):
        await current(one)
    assert errcode_for(world, await current(other)) == 0


async def test_twenty_that_ask_for_a_token_nobody_can_have_ask_wechat_once(world: World, one: Process) -> None:
    world.faults.arm("secret_wrong", times=None, where=STABLE)
    outcomes = await asyncio.gather(*(current(one) for _ in range(20)), return_exceptions=True)
    assert {(type(outcome), getattr(outcome, "key", "")) for outcome in outcomes} == {
        (Misconfigured, "wechat.40001_secret")
    }
    assert world.wechat.count(STABLE) == 1


async def test_a_wrong_secret_is_said_and_not_tried_again(world: World, path: Path) -> None:
    async with process(world, path, account=replace(ACCOUNT, app_secret="0" * 32)) as mistaken:
        with pytest.raises(Misconfigured) as shown:
            await mistaken.wechat.groups()
    assert shown.value.errcode == 40125
    assert (world.wechat.count(STABLE), world.wechat.count(TAGS)) == (1, 0)


async def test_a_token_endpoint_that_is_busy_is_asked_again(world: World, one: Process) -> None:
    world.faults.arm("busy", times=2, where=STABLE)
    world.faults.arm("http_502", where=STABLE)
    assert errcode_for(world, await current(one)) == 0
    assert world.wechat.count(STABLE) == 4


async def test_a_token_endpoint_that_stays_away_is_kept_as_the_last_failure(world: World, one: Process) -> None:
    world.faults.arm("not_json", times=None, where=STABLE)
    with pytest.raises(Unavailable):
        await current(one)
    failure = await one.db.read(tokens.last_failure, ACCOUNT.app_id)
    assert failure is not None
    assert (failure.errcode, failure.key) == (0, "wechat.unavailable")
    assert world.wechat.count(STABLE) == 4


async def test_the_file_does_not_hold_the_token_in_clear(one: Process, path: Path) -> None:
    token = await current(one)
    files = [file.read_bytes() for file in path.parent.iterdir()]
    assert any(b"host-one" in content for content in files)
    assert not any(token.value.encode() in content for content in files)


async def test_a_token_sealed_under_another_secret_is_fetched_anew(world: World, path: Path) -> None:
    async with process(world, path) as before:
        await current(before)
    world.wechat.app_secret = "1" * 32
    async with process(world, path, account=replace(ACCOUNT, app_secret="1" * 32)) as after:
        assert errcode_for(world, await current(after)) == 0
    assert world.wechat.count(STABLE) == 2


async def test_a_bot_that_claims_just_after_another_has_fetched_fetches_no_more(
    world: World, one: Process, other: Process
) -> None:
    class Late(KeptToken):
        async def claim(self, seconds: int) -> bool:
            await other.wechat.tokens.refresh_ahead()
            return await super().claim(seconds)

    late = Late(one.db, ACCOUNT, "late", one.store.now)
    await TokenKeeper(one.wechat._fetch_token, late, one.store.now, "late").refresh_ahead()
    assert world.wechat.count(STABLE) == 1
