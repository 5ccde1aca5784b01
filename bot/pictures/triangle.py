"""Who of each day's newcomers was still there later: a row a day, a column for each time after it."""

from bot import words
from bot.model import Language
from bot.pictures import svg
from bot.pictures.frame import FAINT, INK, MARGIN, PAPER, RULE, SMALL_SIZE, TEXT_SIZE, TOP, WIDTH, framed, said
from bot.pictures.heat_map import DARK, GAP, SHADES
from bot.pictures.letters import shortened
from bot.reply import Share, Triangle, say

TALLEST, SHORTEST = 46, 28  # pixels of a row
ROOM = 360  # pixels that rows share while they are few
DAYS, PEOPLE = 170, 120  # pixels of the first two columns
HEAD = 34
FEW = "#f4f4f6"


def drawn(triangle: Triangle, language: Language) -> str:
    """Return a retention triangle as SVG, as high as its rows need; what is not yet due is left empty."""
    tall = max(SHORTEST, min(TALLEST, ROOM / max(1, len(triangle.rows))))
    left = MARGIN + DAYS + PEOPLE + 20
    wide = (WIDTH - MARGIN - left) / max(1, len(triangle.columns))
    top = TOP + HEAD
    shown = _head(triangle, left, wide, language)
    for place, (day, people, cells) in enumerate(triangle.rows):
        y = top + place * tall
        base = y + tall / 2 + 6
        shown.append(said(shortened(day, DAYS, TEXT_SIZE), MARGIN, base, fill=INK))
        shown.append(said(f"{people:,}", MARGIN + DAYS + PEOPLE, base, fill=INK, anchor="end"))
        shown += [_cell(left + n * wide, y, wide, tall, cell, language) for n, cell in enumerate(cells)]
    return framed(words.text(triangle.title, language), int(top + len(triangle.rows) * tall + MARGIN), *shown)


def _head(triangle: Triangle, left: float, wide: float, language: Language) -> list[str]:
    y = TOP + HEAD - 12
    day, people = (words.text(say(key), language) for key in ("chart.day", "chart.people"))
    first = said(day, MARGIN, y, SMALL_SIZE, fill=FAINT)
    second = said(people, MARGIN + DAYS + PEOPLE, y, SMALL_SIZE, fill=FAINT, anchor="end")
    columns = (
        said(column, left + (n + 0.5) * wide, y, SMALL_SIZE, fill=FAINT, anchor="middle")
        for n, column in enumerate(triangle.columns)
    )
    return [first, second, *columns]


def _cell(x: float, y: float, wide: float, tall: float, cell: tuple[int, int] | None, language: Language) -> str:
    if cell is None:
        return svg.rectangle(x, y, wide - GAP, tall - GAP, rx=2, fill="none", stroke=RULE, stroke_dasharray="3 4")
    share = Share(*cell)
    shade = None if share.percent is None else min(len(SHADES) - 1, share.percent * len(SHADES) // 100)
    square = svg.rectangle(x, y, wide - GAP, tall - GAP, rx=2, fill=FEW if shade is None else SHADES[shade])
    ink = PAPER if shade is not None and shade >= DARK else INK
    middle, base = x + (wide - GAP) / 2, y + tall / 2 + 6
    return square + said(words.written(share, language), middle, base, SMALL_SIZE, fill=ink, anchor="middle")
