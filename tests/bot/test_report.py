"""How figures are drawn: which days a row is of, and what is left out."""

import pytest

from bot.figures import AGES, Cohort, Statistics, Sums, Window
from bot.reply import say
from bot.report import triangle

TODAY = 20779  # Sunday, 2026-11-22


def statistics(days: int, cohorts: list[Cohort]) -> Statistics:
    window = Window(TODAY - days + 1, TODAY)
    return Statistics(
        window=window,
        today=TODAY,
        scenes={},
        codes=(),
        by_scene={},
        by_day={},
        by_scene_and_day={},
        before=Sums(),
        scanners={},
        stayed={},
        cohorts=cohorts,
        lost=0,
        hours={},
    )


def daily(days: int, people: int) -> list[Cohort]:
    """Return a cohort for each of the last days, of which one person leaves on each of the AGES."""
    kept = {age: people - 1 - n for n, age in enumerate(AGES)}
    return [Cohort(day, people, kept) for day in range(TODAY - days + 1, TODAY + 1)]


def test_a_few_cohorts_are_drawn_by_day_and_what_is_not_yet_due_is_empty() -> None:
    drawn = triangle(statistics(60, [Cohort(TODAY - 31, 5, {1: 5, 7: 4, 30: 3}), *daily(2, 4)]), "spring")
    assert drawn.title == say("stats.chart.retention.day", what="spring")
    assert drawn.rows == (
        ("10-22", 5, ((5, 5), (4, 5), (3, 5))),
        ("11-21", 4, (None, None, None)),
        ("11-22", 4, (None, None, None)),
    )


@pytest.mark.parametrize("days", [32, 60, 400])
def test_many_cohorts_are_drawn_by_week_and_none_is_left_out(days: int) -> None:
    drawn = triangle(statistics(days, daily(days, 4)), "spring")
    assert drawn.title == say("stats.chart.retention.week", what="spring")
    assert sum(people for _, people, _ in drawn.rows) == 4 * days
    assert drawn.rows[-1] == ("11-16 – 11-22", 28, ((15, 20), None, None))


def test_a_week_counts_those_of_its_days_that_are_long_enough_past() -> None:
    drawn = triangle(statistics(60, daily(60, 4)), "spring")
    by_week = {row[0]: row[2] for row in drawn.rows}
    assert by_week["10-12 – 10-18"] == ((21, 28), (14, 28), (7, 28))
    assert by_week["10-19 – 10-25"] == ((21, 28), (14, 28), (4, 16))
    assert by_week["10-26 – 11-01"] == ((21, 28), (14, 28), None)
