"""One at a time for each key."""

import asyncio
from contextlib import suppress

import pytest

from bot.turns import Turns


async def test_one_key_is_held_by_one_at_a_time_in_the_order_they_came() -> None:
    turns, inside, order = Turns(), 0, []

    async def take(number: int) -> None:
        nonlocal inside
        async with turns.at("spring"):
            inside += 1
            assert inside == 1
            await asyncio.sleep(0)
            order.append(number)
            inside -= 1

    await asyncio.gather(*(take(number) for number in range(20)))
    assert order == list(range(20))


async def test_different_keys_do_not_wait_for_one_another() -> None:
    turns = Turns()
    async with asyncio.timeout(5), turns.at("spring"), turns.at("autumn"):
        pass


async def test_nothing_is_left_behind_when_nobody_waits() -> None:
    turns = Turns()
    async with turns.at("spring"):
        assert turns._locks
    assert not turns._locks


async def test_who_fails_lets_the_next_one_in() -> None:
    turns = Turns()
    with pytest.raises(LookupError):
        async with turns.at("spring"):
            raise LookupError
    async with asyncio.timeout(5), turns.at("spring"):
        pass


async def test_who_stops_waiting_leaves_the_turn_to_the_others() -> None:
    turns, served = Turns(), []

    async def take(number: int) -> None:
        async with turns.at("spring"):
            served.append(number)

    async with turns.at("spring"):
        waiting = [asyncio.create_task(take(number)) for number in range(3)]
        await asyncio.sleep(0)
        waiting[1].cancel()
        with suppress(asyncio.CancelledError):
            await waiting[1]
    async with asyncio.timeout(5):
        await asyncio.gather(waiting[0], waiting[2])
    assert served == [0, 2]
    assert not turns._locks
