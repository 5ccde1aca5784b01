"""Charts and tables that Slack draws itself.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block, …/data-table-block
"""

from collections.abc import Sequence
from typing import Any

from bot import words
from bot.model import Language
from bot.reply import Channel, Chart, Fact, Figure, Moment, Person, Reply, Sentence, Share, Table, say
from bot.slack.mrkdwn import FACT, plain, plainly, utc

Block = dict[str, Any]

# Slack tells of it nowhere, and refuses a third: https://github.com/vercel/chat/pull/696
MOST_CHARTS = 2
MOST_SERIES, MOST_POINTS = 6, 20
CHART_TITLE, LABEL = 50, 20
MOST_ROWS, MOST_COLUMNS, PAGE = 100, 20, 10
# 20,000 by the document, which does not say whether the names of people count
TABLE_CHARACTERS = 18_000
CAPTION = 150
NOTHING = "–"


def asks_slack_to_draw(reply: Reply) -> bool:
    """Tell whether a reply has blocks of which Slack may say that it does not know them."""
    return not reply.self_drawn and bool(charts(reply) or any(_has_rows(part) for part in reply.parts))


def charts(reply: Reply) -> frozenset[int]:
    """Return the places of the parts that Slack is asked to draw."""
    if reply.self_drawn:
        return frozenset()
    able = [place for place, part in enumerate(reply.parts) if isinstance(part, Chart) and _is_drawn_by_slack(part)]
    return frozenset(able[:MOST_CHARTS])


def undrawn(reply: Reply) -> tuple[Figure, ...]:
    """Return the figures that must come as pictures; one with nothing in it does not come at all."""
    by_slack = charts(reply)
    return tuple(
        part
        for place, part in enumerate(reply.parts)
        if isinstance(part, Figure) and place not in by_slack and not _is_empty(part)
    )


def chart(figure: Chart, language: Language) -> Block:
    """Return a chart as a block; labels that are too long are shortened in their middle, and stay distinct."""
    labels = distinct(figure.labels)
    names = distinct([_name(series.name, language) for series in figure.series])
    series = [
        {
            "name": name,
            "data": [{"label": label, "value": value} for label, value in zip(labels, one.values, strict=True)],
        }
        for name, one in zip(names, figure.series, strict=True)
    ]
    drawn = {"type": figure.kind.value, "series": series, "axis_config": {"categories": labels}}
    return {
        "type": "data_visualization",
        "title": shortened(plain(figure.title, language), CHART_TITLE),
        "chart": drawn,
    }


def table(figure: Table, language: Language) -> list[Block]:
    """Return a table as a block, and a note of the rows it has no room for; nothing where there are no rows."""
    if not figure.rows:
        return []
    head = [
        {"type": "raw_text", "text": plain(name, language)[:FACT] or NOTHING} for name in figure.head[:MOST_COLUMNS]
    ]
    rows = fitting([[cell(fact, language) for fact in row[:MOST_COLUMNS]] for row in figure.rows], head)
    shown: Block = {
        "type": "data_table",
        "caption": plain(figure.caption, language)[:CAPTION] or NOTHING,
        "rows": [head, *rows],
        "page_size": PAGE,
    }
    return [shown, *rest(len(figure.rows) - len(rows) + figure.left_out, language)]


def rest(count: int, language: Language) -> list[Block]:
    """Return the note that says how many rows are not shown, if any."""
    said = plain(say("table.more", count=count), language)
    return [{"type": "context", "elements": [{"type": "plain_text", "text": said}]}] if count else []


def cell(fact: Fact, language: Language) -> Block:
    """Return a fact as a cell: numbers to sort by, people as mentions, times in the reader's own zone."""
    match fact:
        case int():
            return {"type": "raw_number", "value": fact, "text": words.written(fact, language)}
        case Share(part, whole) if whole:
            return {"type": "raw_number", "value": round(part / whole, 4), "text": words.written(fact, language)}
        case Person(user_id):
            return _rich({"type": "user", "user_id": user_id})
        case Channel(channel_id) if not channel_id.startswith("D"):
            return _rich({"type": "channel", "channel_id": channel_id})
        case Moment(at):
            written = {"format": "{date_short_pretty} {time}", "fallback": utc(at)}
            return _rich({"type": "date", "timestamp": at, **written})
        case _:
            return {"type": "raw_text", "text": plainly(fact, language)[:FACT] or NOTHING}


def fitting(rows: Sequence[list[Block]], head: Sequence[Block]) -> list[list[Block]]:
    """Return the first rows that Slack takes: 100, of 20,000 characters together."""
    left, taken = TABLE_CHARACTERS - sum(map(_characters, head)), []
    for row in rows[:MOST_ROWS]:
        left -= sum(map(_characters, row))
        if left < 0:
            break
        taken.append(row)
    return taken


def shortened(text: str, limit: int) -> str:
    """Return a text of at most `limit` characters: what tells names apart is mostly at both their ends."""
    if len(text) <= limit:
        return text or NOTHING
    end = (limit - 1) // 2
    return f"{text[: limit - 1 - end]}…{text[-end:]}"


def distinct(names: Sequence[str]) -> list[str]:
    """Return the names, shortened to what Slack takes, with a number after those that are no longer distinct."""
    taken: list[str] = []
    for name in names:
        short, number = shortened(name, LABEL), 2
        while short in taken:
            short, number = f"{shortened(name, LABEL - len(str(number)) - 1)} {number}", number + 1
        taken.append(short)
    return taken


def _has_rows(part: object) -> bool:
    return isinstance(part, Table) and bool(part.rows)


def _is_empty(figure: Figure) -> bool:
    if isinstance(figure, Chart):
        return not (figure.labels and figure.series)
    return not (figure.rows and figure.columns)


def _is_drawn_by_slack(figure: Chart) -> bool:
    """Tell whether a chart is within Slack's limits, which know no gap in a series."""
    return (
        1 <= len(figure.labels) <= MOST_POINTS
        and 1 <= len(figure.series) <= MOST_SERIES
        and not any(value is None for series in figure.series for value in series.values)
    )


def _name(name: Sentence | str, language: Language) -> str:
    return plain(name, language) if isinstance(name, Sentence) else name


def _rich(element: Block) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [element]}]}


def _characters(one: Block) -> int:
    """Return how many characters a cell counts as, rather too many than too few."""
    return len(one["text"]) if "text" in one else FACT // 2
