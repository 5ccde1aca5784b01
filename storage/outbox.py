"""Table outbox: what other systems have still to be told; written in the transaction of what it tells."""

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One message on its way. `tries`: how often it was posted and not taken."""

    id: str
    body: str
    tries: int


# each half reads an index of its own: what a million scans wait behind is found at once, and so are the oldest of them
_DUE = """
    select id, body, tries from (
        select * from (select id, body, tries, due_at, 0 as rank from outbox
                       where done_at is null and kind <> 'scan' and due_at <= :now and owner in ('', :owner)
                       order by due_at limit :limit)
        union all
        select * from (select id, body, tries, due_at, 1 as rank from outbox
                       where done_at is null and kind = 'scan' and due_at <= :now and owner in ('', :owner)
                       order by due_at limit :limit)
    ) order by rank, due_at limit :limit"""


def add(connection: sqlite3.Connection, kind: str, body: str, now: int, person: bytes | None = None) -> str:
    """Write down what is to be told and return its id; `person` is who the body names by their open id."""
    id_ = f"msg_{secrets.token_urlsafe(18)}"
    connection.execute(
        """insert into outbox (id, kind, body, person, made_at, due_at)
           values (:id, :kind, :body, :person, :now, :now)""",
        {"id": id_, "kind": kind, "body": body, "person": person, "now": now},
    )
    return id_


def is_due(connection: sqlite3.Connection, now: int) -> bool:
    """Whether something is to be told, in whosever hands it is."""
    row = connection.execute("select 1 from outbox where done_at is null and due_at <= :now limit 1", {"now": now})
    return row.fetchone() is not None


def take(
    connection: sqlite3.Connection, owner: str, is_alive: Callable[[str], bool], now: int, limit: int
) -> list[Dispatch]:
    """Return what is due and in no other living process's hands, oldest first, and put it into `owner`'s.

    Scans come last: for what else is told, a bound person for one, somebody waits.
    """
    _release(connection, owner, is_alive)
    rows = connection.execute(_DUE, {"owner": owner, "now": now, "limit": limit}).fetchall()
    connection.executemany("update outbox set owner = ? where id = ?", [(owner, row["id"]) for row in rows])
    return [Dispatch(row["id"], row["body"], row["tries"]) for row in rows]


def close(connection: sqlite3.Connection, id_: str, answer: str, now: int) -> None:
    """Mark as told, or given up, and empty: the body may hold an open id, and serves nobody any more."""
    connection.execute(
        "update outbox set done_at = :now, last_answer = :answer, body = '', person = null, owner = '' where id = :id",
        {"id": id_, "answer": answer, "now": now},
    )


def postpone(connection: sqlite3.Connection, id_: str, answer: str, due_at: int) -> None:
    """Give back what was not taken, until `due_at`."""
    connection.execute(
        """update outbox set owner = '', tries = tries + 1, last_answer = :answer, due_at = :due_at
           where id = :id and done_at is null""",
        {"id": id_, "answer": answer, "due_at": due_at},
    )


def give_back(connection: sqlite3.Connection, id_: str) -> None:
    """Give back what the receiver does not want now; it counts as no try."""
    connection.execute("update outbox set owner = '' where id = :id", {"id": id_})


def erase(connection: sqlite3.Connection, person: bytes) -> None:
    """Drop what still names a person by their open id: they unfollowed, or asked for it."""
    connection.execute("delete from outbox where person = :person and done_at is null", {"person": person})


def forget(connection: sqlite3.Connection, person: bytes) -> None:
    """Drop all that still waits and names a person, by their open id or by their pseudonym."""
    erase(connection, person)
    connection.execute(
        "delete from outbox where done_at is null and kind = 'scan' and instr(body, :pseudonym)",
        {"pseudonym": person.hex()},
    )


def forget_before(connection: sqlite3.Connection, before: int, limit: int) -> int:
    """Forget at most `limit` of what was written down before, told or not; return how many."""
    forgotten = connection.execute(
        "delete from outbox where id in (select id from outbox where made_at < :before order by made_at limit :limit)",
        {"before": before, "limit": limit},
    )
    return forgotten.rowcount


def _release(connection: sqlite3.Connection, owner: str, is_alive: Callable[[str], bool]) -> None:
    holders = connection.execute("select distinct owner from outbox where done_at is null and owner <> ''").fetchall()
    dead = [(row["owner"],) for row in holders if row["owner"] != owner and not is_alive(row["owner"])]
    connection.executemany("update outbox set owner = '' where owner = ? and owner <> '' and done_at is null", dead)
