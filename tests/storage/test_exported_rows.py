"""What is exported of each scene is what its events come to; of the events, the newest where they are too many."""

import sqlite3

from bot.figures import Window
from bot.model import HOUR
from bot.scan import Event, beginning_of, day_of
from storage import exports
from storage.exports import Brought, Happened, Wanted
from tests.storage.arrivals import come, crowd, event
from tests.storage.wishes import APP, NOW, OTHER_APP, minted, permanent, wish

TODAY = day_of(NOW)
WEEK = Wanted(APP, Window(TODAY - 6, TODAY))


def at(day: int) -> int:
    return beginning_of(day) + 12 * HOUR


def test_a_scene_is_one_row_with_its_newest_code(connection: sqlite3.Connection) -> None:
    minted(connection, wish("spring", name="old", asked_at=NOW - 700, anyway=True))
    minted(connection, permanent("spring", name="new", owner="U2", anyway=True))
    crowd(connection, range(3), at(TODAY - 1), "spring")
    come(connection, event("o0", Event.UNFOLLOW, at(TODAY)), event("o1", Event.SCAN, at(TODAY), "spring"))
    assert exports.by_scene(connection, WEEK, 10, NOW) == [
        Brought("spring", 4, 3, 3, 0, 1, 2, "new", "U2", "perm", TODAY - 1, TODAY)
    ]


def test_scenes_of_other_systems_are_there_and_follows_without_a_code_are_not(connection: sqlite3.Connection) -> None:
    crowd(connection, range(2), at(TODAY), "partner")
    come(connection, event("x", Event.FOLLOW, at(TODAY)))
    come(connection, event("y", Event.FOLLOW, at(TODAY), "elsewhere", OTHER_APP))
    (partner,) = exports.by_scene(connection, WEEK, 10, NOW)
    assert (partner.scene, partner.kind, partner.name, partner.new_follows) == ("partner", "external", "", 2)


def test_who_scanned_before_the_days_and_in_them_is_a_scanner_of_the_days_once(connection: sqlite3.Connection) -> None:
    for day in (TODAY - 9, TODAY - 1, TODAY):
        come(connection, event("o1", Event.SCAN, at(day), "spring"))
    (spring,) = exports.by_scene(connection, WEEK, 10, NOW)
    assert (spring.scans, spring.scanners) == (2, 1)


def test_a_follow_of_somebody_seen_before_is_a_returning_one(connection: sqlite3.Connection) -> None:
    come(
        connection,
        event("o1", Event.FOLLOW, at(TODAY) - 20, "spring"),
        event("o1", Event.UNFOLLOW, at(TODAY) - 10),
        event("o1", Event.FOLLOW, at(TODAY), "spring"),
    )
    (spring,) = exports.by_scene(connection, WEEK, 10, NOW)
    assert (spring.new_follows, spring.returning_follows, spring.unfollows, spring.net) == (2, 1, 1, 1)


def test_named_scenes_are_exported_alone(connection: sqlite3.Connection) -> None:
    for number, scene in enumerate(("spring", "summer", "autumn")):
        crowd(connection, range(10 * number, 10 * number + 1), at(TODAY), scene)
    wanted = Wanted(APP, WEEK.window, ("summer", "autumn", "winter"))
    assert sorted(one.scene for one in exports.by_scene(connection, wanted, 10, NOW)) == ["autumn", "summer"]
    assert {one.scene for one in exports.events(connection, wanted)} == {"autumn", "summer"}


def test_a_beginning_stands_for_all_scenes_that_begin_so(connection: sqlite3.Connection) -> None:
    for number, scene in enumerate(("activity_a", "activity_b", "activityX", "Activity_c")):
        crowd(connection, range(10 * number, 10 * number + 1), at(TODAY), scene)
    for patterns, expected in (
        (("activity_*",), {"activity_a", "activity_b"}),
        (("Act*", "activityX"), {"Activity_c", "activityX"}),
    ):
        wanted = Wanted(APP, WEEK.window, patterns)
        assert {one.scene for one in exports.by_scene(connection, wanted, 10, NOW)} == expected
        assert {one.scene for one in exports.events(connection, wanted)} == expected


def test_of_too_many_events_the_newest_come_in_their_order(connection: sqlite3.Connection) -> None:
    crowd(connection, range(1), at(TODAY - 2), "spring")
    come(connection, event("o0", Event.UNFOLLOW, at(TODAY - 1)), event("o0", Event.SCAN, at(TODAY), "spring"))
    every = list(exports.events(connection, WEEK))
    assert [one.event for one in every] == ["subscribe", "unsubscribe", "scan"]
    assert every[0] == Happened(at(TODAY - 2), "spring", "subscribe", b"0" * 14 + b"o0", repaired=False)
    assert exports.newest_events(connection, WEEK, 2) == every[1:]


def test_simulated_scans_are_no_events(connection: sqlite3.Connection) -> None:
    come(connection, event("wxqr_simulated_1", Event.FOLLOW, at(TODAY), "spring"))
    assert (list(exports.events(connection, WEEK)), exports.by_scene(connection, WEEK, 10, NOW)) == ([], [])


def test_accounts_are_those_of_which_anything_was_heard(connection: sqlite3.Connection) -> None:
    assert exports.accounts(connection) == []
    come(connection, event("y", Event.FOLLOW, at(TODAY), "spring", OTHER_APP))
    crowd(connection, range(1), at(TODAY), "spring")
    assert exports.accounts(connection) == [APP, OTHER_APP]
