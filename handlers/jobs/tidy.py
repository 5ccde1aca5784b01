"""Forget answered commands after 30 days; allocations, posts of codes, audit stay."""

from bot.context import Desk, Means
from bot.handler import Job
from bot.model import DAY, HOUR
from storage import inbox

KEPT = 30 * DAY


async def tidy(means: Means, _: Desk) -> None:
    await means.db.write(inbox.forget_before, means.now() - KEPT)


job = Job(tidy, seconds=HOUR)
