"""The one thread that writes: what waits together is committed together."""

import asyncio
import contextlib
import sqlite3
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from math import inf
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

R = TypeVar("R")

LARGEST_GROUP = 256  # writes to a commit; more gain nothing and make the first of them wait


class Write(Generic[R]):
    """A function on its way through the writing thread."""

    def __init__(self, call: Callable[[sqlite3.Connection], R], patience: float, may_wait: float) -> None:
        self.call = call
        now = time.monotonic()
        self.deadline, self.due = now + patience, now + may_wait
        # `outcome` decides between running and withdrawing, `settled` wakes the caller: it is never an error itself
        self.outcome: Future[R] = Future()
        self.loop = asyncio.get_running_loop()
        self.settled: asyncio.Future[None] = self.loop.create_future()

    def begin(self) -> bool:
        """Claim it for good; False if its caller withdrew it first."""
        return self.outcome.set_running_or_notify_cancel()

    def withdraw(self) -> None:
        """Take it back, and wake the caller; nothing happens from the moment it has begun. In the loop's thread."""
        if self.outcome.cancel() and not self.settled.done():
            self.settled.set_result(None)

    def attempt(self, connection: sqlite3.Connection, *, is_first: bool) -> Callable[[], None]:
        """Run so that it can be undone by itself; return what settles the outcome once the group is committed.

        The first undoes the whole transaction, in which nothing else is yet, and those after it a savepoint.
        Raises sqlite3.Error if the transaction of the whole group is gone.
        """
        if not is_first:
            connection.execute("SAVEPOINT own")
        try:
            result = self.call(connection)
            _end(connection, is_first=is_first)
        except BaseException as error:  # noqa: BLE001 - whatever the function raises belongs to its caller
            # its frames may hold a cursor, and no savepoint is released while a statement is half done
            traceback.clear_frames(error.__traceback__)
            _undo(connection, error, is_first=is_first)
            return partial(self.outcome.set_exception, error)
        return partial(self.outcome.set_result, result)


class Writer:
    """The one thread that writes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.commits = 0  # since the start, with the one under way
        self._waiting: SimpleQueue[Write[object] | None] = SimpleQueue()  # None: nothing comes after this
        self._closed = False
        self._door = threading.Lock()
        # daemon: a program that forgot to close still ends, and what was acknowledged is on the disk
        self._thread = threading.Thread(target=self._work, name="database writer", daemon=True)
        self._thread.start()

    def submit(self, call: Callable[[sqlite3.Connection], R], patience: float, may_wait: float = 0) -> Write[R]:
        write = Write(call, patience, may_wait)
        with self._door:
            if self._closed:
                raise RuntimeError("the database is closed")
            self._waiting.put(write)  # type: ignore[arg-type]  # the thread hands R back untouched, as an object
        return write

    def close(self) -> None:
        with self._door:
            if not self._closed:
                self._closed = True
                self._waiting.put(None)
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        while group := self._gather():
            while self._begin(group):
                self.commits += 1
                _run(self._connection, group)

    def _gather(self) -> deque[Write[object]]:
        """Wait for a write whose time has come, and take along all that wait besides; empty once closed."""
        group: deque[Write[object]] = deque()
        due = inf
        while len(group) < LARGEST_GROUP:
            try:
                write = self._waiting.get(timeout=max(0, due - time.monotonic()) if group else None)
            except Empty:
                break
            if write is None:
                self._waiting.put(None)  # for the next call
                break
            group.append(write)
            due = min(due, write.due)
        return group

    def _begin(self, group: deque[Write[object]]) -> bool:
        """Open a transaction for those of the group whose callers still wait; False if there are none."""
        while group:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                _refuse(group, error, before=time.monotonic() if is_locked(error) else inf)
            else:
                return True
        return False


def _run(connection: sqlite3.Connection, group: deque[Write[object]]) -> None:
    """Run the group in the open transaction, commit once, and tell every caller.

    Where the whole transaction was given up (by SQLite, on a full disk; by the first of the group, which failed), those
    that have not run stay in the group.
    """
    begun: list[Write[object]] = []
    settlements: list[Callable[[], None]] = []
    try:
        while group and connection.in_transaction:
            write = group.popleft()
            if write.begin():
                begun.append(write)
                settlements.append(write.attempt(connection, is_first=len(begun) == 1))
        if connection.in_transaction:
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        with contextlib.suppress(sqlite3.Error):  # the first error is the one to tell
            connection.rollback()
        settlements = [partial(write.outcome.set_exception, error) for write in begun]
    for settle in settlements:
        settle()
    _wake(begun)


def _end(connection: sqlite3.Connection, *, is_first: bool) -> None:
    """Make what one function did part of the transaction; raise sqlite3.Error where it ended that."""
    if not connection.in_transaction:
        raise sqlite3.OperationalError("whoever writes may not end the transaction")
    if not is_first:
        connection.execute("RELEASE own")


def _undo(connection: sqlite3.Connection, error: BaseException, *, is_first: bool) -> None:
    """Take back what one function did; raise sqlite3.Error if the group's transaction is gone with it."""
    if not connection.in_transaction:  # https://www.sqlite.org/lang_transaction.html, section 3
        raise error if isinstance(error, sqlite3.Error) else sqlite3.OperationalError(repr(error)) from error
    if is_first:
        connection.execute("ROLLBACK")
    else:
        connection.execute("ROLLBACK TO own")
        connection.execute("RELEASE own")


def _refuse(group: deque[Write[object]], error: sqlite3.Error, *, before: float) -> None:
    """Fail those of the group whose deadline lies before that time, and drop those withdrawn."""
    late = [write for write in group if write.deadline <= before or write.outcome.cancelled()]
    refused = []
    for write in late:
        group.remove(write)
        if write.begin():
            write.outcome.set_exception(error)
            refused.append(write)
    _wake(refused)


def _wake(writes: Iterable[Write[object]]) -> None:
    """Wake the callers, with one call to each event loop."""
    sleeping: dict[asyncio.AbstractEventLoop, list[asyncio.Future[None]]] = {}
    for write in writes:
        sleeping.setdefault(write.loop, []).append(write.settled)
    for loop, futures in sleeping.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed, and its callers gone with it
            loop.call_soon_threadsafe(_settle, futures)


def _settle(futures: Iterable[asyncio.Future[None]]) -> None:
    for future in futures:
        if not future.done():  # its caller was cancelled
            future.set_result(None)


def is_locked(error: sqlite3.Error) -> bool:
    # the lowest byte is the primary code: https://www.sqlite.org/rescode.html
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
