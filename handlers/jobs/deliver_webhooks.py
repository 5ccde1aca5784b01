"""Tell the other system what waits in the outbox: at least once each, under the same id, in no promised order.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability
"""

import asyncio
import random
import sqlite3

from bot import alerting
from bot.context import Desk, Means
from bot.handler import Job
from bot.model import HOUR, MINUTE
from bot.outgoing import GONE, Outgoing
from bot.reply import Reply, say
from storage import alerts, outbox
from storage.outbox import Dispatch

AT_ONCE = 20
# seconds before each further try, as the standard proposes: three days in all
PAUSES = (5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
# so that what failed together does not come back together
JITTER = 0.2
TROUBLES = GIVEN_BACK, GIVEN_UP = "webhook.gone", "webhook.given_up"


async def deliver(means: Means, desk: Desk) -> None:
    outgoing = means.outgoing
    while outgoing and not outgoing.is_gone and await means.db.read(outbox.is_due, means.now()):
        taken = await means.db.write(outbox.take, means.owner, means.is_alive, means.now(), AT_ONCE)
        if not taken:
            return  # another process has them
        await asyncio.gather(*(_deliver(means, desk, outgoing, one) for one in taken))


async def _deliver(means: Means, desk: Desk, outgoing: Outgoing, one: Dispatch) -> None:
    status = await outgoing.post(one.id, means.now(), one.body)
    now = means.now()
    if status // 100 == 2:  # noqa: PLR2004 - HTTP's "it is done"
        if over := await means.db.write(_delivered, one, status, now):
            await alerting.tell(means, desk, Reply(say("alert.webhook_healed")), *over)
    elif status == GONE:
        await means.db.write(outbox.give_back, one.id)
        if await alerting.has_begun(means, GIVEN_BACK):
            await alerting.tell(means, desk, Reply(say("alert.webhook_gone")), GIVEN_BACK)
    elif one.tries < len(PAUSES):
        await means.db.write(outbox.postpone, one.id, str(status), now + _pause(one.tries))
    else:
        await means.db.write(outbox.close, one.id, str(status), now)
        if await alerting.has_begun(means, GIVEN_UP):
            told = Reply(say("alert.webhook_given_up", id=one.id, status=str(status or "–")))
            await alerting.tell(means, desk, told, GIVEN_UP)


def _pause(tries: int) -> int:
    return round(PAUSES[tries] * random.uniform(1, 1 + JITTER))  # noqa: S311 - a pause is no secret


def _delivered(connection: sqlite3.Connection, one: Dispatch, status: int, now: int) -> list[str]:
    """Return the troubles that are over with it."""
    outbox.close(connection, one.id, str(status), now)
    return [trouble for trouble in TROUBLES if alerts.end(connection, trouble) is not None]


job = Job(deliver, seconds=1)
