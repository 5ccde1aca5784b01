"""Jobs begin at the start, and what one has begun it may finish before the bot stops."""

import asyncio
from typing import Any

import pytest

from bot import scheduler
from bot.app import Patience
from bot.handler import Job
from bot.scheduler import running

NOBODY: Any = None


async def test_a_job_that_is_under_way_finishes_before_the_bot_stops() -> None:
    begun, may_end = asyncio.Event(), asyncio.Event()
    finished: list[str] = []

    async def does(_: object, __: object) -> None:
        begun.set()
        await may_end.wait()
        finished.append("noted")

    async with running({"job": Job(does, seconds=3600)}, NOBODY, NOBODY):
        await begun.wait()
        asyncio.get_running_loop().call_soon(may_end.set)
    assert finished == ["noted"]


@pytest.mark.parametrize(("intervals", "seconds"), [({}, 10), ({"another": 1}, 10), ({"job": 1}, 1)])
async def test_a_job_comes_at_its_own_interval_unless_it_is_given_another(
    intervals: dict[str, float], seconds: float
) -> None:
    async def does(_: object, __: object) -> None: ...

    async with running({"job": Job(does, seconds=10)}, NOBODY, NOBODY, intervals) as scheduler:
        (job,) = scheduler.get_jobs()
        assert job.trigger.interval.total_seconds() == seconds


def test_users_get_every_job_at_its_own_interval() -> None:
    assert Patience().jobs == {}


async def test_a_job_that_takes_too_long_is_stopped_with_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "DRAIN_SECONDS", 0.01)
    begun, stopped = asyncio.Event(), asyncio.Event()

    async def does(_: object, __: object) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async with running({"job": Job(does, seconds=3600)}, NOBODY, NOBODY):
        await begun.wait()
    async with asyncio.timeout(5):
        await stopped.wait()
