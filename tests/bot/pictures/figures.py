"""Figures of any size and with any text in them, and some that are known."""

from hypothesis import strategies as st

from bot.reply import Chart, ChartKind, Fact, HeatMap, Sentence, Series, Share, Table, Triangle, say

any_text = st.text(max_size=40) | st.text("&<>]\"'\x00\x0b\ud7ff\ufffe码\n", max_size=40) | st.just("😀" * 30)
titles: st.SearchStrategy[Sentence] = any_text.map(lambda text: say("code.title", scene=text))
names = any_text | st.sampled_from([say("label.asked_by"), say("label.channel")])
numbers = st.integers(-(10**6), 10**15) | st.floats(-1e9, 1e12, allow_nan=False) | st.just(0)


@st.composite
def charts(draw: st.DrawFn, most: int = 40, most_series: int = 9) -> Chart:
    labels = draw(st.lists(any_text, max_size=most))
    values = st.lists(st.none() | numbers, min_size=len(labels), max_size=len(labels)).map(tuple)
    series = draw(st.lists(st.builds(Series, names, values), max_size=most_series))
    return Chart(draw(titles), draw(st.sampled_from(ChartKind)), tuple(labels), tuple(series))


@st.composite
def heat_maps(draw: st.DrawFn) -> HeatMap:
    columns = draw(st.lists(any_text, max_size=24))
    rows = draw(st.lists(names, max_size=24))
    values = [draw(st.tuples(*(st.integers(0, 10**7) for _ in columns))) for _ in rows]
    return HeatMap(draw(titles), tuple(rows), tuple(columns), tuple(values))


@st.composite
def triangles(draw: st.DrawFn) -> Triangle:
    columns = draw(st.lists(any_text, min_size=1, max_size=5))
    shares = st.integers(0, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
    row = st.tuples(any_text, st.integers(0, 10**6), st.tuples(*(st.none() | shares for _ in columns)))
    return Triangle(draw(titles), tuple(columns), tuple(draw(st.lists(row, max_size=40))))


@st.composite
def tables(draw: st.DrawFn, facts: st.SearchStrategy[Fact]) -> Table:
    head = draw(st.lists(titles, min_size=1, max_size=22))
    shares = st.integers(0, 10**6).flatmap(lambda whole: st.builds(Share, st.integers(0, whole), st.just(whole)))
    row = st.tuples(*(facts | shares for _ in head))
    count = draw(st.integers(0, 4))
    rows = [draw(row) for _ in range(count)] * draw(st.sampled_from([1, 30]))
    return Table(draw(titles), tuple(head), tuple(rows))


def trend(days: int, *names_: str) -> Chart:
    """Return a line for each name over some days."""
    labels = tuple(f"{1 + day // 30:02}-{1 + day % 30:02}" for day in range(days))
    series = tuple(Series(name, tuple((day * 7 + 5) % 40 for day in range(days))) for name in names_ or ("scans",))
    return Chart(say("code.title", scene="spring"), ChartKind.LINE, labels, series)


HOURS = HeatMap(
    title=say("code.title", scene="spring"),
    rows=("Mon", "Tue"),
    columns=("00", "12"),
    values=((0, 3), (40, 1234)),
)
KEPT = Triangle(
    title=say("code.title", scene="spring"),
    columns=("D1", "D7", "D30"),
    rows=(("10-01", 428, ((402, 428), (300, 428), None)), ("10-02", 17, ((12, 17), None, None))),
)
