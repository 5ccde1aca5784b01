"""Table inbox: every command that was acknowledged, until it is answered."""

import sqlite3
from dataclasses import dataclass

from bot.model import Arrival


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An arrival that somebody, alive or not, still has in hand."""

    id: str
    owner: str


def keep(connection: sqlite3.Connection, arrival: Arrival, owner: str, answered_at: int | None = None) -> bool:
    """Write `arrival` down, as answered where it is; return False where this very command was kept before.

    The address it is answered to is a secret, and forgotten where it was answered.
    """
    row = connection.execute(
        """insert into inbox (id, team_id, user_id, channel_id, text, received_at, response_url, message_ts,
                              from_private, is_click, state, owner, due_at, finished_at)
           values (:id, :team_id, :user_id, :channel_id, :text, :received_at, :response_url, :message_ts,
                   :from_private, :is_click, :state, :owner, :received_at, :finished_at)
           on conflict (id) do nothing returning id""",
        {
            "id": arrival.id,
            "team_id": arrival.team_id,
            "user_id": arrival.user_id,
            "channel_id": arrival.channel_id,
            "text": arrival.text,
            "received_at": arrival.received_at,
            "response_url": arrival.response_url if answered_at is None else "",
            "message_ts": arrival.message_ts,
            "from_private": int(arrival.from_private),
            "is_click": int(arrival.is_click),
            "state": "received" if answered_at is None else "done",
            "owner": owner,
            "finished_at": answered_at,
        },
    ).fetchone()
    return row is not None


def unfinished(connection: sqlite3.Connection, now: int, owner: str) -> list[Unfinished]:
    """Return what was due by `now` and is in nobody's hands as far as `owner` knows, oldest first.

    What `owner` has received it has in hand, which may be thousands.
    """
    rows = connection.execute(
        """select id, owner from inbox where state in ('received', 'waiting') and due_at <= :now
           and not (state = 'received' and owner = :owner) order by due_at limit 5000""",
        {"now": now, "owner": owner},
    )
    return [Unfinished(row["id"], row["owner"]) for row in rows]


def take_over(connection: sqlite3.Connection, one: Unfinished, owner: str) -> Arrival | None:
    """Give an unfinished arrival to `owner`; None where somebody else took it or finished it meanwhile."""
    row = connection.execute(
        """update inbox set owner = :owner, tries = tries + 1, state = 'received'
           where id = :id and owner = :old and state in ('received', 'waiting') returning *""",
        {"owner": owner, "id": one.id, "old": one.owner},
    ).fetchone()
    return _arrival(row) if row else None


def find(connection: sqlite3.Connection, arrival_id: str) -> Arrival | None:
    """Return an arrival, answered or not."""
    row = connection.execute("select * from inbox where id = :id", {"id": arrival_id}).fetchone()
    return _arrival(row) if row else None


def holder_of(connection: sqlite3.Connection, allocation_id: int) -> str:
    """Return which process has the request in hand that reserved an allocation; "" where none has any more."""
    row = connection.execute(
        """select inbox.owner from inbox join allocations on allocations.request_id = inbox.id
           where allocations.id = :id and inbox.state in ('received', 'waiting')""",
        {"id": allocation_id},
    ).fetchone()
    return row["owner"] if row else ""


def wait_until(connection: sqlite3.Connection, arrival_id: str, due_at: int) -> None:
    """Put an arrival off: it is taken up again once `due_at` has come."""
    connection.execute(
        "update inbox set state = 'waiting', due_at = :due_at where id = :id", {"id": arrival_id, "due_at": due_at}
    )


def finish(connection: sqlite3.Connection, arrival_id: str, now: int, state: str = "done") -> None:
    """Mark an arrival answered, and forget the address it was answered to, which is a secret."""
    connection.execute(
        "update inbox set state = :state, finished_at = :now, response_url = '' where id = :id",
        {"id": arrival_id, "now": now, "state": state},
    )


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many arrivals are not answered yet."""
    query = "select count(*) from inbox where state in ('received', 'waiting')"
    return int(connection.execute(query).fetchone()[0])


def forget_before(connection: sqlite3.Connection, then: int) -> int:
    """Delete answered arrivals and their posts that carry no code; return how many went."""
    connection.execute(
        """delete from posts where allocation_id is null
           and request_id in (select id from inbox where finished_at < :then)""",
        {"then": then},
    )
    return connection.execute(
        """delete from inbox where finished_at < :then
           and not exists (select 1 from posts where posts.request_id = inbox.id)""",
        {"then": then},
    ).rowcount


def _arrival(row: sqlite3.Row) -> Arrival:
    return Arrival(
        id=row["id"],
        team_id=row["team_id"],
        user_id=row["user_id"],
        channel_id=row["channel_id"],
        text=row["text"],
        received_at=row["received_at"],
        response_url=row["response_url"],
        message_ts=row["message_ts"],
        from_private=bool(row["from_private"]),
        is_click=bool(row["is_click"]),
        tries=row["tries"],
    )
