"""Delete events after WXQR_KEEP_SCANS_DAYS, a few at a time, and the seconds of people's histories; figures stay."""

from bot.context import Desk, Means
from bot.handler import Job
from bot.model import HOUR
from bot.scan import day_of
from storage import settling

# a few milliseconds of the writing thread: what is being kept meanwhile waits no longer
AT_ONCE = 100


async def purge(means: Means, _: Desk) -> None:
    # whole days: a history is rounded to days that are past, and only when its events go
    before = day_of(means.now()) - means.settings.keep_scans_days
    while await means.db.write(settling.purge_before, before, AT_ONCE) == AT_ONCE:
        pass


job = Job(purge, seconds=HOUR)
