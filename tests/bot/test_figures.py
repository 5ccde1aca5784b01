"""Windows of days, weeks, hours of the day, who stayed: by the definitions of docs/METRICS.md."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures import Cohort, Sums, Window, by_weeks, changed, date_of, full_date_of, heat, retention, weekday_of
from bot.model import DAY
from bot.reply import Share, say
from bot.scan import beginning_of, day_of, hour_of

SUNDAY = 20779  # 2026-11-22


def test_a_day_begins_at_midnight_in_shanghai() -> None:
    midnight = beginning_of(SUNDAY)
    assert (day_of(midnight - 1), day_of(midnight), hour_of(midnight)) == (SUNDAY - 1, SUNDAY, SUNDAY * 24)
    assert midnight == 1_795_276_800  # 2026-11-21 16:00 UTC


def test_days_are_written_as_dates() -> None:
    assert (date_of(SUNDAY), full_date_of(SUNDAY), weekday_of(SUNDAY)) == ("11-22", "2026-11-22", 6)


def test_the_last_fourteen_days_end_today_and_the_fourteen_before_touch_them() -> None:
    window = Window.of(14, beginning_of(SUNDAY) + 3600)
    assert (window.first, window.last, window.days) == (SUNDAY - 13, SUNDAY, 14)
    assert window.before == Window(SUNDAY - 27, SUNDAY - 14)


@given(st.integers(0, 40_000), st.integers(0, 400))
def test_weeks_cover_every_day_once_and_begin_on_mondays(first: int, more: int) -> None:
    window = Window(first, first + more)
    weeks = by_weeks(window)
    assert [day for week in weeks for day in range(week.first, week.last + 1)] == list(range(first, first + more + 1))
    assert all(weekday_of(week.first) == 0 for week in weeks[1:])
    assert all(week.days <= 7 for week in weeks)


def test_hours_become_weekdays_over_hours_of_the_day() -> None:
    table = heat({SUNDAY * 24 + 9: 5, (SUNDAY - 7) * 24 + 9: 2, (SUNDAY + 1) * 24: 1})
    assert (table[6][9], table[0][0], sum(map(sum, table))) == (7, 1, 8)


def test_only_cohorts_whose_day_is_over_are_counted_as_kept() -> None:
    old, young = Cohort(SUNDAY - 2, 40, {1: 30, 7: 21}), Cohort(SUNDAY - 1, 7, {1: 7})
    assert retention([old, young], 1, SUNDAY) == Share(30, 40)
    assert retention([young], 1, SUNDAY) is None


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (118, 100, "+18 %"),
        (50, 100, "−50 %"),
        (5, 0, "0 → 5"),
        (0, 0, say("stats.as_before")),
        (7, 7, say("stats.as_before")),
        (3000, 1, "1 → 3,000"),
        (300_000, 30, "+999,900 %"),
    ],
)
def test_a_change_is_said_in_percent_and_never_divides_by_nothing(now: int, before: int, said: object) -> None:
    assert changed(now, before) == said


def test_net_and_returning_follow_from_the_rest() -> None:
    sums = Sums(scans=10, by_followers=3, follows=7, first_follows=5, unfollows=9)
    assert (sums.net, sums.returning_follows, sums.is_nothing, Sums().is_nothing) == (-2, 2, False, True)


def test_a_day_has_as_many_seconds_as_the_model_says() -> None:
    assert beginning_of(SUNDAY + 1) - beginning_of(SUNDAY) == DAY
