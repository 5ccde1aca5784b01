"""What is printed is all there is, whether a bot has counted it or not, and of one account."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlite_utils

from bot.model import DAY
from bot.printing import Wanted, export
from bot.scan import Event
from storage import scans, settling
from storage.migrations import migrate
from tests.storage.arrivals import Silence, event
from tests.storage.wishes import APP, OTHER_APP

STATS = Wanted("stats", "json", days=0, app_id="", zone="Asia/Shanghai")
NOW = int(time.time())
PEOPLE = 120


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a database whose events nobody has counted."""
    file = tmp_path / "wxqr.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.row_factory = sqlite3.Row
        migrate(sqlite_utils.Database(connection))
        followed = [event(f"o{n}", Event.FOLLOW, NOW - 3 * DAY + n, "spring") for n in range(PEOPLE)]
        scans.keep(connection, [*followed, event("o1", Event.SCAN, NOW, "spring")], {}, Silence())
    return file


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database, isolation_level=None)) as opened:
        opened.row_factory = sqlite3.Row
        yield opened


def rows(capfd: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    read: list[dict[str, object]] = json.loads(capfd.readouterr().out)
    return read


def test_what_no_bot_has_counted_is_counted_before_it_is_printed(
    database: Path, connection: sqlite3.Connection, capfd: pytest.CaptureFixture[str]
) -> None:
    assert settling.unsettled(connection) == PEOPLE + 1
    assert export(database, STATS) == 0
    (spring,) = rows(capfd)
    assert (spring["scans"], spring["scanners"], spring["new_follows"], spring["net"]) == (121, 120, 120, 120)
    assert settling.unsettled(connection) == 0


def test_the_last_days_only_are_printed_where_that_is_asked_for(
    database: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert export(database, replace(STATS, days=1)) == 0
    (spring,) = rows(capfd)
    assert (spring["scans"], spring["scanners"], spring["new_follows"]) == (1, 1, 0)
    assert export(database, replace(STATS, what="scans", days=1)) == 0
    assert [one["event"] for one in rows(capfd)] == ["scan"]


def test_of_several_accounts_one_must_be_chosen(
    database: Path, connection: sqlite3.Connection, capfd: pytest.CaptureFixture[str]
) -> None:
    scans.keep(connection, [event("o1", Event.FOLLOW, NOW, "summer", OTHER_APP)], {}, Silence())
    assert export(database, STATS) == 1
    assert f"choose one with --app-id: {APP}, {OTHER_APP}" in capfd.readouterr().err
    assert export(database, replace(STATS, app_id=OTHER_APP)) == 0
    assert [one["scene"] for one in rows(capfd)] == ["summer"]


def test_times_stand_in_the_zone_that_is_set_and_a_zone_that_is_none_is_refused(
    database: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert export(database, replace(STATS, what="scans", days=1, zone="Asia/Kolkata")) == 0
    assert all(str(one["time"]).endswith("+05:30") for one in rows(capfd))
    assert export(database, replace(STATS, what="scans", zone="Mars/Olympus")) == 1
    assert "WXQR_TIME_ZONE is no time zone" in capfd.readouterr().err


def test_where_nothing_ever_happened_an_empty_list_is_printed(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(tmp_path / "new.db")) as connection, connection:
        migrate(sqlite_utils.Database(connection))
    assert export(tmp_path / "new.db", STATS) == 0
    assert rows(capfd) == []


def test_what_is_no_database_or_is_not_there_is_said(
    database: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert export(tmp_path / "none.db", STATS) == 1
    assert "there is no database" in capfd.readouterr().err
    database.write_bytes(b"this is no database, however long it may be" * 100)
    assert export(database, STATS) == 1
    assert "not a database" in capfd.readouterr().err
