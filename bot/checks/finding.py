"""What a check found."""

from dataclasses import dataclass
from enum import StrEnum

from bot.reply import Sentence


class Mark(StrEnum):
    """How it is: NOTE is worth knowing and stops nothing, WRONG must be put right."""

    GOOD = "✓"
    NOTE = "!"
    WRONG = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: a mark, and what was found and what to do."""

    mark: Mark
    sentence: Sentence


def good(sentence: Sentence) -> Finding:
    return Finding(Mark.GOOD, sentence)


def note(sentence: Sentence) -> Finding:
    return Finding(Mark.NOTE, sentence)


def wrong(sentence: Sentence) -> Finding:
    return Finding(Mark.WRONG, sentence)
