"""What a chart draws also stands beside it as text, in as little room as it takes."""

from typing import Any

import pytest
from hypothesis import given

from bot.model import Language
from bot.reply import Chart, ChartKind, HeatMap, Points, Reply, Series, say
from bot.sandbox.slack.block_rules import problems
from bot.slack.blocks import blocks
from bot.slack.written_points import written
from tests.bot.pictures.figures import HOURS, charts, heat_maps, trend

EN, ZH = Language.ENGLISH, Language.CHINESE
TITLE = say("digest.chart")
SCANS, FOLLOWS = say("stats.column.scans"), say("stats.column.follows")


def texts(figure: Chart | HeatMap, language: Language = EN) -> list[str]:
    texts = (block["text"] if "text" in block else block["elements"][0] for block in shown(figure, language))
    return [one["text"].replace("\N{NO-BREAK SPACE}", " ") for one in texts]


def shown(figure: Chart | HeatMap, language: Language = EN) -> list[dict[str, Any]]:
    return blocks(Reply(TITLE, (Points(figure),)), language) if written(figure, language) else []


def by_day(*scans: int) -> Chart:
    days = tuple(f"11-{day:02}" for day, _ in enumerate(scans, 1))
    return Chart(TITLE, ChartKind.LINE, days, (Series(SCANS, scans), Series(FOLLOWS, tuple(n // 2 for n in scans))))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (EN, "Scans / New follows – 11-02: 3/1 · 11-04: 1,234/617 · all others: 0"),
        (ZH, "扫码次数 / 新增关注 – 11-02: 3/1 · 11-04: 1,234/617 · 其余均为 0"),
    ],
)
def test_the_numbers_of_a_chart_stand_by_their_days_and_days_without_any_are_summed_up(
    language: Language, said: str
) -> None:
    assert texts(by_day(0, 3, 0, 1234), language) == [said]


def test_where_every_day_has_numbers_no_other_is_spoken_of() -> None:
    assert texts(by_day(2, 4)) == ["Scans / New follows – 11-01: 2/1 · 11-02: 4/2"]


def test_a_gap_in_a_series_is_not_zero() -> None:
    chart = Chart(TITLE, ChartKind.LINE, ("a", "b"), (Series("x", (None, 0)),))
    assert texts(chart) == ["x – a: – · all others: 0"]


def test_the_numbers_of_a_heat_map_stand_in_its_rows() -> None:
    assert texts(HOURS) == ["WeChat QR code, scene spring\nMon – 12: 3\nTue – 00: 40 · 12: 1,234\nall others: 0"]


@pytest.mark.parametrize(("days", "kind"), [(14, "context"), (30, "context"), (90, "section"), (400, "section")])
def test_what_is_too_long_for_small_print_is_a_section_that_slack_folds(days: int, kind: str) -> None:
    found = shown(trend(days, "scans", "follows", "unfollows"))
    assert {block["type"] for block in found} == {kind}
    assert problems(found) == []


@given(charts(400) | heat_maps())
def test_every_number_is_told_and_slack_takes_it(figure: Chart | HeatMap) -> None:
    assert problems(shown(figure)) == []
    rows = figure.values if isinstance(figure, HeatMap) else [series.values for series in figure.series]
    told = "".join(texts(figure))
    if texts(figure):
        assert [n for row in rows for n in row if n and f"{n:,}" not in told] == []


def test_of_nothing_nothing_is_told() -> None:
    assert written(Chart(TITLE, ChartKind.LINE, (), ()), EN) == []
