"""The tables come by numbered steps, which may be applied any number of times."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from bot.model import State
from storage import allocations, audit, inbox, tokens
from storage.audit import Deed
from storage.database import Database
from storage.migrations import migrate, migrations
from storage.tokens import SealedToken
from tests.storage.wishes import APP, NOW, arrival, minted, permanent, wish

Connection = sqlite3.Connection
VIEWS = ["access_tokens", "claims", "live_codes", "permanent_codes", "unfinished_commands", "who_did_what"]
# far enough ahead that the views, which look at the machine's clock, find it live
FUTURE = 4_000_000_000


@pytest.fixture
def empty() -> Iterator[sqlite_utils.Database]:
    with closing(sqlite3.connect(":memory:")) as connection:
        yield sqlite_utils.Database(connection)


def names(connection: Connection, kind: str) -> list[str]:
    query = "select name from sqlite_master where type = ? and name not like 'sqlite_%' order by name"
    return [row[0] for row in connection.execute(query, (kind,))]


def rows(connection: Connection, view: str) -> list[dict[str, object]]:
    return [dict(row) for row in connection.execute(f"select * from {view}")]  # noqa: S608 - names of this file


def test_applying_the_steps_twice_changes_nothing(empty: sqlite_utils.Database) -> None:
    migrate(empty)
    once = empty.schema
    migrate(empty)
    assert empty.schema == once
    assert not migrations.pending(empty)


def test_the_steps_are_numbered_without_a_gap(empty: sqlite_utils.Database) -> None:
    found = [step.name for step in migrations.pending(empty)]
    assert [name[:4] for name in found] == [f"m{number:03}" for number in range(1, len(found) + 1)]


def test_what_was_kept_before_the_newest_steps_is_kept_after(empty: sqlite_utils.Database) -> None:
    migrations.apply(empty, stop_before="m002_codes")
    connection = empty.conn
    connection.row_factory = sqlite3.Row
    old = arrival()
    inbox.keep(connection, old, "one")
    migrate(empty)
    assert inbox.find(connection, old.id) == old


def test_every_table_of_ours_is_strict(connection: Connection) -> None:
    tables = {row["name"]: row["strict"] for row in connection.execute("pragma table_list") if row["type"] == "table"}
    ours = {name: strict for name, strict in tables.items() if not name.startswith(("sqlite_", "_sqlite"))}
    assert ours
    assert set(ours.values()) == {1}


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_can_be_read_while_all_is_empty(connection: Connection, view: str) -> None:
    assert rows(connection, view) == []


def test_there_are_no_other_views(connection: Connection) -> None:
    assert names(connection, "view") == VIEWS


def test_live_codes_shows_what_can_be_scanned(connection: Connection) -> None:
    minted(connection, wish("ended", asked_at=NOW - 900_000_000))
    minted(connection, wish("spring", asked_at=FUTURE, name="Spring booth"))
    minted(connection, permanent("lasting"))
    allocations.reserve(connection, wish("reserved"))
    shown = {row["scene"]: row for row in rows(connection, "live_codes")}
    assert set(shown) == {"spring", "lasting"}
    assert (shown["spring"]["name"], shown["spring"]["expires_utc"]) == ("Spring booth", "2096-10-02 07:16:40")
    assert shown["lasting"]["expires_utc"] == "never"


def test_permanent_codes_counts_as_the_bot_does(connection: Connection) -> None:
    minted(connection, permanent("a"))
    allocations.reserve_permanent(connection, permanent("b"))
    for anyway in (False, True):
        lost = allocations.reserve_permanent(connection, permanent("c", anyway=anyway)).allocation
        allocations.set_state(connection, lost.id, State.UNKNOWN)
    left = 100_000 - allocations.permanent_used(connection, APP)
    assert rows(connection, "permanent_codes") == [
        {"app_id": APP, "live": 1, "outcome_unknown": 1, "being_minted": 1, "left_of_100000": left}
    ]
    assert left == 99_996


def test_access_tokens_shows_how_long_and_never_the_token(connection: Connection) -> None:
    tokens.store(connection, APP, SealedToken(b"sealed", NOW, 0, "/cgi-bin/stable_token", "host", "digest"))
    shown = rows(connection, "access_tokens")[0]
    assert (shown["fetched_by"], shown["seconds_left"]) == ("host", 0)
    assert not {b"sealed", "digest"} & set(shown.values())


def test_unfinished_commands_shows_what_is_not_answered_without_its_address(connection: Connection) -> None:
    open_still, answered = arrival(), arrival()
    for one in (open_still, answered):
        inbox.keep(connection, one, "one")
    inbox.finish(connection, answered.id, NOW)
    shown = rows(connection, "unfinished_commands")
    assert [row["id"] for row in shown] == [open_still.id]
    assert open_still.response_url not in shown[0].values()


def test_who_did_what_shows_the_newest_deed_first(connection: Connection) -> None:
    for command in ("temp spring", "perm spring"):
        audit.add(connection, Deed(NOW, "T1", "U1", "C1", command, "ok", 0, "", "host"))
    assert [row["command"] for row in rows(connection, "who_did_what")] == ["perm spring", "temp spring"]


async def test_a_file_is_opened_again_with_all_that_is_in_it(tmp_path: Path) -> None:
    async with Database.opened(tmp_path / "wxqr.db", migrate=migrate) as db:
        code = await db.write(minted, wish())
    async with Database.opened(tmp_path / "wxqr.db", migrate=migrate) as db:
        assert await db.read(allocations.get, code.id) == code
