"""Figures as PNG, for what Slack does not draw itself."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from bot.model import Language
from bot.pictures import heat_map, plot, triangle
from bot.pictures.glyphs import FAMILY, FONT
from bot.reply import Chart, Figure, HeatMap, Triangle

PAINTER = Path(__file__).with_name("painter.py")
PATIENCE = 30  # seconds


def png(figure: Figure, language: Language) -> bytes:
    """Return a figure as a PNG of 1000 pixels' width, the same on every machine; blocks for some 0.1 s.

    The font is our own and no other is looked at; what it lacks is left out, or shows as 〓.
    """
    # without its environment and its folders of packages Python starts in a third of the time
    command = [sys.executable, "-I", "-S", str(PAINTER), _library(), str(FONT), FAMILY]
    drawn = subprocess.run(  # noqa: S603 - our own program; what people type is in the document only
        command, input=svg(figure, language).encode(), stdout=subprocess.PIPE, timeout=PATIENCE, check=True
    )
    return drawn.stdout


def _library() -> str:
    """Return the folder that resvg is installed in, without loading it here."""
    found = find_spec("resvg_py")
    if found is None or found.origin is None:
        raise ModuleNotFoundError(name="resvg_py")
    return str(Path(found.origin).parents[1])


def svg(figure: Figure, language: Language) -> str:
    """Return a figure as an SVG document."""
    match figure:
        case Chart():
            return plot.drawn(figure, language)
        case HeatMap():
            return heat_map.drawn(figure, language)
        case Triangle():
            return triangle.drawn(figure, language)
