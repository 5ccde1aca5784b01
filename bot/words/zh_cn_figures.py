"""What stands in and beside charts and tables, in Chinese."""

from collections.abc import Mapping

FIGURES: Mapping[str, str] = {
    "share.percent": "{percent}%（{part}/{whole}）",
    "share.few": "{part}/{whole}",
    "share.none": "–",
    "chart.day": "日期",
    "chart.people": "人数",
    "chart.age": "{age}",
    "chart.points.others": "其余均为 0",
    "chart.unit.largest": "{number} 万亿",
    "chart.unit.larger": "{number} 亿",
    "chart.unit.large": "{number} 万",
    "chart.elsewhere": "图片已私信发给你。",
    "chart.not_here": "我不在本频道，无法上传图片，这里省略了图片。在此输入一次 `/invite @wxqr` 即可。",
    "chart.refused": "缺少图片：Slack 没有接收 ( `{error}` )。",
    "table.more": "另有 {count} 行未在此显示。",
}
