"""Delete events after WXQR_KEEP_SCANS_DAYS, a few at a time; the figures stay."""

from bot.context import Desk, Means
from bot.handler import Job
from bot.model import DAY, HOUR
from storage import scans

# a few milliseconds of the writing thread: what is being kept meanwhile waits no longer
AT_ONCE = 200


async def purge(means: Means, _: Desk) -> None:
    before = means.now() - means.settings.keep_scans_days * DAY
    while await means.db.write(scans.purge_before, before, AT_ONCE) == AT_ONCE:
        pass


job = Job(purge, seconds=HOUR)
