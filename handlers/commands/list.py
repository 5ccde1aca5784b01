"""`/wxqr list`: what is allocated, a page at a time."""

from dataclasses import dataclass, replace

from bot.card import entry
from bot.context import Context
from bot.errors import Usage
from bot.fields import account_name, option, word
from bot.grammar import command_text
from bot.handler import Subcommand
from bot.reading import OneOf, number, plain
from bot.reply import Button, Buttons, Note, Part, Reply, Text, say
from storage import allocations, listing
from storage.listing import Page, Search

PAGE = 8
KINDS = ("temp", "perm", "mine", "expiring")


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    which: str = word(OneOf(KINDS, or_else=True), "temp|perm|mine|expiring", verbatim=True, default="")
    text: str = word(plain, "TEXT", verbatim=True, default="")
    page: int = option(number, "N", hidden=True, default=1)
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Listed:
    wanted: List
    page: Page
    permanent_used: int


async def search(wanted: List, context: Context) -> Listed:
    wanted = _sorted_out(wanted)
    app_id = context.wechat.account.app_id
    page = await context.db.read(
        listing.search,
        Search(
            app_id=app_id,
            which=wanted.which,
            owner=context.caller.user_id,
            text=wanted.text,
            now=context.now(),
            limit=PAGE,
            offset=(wanted.page - 1) * PAGE,
        ),
    )
    return Listed(wanted, page, await context.db.read(allocations.permanent_used, app_id))


async def begin(wanted: List, _: Context) -> List:
    """Return what the form starts with: a word that is no kind is looked for."""
    return _sorted_out(wanted)


def listed(result: Listed) -> Reply:
    total = result.page.total
    counted = say("list.counted" if total else "list.nothing", total=total, used=result.permanent_used)
    entries = tuple(Text(entry(one)) for one in result.page.allocations)
    return Reply(counted, (Text(counted), *entries, *_paging(result)))


def _sorted_out(wanted: List) -> List:
    if not wanted.which or wanted.which in KINDS:
        return wanted
    if wanted.text:
        raise Usage("usage.word", typed=wanted.text, command="list")
    return replace(wanted, which="", text=wanted.which)


def _paging(result: Listed) -> tuple[Part, ...]:
    wanted, pages = result.wanted, -(-result.page.total // PAGE)
    if pages <= 1:
        return ()
    buttons = [
        Button(say(label), command_text(replace(wanted, page=wanted.page + step), "list"))
        for label, step in (("button.previous", -1), ("button.next", 1))
        if 1 <= wanted.page + step <= pages
    ]
    return (Note((say("list.page", page=wanted.page, pages=pages),)), Buttons(tuple(buttons)))


subcommand = Subcommand(List, search, listed, example="list expiring", local=lambda _: True, begins=begin)
