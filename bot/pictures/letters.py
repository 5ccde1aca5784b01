"""How much room words take in the font of the figures."""

import unicodedata

from bot.pictures.glyphs import drawable

# widths in parts of the size, as the font has them; what is in none of these is as wide as a digit
_NARROW, _USUAL, _BROAD, _FULL = 0.29, 0.56, 0.68, 1.0
_NARROWS = frozenset("iIjl.,:;'|!()[]{} ·/-")
_BROADS = frozenset("mwMWABCDGHKNOPQRUVXYZ%@&+=<>~")


def width(words: str, size: float) -> float:
    """Return about how many pixels wide `words` are when they are drawn."""
    return size * sum(map(_width, drawable(words)))


def shortened(words: str, room: float, size: float) -> str:
    """Return `words`, with … at the end where they would take more than `room` pixels."""
    words = drawable(words)
    if width(words, size) <= room:
        return words
    fitting = 0
    while fitting < len(words) and width(words[: fitting + 1] + "…", size) <= room:
        fitting += 1
    return words[:fitting].rstrip() + "…"


def _width(letter: str) -> float:
    if letter in _NARROWS:
        return _NARROW
    if letter in _BROADS:
        return _BROAD
    return _FULL if unicodedata.east_asian_width(letter) in "WF" or letter == "…" else _USUAL
