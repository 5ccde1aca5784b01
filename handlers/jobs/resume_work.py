"""Take up the commands that wait for Slack, and those a dead process left behind."""

from bot.context import Desk, Means
from bot.handler import Job


async def resume(_: Means, desk: Desk) -> None:
    await desk.resume()


job = Job(resume, seconds=2)
