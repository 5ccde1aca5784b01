"""The promises of the database: what is acknowledged is kept, and no writer harms another."""

import asyncio
import sqlite3
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import database as storage_database
from storage.database import Database


def migrate(database: sqlite_utils.Database) -> None:
    if not database["numbers"].exists():
        database.execute("create table numbers (number integer primary key, note text) strict")
        database.execute("create table notes (number integer references numbers) strict")


def add(connection: sqlite3.Connection, number: int, *, note: str = "") -> int:
    connection.execute("insert into numbers (number, note) values (:number, :note)", {"number": number, "note": note})
    return number


def add_and_fail(connection: sqlite3.Connection, number: int) -> None:
    add(connection, number)
    raise LookupError(number)


def numbers(connection: sqlite3.Connection) -> list[int]:
    return [row["number"] for row in connection.execute("select number from numbers order by number")]


def note(connection: sqlite3.Connection, number: int) -> str:
    row = connection.execute("select note from numbers where number = :number", {"number": number}).fetchone()
    return str(row["note"])


def setting(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"pragma {name}").fetchone()[0]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a place with # and %20" / "wxqr.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    path.parent.mkdir()
    async with Database.opened(path, migrate=migrate) as opened:
        yield opened


@contextmanager
def locked(path: Path) -> Iterator[sqlite3.Connection]:
    """Hold the file as another process would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield other


class Gate:
    """A write that keeps the writing thread busy until it is let go, so that others must wait behind it."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def pass_through(self, _: sqlite3.Connection) -> None:
        self.entered.set()
        assert self.opened.wait(30)


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.opened.set()


async def queued(database: Database, gate: Gate) -> "asyncio.Task[None]":
    """Close the gate before everything that is written next."""
    task = asyncio.create_task(database.write(gate.pass_through))
    await asyncio.to_thread(gate.entered.wait, 30)
    return task


async def until_queued() -> None:
    """Let the tasks that were just made run once: as far as the queue."""
    await asyncio.sleep(0)


# Writing and reading


async def test_a_write_returns_what_its_function_returns(database: Database) -> None:
    assert await database.write(add, 7, note="seven") == 7
    assert await database.read(note, 7) == "seven"


async def test_a_read_sees_every_write_that_has_returned(database: Database) -> None:
    for number in range(100):
        await database.write(add, number)
        assert await database.read(numbers) == list(range(number + 1))


async def test_a_read_cannot_write(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read(add, 1)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await database.read(lambda connection: connection.execute("create temporary table mine (number)"))


async def test_a_read_sees_one_moment_of_the_file_throughout(database: Database) -> None:
    written = threading.Event()

    def twice(connection: sqlite3.Connection) -> tuple[list[int], list[int]]:
        before = numbers(connection)
        loop.call_soon_threadsafe(first_look.set)
        assert written.wait(30)
        return before, numbers(connection)

    loop, first_look = asyncio.get_running_loop(), asyncio.Event()
    reading = asyncio.create_task(database.read(twice))
    await first_look.wait()
    await database.write(add, 1)
    written.set()
    assert await reading == ([], [])
    assert await database.read(numbers) == [1]


async def test_many_reads_at_once_do_not_wait_for_a_write(database: Database, gate: Gate) -> None:
    behind = await queued(database, gate)
    assert await asyncio.gather(*(database.read(numbers) for _ in range(20))) == [[]] * 20
    assert not behind.done()
    gate.opened.set()
    await behind


async def test_an_error_of_a_read_reaches_its_caller_and_the_next_read_works(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table: absent"):
        await database.read(lambda connection: connection.execute("select * from absent"))
    assert await database.read(numbers) == []


async def test_a_function_that_runs_out_of_an_iterator_does_not_leave_its_caller_waiting(database: Database) -> None:
    def first(connection: sqlite3.Connection) -> object:
        return next(iter(connection.execute("select * from numbers")))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.write(first)
    with pytest.raises(RuntimeError, match="StopIteration"):
        await database.read(first)


@pytest.mark.parametrize(
    ("name", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("query_only", 0)]
)
async def test_what_is_written_is_synchronous_checked_and_in_wal_mode(
    database: Database, name: str, value: object
) -> None:
    assert await database.write(setting, name) == value


# Writing together


async def test_writes_that_wait_together_are_one_commit(database: Database, gate: Gate) -> None:
    statements: list[str] = []
    behind = await queued(database, gate)
    database._writer._connection.set_trace_callback(statements.append)
    waiting = [asyncio.create_task(database.write(add, number)) for number in range(200)]
    await until_queued()
    gate.opened.set()
    assert await asyncio.gather(*waiting) == list(range(200))
    await behind
    assert [statement for statement in statements if statement in {"BEGIN IMMEDIATE", "COMMIT"}] == [
        "COMMIT",  # of the gate
        "BEGIN IMMEDIATE",
        "COMMIT",
    ]


async def test_no_caller_is_told_before_the_commit(database: Database, path: Path) -> None:
    async def write_and_look_from_elsewhere(number: int) -> None:
        await database.write(add, number)
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("select 1 from numbers where number = ?", [number]).fetchone()

    await asyncio.gather(*(write_and_look_from_elsewhere(number) for number in range(50)))


async def test_a_write_that_fails_is_undone_alone(database: Database, gate: Gate) -> None:
    behind = await queued(database, gate)
    waiting = asyncio.gather(
        database.write(add, 1), database.write(add_and_fail, 2), database.write(add, 3), return_exceptions=True
    )
    await until_queued()
    gate.opened.set()
    await behind
    first, failed, last = await waiting
    assert (first, repr(failed), last) == (1, "LookupError(2)", 3)
    assert await database.read(numbers) == [1, 3]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40))
