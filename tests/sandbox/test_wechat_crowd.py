"""A crowd before the codes: plausible, the same for the same seed, and every push answered."""

import asyncio
from collections import Counter

from starlette.responses import Response

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.crowd import AT_ONCE, DAY, SOON, Crowd
from bot.sandbox.wechat.push import Push
from tests.sandbox.wechat_callback import Callback, Heard

pytest_plugins = ["tests.sandbox.wechat_callback_fixture"]


async def came(callback: Callback, people: int = 60, over: float = DAY, seed: int = 1) -> list[Push]:
    codes = [callback.account.codes.mint_elsewhere(scene).url for scene in ("spring", "autumn")]
    return await Crowd(callback.account, codes, people, over, seed).come()


async def test_everybody_comes_and_every_push_is_answered(callback: Callback) -> None:
    pushes = await came(callback)
    told = [push for push in pushes if push.event]
    assert {push.fate for push in told} == {"answered"}
    assert len(callback.heard) == len(told)
    assert len({push.open_id for push in pushes}) == 60


async def test_some_follow_some_did_already_and_some_leave_again(callback: Callback) -> None:
    events = Counter(push.event for push in await came(callback, 100, 7 * DAY))
    assert events["subscribe"] > events["SCAN"] > 0
    assert 0 < events["unsubscribe"] < events["subscribe"] / 2


async def test_the_time_they_come_is_spread_over_the_day_and_the_clock_goes_along(callback: Callback) -> None:
    began = callback.clock.now()
    times = [push.created_at - began for push in await came(callback) if push.event]
    assert times == sorted(times)
    assert times[0] < DAY / 4
    assert DAY / 2 < times[-1] <= callback.clock.now() - began <= DAY + 5


async def test_a_crowd_can_be_over_in_a_minute(callback: Callback) -> None:
    began = callback.clock.now()
    pushes = await came(callback, 20, 60)
    assert {push.created_at - began <= 65 for push in pushes} == {True}


async def test_the_same_seed_brings_the_same_people_to_the_same_codes() -> None:
    seen = []
    for seed in (1, 1, 2):
        clock = Clock()
        account = OfficialAccount("wx0123456789abcdef", "0" * 32, clock=clock, faults=Faults())
        codes = [account.codes.mint_elsewhere(scene).url for scene in ("spring", "autumn")]
        seen.append([(push.open_id, push.event_key) for push in await Crowd(account, codes, 30, DAY, seed).come()])
    assert seen[0] == seen[1] != seen[2]


async def test_pushes_are_under_way_at_once_but_only_so_many(callback: Callback) -> None:
    two, under_way, seen = asyncio.Barrier(2), 0, []

    async def counting(_: Heard) -> Response:
        nonlocal under_way
        under_way += 1
        seen.append(under_way)
        if len(seen) <= two.parties:
            await two.wait()
        under_way -= 1
        return Response("success")

    callback.says(*[counting] * 1000)
    await came(callback, over=SOON)  # nobody comes so late that the clock stands still for the first
    assert two.parties <= max(seen) <= AT_ONCE


async def test_one_persons_pushes_arrive_in_their_order(callback: Callback) -> None:
    await came(callback, 100, 7 * DAY)
    times: dict[str, list[int]] = {}
    for one in callback.heard:
        times.setdefault(one.fields["FromUserName"], []).append(int(one.fields["CreateTime"]))
    assert [heard for heard in times.values() if heard != sorted(heard)] == []
    assert max(len(heard) for heard in times.values()) > 1


async def test_an_expired_code_draws_nobody(callback: Callback) -> None:
    code = callback.account.codes.mint_elsewhere("spring", 1)
    callback.clock.advance(2)
    pushes = await Crowd(callback.account, [code.url], 10).come()
    assert ({push.event for push in pushes}, callback.heard) == ({""}, [])
