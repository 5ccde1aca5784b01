"""Numbers as colours: rows over columns, the more the darker."""

from bot import words
from bot.model import Language
from bot.pictures import svg
from bot.pictures.frame import FAINT, INK, MARGIN, PAPER, SMALL_SIZE, TOP, WIDTH, framed, said
from bot.pictures.letters import shortened, width
from bot.pictures.scale import written
from bot.reply import HeatMap, Sentence

TALLEST, SHORTEST = 46, 26  # pixels of a row
ROOM = 330  # pixels that rows share while they are few
LONGEST_NAME = 180
GAP = 2
NONE = "#f4f4f6"
# from few to many; darkness alone tells it, so that it is seen without colours too
SHADES = ("#deebf7", "#c3daee", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b")
DARK = 4  # the first shade that is written on in white


def drawn(heat_map: HeatMap, language: Language) -> str:
    """Return a heat map as SVG, as high as its rows need."""
    names = [_name(row, language) for row in heat_map.rows]
    tall = max(SHORTEST, min(TALLEST, ROOM / max(1, len(names))))
    left = MARGIN + max((width(name, SMALL_SIZE) for name in names), default=0) + 12
    wide = (WIDTH - MARGIN - left) / max(1, len(heat_map.columns))
    most = max((value for row in heat_map.values for value in row), default=0)
    cells: list[str] = []
    for place, (name, row) in enumerate(zip(names, heat_map.values, strict=True)):
        y = TOP + place * tall
        cells.append(said(name, left - 10, y + tall / 2 + 6, SMALL_SIZE, fill=FAINT, anchor="end"))
        cells += [_cell(left + n * wide, y, wide, tall, value, most, language) for n, value in enumerate(row)]
    bottom = TOP + len(names) * tall
    body = [*cells, *_columns(heat_map.columns, left, wide, bottom), _legend(most, bottom + 66, language)]
    return framed(words.text(heat_map.title, language), int(bottom + 92), *body)


def _name(name: Sentence | str, language: Language) -> str:
    text = words.text(name, language) if isinstance(name, Sentence) else name
    return shortened(text, LONGEST_NAME, SMALL_SIZE)


def _cell(x: float, y: float, wide: float, tall: float, value: int, most: int, language: Language) -> str:
    shade = _shade(value, most)
    square = svg.rectangle(x, y, wide - GAP, tall - GAP, rx=2, fill=NONE if shade is None else SHADES[shade])
    number = written(value, language)
    if shade is None or width(number, SMALL_SIZE) > wide - GAP - 4:
        return square
    ink = PAPER if shade >= DARK else INK
    return square + said(number, x + (wide - GAP) / 2, y + tall / 2 + 5, SMALL_SIZE, fill=ink, anchor="middle")


def _shade(value: int, most: int) -> int | None:
    """Return the place of a value among the shades; None: nothing."""
    return min(len(SHADES) - 1, value * len(SHADES) // (most + 1)) if value > 0 else None


def _columns(columns: tuple[str, ...], left: float, wide: float, bottom: float) -> list[str]:
    widest = max((width(column, SMALL_SIZE) for column in columns), default=0) + 8
    every = max(1, -int(-widest // wide))
    return [
        said(column, left + place * wide + (wide - GAP) / 2, bottom + 24, SMALL_SIZE, fill=FAINT, anchor="middle")
        for place, column in enumerate(columns)
        if place % every == 0
    ]


def _legend(most: int, y: float, language: Language) -> str:
    """Return the shades in their order between 0 and the most."""
    last = written(most, language)
    x = WIDTH - MARGIN - width(last, SMALL_SIZE) - 10 - 28 * len(SHADES)
    shades = (svg.rectangle(x + 28 * n, y - 15, 28, 18, fill=shade) for n, shade in enumerate(SHADES))
    least = said("0", x - 10, y, SMALL_SIZE, fill=FAINT, anchor="end")
    return "".join((least, *shades, said(last, WIDTH - MARGIN, y, SMALL_SIZE, fill=FAINT, anchor="end")))
