"""Count the people of the events that came since: first or returning, whose unfollow, how many scanners."""

from bot.context import Desk, Means
from bot.counting import when_there_is_time
from bot.handler import Job


async def settle(means: Means, _: Desk) -> None:
    await when_there_is_time(means.db, means.rush)


job = Job(settle, seconds=1)
