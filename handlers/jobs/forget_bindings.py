"""Forget requests for a binding after a day, and what other systems were told after a week."""

from bot.context import Desk, Means
from bot.handler import Job
from bot.model import DAY, HOUR
from storage import bindings, outbox

REQUESTS, TOLD = DAY, 7 * DAY


async def forget(means: Means, _: Desk) -> None:
    await means.db.write(bindings.forget_before, means.now() - REQUESTS)
    await means.db.write(outbox.forget_before, means.now() - TOLD)


job = Job(forget, seconds=HOUR)
