"""What stands in and beside charts and tables, in English."""

from collections.abc import Mapping

FIGURES: Mapping[str, str] = {
    "share.percent": "{percent} % ({part}/{whole})",
    "share.few": "{part}/{whole}",
    "share.none": "–",
    "chart.day": "Day",
    "chart.people": "People",
    "chart.age": "{age}",
    "chart.points.others": "all others: 0",
    "chart.unit.largest": "{number}T",
    "chart.unit.larger": "{number}B",
    "chart.unit.large": "{number}M",
    "chart.elsewhere": "The picture is in our direct messages.",
    "chart.not_here": (
        "I am not a member of this channel, so I cannot post pictures here: those of this answer are left out. "
        "Type `/invite @wxqr` here once to change that."
    ),
    "chart.refused": "The picture is missing: Slack did not take it (`{error}`).",
    "table.more": "{count} more rows are not shown here.",
}
