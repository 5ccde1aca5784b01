"""`/wxqr unbind`: the caller's WeChat is bound no more."""

import sqlite3
from dataclasses import dataclass

from bot import binding
from bot.context import Context
from bot.errors import NotFound
from bot.fields import account_name
from bot.handler import Subcommand
from bot.reply import Fact, Reply, Text, say
from storage import bindings


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbind:
    account: str = account_name()


async def unbind(_: Unbind, context: Context) -> Fact:
    where = binding.where(context.wechat.account.name, context.means.official_accounts)
    await context.db.write(_unbound, context, where)
    return where


def _unbound(connection: sqlite3.Connection, context: Context, where: Fact) -> None:
    account, caller = context.wechat.account, context.caller
    found = bindings.of_user(connection, account.app_id, caller.team_id, caller.user_id)
    if found is None:
        raise NotFound("not_found.binding", choices=[("button.bind", "bind")], where=where)
    binding.end(connection, found, context.means.settings, context.now(), why="unbound")


def unbound(where: Fact) -> Reply:
    headline = say("unbind.done", where=where)
    return Reply(headline, (Text(headline),))


subcommand = Subcommand(Unbind, unbind, unbound, example="unbind")
