"""`/wxqr list`: what is allocated, a page at a time."""

from dataclasses import dataclass, replace

from bot.card import until
from bot.context import Context
from bot.errors import Usage
from bot.grammar import account_name, command_text, option, word
from bot.handler import Subcommand
from bot.model import Allocation, State
from bot.reading import number, plain
from bot.reply import Button, Buttons, Note, Part, Person, Reply, Sentence, Text, say
from storage import allocations, listing
from storage.listing import Page, Search

PAGE = 8
KINDS = ("temp", "perm", "mine", "expiring")


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    which: str = word(plain, "temp|perm|mine|expiring", default="")
    text: str = word(plain, "TEXT", default="")
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


def listed(result: Listed) -> Reply:
    total = result.page.total
    counted = say("list.counted" if total else "list.nothing", total=total, used=result.permanent_used)
    entries = tuple(Text(_entry(one)) for one in result.page.allocations)
    return Reply(counted, (Text(counted), *entries, *_paging(result)))


def _sorted_out(wanted: List) -> List:
    if not wanted.which or wanted.which.lower() in KINDS:
        return replace(wanted, which=wanted.which.lower())
    if wanted.text:
        raise Usage("usage.word", typed=wanted.text, command="list")
    return replace(wanted, which="", text=wanted.which)


def _entry(one: Allocation) -> Sentence:
    return say(
        f"list.entry.{'unknown' if one.state is State.UNKNOWN else one.kind}",
        scene=one.scene.text,
        name=one.name or "–",
        owner=Person(one.owner),
        until=until(one),
    )


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


subcommand = Subcommand(List, search, listed, example="list expiring", local=lambda _: True)
