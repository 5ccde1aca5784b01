"""Which characters the font has, and how words are written in these alone.

What a font lacks is drawn as a crossed box, which tells nobody anything and looks like a fault of ours.
"""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# fonts/README.md tells what is in it, and how it was made
FONT = Path(__file__).parent / "fonts" / "NotoSansCJKsc-Subset.otf"
FAMILY = FONT.stem

# what Chinese and Japanese printers have always set where a type was missing
MISSING = "〓"
# by the first letters of its category: marks, controls and the unassigned, where new emoji are; and emoji themselves
_LEFT_OUT = ("M", "C", "So", "Sk")
_ALL_PLANES = (3, 10)  # the platform and the encoding of the table that knows all of Unicode


def has(letter: str) -> bool:
    """Tell whether the font has a glyph for a character."""
    firsts, lasts = _spans()
    place = bisect_right(firsts, ord(letter)) - 1
    return place >= 0 and ord(letter) <= lasts[place]


def drawable(words: str) -> str:
    """Return `words` as the font can draw them: without emoji, and with 〓 for each letter that it lacks.

    What is made of nothing else becomes one 〓, so that no name is empty.
    """
    # most are numbers and days, which need no look into the font
    if (words.isascii() and words.isprintable()) or all(map(has, words)):
        return words
    drawn = " ".join("".join(map(_drawn, unicodedata.normalize("NFC", words))).split())
    return drawn or (MISSING if words.strip() else "")


def _drawn(letter: str) -> str:
    if has(letter):
        return letter
    if letter.isspace():
        return " "
    alike = unicodedata.normalize("NFKC", letter)  # 𝐀 is an A
    if all(map(has, alike)):
        return alike
    return "" if unicodedata.category(letter).startswith(_LEFT_OUT) else MISSING


@cache
def _spans() -> tuple[list[int], list[int]]:
    """Return the first and the last codes of the spans of characters that the font has."""
    firsts: list[int] = []
    lasts: list[int] = []
    for first, last in _mapped(_table(b"cmap")):
        if lasts and first == lasts[-1] + 1:
            lasts[-1] = last
        else:
            firsts.append(first)
            lasts.append(last)
    return firsts, lasts


def _table(name: bytes) -> bytes:
    """Return one table of the font: https://learn.microsoft.com/typography/opentype/spec/otff."""
    with FONT.open("rb") as font:
        count = struct.unpack(">4xH6x", font.read(12))[0]
        tables = {tag: (at, size) for tag, at, size in struct.iter_unpack(">4s4xII", font.read(16 * count))}
        at, size = tables[name]
        font.seek(at)
        return font.read(size)


def _mapped(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield spans of characters, in order: https://learn.microsoft.com/typography/opentype/spec/cmap#format-12."""
    count = struct.unpack_from(">2xH", table)[0]
    parts = {part[:2]: part[2] for part in struct.iter_unpack(">HHI", table[4 : 4 + 8 * count])}
    at = parts[_ALL_PLANES]
    spans = struct.unpack_from(">12xI", table, at)[0]
    yield from struct.iter_unpack(">II4x", table[at + 16 : at + 16 + 12 * spans])