def test_any_interleaving_leaves_exactly_the_writes_that_succeeded(writes: list[tuple[bool, bool]]) -> None:
    async def write_all(path: Path) -> list[int]:
        async with Database.opened(path, migrate=migrate) as database:
            waiting = []
            for number, (succeeds, alone) in enumerate(writes):
                waiting.append(asyncio.create_task(database.write(add if succeeds else add_and_fail, number)))
                await (asyncio.wait(waiting) if alone else until_queued())
            outcomes = await asyncio.gather(*waiting, return_exceptions=True)
            assert [isinstance(outcome, LookupError) for outcome in outcomes] == [not ok for ok, _ in writes]
            return await database.read(numbers)

    with tempfile.TemporaryDirectory() as directory:
        left = asyncio.run(write_all(Path(directory) / "wxqr.db"))
    assert left == [number for number, (succeeds, _) in enumerate(writes) if succeeds]


@pytest.mark.parametrize("place", [0, 1, 2])
async def test_a_failing_write_that_left_a_statement_open_harms_no_other(
    database: Database, gate: Gate, place: int
) -> None:
    def fail_halfway(connection: sqlite3.Connection) -> int:
        rows = connection.execute("insert into numbers (number) values (2), (3) returning number")
        raise LookupError(next(rows)["number"])

    behind = await queued(database, gate)
    writes = [database.write(add, 1), database.write(add, 4)]
    writes.insert(place, database.write(fail_halfway))
    waiting = asyncio.gather(*writes, return_exceptions=True)
    await until_queued()
    gate.opened.set()
    await behind
    outcomes = list(await waiting)
    assert (repr(outcomes.pop(place)), outcomes) == ("LookupError(2)", [1, 4])
    assert await database.read(numbers) == [1, 4]


async def test_an_error_of_the_commit_reaches_every_caller_of_the_group(database: Database, gate: Gate) -> None:
    def break_a_reference(connection: sqlite3.Connection) -> None:
        connection.execute("pragma defer_foreign_keys = on")  # found out by the commit only
        connection.execute("insert into notes (number) values (404)")

    behind = await queued(database, gate)
    waiting = asyncio.gather(database.write(add, 1), database.write(break_a_reference), return_exceptions=True)
    await until_queued()
    gate.opened.set()
    await behind
    assert [type(outcome) for outcome in await waiting] == [sqlite3.IntegrityError] * 2
    assert await database.write(add, 2) == 2
    assert await database.read(numbers) == [2]


async def test_a_function_that_commits_is_refused_and_the_next_write_works(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="may not end the transaction"):
        await database.write(lambda connection: connection.commit())
    assert await database.write(add, 1) == 1


