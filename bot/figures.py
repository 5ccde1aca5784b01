"""Figures as they are asked for: windows of days, bins, shares. Pure; what each word means: docs/METRICS.md."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from operator import attrgetter

from bot.model import DAY
from bot.reply import FEW, Fact, Share, say
from bot.scan import INVALID_SCENES, day_of

WEEK = 7
HOURS = 24
AGES = (1, 7, 30)


@dataclass(frozen=True, slots=True)
class Window:
    """Some days, the first and the last included, by their numbers."""

    first: int
    last: int

    @classmethod
    def of(cls, days: int, now: int) -> "Window":
        """Return the last `days` days, of which today is the last and not over."""
        return cls(day_of(now) - days + 1, day_of(now))

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    @property
    def each(self) -> "list[Window]":
        """Its days, one by one."""
        return [Window(day, day) for day in range(self.first, self.last + 1)]

    @property
    def before(self) -> "Window":
        """As many days, just before."""
        return Window(self.first - self.days, self.first - 1)

    def until(self, last: int) -> "Window":
        """Return as many days, of which `last` is the last."""
        return Window(last - self.days + 1, last)

    def ripe(self, age: int) -> "Window":
        """Return as many days, the newest of which each is `age` days past, and over, on the last day of this one."""
        return self.until(self.last - age - 1)


@dataclass(frozen=True, slots=True)
class Chosen:
    """One scene: where its figures stand (None: nothing happened yet), and what is known of its code.

    `is_external`: it was scanned here, and no code was ever made here for it.
    """

    scene: str
    scene_id: int | None
    name: str = ""
    owner: str = ""
    is_external: bool = False

    @property
    def is_invalid(self) -> bool:
        """Whether it is no scene: the code was created wrongly somewhere."""
        return self.is_external and self.scene in INVALID_SCENES


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures of some scenes over some time. `scans` counts a follow by code as one, too."""

    scans: int = 0
    by_followers: int = 0
    follows: int = 0
    first_follows: int = 0
    unfollows: int = 0

    @property
    def returning_follows(self) -> int:
        """New follows of people who were seen before, where all people are counted."""
        return self.follows - self.first_follows

    @property
    def is_nothing(self) -> bool:
        """Whether nothing happened."""
        return not (self.scans or self.follows or self.unfollows)

    @property
    def net(self) -> int:
        """New follows less unfollows."""
        return self.follows - self.unfollows


_COLUMNS = attrgetter(*(field.name for field in fields(Sums)))


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those who followed by a code for the first time on one day; `kept` by AGES, in days: how many stayed so long."""

    day: int
    people: int
    kept: Mapping[int, int]

    def is_mature(self, age: int, today: int) -> bool:
        """Whether that day is over."""
        return self.day + age < today


@dataclass(frozen=True, slots=True)
class Stayed:
    """How many of those who followed for the first time in `window` still followed some days later."""

    window: Window
    share: Share


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Events whose people are not counted yet: how many there are, and the new follows among them that are asked for.

    What hangs on nobody, scans and new follows, counts them; the rest will yet change.
    """

    events: int = 0
    follows: int = 0


@dataclass(frozen=True, slots=True)
class Statistics:
    """Some codes over some days: `before` are the days before, up to the same hour as now.

    `scenes` are all that are meant, with the number their figures stand under; `codes` are the best of them, in order.
    `scanners` is by scene: a person who scanned two codes is one of each. `hours` is by the number of the hour.
    `stayed` is by AGES, in days, without those that nobody has reached; `cohorts` are those of the window.
    """

    window: Window
    today: int
    scenes: Mapping[str, int | None]
    codes: Sequence[Chosen]
    by_scene: Mapping[str, Sums]
    by_day: Mapping[int, Sums]
    by_scene_and_day: Mapping[str, Mapping[int, Sums]]
    before: Sums
    scanners: Mapping[str, int]
    stayed: Mapping[int, Stayed]
    cohorts: Sequence[Cohort]
    lost: int
    hours: Mapping[int, int]
    uncounted: Uncounted = Uncounted()

    @property
    def total(self) -> Sums:
        """The sums over all of it."""
        return summed(self.by_day.values())


def summed(every: Iterable[Sums]) -> Sums:
    """Return the sums of sums."""
    return Sums(*map(sum, zip(*map(_COLUMNS, every), strict=True)))


def retention(cohorts: Iterable[Cohort], age: int, today: int) -> Share | None:
    """Return how many of the mature cohorts still followed `age` days later; None where none is mature."""
    mature = [cohort for cohort in cohorts if cohort.is_mature(age, today)]
    return (
        Share(sum(cohort.kept[age] for cohort in mature), sum(cohort.people for cohort in mature)) if mature else None
    )


def changed(now: int, before: int) -> Fact:
    """Return a change as it is said: +18 %; of few, 2 → 10, for there one person is many percent."""
    if now == before:
        return say("stats.as_before")
    if min(now, before) < FEW:
        return f"{before:,} → {now:,}"
    return f"{signed(round(100 * (now - before) / before))} %"


def signed(number: int) -> str:
    """Write a number with its sign: +554, −3, 0."""
    return f"{number:+,}".replace("-", "−") if number else "0"


def date_of(day: int) -> str:
    """Return a day as it is written on an axis: 11-22."""
    return datetime.fromtimestamp(day * DAY, UTC).strftime("%m-%d")


def full_date_of(day: int) -> str:
    """Return a day as 2026-11-22."""
    return datetime.fromtimestamp(day * DAY, UTC).strftime("%Y-%m-%d")


def weekday_of(day: int) -> int:
    """Return 0 for Monday to 6 for Sunday."""
    return (day + 3) % WEEK  # 1970-01-01 was a Thursday


def by_weeks(window: Window) -> list[Window]:
    """Cut a window into weeks that begin on Mondays; the first and the last may be shorter."""
    mondays = [day for day in range(window.first + 1, window.last + 1) if weekday_of(day) == 0]
    starts = [window.first, *mondays]
    ends = [*(monday - 1 for monday in mondays), window.last]
    return [Window(first, last) for first, last in zip(starts, ends, strict=True)]


def heat(hours: Mapping[int, int]) -> tuple[tuple[int, ...], ...]:
    """Return the sums of hours (by number) as weekdays by hours of the day."""
    table = [[0] * HOURS for _ in range(WEEK)]
    for hour, n in hours.items():
        table[weekday_of(hour // HOURS)][hour % HOURS] += n
    return tuple(tuple(row) for row in table)


def binned(bins: Sequence[Window], count: Callable[[int], int]) -> tuple[int, ...]:
    """Return the sum over the days of each bin."""
    return tuple(sum(count(day) for day in range(one.first, one.last + 1)) for one in bins)
