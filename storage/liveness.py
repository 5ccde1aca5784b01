"""Who is alive among the processes that share one database file."""

import fcntl
import os
import uuid
from pathlib import Path
from typing import Self


class Liveness:
    """A name for this process and the proof that it lives: a lock that the kernel gives back at its death.

    The lock is flock(2), which belongs to the open file: https://man7.org/linux/man-pages/man2/flock.2.html.
    All who share a database in WAL mode are on one machine: https://www.sqlite.org/wal.html, section 1.
    """

    def __init__(self, database: Path, owner: str) -> None:
        self.owner = owner
        self._database = database
        self._file = os.open(self._proof(owner), os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        self._held = True
        fcntl.flock(self._file, fcntl.LOCK_EX)

    @classmethod
    def claim(cls, database: Path) -> Self:
        """Take a new owner's name and hold it until `release` or death. Raises OSError without a directory."""
        return cls(database, uuid.uuid4().hex)

    def release(self) -> None:
        """Be dead to the others. May be called again."""
        if self._held:
            self._held = False
            self._proof(self.owner).unlink(missing_ok=True)  # while it is still locked: nobody else removes it too
            os.close(self._file)

    def is_alive(self, owner: str) -> bool:
        """Tell whether the process of that name lives; what a dead one left is removed."""
        if owner == self.owner:
            return self._held
        try:
            file = os.open(self._proof(owner), os.O_RDWR)
        except FileNotFoundError:
            return False
        try:
            # shared: two who ask about a dead one at the same time must not take each other for it
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        else:
            self._proof(owner).unlink(missing_ok=True)
            return False
        finally:
            os.close(file)

    def _proof(self, owner: str) -> Path:
        return self._database.with_name(f"{self._database.name}.alive-{owner}")
