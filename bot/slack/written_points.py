"""The points of charts in writing: a drawing can neither be searched, nor copied, nor read aloud."""

from collections.abc import Iterator
from typing import Any

from bot import words
from bot.model import Language
from bot.reply import Chart, HeatMap, Sentence, say
from bot.slack.mrkdwn import SECTION_TEXT, plain

Block = dict[str, Any]

# what is longer is no small print: Slack folds a long section until somebody asks for the rest of it
SMALL_PRINT = 700
# a label and its number stay on one line, and no line begins with what only parts them
BETWEEN = "\N{NO-BREAK SPACE}· "
TOGETHER = ":\N{NO-BREAK SPACE}"


def written(figure: Chart | HeatMap, language: Language) -> list[Block]:
    """Return each point that is not 0 with its label, as few blocks as hold them: small print where that is short."""
    if not _is_drawn(figure):
        return []
    pieces = list(_of_chart(figure, language) if isinstance(figure, Chart) else _of_heat_map(figure, language))
    if sum(map(len, pieces)) <= SMALL_PRINT:
        return [{"type": "context", "elements": [_text("".join(pieces))]}]
    return [{"type": "section", "text": _text(page)} for page in _pages(pieces)]


def _is_drawn(figure: Chart | HeatMap) -> bool:
    return bool(figure.labels and figure.series) if isinstance(figure, Chart) else bool(figure.rows and figure.columns)


def _of_chart(chart: Chart, language: Language) -> Iterator[str]:
    """Yield what the numbers are, and those of each label, series by series."""
    points = list(zip(chart.labels, zip(*(series.values for series in chart.series), strict=True), strict=True))
    told = [f"{label}{TOGETHER}{'/'.join(map(_number, values))}" for label, values in points if any(_tells(values))]
    others = [words.text(say("chart.points.others"), language)] if len(told) < len(points) else []
    yield f"{' / '.join(_name(series.name, language) for series in chart.series)} – "
    yield from _joined([*told, *others])


def _of_heat_map(heat_map: HeatMap, language: Language) -> Iterator[str]:
    """Yield what the numbers are, and those of each row, column by column."""
    yield plain(heat_map.title, language)
    for row, values in zip(heat_map.rows, heat_map.values, strict=True):
        cells = zip(heat_map.columns, values, strict=True)
        if told := [f"{column}{TOGETHER}{_number(value)}" for column, value in cells if value]:
            yield f"\n{_name(row, language)} – "
            yield from _joined(told)
    yield f"\n{words.text(say('chart.points.others'), language)}"


def _tells(values: tuple[float | None, ...]) -> Iterator[bool]:
    return (value is None or value != 0 for value in values)


def _joined(pieces: list[str]) -> Iterator[str]:
    yield from pieces[:1]
    yield from (f"{BETWEEN}{piece}" for piece in pieces[1:])


def _pages(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces in as few texts as hold them."""
    page = ""
    for piece in pieces:
        if len(page) + len(piece) > SECTION_TEXT:
            yield page
            page = piece.removeprefix(BETWEEN)
        else:
            page += piece
    yield page


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,}"


def _name(name: Sentence | str, language: Language) -> str:
    return plain(name, language) if isinstance(name, Sentence) else name


def _text(text: str) -> Block:
    # no emoji: a colon stands between a label and its number
    return {"type": "plain_text", "text": text, "emoji": False}
