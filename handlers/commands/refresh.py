"""`/wxqr refresh`: force a new access token. Operators only; WeChat allows it 20 times a day, 30 s apart.

https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
"""

import sqlite3
from dataclasses import dataclass

from bot.context import Context
from bot.errors import Conflict
from bot.fields import account_name
from bot.handler import Subcommand
from bot.model import DAY
from bot.reply import Reply, Span, Text, say
from storage import tokens

APART = 30
A_DAY = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Refreshed:
    seconds_left: int
    forced_today: int


async def refresh(_: Refresh, context: Context) -> Refreshed:
    app_id, now, keeper = context.wechat.account.app_id, context.now(), context.wechat.tokens
    is_new = await context.db.write(_count_one_more, app_id, context.caller.user_id, now, context.request_id)
    # a request that is taken up again, because Slack did not take its answer, forces nothing again
    token = await (keeper.force() if is_new else keeper.current())
    forced = await context.db.read(tokens.forced_since, app_id, now - DAY)
    return Refreshed(token.seconds_left(context.now()), len(forced))


def refreshed(result: Refreshed) -> Reply:
    done = say("refresh.done", left=Span(result.seconds_left), forced=result.forced_today, a_day=A_DAY)
    return Reply(done, (Text(done),))


def _count_one_more(connection: sqlite3.Connection, app_id: str, user_id: str, now: int, request_id: str) -> bool:
    if tokens.was_forced_by(connection, app_id, request_id):
        return False
    forced = tokens.forced_since(connection, app_id, now - DAY)
    if forced and now - forced[0] < APART:
        raise Conflict("conflict.refresh_soon", wait=APART - (now - forced[0]))
    if len(forced) >= A_DAY:
        raise Conflict("conflict.refresh_often", a_day=A_DAY)
    tokens.force(connection, app_id, user_id, now, request_id)
    return True


subcommand = Subcommand(Refresh, refresh, refreshed, example="refresh", operators_only=True)
