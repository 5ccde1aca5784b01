"""What is kept of one person, unlinked from them: the events stay, and nobody's they are."""

import sqlite3

from bot.model import AppID

# so many rows are looked at in one transaction: nobody waits long for the writing thread
STEP = 200_000


def app_ids(connection: sqlite3.Connection) -> set[AppID]:
    """Return of which accounts anything of people is kept: also of those that nobody asks WeChat about any more."""
    rows = connection.execute(
        """select app_id from scenes union select app_id from errands
           union select app_id from binding_requests union select app_id from bindings"""
    )
    return {AppID(row["app_id"]) for row in rows}


def history(connection: sqlite3.Connection, person: bytes) -> int:
    """Delete what is remembered of a person to count them right; return how many rows that were."""
    return connection.execute("delete from persons where person = ?", (person,)).rowcount


def events(connection: sqlite3.Connection, person: bytes, after: int) -> tuple[int, bool]:
    """Unlink the person's events among the next 200,000 after row `after`.

    Return how many there were, and whether there are more rows to look at.
    """
    changed = connection.execute(
        "update scans set person = randomblob(16) where id > ? and id <= ? and person = ?",
        (after, after + STEP, person),
    ).rowcount
    last = connection.execute("select max(id) from scans").fetchone()[0] or 0
    return changed, after + STEP < last
