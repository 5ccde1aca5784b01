"""Fetch each account's next access token ahead of its end, while the old one still serves; tell on-call of trouble."""

import asyncio

from bot import alerting
from bot.context import Desk, Means
from bot.errors import WeChatError
from bot.handler import Job, refused
from bot.reply import Button, Buttons, Moment, Reply, Text, say
from bot.wechat.client import WeChat
from storage import alerts


async def refresh(means: Means, desk: Desk) -> None:
    await asyncio.gather(*(_refresh_one(means, desk, wechat) for wechat in means.official_accounts.values()))


async def _refresh_one(means: Means, desk: Desk, wechat: WeChat) -> None:
    trouble = f"token:{wechat.account.app_id}"
    try:
        lasts = await wechat.tokens.refresh_ahead()
    except WeChatError as error:
        if await alerting.has_begun(means, trouble):
            await alerting.tell(means, desk, _broken(wechat.account.name, error), trouble)
    else:
        began_at = await means.db.write(alerts.end, trouble) if lasts else None
        if began_at is not None:
            healed = say("alert.token_healed", account=wechat.account.name, since=Moment(began_at))
            await alerting.tell(means, desk, Reply(healed), trouble)


def _broken(account: str, error: WeChatError) -> Reply:
    headline = say("alert.token_broken", account=account)
    status = Buttons((Button(say("button.status"), "status"),))
    return Reply(headline, (Text(headline), *refused(error).parts, status))


job = Job(refresh, seconds=30)
