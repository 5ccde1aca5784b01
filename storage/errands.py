"""Table errands: what must still be done about a person at WeChat, and the only place with a raw open id for it."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass

from bot.model import AppID, OpenID
from storage import scans


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing to do (`what`: repair, tag, message) for what happened `at`, from `due_at` on and before `ends_at`."""

    app_id: AppID
    person: bytes
    open_id: OpenID
    at: int
    what: str
    detail: str
    due_at: int
    ends_at: int
    tries: int = 0
    id: int = 0


def add(connection: sqlite3.Connection, errand: Errand) -> None:
    """Write down what is to be done; not about somebody who has left since: no unfollow would come to erase it."""
    if scans.has_left_since(connection, errand.person, errand.at):
        return
    connection.execute(
        """insert into errands (app_id, person, open_id, at, what, detail, due_at, ends_at)
           values (:app_id, :person, :open_id, :at, :what, :detail, :due_at, :ends_at)""",
        asdict(errand),
    )


def take(
    connection: sqlite3.Connection, what: str, owner: str, is_alive: Callable[[str], bool], now: int, limit: int
) -> list[Errand]:
    """Return what is due and in nobody's hands, oldest first, and put it into `owner`'s; drop what came too late."""
    connection.execute("delete from errands where what = :what and ends_at <= :now", {"what": what, "now": now})
    _release(connection, owner, is_alive)
    rows = connection.execute(
        """select * from errands where what = :what and due_at <= :now and owner in ('', :owner)
           order by due_at, id limit :limit""",
        {"what": what, "owner": owner, "now": now, "limit": limit},
    ).fetchall()
    connection.executemany("update errands set owner = ? where id = ?", [(owner, row["id"]) for row in rows])
    return [_errand(row) for row in rows]


def _release(connection: sqlite3.Connection, owner: str, is_alive: Callable[[str], bool]) -> None:
    holders = connection.execute("select distinct owner from errands where owner <> ''").fetchall()
    dead = [(row["owner"],) for row in holders if row["owner"] != owner and not is_alive(row["owner"])]
    connection.executemany("update errands set owner = '' where owner = ?", dead)


def are_any(connection: sqlite3.Connection) -> bool:
    """Whether anything is to be done about anybody."""
    return connection.execute("select 1 from errands limit 1").fetchone() is not None


def settle(connection: sqlite3.Connection, errands: Iterable[Errand]) -> int:
    """Forget what was done, and the open ids with it; return how many were still there."""
    return connection.executemany("delete from errands where id = ?", [(errand.id,) for errand in errands]).rowcount


def postpone(connection: sqlite3.Connection, errands: Iterable[Errand], due_at: int) -> None:
    """Give back what could not be done now."""
    connection.executemany(
        "update errands set owner = '', tries = tries + 1, due_at = ? where id = ?",
        [(due_at, errand.id) for errand in errands],
    )


def erase(connection: sqlite3.Connection, person: bytes, at: int) -> None:
    """Forget what was still to be done about a person for what they did up to `at`: then they left, or asked for it."""
    connection.execute("delete from errands where person = :person and at <= :at", {"person": person, "at": at})


def _errand(row: sqlite3.Row) -> Errand:
    return Errand(
        app_id=AppID(row["app_id"]),
        person=row["person"],
        open_id=OpenID(row["open_id"]),
        at=row["at"],
        what=row["what"],
        detail=row["detail"],
        due_at=row["due_at"],
        ends_at=row["ends_at"],
        tries=row["tries"],
        id=row["id"],
    )
