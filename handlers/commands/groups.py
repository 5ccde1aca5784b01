"""`/wxqr groups`: the account's follower groups (today: tags) with their sizes."""

from dataclasses import dataclass

from bot.context import Context
from bot.grammar import account_name
from bot.handler import Subcommand
from bot.model import Group
from bot.reply import Reply, Text, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    account: str = account_name()


async def ask(_: Groups, context: Context) -> list[Group]:
    return await context.wechat.groups()


def told(groups: list[Group]) -> Reply:
    counted = say("groups.counted" if groups else "groups.none", groups=len(groups))
    return Reply(counted, (Text(counted), *(Text(say("groups.entry", name=g.name, size=g.size)) for g in groups[:45])))


subcommand = Subcommand(Groups, ask, told, example="groups")
