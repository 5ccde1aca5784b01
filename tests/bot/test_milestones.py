"""Which numbers of new follows are worth a message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.watching import Count, reached


@pytest.mark.parametrize(
    ("follows", "milestone"),
    [
        (0, 0),
        (9, 0),
        (10, 10),
        (49, 10),
        (50, 50),
        (99, 50),
        (100, 100),
        (4_999, 1_000),
        (5_000, 5_000),
        (61_000, 50_000),
    ],
)
def test_milestones_are_ten_fifty_a_hundred_five_hundred_and_so_on(follows: int, milestone: int) -> None:
    assert reached(follows) == milestone


@given(st.integers(0, 10**12))
def test_a_milestone_is_never_ahead_and_never_left_five_times_behind(follows: int) -> None:
    assert reached(follows) <= follows
    assert follows < 10 or reached(follows) * 5 > follows
    assert reached(reached(follows)) == reached(follows)


def test_every_scan_and_every_follow_makes_another_count() -> None:
    marks = {Count(scans, 1, follows).mark for scans in range(12) for follows in range(12)}
    assert len(marks) == 144
