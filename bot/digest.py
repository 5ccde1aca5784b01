"""A digest: when it is due, which days it is about, how it is said. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, count

from bot.card import entry
from bot.figures import WEEK, Chosen, Sums, Window, changed, date_of, full_date_of, signed, summed
from bot.grammar import written
from bot.model import Allocation
from bot.reply import (
    Button,
    Buttons,
    Chart,
    ChartKind,
    Fact,
    Note,
    Part,
    Reply,
    Sentence,
    Series,
    Share,
    Table,
    Text,
    say,
)
from bot.report import charted, label, named

DAILY, WEEKLY = "daily", "weekly"
# it is sent at nine; where no bot was alive then, until nine in the evening
HOUR_OF_ISSUE, LAST_HOUR = 9, 21
MONDAY = 0
TOP = 5
_FIRST_DAY = date(1970, 1, 1).toordinal()


def issue(rhythm: str, local: datetime) -> int | None:
    """Return the number of the day whose digest may be sent at this local time; None where none may."""
    is_day = rhythm == DAILY or local.weekday() == MONDAY
    return _number(local) if is_day and HOUR_OF_ISSUE <= local.hour < LAST_HOUR else None


def already(local: datetime) -> int:
    """Return the number of the last day whose digest somebody who wants one from now on does not expect any more."""
    return _number(local) if local.hour >= HOUR_OF_ISSUE else _number(local) - 1


def next_issue(rhythm: str, sent_for: int, local: datetime) -> datetime:
    """Return when the digest after that of day `sent_for` is due: at nine, or now where today's is still to come."""
    mornings = ((local + timedelta(days=days)).replace(hour=HOUR_OF_ISSUE, minute=0, second=0) for days in count(1))
    today = local.replace(hour=HOUR_OF_ISSUE, minute=0, second=0) if local.hour < HOUR_OF_ISSUE else local
    dates = ((at, issue(rhythm, at)) for at in chain((today,), mornings))
    return next(at for at, day in dates if day is not None and day > sent_for)


def window(rhythm: str, day: int) -> Window:
    """Return the days that a digest of `day` is about: yesterday, or the seven days before."""
    return Window(day - (1 if rhythm == DAILY else WEEK), day - 1)


@dataclass(frozen=True, slots=True)
class Digest:
    """What happened to an account's codes: `best` are those with the most new follows, `expiring` end within 7 days."""

    account: str
    rhythm: str
    window: Window
    by_day: Mapping[int, Sums]
    before: Sums
    best: tuple[tuple[Chosen, Sums], ...]
    expiring: tuple[Allocation, ...]
    expiring_in_all: int
    quality: Share | None
    repaired: Share
    external: Share

    @property
    def total(self) -> Sums:
        """The sums over all its days."""
        return summed(self.by_day.values())


def dates(window: Window) -> Fact:
    """Say some days by the first and the last, or the one there is."""
    first, last = full_date_of(window.first), full_date_of(window.last)
    return first if first == last else say("dates", first=first, last=last)


def digested(digest: Digest, *, is_named: bool) -> Reply:
    """Return the post; `is_named`: it says of which official account, for there are several."""
    headline = _headline(digest, ".named" if is_named else "")
    best, drawn, end = _best(digest), _drawn(digest), _end(digest, is_named=is_named)
    return Reply(headline, (Text(headline), *_totals(digest), *best, *drawn, *_expiring(digest), *end))


def _headline(digest: Digest, named: str) -> Sentence:
    return say(
        f"digest.headline.{digest.rhythm}{named}",
        account=digest.account,
        dates=dates(digest.window),
        scans=digest.total.scans,
        follows=digest.total.follows,
    )


def _totals(digest: Digest) -> tuple[Part, ...]:
    total, before = digest.total, digest.before
    sums = say(
        "digest.sums",
        first=total.first_follows,
        returning=total.returning_follows,
        unfollows=total.unfollows,
        net=signed(total.net),
    )
    change = say(
        f"digest.change.{digest.rhythm}",
        scans=changed(total.scans, before.scans),
        follows=changed(total.follows, before.follows),
    )
    return (Text(sums), Text(change))


def _best(digest: Digest) -> tuple[Part, ...]:
    if not digest.best or not digest.best[0][1].follows:
        return ()
    code, sums = digest.best[0]
    return (Text(say("digest.best", code=named(code), follows=sums.follows, scans=sums.scans)),)


def _drawn(digest: Digest) -> tuple[Part, ...]:
    drawn = charted(_chart(digest)) if digest.rhythm == WEEKLY else ()
    return (*drawn, *((_table(digest),) if digest.best else ()))


def _chart(digest: Digest) -> Chart:
    days = range(digest.window.first, digest.window.last + 1)
    by_day = [digest.by_day.get(day, Sums()) for day in days]
    series = (
        Series(say("stats.column.scans"), tuple(sums.scans for sums in by_day)),
        Series(say("stats.column.follows"), tuple(sums.follows for sums in by_day)),
        Series(say("stats.column.unfollows"), tuple(sums.unfollows for sums in by_day)),
    )
    return Chart(say("digest.chart"), ChartKind.LINE, tuple(date_of(day) for day in days), series)


def _table(digest: Digest) -> Table:
    head = ("code", "scans", "follows", "unfollows", "net")
    rows = tuple((label(code), sums.scans, sums.follows, sums.unfollows, sums.net) for code, sums in digest.best)
    return Table(say("digest.table"), tuple(say(f"stats.column.{name}") for name in head), rows)


def _expiring(digest: Digest) -> tuple[Part, ...]:
    if not digest.expiring:
        return ()
    codes = (Text(entry(one)) for one in digest.expiring)
    return (Text(say("digest.expiring", count=digest.expiring_in_all)), *codes)


def _end(digest: Digest, *, is_named: bool) -> tuple[Part, ...]:
    notes = []
    if digest.quality:
        notes.append(say("stats.quality", share=digest.quality))
    if digest.repaired.part:
        notes.append(say("digest.repaired", share=digest.repaired))
    if digest.external.part:
        notes.append(say("digest.external", share=digest.external))
    notes.append(say("digest.days", dates=dates(digest.window)))
    account = f" --account {written(digest.account)}"
    end = f"digest off{account if is_named else ''}"
    notes.append(say("digest.end", command=end))
    ways = [Button(say("digest.button.top"), f"top week{account}")]
    if digest.expiring:
        ways.append(Button(say("digest.button.expiring"), f"list expiring{account}"))
    return (Note(tuple(notes)), Buttons(tuple(ways)))


def _number(local: datetime) -> int:
    return local.toordinal() - _FIRST_DAY
