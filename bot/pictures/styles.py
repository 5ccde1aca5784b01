"""How series are told apart: by a colour, and without colours by dashes, marks and hatching."""

from dataclasses import dataclass

from bot.pictures import svg
from bot.pictures.frame import PAPER

# seen apart by all kinds of eyes, on paper as on a screen: https://jfly.uni-koeln.de/color/
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#a14a86", "#8a6d00", "#3d3d40")
DASHES = (None, "9 5", "2.5 4", "14 4 3 4", "5 3", "18 6")
HATCHES = ("", "M-1,9,9-1M-2,2,2-2M6,10,10,6", "M0,4H8", "M-1-1,9,9M-2,6,2,10M6-2,10,2", "M4,0V8", "M4,0V8M0,4H8")
TILE = 8  # pixels of a pattern
MARK = 5.5  # pixels from the middle of a mark to its edge
THICK = 3


@dataclass(frozen=True, slots=True)
class Style:
    """How the series at a place in the chart looks."""

    place: int

    @property
    def colour(self) -> str:
        return COLOURS[self.place % len(COLOURS)]

    @property
    def dashes(self) -> str | None:
        return DASHES[self.place % len(DASHES)]

    @property
    def fill(self) -> str:
        """What its bars are filled with; pattern() defines it where it is no plain colour."""
        return f"url(#hatch-{self.place})" if self._hatch else self.colour

    @property
    def _hatch(self) -> str:
        return HATCHES[self.place % len(HATCHES)]

    def pattern(self) -> str:
        """Return the definition of its hatching: white lines over its colour."""
        if not self._hatch:
            return ""
        ground = svg.rectangle(0, 0, TILE, TILE, fill=self.colour)
        lines = svg.element("path", d=self._hatch, stroke=PAPER, stroke_width=1.6, fill="none")
        name = f"hatch-{self.place}"
        return svg.element("pattern", ground, lines, id=name, width=TILE, height=TILE, patternUnits="userSpaceOnUse")

    def mark(self, x: float, y: float) -> str:
        """Return its mark at a point: a disc, a square, a triangle, a diamond, a cross, a ring."""
        match self.place % len(DASHES):
            case 0:
                return svg.element("circle", cx=x, cy=y, r=MARK - 0.5, fill=self.colour)
            case 1:
                return self._outline(f"M{x - 4.5:.1f},{y - 4.5:.1f}h9v9h-9z")
            case 2:
                return self._outline(f"M{x:.1f},{y - MARK - 1:.1f}l6,10.5h-12z")
            case 3:
                return self._outline(f"M{x:.1f},{y - MARK - 1:.1f}l6.5,6.5-6.5,6.5-6.5-6.5z")
            case 4:
                path = f"M{x - 5:.1f},{y - 5:.1f}l10,10m0-10l-10,10"
                return svg.element("path", d=path, stroke=self.colour, stroke_width=3, fill="none")
            case _:
                return svg.element("circle", cx=x, cy=y, r=MARK - 1, fill=PAPER, stroke=self.colour, stroke_width=2.5)

    def _outline(self, path: str) -> str:
        return svg.element("path", d=path, fill=self.colour)
