"""One answer about codes: of how many it is the sum, which lead, and who stayed."""

import sqlite3

from bot.figures import Stayed, Uncounted, Window
from bot.model import DAY
from bot.reply import Share
from bot.report import table
from bot.scan import Event, beginning_of, day_of
from storage import scans, settling
from storage.choosing import Choice
from storage.statistics import Wanted, gather
from tests.storage.arrivals import Silence, come, event
from tests.storage.wishes import APP, NOW

TODAY = day_of(NOW)


def follow(connection: sqlite3.Connection, person: str, days_ago: int, *, left_after: int | None = None) -> None:
    """Let one person follow so many days ago, and leave so many days later."""
    at = beginning_of(TODAY - days_ago) + 3600
    come(connection, event(person, Event.FOLLOW, at, "spring"))
    if left_after is not None:
        come(connection, event(person, Event.UNFOLLOW, at + left_after * DAY))


def stayed(connection: sqlite3.Connection, days: int = 14) -> dict[int, Stayed]:
    scans.scene_number(connection, APP, "spring", NOW)
    return dict(gather(connection, Wanted(Choice(APP, ["spring"]), days, NOW)).stayed)


def test_each_age_counts_as_many_days_as_are_asked_for_of_which_the_newest_is_just_mature(
    connection: sqlite3.Connection,
) -> None:
    for days_ago in range(60):
        follow(connection, f"o{days_ago}", days_ago, left_after=5 if days_ago % 2 else None)
    assert stayed(connection) == {
        1: Stayed(Window(TODAY - 15, TODAY - 2), Share(14, 14)),
        7: Stayed(Window(TODAY - 21, TODAY - 8), Share(7, 14)),
        30: Stayed(Window(TODAY - 44, TODAY - 31), Share(7, 14)),
    }


def test_where_nobody_followed_in_these_days_the_last_before_are_counted(connection: sqlite3.Connection) -> None:
    follow(connection, "long", 90)
    follow(connection, "late", 62, left_after=30)
    follow(connection, "later", 60)
    follow(connection, "today", 0)
    assert stayed(connection)[30] == Stayed(Window(TODAY - 73, TODAY - 60), Share(1, 2))


def test_follows_that_wait_to_be_counted_are_told_of_the_codes_and_days_that_are_asked_for(
    connection: sqlite3.Connection,
) -> None:
    follow(connection, "counted", 0)
    at = beginning_of(TODAY) + 3600
    waiting = [
        event("today", Event.FOLLOW, at, "spring"),
        event("scan", Event.SCAN, at, "spring"),
        event("elsewhere", Event.FOLLOW, at, "autumn"),
        event("long ago", Event.FOLLOW, at - 14 * DAY, "spring"),
    ]
    scans.keep(connection, waiting, {}, Silence())
    assert gather(connection, Wanted(Choice(APP, ["spring"]), 14, NOW)).uncounted == Uncounted(events=4, follows=1)
    while settling.settle(connection, 10):
        pass
    assert gather(connection, Wanted(Choice(APP, ["spring"]), 14, NOW)).uncounted == Uncounted()


def test_an_age_that_nobody_has_reached_is_left_out(connection: sqlite3.Connection) -> None:
    follow(connection, "new", 30)
    assert sorted(stayed(connection)) == [1, 7]
    follow(connection, "old", 31)
    assert sorted(stayed(connection)) == [1, 7, 30]


def test_nobody_stayed_where_nobody_came(connection: sqlite3.Connection) -> None:
    assert stayed(connection) == {}


def test_the_total_is_of_all_codes_and_only_the_best_are_named(connection: sqlite3.Connection) -> None:
    at = beginning_of(TODAY)
    come(connection, *(event(f"o{n}", Event.FOLLOW, at, f"scene{n:03}") for n in range(650)))
    come(connection, event("one more", Event.FOLLOW, at, "scene649"))
    found = gather(connection, Wanted(Choice(APP), 14, NOW))
    assert (len(found.scenes), found.total.follows, sum(found.scanners.values())) == (650, 651, 651)
    assert [code.scene for code in found.codes][:2] == ["scene649", "scene000"]
    assert (len(found.codes), len(found.by_scene_and_day)) == (100, 6)
    assert table(found).left_out == 550
