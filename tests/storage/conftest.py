"""A database of the newest form, in memory: what the table modules are functions of."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
import sqlite_utils

from storage.migrations import migrate


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.row_factory = sqlite3.Row
        opened.execute("pragma foreign_keys = on")
        migrate(sqlite_utils.Database(opened))
        yield opened
