"""Table tokens: the one access token an account has, sealed; who is fetching the next; how it went last."""

import sqlite3
from dataclasses import asdict, dataclass

from bot.model import TokenFailure


@dataclass(frozen=True, slots=True)
class SealedToken:
    """An access token as it lies in the file. `refused` is the digest of the token WeChat refused last."""

    sealed: bytes
    fetched_at: int
    expires_at: int
    source: str
    host: str
    refused: str


def find(connection: sqlite3.Connection, app_id: str) -> SealedToken | None:
    """Return the account's token, whether or not it still lives."""
    row = connection.execute("select * from tokens where app_id = :app_id and sealed is not null", {"app_id": app_id})
    found = row.fetchone()
    if found is None:
        return None
    return SealedToken(
        sealed=found["sealed"],
        fetched_at=found["fetched_at"],
        expires_at=found["expires_at"],
        source=found["source"],
        host=found["host"],
        refused=found["refused"] or "",
    )


def claim(connection: sqlite3.Connection, app_id: str, owner: str, now: int, until: int) -> bool:
    """Let `owner` be the only one to fetch a token until `until`; False where another is at it."""
    row = connection.execute(
        """insert into tokens (app_id, refreshing_by, refreshing_until) values (:app_id, :owner, :until)
           on conflict (app_id) do update set refreshing_by = excluded.refreshing_by,
               refreshing_until = excluded.refreshing_until
           where tokens.refreshing_until <= :now or tokens.refreshing_by = :owner returning app_id""",
        {"app_id": app_id, "owner": owner, "now": now, "until": until},
    ).fetchone()
    return row is not None


def claimed_by(connection: sqlite3.Connection, app_id: str) -> str:
    """Return who fetches a token now, or did last."""
    row = connection.execute("select refreshing_by from tokens where app_id = :app_id", {"app_id": app_id}).fetchone()
    return (row["refreshing_by"] or "") if row else ""


def release(connection: sqlite3.Connection, app_id: str, owner: str) -> None:
    """Let others fetch again."""
    connection.execute(
        "update tokens set refreshing_until = 0 where app_id = :app_id and refreshing_by = :owner",
        {"app_id": app_id, "owner": owner},
    )


def store(connection: sqlite3.Connection, app_id: str, token: SealedToken) -> None:
    """Keep a fetched token."""
    connection.execute(
        """insert into tokens (app_id, sealed, fetched_at, expires_at, source, host, refused)
           values (:app_id, :sealed, :fetched_at, :expires_at, :source, :host, :refused)
           on conflict (app_id) do update set sealed = excluded.sealed, fetched_at = excluded.fetched_at,
               expires_at = excluded.expires_at, source = excluded.source, host = excluded.host,
               refused = excluded.refused""",
        {"app_id": app_id, **asdict(token)},
    )


def fail(connection: sqlite3.Connection, app_id: str, failure: TokenFailure) -> None:
    """Keep why no token could be had."""
    connection.execute(
        """update tokens set failed_at = :at, failed_host = :host, errcode = :errcode, errmsg = :errmsg, rid = :rid,
               failure_key = :key where app_id = :app_id""",
        {"app_id": app_id, **asdict(failure)},
    )


def last_failure(connection: sqlite3.Connection, app_id: str) -> TokenFailure | None:
    """Return the last time no token could be had."""
    row = connection.execute("select * from tokens where app_id = :app_id", {"app_id": app_id}).fetchone()
    if row is None or row["failed_at"] is None:
        return None
    return TokenFailure(
        at=row["failed_at"],
        host=row["failed_host"],
        errcode=row["errcode"],
        errmsg=row["errmsg"],
        rid=row["rid"],
        key=row["failure_key"],
    )


def force(connection: sqlite3.Connection, app_id: str, user_id: str, now: int, request_id: str) -> None:
    """Count one forced refresh."""
    connection.execute(
        "insert into forced_refreshes (app_id, at, user_id, request_id) values (:app_id, :now, :user_id, :request_id)",
        {"app_id": app_id, "now": now, "user_id": user_id, "request_id": request_id},
    )


def was_forced_by(connection: sqlite3.Connection, app_id: str, request_id: str) -> bool:
    """Return whether this very request has forced a refresh already."""
    query = "select 1 from forced_refreshes where app_id = :app_id and request_id = :request_id"
    return connection.execute(query, {"app_id": app_id, "request_id": request_id}).fetchone() is not None


def forced_since(connection: sqlite3.Connection, app_id: str, then: int) -> list[int]:
    """Return when refreshes were forced since `then`, newest first."""
    rows = connection.execute(
        "select at from forced_refreshes where app_id = :app_id and at >= :then order by at desc",
        {"app_id": app_id, "then": then},
    )
    return [row["at"] for row in rows]
