"""Where the marks of an axis stand, and how its numbers are written."""

import math
from collections.abc import Iterable, Sequence

from bot import words
from bot.model import Language
from bot.reply import say

ABOUT = 5  # marks on an axis
_STEPS = (1, 2, 2.5, 5, 10)
_LARGE = 1_000_000
# the units in which each language counts what is too long to be written out, from the largest
_UNITS = {Language.ENGLISH: (10**12, 10**9, 10**6), Language.CHINESE: (10**12, 10**8, 10**4)}
_KEYS = ("chart.unit.largest", "chart.unit.larger", "chart.unit.large")


def ticks(values: Iterable[float]) -> tuple[float, ...]:
    """Return round numbers from below the lowest value, or 0, to above the highest, in equal steps."""
    known = (*values, 0)
    lowest, highest = min(known), max(known)
    step = _step((highest - lowest) / ABOUT, whole=all(value == int(value) for value in known))
    first, last = math.floor(lowest / step), max(1, math.ceil(highest / step)) if highest or not lowest else 0
    return tuple(_exact(number * step) for number in range(first, last + 1))


def written(number: float, language: Language) -> str:
    """Write a number with its thousands; one above a million in the units the language counts in."""
    if abs(number) < _LARGE:
        return _plain(number)
    unit, key = next((unit, key) for unit, key in zip(_UNITS[language], _KEYS, strict=True) if abs(number) >= unit)
    return words.text(say(key, number=_plain(number / unit)), language)


def _plain(number: float) -> str:
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}".rstrip("0").rstrip(".")


def _step(least: float, *, whole: bool) -> float:
    """Return the next round number that is not smaller than `least`."""
    if least <= 0:
        return 1
    power = 10.0 ** math.floor(math.log10(least))
    step = next(round_one * power for round_one in _STEPS if round_one * power >= least * (1 - 1e-9))
    return max(1, math.ceil(step)) if whole else step


def _exact(number: float) -> float:
    """Take away what floats add to a round number: 0.30000000000000004."""
    return float(f"{number:.12g}")


def evenly(count: int, start: float, end: float) -> Sequence[float]:
    """Return the middles of `count` equal places between `start` and `end`."""
    return [start + (end - start) * (place + 0.5) / count for place in range(count)]
