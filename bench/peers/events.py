"""The table the peers keep events in: each is committed, by itself, before it is answered. Imports nothing of wxqr."""

import os
import sqlite3
import threading
from contextlib import closing

TABLE = """
    create table if not exists events (
        id integer primary key,
        app_id text not null,
        open_id text not null,
        created_at integer not null,
        event text not null,
        event_key text not null,
        ticket text not null,
        unique (app_id, open_id, created_at, event, event_key)
    );
    create index if not exists events_scene on events (event_key, created_at);
"""
EVENT = """
    insert or ignore into events (app_id, open_id, created_at, event, event_key, ticket)
    values (:app_id, :open_id, :created_at, :event, :event_key, :ticket)
"""


class Events:
    """The events of one account; a connection is kept for each thread, which is the kindest to a peer."""

    def __init__(self) -> None:
        self._path, self._app_id = os.environ["WXQR_DATABASE"], os.environ["WECHAT_APP_ID"]
        self._own = threading.local()
        with closing(sqlite3.connect(self._path)) as connection:
            connection.execute("pragma journal_mode = wal")
            connection.executescript(TABLE)

    def keep(self, *, open_id: str, created_at: int, event: str, event_key: str = "", ticket: str = "") -> None:
        """Have the event on the disk, once."""
        told = {"open_id": open_id, "created_at": created_at, "event": event, "event_key": event_key, "ticket": ticket}
        with self._connection() as connection:
            connection.execute(EVENT, {"app_id": self._app_id, **told})

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._own, "connection"):
            self._own.connection = sqlite3.connect(self._path, timeout=15)
            self._own.connection.execute("pragma synchronous = full")
        connection: sqlite3.Connection = self._own.connection
        return connection
