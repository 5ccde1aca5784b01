"""How figures are said: always as sentences, then as a chart or a table. Pure."""

from collections.abc import Mapping, Sequence

from bot.figures import (
    AGES,
    HOURS,
    WEEK,
    Chosen,
    Statistics,
    Stayed,
    Sums,
    Uncounted,
    Window,
    binned,
    by_weeks,
    changed,
    date_of,
    full_date_of,
    heat,
    retention,
    signed,
)
from bot.reply import (
    Chart,
    ChartKind,
    Fact,
    HeatMap,
    Note,
    Part,
    Person,
    Points,
    Sentence,
    Series,
    Share,
    Table,
    Text,
    Triangle,
    say,
)

# more days than this are drawn as weeks: a picture of 31 rows still fits a screen
MOST_COHORTS = 31
YEAR = 365


def sums(statistics: Statistics) -> Sentence:
    """Say what happened in one sentence; the scanners of several codes are summed over them, and it says so."""
    total = statistics.total
    return say(
        "stats.sums" if len(statistics.scenes) == 1 else "stats.sums.many",
        scans=total.scans,
        scanners=sum(statistics.scanners.values()),
        follows=total.follows,
        whose=_whose(total, statistics.uncounted),
        unfollows=total.unfollows,
        net=signed(total.net),
    )


def _whose(total: Sums, uncounted: Uncounted) -> Sentence:
    """Say how many new follows were first, how many returning, and of how many that is not known yet."""
    if not uncounted.follows:
        return say("stats.whose", first=total.first_follows, returning=total.returning_follows)
    returning = total.returning_follows - uncounted.follows
    return say("stats.whose.partly", first=total.first_follows, returning=returning, uncounted=uncounted.follows)


def still_counting(uncounted: Uncounted) -> tuple[Sentence, ...]:
    """Say which figures will yet change, where people are not counted yet."""
    return (say("stats.uncounted", events=uncounted.events),) if uncounted.events else ()


def change(statistics: Statistics) -> Sentence:
    """Say how it changed against the days before, up to the same hour."""
    total, before = statistics.total, statistics.before
    return say(
        "stats.change",
        days=statistics.window.days,
        scans=changed(total.scans, before.scans),
        follows=changed(total.follows, before.follows),
    )


def kept(stayed: Mapping[int, Stayed]) -> Sentence:
    """Say who still follows after 1, 7 and 30 days."""
    shares = {f"d{age}": stayed[age].share if age in stayed else say("stats.immature") for age in AGES}
    return say("stats.kept", **shares)


def kept_of(statistics: Statistics) -> Sentence:
    """Say of whom that is told: of each age the last day on which they followed first."""
    days = {age: stayed.window.last for age, stayed in statistics.stayed.items()}
    until = " · ".join(f"D{age} {_date(day, statistics.today)}" for age, day in days.items())
    return say("stats.kept.of", days=statistics.window.days, until=until)


def course(statistics: Statistics, title: Sentence) -> Chart:
    """Chart one code, or the sum of several: scans, new follows and unfollows by day."""
    days = range(statistics.window.first, statistics.window.last + 1)
    by_day = [statistics.by_day.get(day, Sums()) for day in days]
    return Chart(title, ChartKind.LINE, tuple(date_of(day) for day in days), _three(by_day))


def weeks(statistics: Statistics, title: Sentence) -> Chart:
    """Chart the same by weeks, each named by its first day."""
    bins = by_weeks(statistics.window)
    counted = [
        Sums(
            scans=binned([one], lambda day: statistics.by_day.get(day, Sums()).scans)[0],
            follows=binned([one], lambda day: statistics.by_day.get(day, Sums()).follows)[0],
            unfollows=binned([one], lambda day: statistics.by_day.get(day, Sums()).unfollows)[0],
        )
        for one in bins
    ]
    return Chart(title, ChartKind.BAR, tuple(date_of(one.first) for one in bins), _three(counted))


def comparison(statistics: Statistics, by: str) -> Chart:
    """Chart the new follows of the codes that lead, by day or by week."""
    bins = by_weeks(statistics.window) if by == "week" else statistics.window.each
    series = (Series(scene, _follows(by_day, bins)) for scene, by_day in statistics.by_scene_and_day.items())
    kind = ChartKind.BAR if by == "week" else ChartKind.LINE
    return Chart(say(f"stats.chart.comparison.{by}"), kind, tuple(date_of(one.first) for one in bins), tuple(series))


def _follows(by_day: Mapping[int, Sums], bins: Sequence[Window]) -> tuple[int, ...]:
    return binned(bins, lambda day: by_day[day].follows if day in by_day else 0)


