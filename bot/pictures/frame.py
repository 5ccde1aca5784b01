"""What all figures share: paper, colours, title."""

from bot.pictures import svg
from bot.pictures.glyphs import FAMILY
from bot.pictures.letters import shortened

WIDTH = 1000
MARGIN = 28
TITLE_SIZE, TEXT_SIZE, SMALL_SIZE = 25, 19, 17
TITLE_AT = 45
# where the title ends and the figure begins
TOP = 68

PAPER, INK, FAINT, RULE = "#ffffff", "#1d1c1d", "#5c5b5e", "#e3e3e6"


def framed(title: str, height: int, *drawn: str) -> str:
    """Return a figure as an SVG document, 1000 pixels wide."""
    return svg.document(
        WIDTH,
        height,
        svg.rectangle(0, 0, WIDTH, height, fill=PAPER),
        _titled(title),
        *drawn,
        font=FAMILY,
    )


def _titled(title: str) -> str:
    """Return the title: one weight of the font comes along, a thin line around the letters makes the other."""
    words = shortened(title, WIDTH - 2 * MARGIN, TITLE_SIZE)
    return svg.text(words, MARGIN, TITLE_AT, TITLE_SIZE, fill=INK, stroke=INK, stroke_width=0.6)


def said(
    words: str,
    x: float,
    y: float,
    size: float = TEXT_SIZE,
    *,
    fill: str = INK,
    anchor: str | None = None,
    slant: float | None = None,
) -> str:
    """Return words at a place; `anchor` is start, middle or end; `slant` turns them, in degrees."""
    turned = None if slant is None else f"rotate({slant} {x:.1f} {y:.1f})"
    return svg.text(words, x, y, size, fill=fill, text_anchor=anchor, transform=turned)
