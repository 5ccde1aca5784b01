"""Table errands: what must still be done about a person at WeChat, and the only place with a raw open id for it."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from bot.model import AppID, OpenID


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to do (`what`: repair, tag, message), from `due_at` on; pointless after `ends_at`."""

    app_id: AppID
    person: bytes
    open_id: OpenID
    what: str
    detail: str
    due_at: int
    ends_at: int
    tries: int = 0
    id: int = 0


def add(connection: sqlite3.Connection, errand: Errand) -> None:
    """Write down what is to be done."""
    connection.execute(
        """insert into errands (app_id, person, open_id, what, detail, due_at, ends_at)
           values (:app_id, :person, :open_id, :what, :detail, :due_at, :ends_at)""",
        asdict(errand),
    )


def take(
    connection: sqlite3.Connection, what: str, owner: str, is_alive: Callable[[str], bool], now: int, limit: int
) -> list[Errand]:
    """Return what is due and in nobody's hands, oldest first, and put it into `owner`'s; drop what came too late."""
    connection.execute("delete from errands where what = :what and ends_at <= :now", {"what": what, "now": now})
    rows = connection.execute(
        "select * from errands where what = :what and due_at <= :now order by due_at, id limit :limit",
        {"what": what, "now": now, "limit": limit},
    ).fetchall()
    free = [row for row in rows if row["owner"] in ("", owner) or not is_alive(row["owner"])]
    connection.executemany("update errands set owner = ? where id = ?", [(owner, row["id"]) for row in free])
    return [_errand(row) for row in free]


def are_any(connection: sqlite3.Connection) -> bool:
    """Whether anything is to be done about anybody."""
    return connection.execute("select 1 from errands limit 1").fetchone() is not None


def settle(connection: sqlite3.Connection, errands: Iterable[Errand]) -> None:
    """Forget what was done, and the open ids with it."""
    connection.executemany("delete from errands where id = ?", [(errand.id,) for errand in errands])


def postpone(connection: sqlite3.Connection, errands: Iterable[Errand], due_at: int) -> None:
    """Give back what could not be done now."""
    connection.executemany(
        "update errands set owner = '', tries = tries + 1, due_at = ? where id = ?",
        [(due_at, errand.id) for errand in errands],
    )


def erase(connection: sqlite3.Connection, person: bytes) -> None:
    """Forget all that was still to be done about a person: they unfollowed, or asked for it."""
    connection.execute("delete from errands where person = :person", {"person": person})


def _errand(row: sqlite3.Row) -> Errand:
    return Errand(
        app_id=AppID(row["app_id"]),
        person=row["person"],
        open_id=OpenID(row["open_id"]),
        what=row["what"],
        detail=row["detail"],
        due_at=row["due_at"],
        ends_at=row["ends_at"],
        tries=row["tries"],
        id=row["id"],
    )
