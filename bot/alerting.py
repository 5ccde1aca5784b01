"""On-call is told of each trouble once, and once that it is over, however many bots there are."""

from bot.context import Desk, Means
from bot.reply import Reply
from storage import alerts


async def tell(means: Means, desk: Desk, reply: Reply, *troubles: str) -> None:
    """Tell that these have begun, or are over, as it was noted just now.

    Where Slack cannot be reached nobody was told: that is noted, and whoever sees them next tells.
    """
    if not await desk.alert(reply):
        await means.db.write(alerts.take_back, troubles)
