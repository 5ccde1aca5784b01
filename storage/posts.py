"""Table posts: what is being, or was, sent to Slack for an arrival; written before it is sent."""

import sqlite3
from dataclasses import asdict

from bot.model import Post, Via


def intend(connection: sqlite3.Connection, post: Post, *, verified: bool = False) -> None:
    """Write down what is about to be sent; a later way for the same arrival takes the place of the earlier.

    `verified`: WeChat's own picture of the allocation was decoded and shows the allocation's url.
    """
    if verified and post.allocation_id:
        connection.execute("update allocations set verified = 1 where id = :id", {"id": post.allocation_id})
    connection.execute(
        """insert into posts (request_id, via, channel_id, sent_at, file_id, message_ts, allocation_id, posted)
           values (:request_id, :via, :channel_id, :sent_at, :file_id, :message_ts, :allocation_id, :posted)
           on conflict (request_id) do update set via = excluded.via, channel_id = excluded.channel_id,
               sent_at = excluded.sent_at, file_id = excluded.file_id, message_ts = excluded.message_ts,
               allocation_id = excluded.allocation_id, posted = excluded.posted""",
        {**asdict(post), "posted": int(post.posted)},
    )


def confirm(connection: sqlite3.Connection, request_id: str, message_ts: str = "", now: int = 0) -> None:
    """Mark a post as having arrived by `now`, under `message_ts` where that is known."""
    connection.execute(
        """update posts set message_ts = case :ts when '' then message_ts else :ts end,
               sent_at = case posted when 0 then max(sent_at, :now) else sent_at end, posted = 1
           where request_id = :id""",
        {"id": request_id, "ts": message_ts, "now": now},
    )


def settle_for(connection: sqlite3.Connection, request_id: str, instead: str) -> bool:
    """Give up looking for a post's ts; True for the one process that did, so that only it tells of it."""
    row = connection.execute(
        """update posts set message_ts = :instead where request_id = :id and message_ts = '' returning request_id""",
        {"id": request_id, "instead": instead},
    ).fetchone()
    return row is not None


def withdraw(connection: sqlite3.Connection, request_id: str) -> None:
    """Forget an intention that is known to have come to nothing."""
    connection.execute("delete from posts where request_id = :id and posted = 0", {"id": request_id})


def find(connection: sqlite3.Connection, request_id: str) -> Post | None:
    """Return what was sent, or meant to be, for an arrival."""
    row = connection.execute("select * from posts where request_id = :id", {"id": request_id}).fetchone()
    return _post(row) if row else None


def unconfirmed(connection: sqlite3.Connection, since: int, limit: int) -> list[Post]:
    """Return files that Slack took after `since` and whose message it has not shown yet, oldest first."""
    rows = connection.execute(
        """select * from posts where posted = 1 and message_ts = '' and file_id <> '' and sent_at >= :since
           order by sent_at limit :limit""",
        {"since": since, "limit": limit},
    )
    return [_post(row) for row in rows]


def _post(row: sqlite3.Row) -> Post:
    return Post(
        request_id=row["request_id"],
        via=Via(row["via"]),
        channel_id=row["channel_id"],
        sent_at=row["sent_at"],
        file_id=row["file_id"],
        message_ts=row["message_ts"],
        allocation_id=row["allocation_id"],
        posted=bool(row["posted"]),
    )