async def test_a_full_disk_is_told_to_the_caller_and_later_writes_work(database: Database) -> None:
    def limit(connection: sqlite3.Connection, pages: int) -> None:
        connection.execute(f"pragma max_page_count = {pages}")

    await database.write(limit, 12)
    outcomes = await asyncio.gather(
        *(database.write(add, number, note="x" * 2000) for number in range(40)), return_exceptions=True
    )
    full = [outcome for outcome in outcomes if isinstance(outcome, sqlite3.OperationalError)]
    assert {str(error) for error in full} == {"database or disk is full"}
    kept = [outcome for outcome in outcomes if isinstance(outcome, int)]
    assert await database.read(numbers) == kept
    assert len(full) + len(kept) == 40
    await database.write(limit, 10_000)
    assert await database.write(add, 99, note="x" * 2000) == 99


async def test_callers_on_several_event_loops_are_each_woken_on_their_own(database: Database) -> None:
    async def write(numbers_of_this_loop: range) -> list[int]:
        return await asyncio.gather(*(database.write(add, number) for number in numbers_of_this_loop))

    def elsewhere(first: int) -> list[int]:
        return asyncio.run(write(range(first, first + 50)))

    here, there, elsewhere_still = await asyncio.gather(
        write(range(50)), asyncio.to_thread(elsewhere, 50), asyncio.to_thread(elsewhere, 100)
    )
    assert here + there + elsewhere_still == list(range(150)) == await database.read(numbers)


# A file that another process holds


async def test_a_write_waits_until_another_process_lets_go_of_the_file(database: Database, path: Path) -> None:
    with locked(path) as other:
        writing = asyncio.create_task(database.write(add, 1))
        done, _ = await asyncio.wait([writing], timeout=storage_database.LOCK_TIMEOUT * 1.5)
        assert not done
        other.execute("rollback")
        assert await writing == 1


async def test_a_write_gives_up_on_a_file_that_stays_locked(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_database, "WRITING_PATIENCE", 0.1)
    with locked(path):
        with pytest.raises(sqlite3.OperationalError, match="database is locked"):
            await database.write(add, 1)
        assert await database.read(numbers) == []
    assert await database.write(add, 2) == 2
    assert await database.read(numbers) == [2]


async def test_a_write_that_could_not_begin_in_time_never_runs(database: Database, path: Path) -> None:
    ran = threading.Event()
    with locked(path), pytest.raises(TimeoutError):
        await database.write_within(0.05, lambda _: ran.set())
    assert await database.write(add, 1) == 1  # behind it in the queue
    assert not ran.is_set()


async def test_closing_does_not_wait_for_a_write_that_was_withdrawn(database: Database, path: Path) -> None:
    with locked(path):
        with pytest.raises(TimeoutError):
            await database.write_within(0.05, add, 1)
        async with asyncio.timeout(10):
            await database.close()


async def test_an_error_that_waiting_does_not_mend_is_told_at_once(database: Database) -> None:
    database._writer._connection.close()
    async with asyncio.timeout(10):
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            await database.write(add, 1)


async def test_a_write_withdrawn_from_behind_a_slow_one_never_runs(database: Database, gate: Gate) -> None:
    behind = await queued(database, gate)
    waiting = asyncio.create_task(database.write(add, 1))
    with pytest.raises(TimeoutError):
        await database.write_within(0.02, add, 2)
    gate.opened.set()
    await asyncio.gather(behind, waiting)
    assert await database.write(add, 3) == 3
    assert await database.read(numbers) == [1, 3]


async def test_a_write_that_has_begun_in_time_is_waited_for(database: Database, gate: Gate) -> None:
    asyncio.get_running_loop().call_later(0.2, gate.opened.set)
    await database.write_within(0.05, gate.pass_through)
    assert gate.opened.is_set()


async def test_a_write_within_a_time_returns_or_raises_as_any_write(database: Database) -> None:
    assert await database.write_within(5, add, 1, note="one") == 1
    with pytest.raises(LookupError):
        await database.write_within(5, add_and_fail, 2)
    assert await database.read(numbers) == [1]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(0, 0.003), min_size=1, max_size=30))
