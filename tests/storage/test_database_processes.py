"""Several processes on one file, and one that is killed: what is acknowledged is kept."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

PROCESS = """
import asyncio, sys
from pathlib import Path
from storage.database import Database

def migrate(database):
    if not database["numbers"].exists():
        database.execute("create table numbers (number integer primary key, note text) strict")

def add(connection, number):
    connection.execute("insert into numbers (number) values (:number)", {"number": number})

async def write(database, numbers):
    for number in numbers:
        await database.write(add, number)
        print(number, flush=True)

async def main(path, first, last):
    async with Database.opened(Path(path), migrate=migrate) as database:
        await asyncio.gather(*(write(database, range(first + task, last, 16)) for task in range(16)))

asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
"""


def writing_process(path: Path, first: int, last: int) -> "subprocess.Popen[str]":
    """Start a program that writes the numbers, and prints each when its write has returned."""
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS, str(path), str(first), str(last)], stdout=subprocess.PIPE, text=True
    )


def test_processes_may_create_and_migrate_and_write_one_file_at_the_same_time(tmp_path: Path) -> None:
    path = tmp_path / "wxqr.db"
    processes = [writing_process(path, first, first + 200) for first in range(0, 800, 200)]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0, 0, 0]
    with closing(sqlite3.connect(path)) as connection:
        assert _numbers(connection) == list(range(800))


def test_what_was_acknowledged_survives_a_kill_under_load(tmp_path: Path) -> None:
    path = tmp_path / "wxqr.db"
    with writing_process(path, 0, 10_000_000) as process:
        assert process.stdout
        acknowledged = [int(process.stdout.readline()) for _ in range(500)]
        process.kill()
        acknowledged += [int(line) for line in process.stdout if line.endswith("\n")]
    with closing(sqlite3.connect(path)) as connection:
        assert set(acknowledged) <= set(_numbers(connection))
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)


def _numbers(connection: sqlite3.Connection) -> list[int]:
    return [number for (number,) in connection.execute("select number from numbers order by number")]
