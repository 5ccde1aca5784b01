"""`/wxqr bind`: a code for one scan, for the caller alone; whoever scans it is bound to them once they confirm.

It is kept apart from the allocations: it belongs to no campaign, and would fill `list` and `top` with what lives for
five minutes; and its scene is what a confirmation hangs on, which is nobody else's business.
"""

import secrets
from dataclasses import dataclass, replace

from bot import binding
from bot.context import Context
from bot.fields import account_name, option
from bot.grammar import written
from bot.handler import Subcommand
from bot.mint import picture_of_ticket
from bot.model import Scene
from bot.reading import plain
from bot.reply import Button, Buttons, Fact, Moment, Note, Picture, Reply, Text, say
from bot.scan import BINDING
from storage import bindings
from storage.bindings import Binding, Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Bind:
    confirm: str = option(plain, "SCENE", hidden=True, default="")
    refuse: str = option(plain, "SCENE", hidden=True, default="")
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Offered:
    picture: Picture
    ends_at: int


@dataclass(frozen=True, slots=True)
class Bound:
    account: str
    where: Fact
    bound_at: int
    was_so: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    account_option: str


async def bind(wanted: Bind, context: Context) -> Offered | Bound | Refused:
    if wanted.refuse:
        app_id = await context.db.write(binding.refuse, wanted.refuse, context.caller)
        return Refused(binding.same_account(context.means.name_of(app_id), context.means.official_accounts))
    if wanted.confirm:
        made = await context.db.write(binding.confirm, wanted.confirm, context.caller, context.now())
        return _bound(context, context.means.name_of(made.app_id), made)
    return await _offer(context)


async def _offer(context: Context) -> Offered | Bound:
    caller, account = context.caller, context.wechat.account
    there_is = await context.db.read(bindings.of_user, account.app_id, caller.team_id, caller.user_id)
    if there_is:
        return replace(_bound(context, account.name, there_is), was_so=True)
    scene, now = Scene(BINDING + secrets.token_urlsafe(9)), context.now()
    ticket = await context.wechat.create_code(scene, binding.LIVES)
    ends_at = ticket.expires_at or now + binding.LIVES.seconds
    who = (account.app_id, caller.team_id, caller.user_id, context.channel_id)
    request = Request(scene.text, *who, asked_at=now, ends_at=ends_at, language=caller.language)
    await context.db.write(bindings.ask, request)
    return Offered(await picture_of_ticket(context, scene, ticket), ends_at)


def _bound(context: Context, account: str, made: Binding) -> Bound:
    return Bound(account, binding.where(account, context.means.official_accounts), made.bound_at)


def said(result: Offered | Bound | Refused) -> Reply:
    match result:
        case Offered(picture, ends_at):
            headline = say("bind.offered", until=Moment(ends_at))
            return Reply(headline, (Text(headline), Note((say("bind.how"),))), picture=picture)
        case Bound(account, where, bound_at, was_so):
            headline = say("bind.was_done" if was_so else "bind.done", where=where, since=Moment(bound_at))
            unbind = Button(say("button.unbind"), f"unbind --account {written(account)}", confirm=say("unbind.confirm"))
            return Reply(headline, (Text(headline), Buttons((unbind,))))
        case Refused(account_option):
            headline = say("bind.refused")
            return Reply(headline, (Text(headline), Buttons((Button(say("button.bind"), f"bind{account_option}"),))))


subcommand = Subcommand(Bind, bind, said, example="bind")
