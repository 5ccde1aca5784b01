"""Bring the figures up to what is kept: people are counted right after their events, a few at a time."""

import asyncio

from bot import metrics
from bot.rush import Rush
from storage import settling
from storage.database import Database

# a millisecond of the writing thread: what is being kept meanwhile waits no longer
FEW = 40
# where very many wait, more at once: each commit waits for the disk
MANY, SO_MANY = 200, 5_000
# seconds until the next few: what came meanwhile is kept first
PAUSE = 0.02
# however fast scans come, no more than these wait to be counted
MOST_WAITING = 100_000
# so many are counted while somebody waits for an answer, which takes a quarter of a second; in a rush only so many
MOST_WAITED_FOR, IN_A_RUSH = 2_000, 200


async def up_to_date(db: Database) -> None:
    """Return when all that was kept before is counted."""
    await _count(db, await db.read(settling.unsettled))


async def as_far_as_it_is_quick(db: Database, rush: Rush) -> None:
    """Count what waits, for an answer, unless it is a crowd: then the answer says how many are left out."""
    waiting = await db.read(settling.unsettled)
    if waiting <= (IN_A_RUSH if rush.is_on() else MOST_WAITED_FOR):
        await _count(db, waiting)


async def when_there_is_time(db: Database, rush: Rush) -> None:
    """Count what waits, but give way to scans that come in crowds."""
    waiting = await db.read(settling.unsettled)
    metrics.unsettled(waiting)
    while waiting > 0 and (waiting > MOST_WAITING or not rush.is_on()):
        waiting -= await _count_some(db, waiting)
        if waiting <= MOST_WAITING:
            await asyncio.sleep(PAUSE)


async def _count(db: Database, waiting: int) -> None:
    while waiting > 0:
        waiting -= await _count_some(db, waiting)


async def _count_some(db: Database, waiting: int) -> int:
    """Count a few, and return how many were looked at: more than are left where another process counts along."""
    at_once = MANY if waiting > SO_MANY else FEW
    await db.write(settling.settle, at_once)
    return at_once
