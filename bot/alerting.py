"""On-call is told of each trouble once, and once that it is over, however many bots there are."""

from bot.context import Desk, Means
from bot.reply import Reply
from storage import alerts


async def has_begun(means: Means, trouble: str) -> bool:
    """Note that it is there; True for whoever noted it first, who tells. Without a channel to tell it in, none does."""
    return bool(means.settings.alert_channel) and await means.db.write(alerts.begin, trouble, means.now())


async def tell(means: Means, desk: Desk, reply: Reply, *troubles: str) -> None:
    """Tell that these have begun, or are over, as it was noted just now.

    Where Slack cannot be reached nobody was told: that is noted, and whoever sees them next tells.
    """
    if not await desk.alert(reply):
        await means.db.write(alerts.take_back, troubles)
