"""Moves what was committed from the log into the file, beside the writing thread: commits would wait for it.

The log is emptied, too: what was erased, an open id for one, still stands there.
https://www.sqlite.org/wal.html#ckpt
"""

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

# seconds between two looks, commits that are worth a checkpoint, and how often one is tried that new commits outran
EVERY, WORTH_IT, TRIES = 0.5, 100, 5
# pages of log (of 4 KB) at which the writing thread does it all the same: where commits are few, or never pause
LONGEST_LOG = 8000
# seconds until the log is emptied again, or tried again where it was in use; a log that has to grow anew costs commits
# some time, so while there are as many from one look to the next, it is emptied only after as many seconds
SOON, MANY, LATEST = 30, 40, 3600


@dataclass(slots=True)
class Emptying:
    """When the log was emptied, and when that was tried, by time.monotonic()."""

    emptied_at: float
    tried_at: float

    def is_due(self, now: float, lately: int) -> bool:
        """Whether it is to be tried now, where there were so many commits since the look before."""
        if now - self.tried_at < SOON:
            return False
        return lately < MANY or now - self.emptied_at >= LATEST


class Checkpoints:
    """A thread with a connection of its own; `commits` tells how many there were so far."""

    def __init__(self, connection: sqlite3.Connection, commits: Callable[[], int]) -> None:
        self._connection, self._commits = connection, commits
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="database checkpoints", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Finish what is under way."""
        self._closing.set()
        self._thread.join()
        self._connection.close()

    def _work(self) -> None:
        done = seen = 0
        emptying = Emptying(time.monotonic(), time.monotonic())
        while not self._closing.wait(EVERY):
            commits, now = self._commits(), time.monotonic()
            with contextlib.suppress(sqlite3.Error):  # a full disk, a locked file: it is tried again
                if commits - done >= WORTH_IT:
                    done = commits
                    self._checkpoint()
                if emptying.is_due(now, commits - seen):
                    emptying.tried_at = now
                    if self._empty():
                        emptying.emptied_at = now
            seen = commits

    def _checkpoint(self) -> None:
        """Move everything: only then does the log begin anew. A commit that comes meanwhile wants one more try."""
        for _ in range(TRIES):
            _, pages, moved = self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if moved == pages:
                return

    def _empty(self) -> bool:
        """Cut the log off; False where somebody read from it for as long as this connection waits."""
        self._checkpoint()  # what is moved by the next line is moved while commits wait
        was_busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not was_busy
