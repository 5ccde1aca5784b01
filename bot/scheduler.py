"""Entry point 3: jobs -> APScheduler."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.context import Desk, Means
from bot.errors import Explainable
from bot.handler import Job

log = logging.getLogger(__name__)

# a job that has just said something shall be able to note it; what takes longer is as after a death
DRAIN_SECONDS = 5
NOT_CHANGED: Mapping[str, float] = {}


@asynccontextmanager
async def running(
    jobs: Mapping[str, Job], means: Means, desk: Desk, intervals: Mapping[str, float] = NOT_CHANGED
) -> AsyncIterator[AsyncIOScheduler]:
    """Start every job now and then at its interval, one run of each at a time; a run that fails is logged.

    `intervals` are the seconds of those jobs that shall come sooner or later than they say themselves.
    At the end those under way have 5 seconds to finish.
    """
    scheduler, under_way = AsyncIOScheduler(timezone=UTC), set[asyncio.Task[None]]()
    for name, job in jobs.items():
        scheduler.add_job(
            _run,
            "interval",
            args=(name, _held(under_way, job), means, desk),
            seconds=intervals.get(name, job.seconds),
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            id=name,
        )
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.pause()
        if under_way:
            await asyncio.wait(under_way, timeout=DRAIN_SECONDS)
        scheduler.shutdown(wait=False)


def _held(under_way: set[asyncio.Task[None]], job: Job) -> Job:
    """Return the job, which is in `under_way` while it runs."""

    async def does(means: Means, desk: Desk) -> None:
        task = asyncio.ensure_future(job.does(means, desk))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
        await task

    return Job(does, job.seconds)


async def _run(name: str, job: Job, means: Means, desk: Desk) -> None:
    try:
        await job.does(means, desk)
    except asyncio.CancelledError:
        log.debug("job %s was stopped with the bot", name)  # APScheduler would log it as an error
    except Explainable as error:
        log.warning("job %s: %s %s", name, error.key, {key: error.facts.get(key) for key in ("errcode", "rid", "ip")})
    except sqlite3.Error as error:
        log.warning("job %s: the database refused: %s", name, error)
