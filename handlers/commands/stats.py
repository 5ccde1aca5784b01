"""`/wxqr stats`: which code brought whom. The words are defined in docs/METRICS.md."""

import sqlite3
from dataclasses import dataclass, replace

from bot.context import Context
from bot.counting import as_far_as_it_is_quick
from bot.errors import Usage
from bot.fields import account_name, flag, option, several_words
from bot.figures import Chosen, Statistics
from bot.grammar import command_text, written
from bot.handler import FORM, Subcommand
from bot.reading import channel, days, one_of, pattern, person
from bot.reply import Button, Buttons, Channel, Fact, Note, Part, Person, Reply, Sentence, Share, say
from bot.report import (
    best_hour,
    change,
    charted,
    comparison,
    course,
    hours,
    kept,
    kept_of,
    named,
    paragraphs,
    small_print,
    stayed_by_bin,
    still_counting,
    sums,
    table,
    triangle,
    weeks,
)
from storage import official, statistics
from storage.choosing import Choice
from storage.statistics import Wanted

# as long as it takes until people are known to stay 30 days, and as many days of such people
RETENTION_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    scenes: tuple[str, ...] = several_words(pattern, "SCENE")
    days: int = option(days, "14", default=14)
    by: str = option(one_of("hour", "day", "week"), "hour|day|week", default="day")
    owner: str = option(person, "@person", default="")
    channel: str = option(channel, "#channel", label="form.asked_in", default="")
    retention: bool = flag()
    account: str = account_name()

    def __post_init__(self) -> None:
        """Refuse both codes and whose they are."""
        if self.scenes and (self.owner or self.channel):
            raise Usage("usage.scenes_or_whose", field="scenes")


@dataclass(frozen=True, slots=True)
class Counted:
    wanted: Stats
    statistics: Statistics
    quality: Share | None


async def count(stats: Stats, context: Context) -> Counted:
    await as_far_as_it_is_quick(context.db, context.means.rush)
    app_id = context.wechat.account.app_id
    choice = Choice(app_id, stats.scenes, stats.owner, stats.channel)
    return await context.db.read(_read, stats, choice, context.now())


def _read(connection: sqlite3.Connection, stats: Stats, choice: Choice, now: int) -> Counted:
    wanted = Wanted(choice, stats.days, now, by_hour=stats.by == "hour", by_cohort=stats.retention)
    gathered, window = statistics.gather(connection, wanted), wanted.window
    return Counted(stats, gathered, official.quality(connection, choice.app_id, window.first, window.last))


def counted(result: Counted) -> Reply:
    found = result.statistics
    title = _title(result)
    if not found.scenes:
        return Reply(title, paragraphs(title, say("stats.no_codes")))
    happened = _quiet(found) if found.total.is_nothing else (*paragraphs(*_told(found)), *_drawn(result))
    parts = (*paragraphs(title), *happened, *_small_print(result), Buttons(tuple(_buttons(result))))
    return Reply(title, parts)


def _quiet(found: Statistics) -> tuple[Part, ...]:
    never = not any(found.scenes.values())
    stayed = (kept(found.stayed),) if found.stayed else ()
    return paragraphs(say("stats.never" if never else "stats.nothing"), *stayed)


def _told(found: Statistics) -> list[Sentence]:
    told = [
        sums(found),
        change(found),
        kept(found.stayed),
    ]
    return [*told, say("stats.lost", people=found.lost)] if found.lost else told


def _title(result: Counted) -> Sentence:
    codes, days = result.statistics.codes, result.statistics.window.days
    if len(codes) == 1 and not _asked_for(result.wanted):
        return say("stats.title.one", code=named(codes[0]), days=days)
    return say(
        "stats.title.many",
        what=_asked_for(result.wanted) or say("stats.all"),
        codes=len(result.statistics.scenes),
        days=days,
    )


def _asked_for(wanted: Stats) -> Fact | None:
    """Return what the codes have in common, in the words they were asked for."""
    if wanted.owner or wanted.channel:
        return Person(wanted.owner) if wanted.owner else Channel(wanted.channel)
    is_one = len(wanted.scenes) == 1 and not wanted.scenes[0].endswith("*")
    return None if is_one or not wanted.scenes else say("stats.code", scene=" ".join(wanted.scenes))


def _drawn(result: Counted) -> tuple[Part, ...]:
    found, several = result.statistics, len(result.statistics.scenes) != 1
    tables = (table(found),) if several else ()
    if result.wanted.retention:
        who_stayed = triangle(found, _about(result))
        return (*tables, who_stayed, stayed_by_bin(who_stayed))
    if result.wanted.by == "hour":
        return (
            *paragraphs(best_hour(found)),
            *tables,
            *charted(hours(found, say("stats.chart.hours", what=_about(result), days=found.window.days))),
        )
    if several:
        return (*charted(comparison(found, result.wanted.by)), *tables)
    if result.wanted.by == "week":
        return charted(weeks(found, say("stats.chart.weeks", what=_about(result))))
    return charted(course(found, say("stats.chart.days", what=_about(result))))


def _about(result: Counted) -> Fact:
    """Return what a picture is of, for whoever sees it alone; a code's name is enough, as titles have little room."""
    codes = result.statistics.codes
    if len(codes) == 1:
        return codes[0].name or codes[0].scene
    return say("stats.many", codes=len(result.statistics.scenes))


def _small_print(result: Counted) -> tuple[Part, ...]:
    found = result.statistics
    notes = [*still_counting(found.uncounted)]
    if found.stayed:
        notes.append(kept_of(found))
    if len(found.scenes) > len(found.codes):
        notes.append(say("stats.cut", codes=len(found.scenes), most=len(found.codes)))
    if any(code.is_external and not code.is_invalid for code in found.codes):
        notes.append(say("stats.external"))
    if result.quality:
        notes.append(say("stats.quality", share=result.quality))
    return (*((Note(tuple(notes)),) if notes else ()), small_print(found.window))


def _buttons(result: Counted) -> list[Button]:
    wanted, account = result.wanted, result.wanted.account
    ways = {
        "stats.button.month": replace(wanted, days=30, by="day", retention=False),
        "stats.button.hours": replace(wanted, by="hour", retention=False),
        "stats.button.retention": replace(wanted, days=max(wanted.days, RETENTION_DAYS), retention=True),
    }
    every = [(label, command_text(other, "stats")) for label, other in ways.items() if other != wanted]
    if len(wanted.scenes) == 1 and not wanted.scenes[0].endswith("*"):
        every += _ways_with(result.statistics.codes[0], account)
    return [Button(say(label), command) for label, command in every]


def _ways_with(code: Chosen, account: str) -> list[tuple[str, str]]:
    """Return what can be done with one code: whoever adopts a scene is asked for its name."""
    ways = [] if account else [("stats.button.watch", f"watch {code.scene}")]
    if code.is_external and not code.is_invalid:
        of = ("--account", written(account)) if account else ()
        ways.append(("adopt.button", " ".join((FORM, "adopt", code.scene, *of))))
    return ways


subcommand = Subcommand(Stats, count, counted, example="stats campaign-x --days 30")
