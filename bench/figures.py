"""Figures as one table: the median of the rounds, their spread, the target, and the naive way beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

HEAD = "| | target | wxqr | rounds' spread | naive | wxqr is better by |\n|---|---|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `name` and `naive` are figures of the rounds, `factor` brings them to `unit`."""

    what: str
    name: str
    unit: str
    limit: float | None = None
    naive: str = ""
    factor: float = 1
    more_is_better: bool = False


MS = 1000
ROWS = (
    Row("200 commands/s, acknowledged once they are on the disk: p50", "kept p50", "ms", None, "naive kept p50", MS),
    Row("200 commands/s, acknowledged once they are on the disk: p99", "kept p99", "ms", 10, "naive kept p99", MS),
    Row("200 commands/s, the acknowledgement is the whole answer: p50", "replied p50", "ms", None, "", MS),
    Row("200 commands/s, the acknowledgement is the whole answer: p99", "replied p99", "ms", None, "", MS),
    Row("60 commands/s, acknowledged while all their codes are minted and posted: p50", "steady p50", "ms", factor=MS),
    Row("60 commands/s, acknowledged while all their codes are minted and posted: p99", "steady p99", "ms", factor=MS),
    Row("Command to posted code, one after another: p50", "in turn", "ms", None, "naive in turn", MS),
    Row("… of it the bot's own: without the time Slack and WeChat took", "own", "ms", 15, "naive own", MS),
    Row("Codes posted, 20 commands at once", "at once", "/s", 120, "naive at once", more_is_better=True),
    Row("Processor time of the bot for a code", "cpu", "ms", factor=MS),
    Row("Processor time of sandbox and loader for a code", "world cpu", "ms", factor=MS),
    Row("From the process's start to ready", "ready", "s", 1.2),
    Row("Memory, idle", "idle", "MB", 100),
    Row("Memory after {commands:,} commands", "after", "MB", 130),
)


def table(record: Mapping[str, Sequence[float]], commands: int) -> str:
    """Return the figures as Markdown; `commands` is how many the memory's last row comes after."""
    return "\n".join((HEAD, *(_line(row, record, commands) for row in ROWS)))


def missed(record: Mapping[str, Sequence[float]]) -> list[str]:
    """Return what did not reach its target."""
    return [row.what for row in ROWS if row.limit is not None and not _is_met(row, median(_scaled(row, record)))]


def _line(row: Row, record: Mapping[str, Sequence[float]], commands: int) -> str:
    ours = _scaled(row, record)
    naive = [value * row.factor for value in record[row.naive]] if row.naive else []
    cells = (
        row.what.format(commands=commands),
        _target(row),
        f"**{_with_unit(median(ours), row)}**",
        f"{_short(min(ours))}–{_short(max(ours))}",
        _with_unit(median(naive), row) if naive else "",
        f"{_ratio(row, ours, naive):.1f} ×" if naive else "",
    )
    return "| " + " | ".join(cells) + " |"


def _scaled(row: Row, record: Mapping[str, Sequence[float]]) -> list[float]:
    return [value * row.factor for value in record[row.name]]


def _is_met(row: Row, value: float) -> bool:
    limit = row.limit or 0
    return value >= limit if row.more_is_better else value < limit


def _target(row: Row) -> str:
    if row.limit is None:
        return ""
    return f"{'≥' if row.more_is_better else '<'} {_with_unit(row.limit, row)}"


def _ratio(row: Row, ours: Sequence[float], naive: Sequence[float]) -> float:
    """Return the median of the ratios within a round: the machine's own pace drops out."""
    pairs = zip(ours, naive, strict=True)
    return median(mine / theirs if row.more_is_better else theirs / mine for mine, theirs in pairs)


def _with_unit(value: float, row: Row) -> str:
    return f"{_short(value)}{'' if row.unit.startswith('/') else ' '}{row.unit}"


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
