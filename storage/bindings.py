"""Tables binding_requests and bindings: who asked to be bound by which scene, who scanned it, who is bound to whom."""

import sqlite3
from dataclasses import asdict, dataclass
from enum import StrEnum

from bot.model import AppID, Language, OpenID


class Stage(StrEnum):
    """How far a request has come. ENDED: without a binding; its `why` says how."""

    ASKED = "asked"
    SCANNED = "scanned"
    BOUND = "bound"
    ENDED = "ended"


class Why(StrEnum):
    """How a request ended without a binding."""

    REPLACED = "replaced"
    REFUSED = "refused"
    OTHER = "other"
    TAKEN = "taken"
    LATE = "late"
    EXPIRED = "expired"
    UNFOLLOWED = "unfollowed"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Request:
    """One wish to be bound, by one scene, until `ends_at`; `language` is what the asker reads.

    `open_id` is there only while somebody must confirm.
    """

    scene: str
    app_id: AppID
    team_id: str
    user_id: str
    channel_id: str
    asked_at: int
    ends_at: int
    language: Language
    stage: Stage = Stage.ASKED
    why: Why | None = None
    person: bytes | None = None
    open_id: OpenID | None = None
    scanned_at: int = 0


@dataclass(frozen=True, slots=True)
class Binding:
    """A Slack user and a WeChat person who are the same."""

    app_id: AppID
    team_id: str
    user_id: str
    person: bytes
    scanned_at: int
    bound_at: int


def ask(connection: sqlite3.Connection, request: Request) -> None:
    """Write a request down; an earlier one of the same person is over."""
    connection.execute(
        """update binding_requests set stage = 'ended', why = 'replaced', open_id = null
           where app_id = :app_id and team_id = :team_id and user_id = :user_id and stage in ('asked', 'scanned')""",
        asdict(request),
    )
    connection.execute(
        """insert into binding_requests (scene, app_id, team_id, user_id, channel_id, asked_at, ends_at, language)
           values (:scene, :app_id, :team_id, :user_id, :channel_id, :asked_at, :ends_at, :language)""",
        asdict(request),
    )


def find(connection: sqlite3.Connection, scene: str) -> Request | None:
    """Return the request that stands behind a scene."""
    row = connection.execute("select * from binding_requests where scene = :scene", {"scene": scene}).fetchone()
    return _request(row) if row else None


def scan(connection: sqlite3.Connection, scene: str, person: bytes, open_id: OpenID | None, at: int) -> None:
    """Note who scanned. `open_id` is None where nobody will be told of it."""
    connection.execute(
        """update binding_requests set stage = 'scanned', person = :person, open_id = :open_id, scanned_at = :at
           where scene = :scene""",
        {"scene": scene, "person": person, "open_id": open_id, "at": at},
    )


def end(connection: sqlite3.Connection, scene: str, why: Why, person: bytes | None = None) -> None:
    """End a request without a binding; `person` is who ended it by scanning."""
    connection.execute(
        """update binding_requests set stage = 'ended', why = :why, open_id = null, person = coalesce(person, :person)
           where scene = :scene""",
        {"scene": scene, "why": why, "person": person},
    )


def bind(connection: sqlite3.Connection, binding: Binding, scene: str) -> None:
    """Bind, and settle the request. Raises sqlite3.IntegrityError where either is bound already."""
    connection.execute(
        """insert into bindings (app_id, team_id, user_id, person, scanned_at, bound_at)
           values (:app_id, :team_id, :user_id, :person, :scanned_at, :bound_at)""",
        asdict(binding),
    )
    connection.execute(
        "update binding_requests set stage = 'bound', open_id = null where scene = :scene", {"scene": scene}
    )


def of_user(connection: sqlite3.Connection, app_id: str, team_id: str, user_id: str) -> Binding | None:
    """Return whom a Slack user is bound to."""
    row = connection.execute(
        "select * from bindings where app_id = :app_id and team_id = :team_id and user_id = :user_id",
        {"app_id": app_id, "team_id": team_id, "user_id": user_id},
    ).fetchone()
    return _binding(row) if row else None


def of_person(connection: sqlite3.Connection, app_id: str, person: bytes) -> Binding | None:
    """Return the Slack user that a WeChat person is bound to."""
    row = connection.execute(
        "select * from bindings where app_id = :app_id and person = :person", {"app_id": app_id, "person": person}
    ).fetchone()
    return _binding(row) if row else None


def unbind(connection: sqlite3.Connection, binding: Binding) -> None:
    """Forget a binding."""
    connection.execute(
        "delete from bindings where app_id = :app_id and person = :person",
        {"app_id": binding.app_id, "person": binding.person},
    )


def are_any(connection: sqlite3.Connection) -> bool:
    """Whether anybody is bound or has asked to be: who scans and goes may do both in one batch of events."""
    row = connection.execute(
        "select 1 where exists (select 1 from bindings) or exists (select 1 from binding_requests)"
    )
    return row.fetchone() is not None


def unconfirmed(connection: sqlite3.Connection, person: bytes, at: int) -> list[Request]:
    """Return the requests that a person scanned up to `at`, and that wait for their confirmation."""
    rows = connection.execute(
        "select * from binding_requests where person = :person and stage = 'scanned' and scanned_at <= :at",
        {"person": person, "at": at},
    )
    return [_request(row) for row in rows]


def erase(connection: sqlite3.Connection, person: bytes, at: int, why: Why) -> None:
    """Forget who scanned up to `at`: they unfollowed, or asked for it. What waited for a confirmation is over."""
    connection.execute(
        """update binding_requests set open_id = null, person = null,
               why = case stage when 'scanned' then :why else why end,
               stage = case stage when 'scanned' then 'ended' else stage end
           where person = :person and scanned_at <= :at""",
        {"person": person, "at": at, "why": why},
    )


def is_unconfirmed(connection: sqlite3.Connection, since: int) -> bool:
    """Whether a scan from before `since` still waits for its confirmation."""
    row = connection.execute(
        "select 1 from binding_requests where stage = 'scanned' and scanned_at < :since limit 1", {"since": since}
    )
    return row.fetchone() is not None


def expire(connection: sqlite3.Connection, since: int) -> None:
    """End what was scanned before `since` and never confirmed, and forget its open id."""
    connection.execute(
        """update binding_requests set stage = 'ended', why = 'expired', open_id = null
           where stage = 'scanned' and scanned_at < :since""",
        {"since": since},
    )


def forget_before(connection: sqlite3.Connection, before: int) -> None:
    """Forget requests from before; bindings stay."""
    connection.execute("delete from binding_requests where asked_at < :before", {"before": before})


def _request(row: sqlite3.Row) -> Request:
    return Request(
        scene=row["scene"],
        app_id=AppID(row["app_id"]),
        team_id=row["team_id"],
        user_id=row["user_id"],
        channel_id=row["channel_id"],
        asked_at=row["asked_at"],
        ends_at=row["ends_at"],
        language=Language(row["language"]),
        stage=Stage(row["stage"]),
        why=Why(row["why"]) if row["why"] else None,
        person=row["person"],
        open_id=row["open_id"],
        scanned_at=row["scanned_at"],
    )


def _binding(row: sqlite3.Row) -> Binding:
    return Binding(
        app_id=AppID(row["app_id"]),
        team_id=row["team_id"],
        user_id=row["user_id"],
        person=row["person"],
        scanned_at=row["scanned_at"],
        bound_at=row["bound_at"],
    )
