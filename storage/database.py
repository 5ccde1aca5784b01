"""One SQLite file: one thread writes and commits in groups, a few threads read."""

import asyncio
import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from storage.checkpoints import LONGEST_LOG, Checkpoints
from storage.writer import Write, Writer, is_locked

if TYPE_CHECKING:
    import sqlite_utils

P = ParamSpec("P")
R = TypeVar("R")

OPENING_PATIENCE = 10.0  # seconds for another process to finish its migration
WRITING_PATIENCE = 15.0  # seconds for another process to let go of the file
READING_PATIENCE = 5.0  # seconds; only a file that is being recovered keeps readers waiting
LOCK_TIMEOUT = 0.25  # seconds SQLite waits for a lock before the writer looks at its deadlines again
EMPTYING_PATIENCE = 0.05  # seconds for readers to let go of the log; commits wait meanwhile
READERS = 3


class Database:
    """A SQLite file in WAL mode. Errors of SQLite and of the functions sent here reach the caller unchanged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = Writer(_connect(path, "rw", LOCK_TIMEOUT))
        self._checkpoints = Checkpoints(_connect(path, "rw", EMPTYING_PATIENCE), lambda: self._writer.commits)
        self._readers = _Readers(path)

    @classmethod
    async def open(cls, path: Path, *, migrate: Callable[["sqlite_utils.Database"], object]) -> Self:
        """Open the file, created for its owner only, and `migrate` it in one transaction.

        Another process may be doing the same: waits up to 10 seconds for it.
        Raises FileNotFoundError if the directory does not exist, sqlite3.Error if the file cannot be used.
        """
        await asyncio.to_thread(_prepare, path, migrate)
        return await asyncio.to_thread(cls, path)

    @classmethod
    @contextlib.asynccontextmanager
    async def opened(cls, path: Path, *, migrate: Callable[["sqlite_utils.Database"], object]) -> AsyncIterator[Self]:
        """Open as `open` does, and close at the end of the block."""
        database = await cls.open(path, migrate=migrate)
        try:
            yield database
        finally:
            await database.close()

    async def write(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `fn(connection, …)` as one transaction; return its result once that is on the disk.

        `fn` must neither commit nor roll back. If it raises, only its own changes are undone.
        A cancelled caller does not take its write back.
        Raises sqlite3.OperationalError after 15 seconds of a locked file, RuntimeError once closed.
        """
        write = self._writer.submit(lambda connection: fn(connection, *args, **kwargs), WRITING_PATIENCE)
        await write.settled
        return write.outcome.result()

    def begin(self, patience: float, may_wait: float, fn: Callable[[sqlite3.Connection], R]) -> Write[R]:
        """Have it written, and return it under way: once `settled` is done, `outcome` holds what `write` would return.

        That is sqlite3.OperationalError after `patience` seconds of a locked file. It rides on whatever is committed
        within `may_wait` seconds, and has a commit of its own where nothing is. Raises RuntimeError once closed.
        """
        return self._writer.submit(fn, patience, may_wait)

    async def write_within(
        self,
        seconds: float,
        fn: Callable[Concatenate[sqlite3.Connection, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Write, but only if it can begin within `seconds`.

        Raises TimeoutError if it did not: `fn` has not run and never will.
        """
        write = self._writer.submit(lambda connection: fn(connection, *args, **kwargs), inf)
        withdrawing = asyncio.get_running_loop().call_later(seconds, write.withdraw)
        try:
            await write.settled
        finally:
            withdrawing.cancel()
            write.withdraw()  # where the caller was cancelled
        if write.outcome.cancelled():
            raise TimeoutError(f"the write could not begin within {seconds} s")
        return write.outcome.result()

    async def read(
        self, fn: Callable[Concatenate[sqlite3.Connection, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run `fn(connection, …)` on a read-only connection that sees one moment of the file throughout.

        It sees every write that has returned. Raises RuntimeError once closed.
        """
        return await self._readers.run(lambda connection: fn(connection, *args, **kwargs))

    async def empty_log(self) -> bool:
        """Move all of the write-ahead log into the file and cut it off now, which is done by itself every half minute.

        Return False where somebody read from it for a quarter of a second; then it stays.
        """
        return await asyncio.to_thread(_empty_log, self._path)

    async def close(self) -> None:
        """Finish everything that was asked for, then let go of the file."""
        # the readers first: the last connection to close empties the write-ahead log, and they may not write
        await asyncio.to_thread(self._readers.close)
        await asyncio.to_thread(self._checkpoints.close)
        await asyncio.to_thread(self._writer.close)


class _Readers:
    """A few threads, each with a read-only connection of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pool = ThreadPoolExecutor(READERS, thread_name_prefix="database reader")
        self._own = threading.local()
        self._connections: list[sqlite3.Connection] = []

    async def run(self, call: Callable[[sqlite3.Connection], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._read, call)

    def close(self) -> None:
        self._pool.shutdown()
        while self._connections:
            self._connections.pop().close()

    def _read(self, call: Callable[[sqlite3.Connection], R]) -> R:
        connection = self._connection()
        connection.execute("BEGIN")
        try:
            return call(connection)
        except StopIteration as error:  # asyncio cannot carry it, and would leave the caller waiting for ever
            raise RuntimeError("the function raised StopIteration") from error
        finally:
            connection.rollback()

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._own, "connection"):
            self._own.connection = _connect(self._path, "ro", READING_PATIENCE)
            self._own.connection.execute("PRAGMA query_only = ON")
            self._connections.append(self._own.connection)
        connection: sqlite3.Connection = self._own.connection
        return connection


def _prepare(path: Path, migrate: Callable[["sqlite_utils.Database"], object]) -> None:
    if not path.parent.is_dir():
        raise FileNotFoundError(f"the directory of the database does not exist: {path.parent}")
    # Only ever opened when new: closing a descriptor of the file drops every lock this process has on it.
    # https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    deadline = time.monotonic() + OPENING_PATIENCE
    while not _migrated(path, migrate, last_try=time.monotonic() > deadline):
        time.sleep(0.01)  # the change to WAL fails at once on a locked file, without SQLite's own waiting


def _migrated(path: Path, migrate: Callable[["sqlite_utils.Database"], object], *, last_try: bool) -> bool:
    """Migrate in one transaction; False if another process has the file locked."""
    import sqlite_utils

    with contextlib.closing(_connect(path, "rw", LOCK_TIMEOUT)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            # a migration may rebuild a table: https://www.sqlite.org/lang_altertable.html, section 7, step 1
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("BEGIN IMMEDIATE")
            migrate(sqlite_utils.Database(connection))
            connection.commit()
        except sqlite3.OperationalError as error:
            if last_try or not is_locked(error):
                raise
            return False
        return True


def _empty_log(path: Path) -> bool:
    with contextlib.closing(_connect(path, "rw", LOCK_TIMEOUT)) as connection:
        was_busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not was_busy


def _connect(path: Path, mode: str, lock_timeout: float) -> sqlite3.Connection:
    """Connect; transactions are begun and ended by hand."""
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        timeout=lock_timeout,
        isolation_level=None,
        check_same_thread=False,  # opened and closed by other threads than the one that uses it
    )
    with contextlib.ExitStack() as undoing:  # what is no database says so now, and would stay open
        undoing.callback(connection.close)
        _set(connection)
        undoing.pop_all()
    return connection


def _set(connection: sqlite3.Connection) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LONGEST_LOG}")
    connection.execute("PRAGMA secure_delete = ON")  # what is erased is not left in the file's free pages
    connection.execute("PRAGMA foreign_keys = ON")
