"""A digest is due at nine of the clock on the wall, whatever that clock does, and is about the days before."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot import words
from bot.digest import DAILY, WEEKLY, Digest, already, digested, issue, next_issue, window
from bot.figures import WEEK, Sums, Window
from bot.model import Language
from bot.reply import Share

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Sydney and Berlin put their clocks forward and back; in Denver nine o'clock is before midnight in Shanghai in
# summer and at midnight in winter; Kiritimati and Honolulu are a day apart
ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/Denver",
    "Australia/Sydney",
    "Pacific/Kiritimati",
    "Pacific/Honolulu",
]


def number(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()


@pytest.mark.parametrize(("hour", "minute", "is_due"), [(8, 59, False), (9, 0, True), (20, 59, True), (21, 0, False)])
def test_it_is_due_from_nine_until_nine_in_the_evening(hour: int, minute: int, is_due: bool) -> None:  # noqa: FBT001
    local = datetime(2026, 11, 22, hour, minute, tzinfo=SHANGHAI)
    assert (issue(DAILY, local) == number(2026, 11, 22)) is is_due


def test_a_weekly_one_is_due_on_mondays_only() -> None:
    week = [datetime(2026, 11, 23, 9, tzinfo=SHANGHAI) + timedelta(days=n) for n in range(WEEK)]
    assert [issue(WEEKLY, local) for local in week] == [number(2026, 11, 23), *[None] * 6]


def test_it_is_about_the_day_or_the_week_before() -> None:
    monday = number(2026, 11, 23)
    assert window(DAILY, monday) == Window(monday - 1, monday - 1)
    assert window(WEEKLY, monday) == Window(number(2026, 11, 16), number(2026, 11, 22))


@pytest.mark.parametrize("zone", ZONES)
def test_no_day_is_left_out_or_told_twice_where_clocks_are_changed(zone: str) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    times = (start + timedelta(minutes=30 * n) for n in range(366 * 48))
    issues = [day for day in (issue(DAILY, at.astimezone(ZoneInfo(zone))) for at in times) if day is not None]
    days = sorted(set(issues))
    assert days == list(range(days[0], days[-1] + 1))
    assert issues == sorted(issues)


@pytest.mark.parametrize("zone", ZONES)
def test_the_days_it_is_about_are_over_in_shanghai_wherever_the_clock_hangs(zone: str) -> None:
    for day in range(1, 366):
        local = datetime(2026, 1, 1, 9, tzinfo=ZoneInfo(zone)) + timedelta(days=day)
        told = issue(DAILY, local)
        assert told is not None
        over = datetime(1970, 1, 1, tzinfo=SHANGHAI) + timedelta(days=window(DAILY, told).last + 1)
        assert over <= local


# 2026-11-23 is a Monday
@pytest.mark.parametrize(
    ("rhythm", "now", "sent_for", "then"),
    [
        (DAILY, "2026-11-24 08:59", 23, "2026-11-24 09:00"),
        (DAILY, "2026-11-24 12:30", 24, "2026-11-25 09:00"),
        (DAILY, "2026-11-24 12:30", 23, "2026-11-24 12:30"),
        (DAILY, "2026-11-24 21:00", 23, "2026-11-25 09:00"),
        (WEEKLY, "2026-11-24 12:30", 24, "2026-11-30 09:00"),
        (WEEKLY, "2026-11-23 10:15", 23, "2026-11-30 09:00"),
        (WEEKLY, "2026-11-23 04:00", 22, "2026-11-23 09:00"),
    ],
)
def test_the_next_one_is_due_at_nine_or_now_where_it_is_late(rhythm: str, now: str, sent_for: int, then: str) -> None:
    local, due = (datetime.fromisoformat(text).replace(tzinfo=SHANGHAI) for text in (now, then))
    assert next_issue(rhythm, number(2026, 11, sent_for), local) == due


@pytest.mark.parametrize("zone", ZONES)
def test_the_next_one_is_due_when_it_is_said_to_be(zone: str) -> None:
    local = datetime(2026, 1, 1, 12, 30, tzinfo=ZoneInfo(zone))
    for _ in range(366):
        then = next_issue(DAILY, already(local), local)
        assert issue(DAILY, then) == already(local) + 1
        assert (then.hour, then.date() - local.date()) == (9, timedelta(days=1))
        local += timedelta(days=1)


@pytest.mark.parametrize(("is_named", "said"), [(False, "Daily digest, "), (True, "Daily digest of tea, ")])
def test_it_names_its_account_only_where_there_are_several(is_named: bool, said: str) -> None:  # noqa: FBT001
    none, monday = Share(0, 0), number(2026, 11, 23)
    days = window(DAILY, monday)
    digest = Digest("tea", DAILY, days, {days.first: Sums(1)}, Sums(), (), (), 0, None, none, none)
    assert words.text(digested(digest, is_named=is_named).headline, Language.ENGLISH).startswith(said)


def test_who_wants_one_after_nine_waits_for_the_next() -> None:
    morning, noon = (datetime(2026, 11, 22, hour, tzinfo=SHANGHAI) for hour in (8, 12))
    assert (already(morning), already(noon)) == (number(2026, 11, 21), number(2026, 11, 22))