def test_a_write_raises_a_timeout_exactly_if_it_has_not_run(patiences: list[float]) -> None:
    async def write_all(path: Path) -> tuple[list[int], list[int]]:
        async with Database.opened(path, migrate=migrate) as database:
            waiting = [database.write_within(patience, add, number) for number, patience in enumerate(patiences)]
            outcomes = await asyncio.gather(*waiting, return_exceptions=True)
            assert all(isinstance(outcome, int | TimeoutError) for outcome in outcomes)
            await database.write(add, 1000)
            return [outcome for outcome in outcomes if isinstance(outcome, int)], await database.read(numbers)

    with tempfile.TemporaryDirectory() as directory:
        returned, left = asyncio.run(write_all(Path(directory) / "wxqr.db"))
    assert left == [*returned, 1000]


# Callers that go away, and closing


async def test_a_cancelled_caller_harms_no_other(database: Database, gate: Gate) -> None:
    behind = await queued(database, gate)
    leaving, staying = (asyncio.create_task(database.write(add, number)) for number in (1, 2))
    await until_queued()
    leaving.cancel()
    gate.opened.set()
    assert await staying == 2
    await behind
    assert leaving.cancelled()
    assert await database.write(add, 3) == 3


async def test_a_caller_cancelled_before_its_write_within_a_time_began_takes_it_back(
    database: Database, gate: Gate
) -> None:
    behind = await queued(database, gate)
    leaving = asyncio.create_task(database.write_within(60, add, 1))
    await until_queued()
    leaving.cancel()
    await asyncio.wait([leaving])
    gate.opened.set()
    await behind
    assert await database.write(add, 2) == 2
    assert await database.read(numbers) == [2]


async def test_a_loop_that_ended_before_its_write_harms_no_other(database: Database, gate: Gate) -> None:
    async def leave() -> None:
        asyncio.create_task(database.write(add, 1))  # noqa: RUF006 - it is to be lost with its loop
        await until_queued()

    behind = await queued(database, gate)
    await asyncio.to_thread(asyncio.run, leave())
    gate.opened.set()
    await behind
    assert await database.write(add, 2) == 2
    assert await database.read(numbers) == [1, 2]


async def test_closing_finishes_what_was_asked_for(path: Path, gate: Gate) -> None:
    path.parent.mkdir()
    database = await Database.open(path, migrate=migrate)
    behind = await queued(database, gate)
    waiting = [asyncio.create_task(database.write(add, number)) for number in range(300)]
    await until_queued()
    closing_it = asyncio.create_task(database.close())
    gate.opened.set()
    assert await asyncio.gather(*waiting) == list(range(300))
    await asyncio.gather(behind, closing_it)
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        assert numbers(connection) == list(range(300))


async def test_a_closed_database_refuses_and_leaves_one_file(database: Database, path: Path) -> None:
    await database.write(add, 1)
    await database.read(numbers)
    await database.close()
    await database.close()
    with pytest.raises(RuntimeError):
        await database.write(add, 2)
    with pytest.raises(RuntimeError):
        await database.write_within(1, add, 2)
    with pytest.raises(RuntimeError):
        await database.read(numbers)
    assert list(path.parent.iterdir()) == [path]


# Opening


async def test_the_files_are_for_their_owner_only(database: Database, path: Path) -> None:
    await database.write(add, 1)
    modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert modes == {"wxqr.db": 0o600, "wxqr.db-wal": 0o600, "wxqr.db-shm": 0o600}


async def test_a_missing_directory_is_named(path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="the directory of the database does not exist"):
        await Database.open(path, migrate=migrate)


async def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wxqr.db").write_bytes(b"no database " * 100)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        await Database.open(tmp_path / "wxqr.db", migrate=migrate)


async def test_a_migration_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(database: sqlite_utils.Database) -> None:
        migrate(database)
        raise LookupError("half way")

    with pytest.raises(LookupError):
        await Database.open(tmp_path / "wxqr.db", migrate=fail)
    async with Database.opened(tmp_path / "wxqr.db", migrate=lambda database: database) as database:
        assert (
            await database.read(lambda connection: connection.execute("select * from sqlite_master").fetchall()) == []
        )


async def test_two_databases_on_one_file_in_one_process_see_each_other(database: Database, path: Path) -> None:
    async with Database.opened(path, migrate=migrate) as other:
        await asyncio.gather(*((database, other)[number % 2].write(add, number) for number in range(100)))
        assert await other.read(numbers) == list(range(100)) == await database.read(numbers)
