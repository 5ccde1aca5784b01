"""`/wxqr whoami`: whether the caller's WeChat is bound to them, since when, by which account."""

from dataclasses import dataclass

from bot.binding import where
from bot.context import Context
from bot.fields import account_name
from bot.grammar import written
from bot.handler import Subcommand
from bot.reply import Button, Buttons, Fact, Moment, Reply, Text, say
from storage import bindings
from storage.bindings import Binding


@dataclass(frozen=True, slots=True, kw_only=True)
class Whoami:
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Found:
    binding: Binding | None
    account: str
    where: Fact


async def look_up(_: Whoami, context: Context) -> Found:
    account, caller = context.wechat.account, context.caller
    binding = await context.db.read(bindings.of_user, account.app_id, caller.team_id, caller.user_id)
    return Found(binding, account.name, where(account.name, context.means.official_accounts))


def found(result: Found) -> Reply:
    named = f" --account {written(result.account)}"
    if result.binding is None:
        headline = say("whoami.nobody", where=result.where)
        way = Button(say("button.bind"), f"bind{named}", primary=True)
    else:
        headline = say("whoami.bound", where=result.where, since=Moment(result.binding.bound_at))
        way = Button(say("button.unbind"), f"unbind{named}", confirm=say("unbind.confirm"))
    return Reply(headline, (Text(headline), Buttons((way,))))


subcommand = Subcommand(Whoami, look_up, found, example="whoami", local=lambda _: True)
