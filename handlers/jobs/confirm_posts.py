"""Look whether Slack shows the files it took."""

from bot.context import Desk, Means
from bot.handler import Job


async def confirm(_: Means, desk: Desk) -> None:
    await desk.confirm()


job = Job(confirm, seconds=3)
