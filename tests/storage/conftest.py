"""A database of the newest form, in memory: what the table modules are functions of."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest


@pytest.fixture
def connection(newest_form: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        newest_form.backup(opened)
        opened.row_factory = sqlite3.Row
        opened.execute("pragma foreign_keys = on")
        yield opened
