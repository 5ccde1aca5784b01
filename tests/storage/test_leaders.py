"""Who leads is the same by weeks and days as by days alone, whatever the span."""

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from bot.scan import Event, monday_of, week_of
from storage import figures
from storage.scans import Arrived
from tests.storage.test_settling import APP, FIRST_DAY, at, fresh, kept, scan, unhurried

DAYS = 40


def events() -> st.SearchStrategy[list[Arrived]]:
    one = st.builds(
        lambda person, event, day, scene: scan(person, event, at(day), scene if event is not Event.UNFOLLOW else ""),
        st.text("pqrs", min_size=1, max_size=3),
        st.sampled_from(Event),
        st.integers(0, DAYS - 1),
        st.sampled_from("abcde"),
    )
    return st.lists(one, max_size=40)


@unhurried
@given(events(), st.integers(0, DAYS - 1), st.integers(0, DAYS - 1), st.integers(1, 5))
def test_who_leads_is_a_sum_over_days_however_weeks_lie_in_the_span(
    told: list[Arrived], one: int, other: int, limit: int
) -> None:
    first, last = FIRST_DAY + min(one, other), FIRST_DAY + max(one, other)
    with closing(fresh()) as connection:
        kept(connection, told)
        every = figures.active(connection, APP, first, last, 100)
        best = [(scene, sums) for scene, sums in every.items() if sums.follows or sums.scans]
        assert [*figures.leaders(connection, APP, first, last, limit).items()] == best[:limit]


@given(st.integers(0, 30_000))
def test_a_week_is_seven_days_from_its_monday(day: int) -> None:
    week = week_of(day)
    assert monday_of(week) <= day < monday_of(week + 1)
    assert (monday_of(week) - 4) % 7 == 0  # 1970-01-05 was the first Monday
