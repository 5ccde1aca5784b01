"""What must still be done about a person: taken by one, erased when they leave, in nobody's way."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
import sqlite_utils

from bot.model import AppID, OpenID
from bot.scan import Event
from storage import errands
from storage.errands import Errand
from storage.migrations import migrate
from tests.storage.arrivals import come, event

NOW = 1_800_000_000


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.row_factory = sqlite3.Row
        migrate(sqlite_utils.Database(opened))
        yield opened


def errand(person: str, at: int = NOW) -> Errand:
    return Errand(AppID("wx1"), person.encode(), OpenID(person), at, "repair", "", NOW, NOW + 60)


def taken(connection: sqlite3.Connection, owner: str = "me", limit: int = 10, *, living: str = "") -> list[Errand]:
    return errands.take(connection, "repair", owner, lambda name: name == living, NOW, limit)


def test_a_number_is_never_given_twice_so_that_nobody_settles_anothers_errand(connection: sqlite3.Connection) -> None:
    errands.add(connection, errand("a"))
    (in_hand,) = taken(connection)
    errands.erase(connection, b"a", NOW)
    errands.add(connection, errand("b"))
    assert errands.settle(connection, [in_hand]) == 0
    assert [one.open_id for one in taken(connection)] == ["b"]


def test_what_a_newer_follow_waits_for_outlives_a_late_unfollow(connection: sqlite3.Connection) -> None:
    errands.add(connection, errand("a", at=NOW + 100))
    errands.erase(connection, b"a", NOW + 50)
    assert len(taken(connection)) == 1
    errands.erase(connection, b"a", NOW + 100)
    assert taken(connection) == []


def test_who_left_among_a_crowd_is_owed_nothing_for_what_they_did_before(connection: sqlite3.Connection) -> None:
    come(connection, *(event(f"o{number}", Event.SCAN, NOW + number % 7) for number in range(500)))
    come(connection, event("a", Event.UNFOLLOW, NOW + 3))
    left = event("a", Event.UNFOLLOW, NOW).person
    for at in (NOW - 100, NOW, NOW + 3, NOW + 4):
        errands.add(connection, replace(errand("a", at), person=left))
    assert [one.at for one in taken(connection)] == [NOW + 4]


def test_what_a_living_process_has_in_hand_hides_nothing_that_is_free(connection: sqlite3.Connection) -> None:
    for number in range(10):
        errands.add(connection, errand(f"a{number}"))
    assert len(taken(connection, "other")) == 10
    errands.add(connection, errand("b"))
    assert [one.open_id for one in taken(connection, living="other")] == ["b"]
    assert len(taken(connection, limit=20)) == 11  # the other is dead


def test_what_came_too_late_is_dropped(connection: sqlite3.Connection) -> None:
    errands.add(connection, errand("a"))
    assert errands.take(connection, "repair", "me", lambda _: True, NOW + 61, 10) == []
    assert not errands.are_any(connection)
