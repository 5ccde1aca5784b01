"""Forget requests for a binding after a day, and what other systems were told after a week."""

from bot.context import Desk, Means
from bot.handler import Job
from bot.model import DAY, HOUR
from storage import bindings, outbox

REQUESTS, TOLD = DAY, 7 * DAY
# a few milliseconds of the writing thread: what is being kept meanwhile waits no longer
AT_ONCE = 200


async def forget(means: Means, _: Desk) -> None:
    await means.db.write(bindings.forget_before, means.now() - REQUESTS)
    while await means.db.write(outbox.forget_before, means.now() - TOLD, AT_ONCE) == AT_ONCE:
        pass


job = Job(forget, seconds=HOUR)
