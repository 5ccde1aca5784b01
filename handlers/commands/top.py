"""`/wxqr top`: the codes, people or channels that brought the most new followers."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.context import Context
from bot.counting import as_far_as_it_is_quick
from bot.fields import account_name, option, word
from bot.figures import HOURS, Sums, Uncounted, Window, changed, summed
from bot.grammar import command_text
from bot.handler import Subcommand
from bot.model import AppID
from bot.reading import one_of
from bot.reply import (
    Button,
    Buttons,
    Channel,
    Chart,
    ChartKind,
    Fact,
    Note,
    Part,
    Person,
    Reply,
    Series,
    Table,
    Text,
    say,
)
from bot.report import label, named, small_print, still_counting
from bot.scan import hour_of
from storage import choosing, figures, ownership, settling

DAYS = {"week": 7, "month": 30}
SHOWN = 20
CHARTED = 10
# so many codes are looked at to rank people and channels
LOOKED_AT = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    period: str = word(one_of("week", "month"), "week|month", default="week")
    by: str = option(one_of("code", "owner", "channel"), "owner|channel", label="form.rank_by", default="code")
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the leaderboard: who or what, of how many codes, now and in the days before.

    `before` are its new follows up to the same hour. `cell` is how a table shows it, `short` how a chart does,
    which mentions nobody.
    """

    who: Fact
    cell: Fact
    short: str
    codes: int
    now: Sums
    before: int


@dataclass(frozen=True, slots=True)
class Ranked:
    wanted: Top
    window: Window
    places: tuple[Place, ...]
    uncounted: Uncounted


async def rank(top: Top, context: Context) -> Ranked:
    await as_far_as_it_is_quick(context.db, context.means.rush)
    window = Window.of(DAYS[top.period], context.now())
    return await context.db.read(_read, top, context.wechat.account.app_id, window, context.now())


def _read(connection: sqlite3.Connection, top: Top, app_id: AppID, window: Window, now: int) -> Ranked:
    places = _places(connection, top.by, app_id, window, now)
    return Ranked(top, window, tuple(places), settling.uncounted(connection, (), window))


def _places(connection: sqlite3.Connection, by: str, app_id: AppID, window: Window, now: int) -> list[Place]:
    until = hour_of(now) - window.days * HOURS
    if by == "code":
        return _codes(connection, app_id, window, until)
    sums = figures.active(connection, app_id, window.first, window.last, LOOKED_AT)
    before = figures.follows_before(connection, app_id, window.before, until)
    holders = ownership.holders(connection, app_id, now)
    if by == "owner":
        return _grouped(sums, before, {scene: holder.owner for scene, holder in holders.items()}, Person)
    return _grouped(sums, before, {scene: holder.channel_id for scene, holder in holders.items()}, Channel)


def _codes(connection: sqlite3.Connection, app_id: AppID, window: Window, until: int) -> list[Place]:
    now = figures.leaders(connection, app_id, window.first, window.last, SHOWN)
    codes = [choosing.described(connection, app_id, scene) for scene in now]
    before = figures.follows_before(connection, app_id, window.before, until, list(now)) if now else {}
    return [
        Place(named(code), label(code), code.name or code.scene, 1, now[code.scene], before.get(code.scene, 0))
        for code in codes
    ]


def _grouped(
    now: dict[str, Sums], before: dict[str, int], whose: dict[str, str], shown: Callable[[str], Fact]
) -> list[Place]:
    groups: dict[str, list[str]] = {}
    for scene in dict.fromkeys([*now, *before]):
        groups.setdefault(whose.get(scene, ""), []).append(scene)
    places = [
        Place(
            who := shown(group) if group else say("top.external"),
            who,
            "",
            sum(scene in now for scene in scenes),
            summed(now.get(scene, Sums()) for scene in scenes),
            sum(before.get(scene, 0) for scene in scenes),
        )
        for group, scenes in groups.items()
    ]
    active = [place for place in places if not place.now.is_nothing]
    return sorted(active, key=lambda place: (-place.now.follows, -place.now.scans))[:SHOWN]


def ranked(result: Ranked) -> Reply:
    top = result.wanted
    headline = say(f"top.title.{top.by}", days=result.window.days)
    if not result.places:
        return Reply(headline, (Text(headline), Text(say("top.nothing")), Buttons(tuple(_buttons(top)))))
    lines = tuple(
        Text(say("top.line", place=number, who=place.who, follows=place.now.follows, scans=place.now.scans))
        for number, place in enumerate(result.places[:3], 1)
    )
    drawn = (_chart(result), _table(result), *_notes(result))
    return Reply(headline, (Text(headline), *lines, *drawn, Buttons(tuple(_buttons(top)))))


def _notes(result: Ranked) -> tuple[Part, ...]:
    counting = still_counting(result.uncounted)
    return (*((Note(counting),) if counting else ()), small_print(result.window))


def _chart(result: Ranked) -> Part:
    shown = result.places[:CHARTED]
    follows = Series(say("stats.column.follows"), tuple(place.now.follows for place in shown))
    net = Series(say("stats.column.net"), tuple(place.now.net for place in shown))
    return Chart(
        say("top.chart"),
        ChartKind.BAR,
        tuple(f"{n}. {place.short}".strip() for n, place in enumerate(shown, 1)),
        (follows, net),
    )


def _table(result: Ranked) -> Table:
    of_codes = result.wanted.by == "code"
    head = ("place", result.wanted.by, *(() if of_codes else ("codes",)), "scans", "follows", "net", "change")
    rows = tuple(
        (n, one.cell, *(() if of_codes else (one.codes,)), one.now.scans, one.now.follows, one.now.net, _change(one))
        for n, one in enumerate(result.places, 1)
    )
    return Table(say("top.table"), tuple(say(f"stats.column.{name}") for name in head), rows)


def _change(place: Place) -> Fact:
    return changed(place.now.follows, place.before)


def _buttons(top: Top) -> list[Button]:
    ways = {
        "top.button.code": replace(top, by="code"),
        "top.button.owner": replace(top, by="owner"),
        "top.button.channel": replace(top, by="channel"),
        "top.button.month": replace(top, period="month"),
    }
    return [Button(say(label), command_text(other, "top")) for label, other in ways.items() if other != top]


subcommand = Subcommand(Top, rank, ranked, example="top month --by owner")
