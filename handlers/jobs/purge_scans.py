"""Delete events after WXQR_KEEP_SCANS_DAYS, a few at a time, and the seconds of people's histories; figures stay."""

import asyncio

from bot.context import Desk, Means
from bot.handler import Job
from bot.model import HOUR
from bot.scan import day_of
from storage import settling

# a few milliseconds of the writing thread, then seconds in which it is left to what people wait for
FEW, PAUSE, PAUSE_IN_A_RUSH = 20, 0.03, 0.3


async def purge(means: Means, _: Desk) -> None:
    # whole days: a history is rounded to days that are past, and only when its events go
    before = day_of(means.now()) - means.settings.keep_scans_days
    gone = FEW
    while gone == FEW:
        gone = await means.db.write(settling.purge_before, before, FEW)
        await asyncio.sleep(PAUSE_IN_A_RUSH if means.rush.is_on() else PAUSE)


job = Job(purge, seconds=HOUR)
