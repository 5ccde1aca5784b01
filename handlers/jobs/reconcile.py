"""Fetch WeChat's own daily figures once they are there: from 08:00 in Shanghai on the next day, at most 7 days back.

https://developers.weixin.qq.com/doc/service/api/wedata/user/api_getusersummary
"""

import logging

from bot.context import Desk, Means
from bot.errors import WeChatError
from bot.handler import Job
from bot.model import DAY, HOUR, MINUTE
from bot.scan import day_of
from bot.wechat.client import WeChat
from bot.wechat.followers import OFFICIAL_DAYS_AT_ONCE
from storage import official

log = logging.getLogger(__name__)

READY = 8 * HOUR
# the account has no right to these figures; it may be given one
NOT_AUTHORIZED = 48001


async def reconcile(means: Means, _: Desk) -> None:
    for wechat in means.official_accounts.values():
        app_id, now = wechat.account.app_id, means.now()
        last = day_of(now - READY) - 1
        days = await means.db.read(official.wanted, app_id, last - OFFICIAL_DAYS_AT_ONCE + 1, last)
        is_ours = bool(days) and await means.db.write(official.claim, app_id, now, now + HOUR)
        if is_ours:
            await _fetch(means, wechat, days)


async def _fetch(means: Means, wechat: WeChat, days: list[int]) -> None:
    app_id = wechat.account.app_id
    try:
        told = await wechat.official_days(days[0], days[-1])
    except WeChatError as error:
        log.warning("no official figures of %s: %s %s", wechat.account.name, error.key, error.errcode)
        if error.errcode == NOT_AUTHORIZED:
            await means.db.write(official.put_off, app_id, means.now() + DAY)
    else:
        await means.db.write(official.keep, app_id, told, means.now())


job = Job(reconcile, seconds=5 * MINUTE)
