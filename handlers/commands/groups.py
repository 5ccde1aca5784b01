"""`/wxqr groups`: the account's follower groups (today: tags) with their sizes."""

from dataclasses import dataclass

from bot.context import Context
from bot.fields import account_name
from bot.handler import Subcommand
from bot.model import Group
from bot.reply import Note, Part, Reply, Text, say

# a message has 50 blocks: https://docs.slack.dev/reference/block-kit/blocks
SHOWN = 45


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    account: str = account_name()


async def ask(_: Groups, context: Context) -> list[Group]:
    return await context.wechat.groups()


def told(groups: list[Group]) -> Reply:
    counted = say("groups.counted" if groups else "groups.none", groups=len(groups))
    entries = (Text(say("groups.entry", name=group.name, size=group.size)) for group in groups[:SHOWN])
    return Reply(counted, (Text(counted), *entries, *_left_out(groups)))


def _left_out(groups: list[Group]) -> tuple[Part, ...]:
    if len(groups) <= SHOWN:
        return ()
    return (Note((say("groups.largest", shown=SHOWN, groups=len(groups)),)),)


subcommand = Subcommand(Groups, ask, told, example="groups")
