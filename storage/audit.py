"""Table audit: who did what, where, and how it ended. Rows are added, never changed."""

import sqlite3
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Deed:
    """One command and its outcome (`ok`, or the key of the refusal)."""

    at: int
    team_id: str
    user_id: str
    channel_id: str
    command: str
    outcome: str
    errcode: int
    rid: str
    host: str


def add(connection: sqlite3.Connection, deed: Deed) -> None:
    """Write one deed down."""
    connection.execute(
        """insert into audit (at, team_id, user_id, channel_id, command, outcome, errcode, rid, host)
           values (:at, :team_id, :user_id, :channel_id, :command, :outcome, :errcode, :rid, :host)""",
        asdict(deed),
    )
