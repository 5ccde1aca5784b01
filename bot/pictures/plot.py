"""Lines and bars over an axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot import words
from bot.model import Language
from bot.pictures import svg
from bot.pictures.frame import FAINT, INK, MARGIN, RULE, SMALL_SIZE, TEXT_SIZE, TOP, WIDTH, framed, said
from bot.pictures.letters import shortened, width
from bot.pictures.scale import evenly, ticks, written
from bot.pictures.styles import THICK, Style
from bot.reply import Chart, ChartKind, Sentence, Series

HEIGHT = 500
LEGEND_LINE = 30
SAMPLE = 34  # pixels of line or colour before a name in the legend
LONGEST_NAME = 300
LABEL_GAP = 18
# labels that find no room side by side are written aslant, and take this much height
SLANTED, SLANT, SLANTED_ROOM = 112, -32, 150
MOST_SLANTED = 24
MOST_MARKS = 31
BARS_SHARE = 0.72  # of the room between two labels
WIDEST_BAR = 64


@dataclass(frozen=True, slots=True)
class Plot:
    """The room of a chart in pixels, and what its axis reaches."""

    left: float
    top: float
    bottom: float
    lowest: float
    highest: float
    places: Sequence[float]

    @property
    def right(self) -> float:
        return WIDTH - MARGIN

    @property
    def slot(self) -> float:
        """The room of one label."""
        return (self.right - self.left) / max(1, len(self.places))

    def height_of(self, value: float) -> float:
        """Return the y of a value."""
        return self.bottom - (self.bottom - self.top) * (value - self.lowest) / (self.highest - self.lowest)


def drawn(chart: Chart, language: Language) -> str:
    """Return a chart as SVG."""
    styles = [Style(place) for place in range(len(chart.series))]
    legend, top = _legend(chart, styles, language)
    marks = ticks(value for series in chart.series for value in series.values if value is not None)
    numbers = [written(mark, language) for mark in marks]
    left = MARGIN + max(width(number, SMALL_SIZE) for number in numbers) + 12
    slanted = _is_slanted(chart, (WIDTH - MARGIN - left) / max(1, len(chart.labels)))
    bottom = HEIGHT - (SLANTED if slanted else 48)
    plot = Plot(left, top, bottom, marks[0], marks[-1], evenly(len(chart.labels), left, WIDTH - MARGIN))
    axis = [_mark(plot, mark, number) for mark, number in zip(marks, numbers, strict=True)]
    labels = _slanted(plot, chart.labels) if slanted else _labels(plot, chart.labels)
    body = _bars(plot, chart.series, styles, language) if chart.kind is ChartKind.BAR else _lines(plot, chart, styles)
    title = words.text(chart.title, language)
    return framed(title, HEIGHT, *_patterns(chart, styles), *legend, *axis, *labels, *body)


def _patterns(chart: Chart, styles: Sequence[Style]) -> list[str]:
    return [svg.element("defs", *(style.pattern() for style in styles))] if chart.kind is ChartKind.BAR else []


def name_of(series: Series, language: Language) -> str:
    """Return the name of a series in the reader's language."""
    return words.text(series.name, language) if isinstance(series.name, Sentence) else series.name


def _legend(chart: Chart, styles: Sequence[Style], language: Language) -> tuple[list[str], float]:
    """Return the legend, in as many lines as it takes, and where the plot may begin."""
    shown, x, y = [], float(MARGIN), float(TOP + 10)
    for series, style in zip(chart.series, styles, strict=True):
        name = shortened(name_of(series, language), LONGEST_NAME, TEXT_SIZE)
        room = SAMPLE + 8 + width(name, TEXT_SIZE)
        if x > MARGIN and x + room > WIDTH - MARGIN:
            x, y = float(MARGIN), y + LEGEND_LINE
        shown += [_sample(chart.kind, style, x, y - 6.5), said(name, x + SAMPLE + 8, y, fill=INK)]
        x += room + 26
    return shown, y + LEGEND_LINE


def _sample(kind: ChartKind, style: Style, x: float, y: float) -> str:
    if kind is ChartKind.BAR:
        return svg.rectangle(x + 10, y - 9, SAMPLE - 12, 18, fill=style.fill)
    return _stroke(f"M{x:.1f} {y:.1f}h{SAMPLE}", style) + style.mark(x + SAMPLE / 2, y)


