"""How commits come about: writes that may wait ride on another's, and the log is moved into the file beside them."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from storage.checkpoints import LATEST, MANY, SOON, Emptying
from storage.database import Database
from tests.conversations.talk import until


def migrate(database: sqlite_utils.Database) -> None:
    database.execute("create table if not exists numbers (number integer primary key, note text) strict")


def add(connection: sqlite3.Connection, number: int, note: str = "") -> int:
    connection.execute("insert into numbers (number, note) values (?, ?)", (number, note))
    return number


def add_and_fail(connection: sqlite3.Connection) -> None:
    add(connection, 1)
    raise LookupError("after it was added")


def numbers(connection: sqlite3.Connection) -> list[int]:
    return [row["number"] for row in connection.execute("select number from numbers order by number")]


def size(path: Path) -> int:
    return path.stat().st_size


def everything_beside(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wxqr.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    async with Database.opened(path, migrate=migrate) as opened:
        yield opened


async def test_a_write_that_may_wait_rides_on_the_commit_of_one_that_does_not(database: Database) -> None:
    before = database._writer.commits
    rider = database.begin(60, 60, lambda connection: add(connection, 1))
    await database.write(add, 2)
    await rider.settled
    assert (rider.outcome.result(), database._writer.commits - before) == (1, 1)
    assert await database.read(numbers) == [1, 2]


async def test_a_write_that_found_nothing_to_ride_on_is_committed_when_it_is_due(database: Database) -> None:
    alone = database.begin(60, 0.01, lambda connection: add(connection, 1))
    await alone.settled
    assert await database.read(numbers) == [1]


async def test_a_rider_that_fails_harms_nobody_it_rides_with(database: Database) -> None:
    rider = database.begin(60, 60, add_and_fail)
    assert await database.write(add, 2) == 2
    await rider.settled
    assert isinstance(rider.outcome.exception(), LookupError)
    assert await database.read(numbers) == [2]


async def test_closing_finishes_a_write_that_still_waits_for_a_commit(path: Path) -> None:
    async with Database.opened(path, migrate=migrate) as database:
        database.begin(60, 60, lambda connection: add(connection, 1))
    async with Database.opened(path, migrate=migrate) as database:
        assert await database.read(numbers) == [1]


async def test_an_emptied_log_holds_nothing_that_was_erased(path: Path) -> None:
    async with Database.opened(path, migrate=migrate) as database:
        await database.write(add, 1, "a secret")
        await database.write(lambda connection: connection.execute("delete from numbers"))
        assert await database.empty_log()
        assert b"a secret" not in everything_beside(path)


async def test_a_log_that_is_read_from_is_not_emptied(path: Path) -> None:
    async with Database.opened(path, migrate=migrate) as database:
        await database.write(add, 1)
        with closing(sqlite3.connect(path)) as reader:
            reader.execute("begin")
            reader.execute("select * from numbers").fetchall()
            await database.write(add, 2)
            assert not await database.empty_log()
        assert await database.empty_log()


async def test_what_was_erased_goes_from_the_log_by_itself_as_soon_as_nobody_reads_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.checkpoints.EVERY", 0.01)
    monkeypatch.setattr("storage.checkpoints.SOON", 0.02)
    async with Database.opened(path, migrate=migrate) as database:
        await database.write(add, 1, "a secret")
        with closing(sqlite3.connect(path)) as reader:
            reader.execute("begin")
            assert len(reader.execute("select * from numbers").fetchall()) == 1
            await database.write(lambda connection: connection.execute("delete from numbers"))
            assert not await database.empty_log()
            assert b"a secret" in everything_beside(path)
        await until(lambda: b"a secret" not in everything_beside(path))


def test_the_log_is_emptied_soon_but_in_the_midst_of_many_commits_at_last_only() -> None:
    emptying = Emptying(emptied_at=0, tried_at=0)
    assert not emptying.is_due(SOON - 1, 0)
    assert emptying.is_due(SOON, MANY - 1)
    assert [emptying.is_due(now, MANY) for now in (SOON, LATEST - 1, LATEST)] == [False, False, True]
    in_use = Emptying(emptied_at=0, tried_at=LATEST)
    assert [in_use.is_due(LATEST + later, MANY) for later in (1, SOON)] == [False, True]


async def test_what_is_committed_comes_into_the_file_while_commits_go_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.checkpoints.EVERY", 0.001)
    monkeypatch.setattr("storage.checkpoints.WORTH_IT", 1)
    async with Database.opened(path, migrate=migrate) as database:
        before, number = size(path), 0
        async with asyncio.timeout(10):
            while size(path) == before:
                number += 1
                await database.write(add, number, "x" * 4096)
        assert await database.read(numbers) == list(range(1, number + 1))
