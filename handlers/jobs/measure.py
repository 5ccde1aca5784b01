"""Tell Prometheus what has to be looked up: tokens, permanent codes, what waits."""

from bot import metrics
from bot.context import Desk, Means
from bot.handler import Job
from storage import allocations, inbox, tokens


async def measure(means: Means, _: Desk) -> None:
    metrics.waiting(await means.db.read(inbox.waiting))
    for name, wechat in means.official_accounts.items():
        app_id = wechat.account.app_id
        token = await means.db.read(tokens.find, app_id)
        if token:
            metrics.token_left(name, max(0, token.expires_at - means.now()))
        metrics.permanent_codes(name, await means.db.read(allocations.permanent_used, app_id))


job = Job(measure, seconds=15)