def _mark(plot: Plot, mark: float, number: str) -> str:
    y = plot.height_of(mark)
    rule = svg.line(plot.left, y, plot.right, y, stroke=RULE if mark else FAINT, stroke_width=1.5)
    return rule + said(number, plot.left - 10, y + 6, SMALL_SIZE, fill=FAINT, anchor="end")


def _is_slanted(chart: Chart, slot: float) -> bool:
    """Tell whether labels must all be there, as those of bars, and find no room side by side."""
    if chart.kind is not ChartKind.BAR or len(chart.labels) > MOST_SLANTED:
        return False
    return max((width(label, SMALL_SIZE) for label in chart.labels), default=0) + LABEL_GAP > slot


def _slanted(plot: Plot, labels: Sequence[str]) -> list[str]:
    y = plot.bottom + 22
    return [
        said(
            shortened(label, min(SLANTED_ROOM, x), SMALL_SIZE),
            x + 8,
            y,
            SMALL_SIZE,
            fill=FAINT,
            anchor="end",
            slant=SLANT,
        )
        for x, label in zip(plot.places, labels, strict=True)
    ]


def _labels(plot: Plot, labels: Sequence[str]) -> list[str]:
    """Return as many labels as find room; the last one, which is mostly today, always does."""
    widest = max((width(label, SMALL_SIZE) for label in labels), default=0) + LABEL_GAP
    every = max(1, -int(-widest // plot.slot))
    named = [(x, label) for x, label in zip(plot.places, labels, strict=True) if label]
    shown = named[::-1][::every]
    return [_label(plot, x, label) for x, label in shown]


def _label(plot: Plot, x: float, label: str) -> str:
    """Return a label under its place, moved in from the picture's edge where it would be cut."""
    half = width(label, SMALL_SIZE) / 2
    inside = max(MARGIN / 2 + half, min(WIDTH - MARGIN / 2 - half, x))
    return said(label, inside, plot.bottom + 28, SMALL_SIZE, fill=FAINT, anchor="middle")


def _stroke(path: str, style: Style) -> str:
    return svg.element(
        "path",
        d=path,
        fill="none",
        stroke=style.colour,
        stroke_width=THICK,
        stroke_dasharray=style.dashes,
        stroke_linejoin="round",
    )


def _lines(plot: Plot, chart: Chart, styles: Sequence[Style]) -> list[str]:
    return [
        _line(plot, series.values, style) for series, style in reversed(list(zip(chart.series, styles, strict=True)))
    ]


def _line(plot: Plot, values: Sequence[float | None], style: Style) -> str:
    """Return a line that is broken where there is no value, with a mark at each few points."""
    points = [
        (x, None if value is None else plot.height_of(value)) for x, value in zip(plot.places, values, strict=True)
    ]
    runs = [list(run) for known, run in groupby(points, lambda point: point[1] is not None) if known]
    lines = "".join(_stroke("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run), style) for run in runs)
    every = -(-len(values) // MOST_MARKS)
    marks = (style.mark(x, y) for run in runs for x, y in _marked(run, every) if y is not None)
    return lines + "".join(marks)


def _marked(run: Sequence[tuple[float, float | None]], every: int) -> Sequence[tuple[float, float | None]]:
    return run[::-1][::every]


def _bars(plot: Plot, all_series: Sequence[Series], styles: Sequence[Style], language: Language) -> list[str]:
    wide = min(WIDEST_BAR, plot.slot * BARS_SHARE / max(1, len(all_series)))
    numbered = all(width(written(v, language), SMALL_SIZE) < plot.slot for s in all_series for v in s.values if v)
    shown = []
    for place, (series, style) in enumerate(zip(all_series, styles, strict=True)):
        aside = (place - len(all_series) / 2) * wide
        for x, value in zip(plot.places, series.values, strict=True):
            if value is not None:
                shown.append(_bar(plot, x + aside, wide, value, style))
                if numbered and len(all_series) == 1:
                    shown.append(_number(plot, x, value, language))
    return shown


def _bar(plot: Plot, x: float, wide: float, value: float, style: Style) -> str:
    top, bottom = sorted((plot.height_of(value), plot.height_of(0)))
    return svg.rectangle(x + wide * 0.04, top, wide * 0.92, bottom - top, fill=style.fill)


def _number(plot: Plot, x: float, value: float, language: Language) -> str:
    y = plot.height_of(value) + (-7 if value >= 0 else 20)
    return said(written(value, language), x, y, SMALL_SIZE, anchor="middle")
