"""The limits of charts.

https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
"""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.slack.element_rules import KIND
from bot.sandbox.slack.shapes import Check, Report, Shape, many, number, string

MOST_SERIES = 6
MOST_POINTS = 20
_POINT = Shape({"label": string(20), "value": number()})
_SLICE = Shape({"label": string(20), "value": number(0)})
_SERIES = Shape({"name": string(20), "data": many(_POINT, MOST_POINTS)})
_AXES = Shape({"categories": many(string(20), MOST_POINTS)}, {"x_label": string(50), "y_label": string(50)})


def _agree(value: Any, at: str, report: Report) -> None:
    """Refuse series of one name, and series whose labels are not the axis' categories."""
    series = [one for one in value.get("series") or () if isinstance(one, dict)]
    axes = value.get("axis_config")
    categories = axes.get("categories") if isinstance(axes, dict) else None
    for position, one in enumerate(series):
        labels = [point.get("label") for point in one.get("data") or () if isinstance(point, dict)]
        if labels != categories:
            report.add(f"{at}/series/{position}/data", "labels must match axis_config categories")
    if len({str(one.get("name")) for one in series}) < len(series):
        report.add(f"{at}/series", "series names must be unique")


_PLOTTED = Shape({**KIND, "series": many(_SERIES, MOST_SERIES), "axis_config": _AXES}, also=(_agree,))
CHARTS: Mapping[str, Check] = {
    "pie": Shape({**KIND, "segments": many(_SLICE, MOST_SERIES)}),
    "bar": _PLOTTED,
    "area": _PLOTTED,
    "line": _PLOTTED,
}
