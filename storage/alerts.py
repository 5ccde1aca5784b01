"""Table alerts: what is wrong right now, so that each trouble is told once, and once that it is over."""

import sqlite3
from collections.abc import Iterable


def begin(connection: sqlite3.Connection, trouble: str, now: int) -> bool:
    """Note that `trouble` is there; True for whoever noted it first, and only they tell of it."""
    row = connection.execute(
        """insert into alerts (trouble, began_at, told) values (:trouble, :now, 1)
           on conflict (trouble) do update set began_at = excluded.began_at, told = 1 where alerts.told = 0
           returning trouble""",
        {"trouble": trouble, "now": now},
    ).fetchone()
    return row is not None


def end(connection: sqlite3.Connection, trouble: str) -> int | None:
    """Note that `trouble` is over; its beginning for whoever noted it first, else None."""
    row = connection.execute(
        "update alerts set told = 0 where trouble = :trouble and told = 1 returning began_at", {"trouble": trouble}
    ).fetchone()
    return row["began_at"] if row else None


def lasts(connection: sqlite3.Connection, trouble: str) -> bool:
    """Return whether somebody noted that it is there, and nobody that it is over."""
    row = connection.execute("select 1 from alerts where trouble = :trouble and told = 1", {"trouble": trouble})
    return row.fetchone() is not None


def take_back(connection: sqlite3.Connection, troubles: Iterable[str]) -> None:
    """Undo the last note of each: nobody was told that it began, or that it is over."""
    connection.executemany("update alerts set told = 1 - told where trouble = ?", [(trouble,) for trouble in troubles])
