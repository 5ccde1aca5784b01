"""Moves what was committed from the log into the file, beside the writing thread: commits would wait for it.

https://www.sqlite.org/wal.html#ckpt
"""

import contextlib
import sqlite3
import threading
from collections.abc import Callable

# seconds between two looks, commits that are worth a checkpoint, and how often one is tried that new commits outran
EVERY, WORTH_IT, TRIES = 0.5, 100, 5
# pages of log (of 4 KB) at which the writing thread does it all the same: where commits are few, or never pause
LONGEST_LOG = 8000


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
        done = 0
        while not self._closing.wait(EVERY):
            commits = self._commits()
            if commits - done >= WORTH_IT:
                done = commits
                with contextlib.suppress(sqlite3.Error):  # a full disk, a locked file: it is tried again
                    self._checkpoint()

    def _checkpoint(self) -> None:
        """Move everything: only then does the log begin anew. A commit that comes meanwhile wants one more try."""
        for _ in range(TRIES):
            _, pages, moved = self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            if moved == pages:
                return
