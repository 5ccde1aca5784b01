"""Figures as a table: the median of the rounds, their spread, the target, and who does the same beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

HEAD = "| | target | wxqr | rounds' spread | {} | wxqr is better by |\n|---|---|---|---|---|---|"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: `name` and `other` are figures of the rounds, `factor` brings them to `unit`.

    What is to be reached is `limit`, or `ratio` times what the other does; the spread is that of what has a target.
    """

    what: str
    name: str
    unit: str
    limit: float | None = None
    other: str = ""
    factor: float = 1
    more_is_better: bool = False
    ratio: float | None = None


def table(rows: Sequence[Row], record: Mapping[str, Sequence[float]], other: str) -> str:
    """Return the figures that there are as Markdown; `other` heads the column of whoever does the same."""
    return "\n".join((HEAD.format(other), *(_line(row, record) for row in _measured(rows, record))))


def missed(rows: Sequence[Row], record: Mapping[str, Sequence[float]]) -> list[str]:
    """Return what was measured and did not reach its target."""
    return [row.what for row in _measured(rows, record) if not _is_met(row, record)]


def _measured(rows: Sequence[Row], record: Mapping[str, Sequence[float]]) -> list[Row]:
    return [row for row in rows if row.name in record and (not row.other or row.other in record)]


def _line(row: Row, record: Mapping[str, Sequence[float]]) -> str:
    ours, ratios = _scaled(row, record), _ratios(row, record)
    spread = ours if row.ratio is None else ratios
    theirs = [value * row.factor for value in record[row.other]] if row.other else []
    value, ratio = _with_unit(median(ours), row), f"{_as_ratio(median(ratios))} ×" if ratios else ""
    cells = (
        row.what,
        _target(row),
        value if row.ratio else f"**{value}**",
        f"{_short(min(spread))}–{_short(max(spread))}{' ×' if row.ratio else ''}",
        _with_unit(median(theirs), row) if theirs else "",
        f"**{ratio}**" if row.ratio else ratio,
    )
    return "| " + " | ".join(cells) + " |"


def _scaled(row: Row, record: Mapping[str, Sequence[float]]) -> list[float]:
    return [value * row.factor for value in record[row.name]]


def _ratios(row: Row, record: Mapping[str, Sequence[float]]) -> list[float]:
    """Return the ratios within each round: the machine's own pace drops out of them."""
    if not row.other:
        return []
    pairs = zip(record[row.name], record[row.other], strict=True)
    return [mine / theirs if row.more_is_better else theirs / mine for mine, theirs in pairs]


def _is_met(row: Row, record: Mapping[str, Sequence[float]]) -> bool:
    if row.ratio is not None:
        return median(_ratios(row, record)) >= row.ratio
    if row.limit is None:
        return True
    value = median(_scaled(row, record))
    return value >= row.limit if row.more_is_better else value < row.limit


def _target(row: Row) -> str:
    if row.ratio is not None:
        return f"≥ {_as_ratio(row.ratio)} ×"
    if row.limit is None:
        return ""
    return f"{'≥' if row.more_is_better else '<'} {_with_unit(row.limit, row)}"


def _with_unit(value: float, row: Row) -> str:
    return f"{_short(value)}{'' if row.unit.startswith('/') else ' '}{row.unit}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _as_ratio(value: float) -> str:
    return f"{value:.2f}" if value < 1 else f"{value:.1f}"
