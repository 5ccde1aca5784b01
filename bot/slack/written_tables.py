"""Tables as text, for where Slack refuses to draw them."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from bot import words
from bot.model import Language
from bot.reply import Channel, Fact, Moment, Person, Sentence, Share, Table
from bot.slack.data_blocks import MOST_COLUMNS, NOTHING, rest
from bot.slack.mrkdwn import SECTION_TEXT, cut, escaped, marked, mrkdwn, plain, plainly

Block = dict[str, Any]

MOST_SECTIONS = 4
WIDEST = 30  # the columns of a cell, of which a Chinese character takes two
GAP = "  "
FENCE = "```\n{}\n```"
# what Slack shows in another way than it is written: no column can be made of it
_SHOWN_OTHERWISE = Person | Channel | Moment


def written(table: Table, language: Language) -> list[Block]:
    """Return a table as sections: in columns where all it holds is plain text, else a line for each row."""
    if not table.rows:
        return []
    in_columns = not any(isinstance(fact, _SHOWN_OTHERWISE) for row in table.rows for fact in row)
    head, lines = _aligned(table, language) if in_columns else ("", _listed(table, language))
    texts, count = _pages(lines, head, FENCE if in_columns else "{}")
    title = f"*{mrkdwn(table.caption, language)}*"
    sections = [_section(cut(text)) for text in (title, *texts)]
    return [*sections, *rest(len(lines) - count + table.left_out, language)]


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _pages(lines: Sequence[str], head: str, frame: str) -> tuple[list[str], int]:
    """Return the lines in as few texts as hold them, and how many lines found a place."""
    texts: list[str] = []
    page: list[str] = []
    count = 0
    for line in lines:
        if page and len(frame.format("\n".join([*page, line]))) > SECTION_TEXT:
            texts.append(frame.format("\n".join(page)))
            page = []
            if len(texts) == MOST_SECTIONS:
                return texts, count
        page = [*(page or [head] * bool(head)), line]
        count += 1
    return [*texts, frame.format("\n".join(page))], count


def _aligned(table: Table, language: Language) -> tuple[str, list[str]]:
    """Return the head and the rows in columns, numbers to the right."""
    head = [_cell(plain(name, language)) for name in table.head[:MOST_COLUMNS]]
    rows = [[_cell(plainly(fact, language)) for fact in row[:MOST_COLUMNS]] for row in table.rows]
    wide = [max(map(columns, column)) for column in zip(head, *rows, strict=True)]
    right = [all(isinstance(row[n], int | Share) for row in table.rows) for n in range(len(head))]
    lines = [
        GAP.join(_padded(text, width, to_right) for text, width, to_right in zip(row, wide, right, strict=True))
        for row in (head, *rows)
    ]
    shown = [escaped(line.rstrip()) for line in lines]
    return shown[0], shown[1:]


def _padded(text: str, width: int, to_right: bool) -> str:  # noqa: FBT001 - it has a name where it comes from
    spaces = " " * (width - columns(text))
    return spaces + text if to_right else text + spaces


def _cell(text: str) -> str:
    """Return a text for a column: one line, without what would end the code block."""
    flat = " ".join(text.replace("`", "'").split()) or NOTHING
    if columns(flat) <= WIDEST:
        return flat
    while columns(flat) >= WIDEST:
        flat = flat[:-1]
    return f"{flat}…"


def columns(text: str) -> int:
    """Return how many columns a text takes in a font of even width."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _listed(table: Table, language: Language) -> list[str]:
    return ["• " + " · ".join(_named(table.head, row, language)) for row in table.rows]


def _named(head: Sequence[Sentence], row: Sequence[Fact], language: Language) -> Iterator[str]:
    """Yield the cells of a row, all but the first with the name of their column."""
    for place, (name, fact) in enumerate(zip(head, row, strict=True)):
        value = words.written(fact, language, lambda one: marked(one, language)) or NOTHING
        yield f"{escaped(plain(name, language))} {value}" if place else value
