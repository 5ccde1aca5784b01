"""Send the further messages of welcomes: within their minute, three a person at most, and none twice.

https://developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages.html
"""

import asyncio
import json
import logging
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable

from bot.context import Desk, Means
from bot.errors import WeChatError
from bot.handler import Job
from bot.model import AppID
from bot.wechat.client import WeChat
from bot.welcomes import MOST_FURTHER, message
from storage import errands
from storage.errands import Errand

log = logging.getLogger(__name__)

# what a death between taking and sending may lose
AT_ONCE = 50


async def send(means: Means, _: Desk) -> None:
    accounts = {wechat.account.app_id: wechat for wechat in means.official_accounts.values()}
    while taken := await means.db.write(_take, means):
        refused = await asyncio.gather(*(_send_to(accounts, few) for few in _by_person(taken)))
        if trouble := Counter(key for keys in refused for key in keys):
            log.warning("further messages that were not delivered: %s", dict(trouble))


def _take(connection: sqlite3.Connection, means: Means) -> list[Errand]:
    """Take what is due out of the table before it is sent: a message that comes twice is worse than none."""
    taken = errands.take(connection, "message", means.owner, means.is_alive, means.now(), AT_ONCE)
    errands.settle(connection, taken)
    return taken


def _by_person(taken: Iterable[Errand]) -> list[list[Errand]]:
    people: defaultdict[bytes, list[Errand]] = defaultdict(list)
    for errand in taken:
        people[errand.person].append(errand)
    return [few[-MOST_FURTHER:] for few in people.values()]


async def _send_to(accounts: dict[AppID, WeChat], few: list[Errand]) -> list[str]:
    """Send one person's messages in their order; return why some were refused (45015, 45047: WeChat's window)."""
    refused = []
    for errand in few:
        wechat = accounts.get(errand.app_id)
        if wechat is None:
            continue
        try:
            await wechat.send(errand.open_id, message(json.loads(errand.detail)))
        except WeChatError as error:
            refused.append(error.key)
    return refused


job = Job(send, seconds=1)
