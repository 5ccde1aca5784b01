"""Table notices: what people in Slack have still to be told of their binding, which no command of theirs asked for."""

import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass

from bot.model import AppID


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened `at`, to be told to one person, in that channel or (none) directly; pointless after `ends_at`."""

    app_id: AppID
    team_id: str
    user_id: str
    channel_id: str
    what: str
    scene: str
    at: int
    due_at: int
    ends_at: int
    tries: int = 0
    id: int = 0


def add(connection: sqlite3.Connection, notice: Notice) -> None:
    """Write down what is to be told."""
    connection.execute(
        """insert into notices (app_id, team_id, user_id, channel_id, what, scene, at, due_at, ends_at)
           values (:app_id, :team_id, :user_id, :channel_id, :what, :scene, :at, :due_at, :ends_at)""",
        asdict(notice),
    )


def is_due(connection: sqlite3.Connection, now: int) -> bool:
    """Whether something is to be told, in whosever hands it is."""
    row = connection.execute("select 1 from notices where due_at <= :now limit 1", {"now": now})
    return row.fetchone() is not None


def take(connection: sqlite3.Connection, owner: str, is_alive: Callable[[str], bool], now: int) -> list[Notice]:
    """Return what is due and in no other living process's hands, and put it into `owner`'s; drop what came too late."""
    connection.execute("delete from notices where ends_at <= :now", {"now": now})
    rows = connection.execute("select * from notices where due_at <= :now order by id", {"now": now}).fetchall()
    free = [row for row in rows if row["owner"] in ("", owner) or not is_alive(row["owner"])]
    connection.executemany("update notices set owner = ? where id = ?", [(owner, row["id"]) for row in free])
    return [_notice(row) for row in free]


def settle(connection: sqlite3.Connection, notice: Notice) -> None:
    """Forget what was told."""
    connection.execute("delete from notices where id = :id", {"id": notice.id})


def postpone(connection: sqlite3.Connection, notice: Notice, due_at: int) -> None:
    """Give back what Slack did not take now."""
    connection.execute(
        "update notices set owner = '', tries = tries + 1, due_at = :due_at where id = :id",
        {"id": notice.id, "due_at": due_at},
    )


def withdraw(connection: sqlite3.Connection, scene: str) -> None:
    """Forget what was still to be asked about a request that is over."""
    connection.execute("delete from notices where scene = :scene", {"scene": scene})


def _notice(row: sqlite3.Row) -> Notice:
    return Notice(
        app_id=AppID(row["app_id"]),
        team_id=row["team_id"],
        user_id=row["user_id"],
        channel_id=row["channel_id"],
        what=row["what"],
        scene=row["scene"],
        at=row["at"],
        due_at=row["due_at"],
        ends_at=row["ends_at"],
        tries=row["tries"],
        id=row["id"],
    )
