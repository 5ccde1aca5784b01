"""A scan of `wxqr simulate` is kept and found again, and leaves no scene behind that nobody made or scanned."""

import sqlite3

import pytest

from bot.errors import NotFound
from bot.scan import Event
from storage import choosing, simulated
from storage.choosing import Choice
from storage.simulated import Simulated
from tests.storage.arrivals import come, event
from tests.storage.wishes import APP, NOW, minted, permanent

ME = "wxqr_simulated_1"


def found(connection: sqlite3.Connection) -> Simulated | None:
    return simulated.find(connection, event(ME, Event.SCAN, NOW).person, NOW)


def scenes(connection: sqlite3.Connection) -> list[str]:
    return [row["scene"] for row in connection.execute("select scene from scenes order by scene")]


def test_a_scene_that_nobody_made_or_scanned_is_unknown_after_it_as_before(connection: sqlite3.Connection) -> None:
    minted(connection, permanent("typo-1"))
    come(connection, event(ME, Event.SCAN, NOW, "typo-17"))
    assert found(connection) == Simulated("", is_ours=False)
    assert scenes(connection) == [""]
    assert [row["event_key"] for row in connection.execute("select event_key from scans")] == ["typo-17"]
    assert [*choosing.choose(connection, Choice(APP), NOW)] == ["typo-1"]
    with pytest.raises(NotFound, match=r"not_found\.scene_near"):
        choosing.choose(connection, Choice(APP, ("typo-17",)), NOW)
    with pytest.raises(NotFound, match=r"not_found\.pattern"):
        choosing.choose(connection, Choice(APP, ("typo-17*",)), NOW)


def test_a_code_of_ours_is_found_under_its_scene_though_nobody_scanned_it_yet(connection: sqlite3.Connection) -> None:
    minted(connection, permanent("spring"))
    come(connection, event(ME, Event.SCAN, NOW, "spring"))
    assert found(connection) == Simulated("spring", is_ours=True)


def test_another_systems_scene_that_was_scanned_stays(connection: sqlite3.Connection) -> None:
    come(connection, event("ada", Event.SCAN, NOW, "shop-17"), event(ME, Event.SCAN, NOW, "shop-17"))
    assert found(connection) == Simulated("shop-17", is_ours=False)
    assert scenes(connection) == ["shop-17"]


def test_whoever_really_scans_the_same_scene_with_it_is_counted_there(connection: sqlite3.Connection) -> None:
    come(connection, event(ME, Event.SCAN, NOW, "shop-17"), event("ada", Event.SCAN, NOW, "shop-17"))
    come(connection, event("bob", Event.SCAN, NOW, "shop-17"))
    counted = connection.execute("select scene, sum(scans) from days join scenes on id = scene_id group by scene")
    assert [tuple(row) for row in counted] == [("shop-17", 2)]


def test_the_same_simulated_scan_is_kept_once(connection: sqlite3.Connection) -> None:
    come(connection, event(ME, Event.SCAN, NOW, "typo-17"), event(ME, Event.SCAN, NOW, "typo-17"))
    assert connection.execute("select count(*) from scans").fetchone()[0] == 1