def hours(statistics: Statistics, title: Sentence) -> HeatMap:
    """Draw the scans as hours over weekdays."""
    weekdays = tuple(say(f"stats.weekday.{day}") for day in range(WEEK))
    return HeatMap(title, weekdays, tuple(f"{hour:02}" for hour in range(HOURS)), heat(statistics.hours))


def best_hour(statistics: Statistics) -> Sentence:
    """Say when most scans came."""
    table = heat(statistics.hours)
    busiest = max(((n, day, hour) for day, row in enumerate(table) for hour, n in enumerate(row)), default=(0, 0, 0))
    n, day, hour = busiest
    if not n:
        return say("stats.no_scans")
    return say("stats.best_hour", day=say(f"stats.weekday.{day}"), hour=f"{hour:02}:00–{hour + 1:02}:00", scans=n)


def triangle(statistics: Statistics, what: Fact) -> Triangle:
    """Draw how many followed first, by day or, where these are many, by week, and how many of them stayed how long."""
    by = "day" if len(statistics.cohorts) <= MOST_COHORTS else "week"
    window = statistics.window
    bins = by_weeks(window) if by == "week" else window.each
    rows = (_of_bin(statistics, one) for one in bins)
    title = say(f"stats.chart.retention.{by}", what=what)
    return Triangle(title, columns=tuple(f"D{age}" for age in AGES), rows=tuple(row for row in rows if row[1]))


def stayed_by_bin(figure: Triangle) -> Table:
    """Set down what a triangle draws."""
    head = (say("chart.day"), say("chart.people"), *(say("chart.age", age=column) for column in figure.columns))
    rows = tuple((day, people, *(Share(*cell) if cell else "" for cell in cells)) for day, people, cells in figure.rows)
    return Table(figure.title, head, rows)


def charted(figure: Chart | HeatMap) -> tuple[Part, ...]:
    """Return a chart, and its numbers in writing."""
    return (figure, Points(figure))


def table(statistics: Statistics) -> Table:
    """Set the best codes side by side, those with the most new follows first."""
    head = ("code", "owner", "scans", "scanners", "follows", "unfollows", "net")
    return Table(
        say("stats.table", days=statistics.window.days),
        tuple(say(f"stats.column.{name}") for name in head),
        tuple(_row(code, statistics) for code in statistics.codes),
        left_out=len(statistics.scenes) - len(statistics.codes),
    )


def named(code: Chosen) -> Sentence:
    """Say a code: its name and its scene, or that another system made it, or made it wrongly."""
    if code.is_invalid:
        return say("stats.code.invalid", scene=code.scene)
    if code.is_external:
        return say("stats.code.external", scene=code.scene)
    return (
        say("stats.code.named", name=code.name, scene=code.scene) if code.name else say("stats.code", scene=code.scene)
    )


def label(code: Chosen) -> str:
    """Return a code as a cell of a table shows it."""
    return f"{code.name} ({code.scene})" if code.name else code.scene


def small_print(window: Window) -> Part:
    """Say which days these are."""
    return Note((say("stats.days", first=full_date_of(window.first), last=full_date_of(window.last)),))


def paragraphs(*sentences: Sentence) -> tuple[Part, ...]:
    """Return each sentence as a paragraph."""
    return tuple(Text(sentence) for sentence in sentences)


def _row(code: Chosen, statistics: Statistics) -> tuple[Fact, ...]:
    counted = statistics.by_scene.get(code.scene, Sums())
    owner: Fact = Person(code.owner) if code.owner else "–"
    scanners = statistics.scanners.get(code.scene, 0)
    return (label(code), owner, counted.scans, scanners, counted.follows, counted.unfollows, counted.net)


def _of_bin(statistics: Statistics, days: Window) -> tuple[str, int, tuple[tuple[int, int] | None, ...]]:
    """Return a row of the triangle; of a week, each number is of its days that are long enough past."""
    cohorts = [cohort for cohort in statistics.cohorts if days.first <= cohort.day <= days.last]
    shares = [retention(cohorts, age, statistics.today) for age in AGES]
    cells = tuple((share.part, share.whole) if share else None for share in shares)
    return _days(days), sum(cohort.people for cohort in cohorts), cells


def _date(day: int, today: int) -> str:
    """Return a day without its year, unless another might be meant."""
    return date_of(day) if today - day < YEAR else full_date_of(day)


def _days(days: Window) -> str:
    first, last = date_of(days.first), date_of(days.last)
    return first if first == last else f"{first} – {last}"


def _three(every: Sequence[Sums]) -> tuple[Series, ...]:
    return (
        Series(say("stats.column.scans"), tuple(each.scans for each in every)),
        Series(say("stats.column.follows"), tuple(each.follows for each in every)),
        Series(say("stats.column.unfollows"), tuple(each.unfollows for each in every)),
    )
