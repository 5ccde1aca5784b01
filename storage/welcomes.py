"""Table welcomes: what scanners are told. Rows are added, and never changed but for which version is in force.

Table welcome_drafts: what shall be told to the scanners of many codes, and waits for somebody's yes.
"""

import sqlite3
from dataclasses import dataclass

from bot.model import DAY
from bot.welcomes import Greeting, Pattern, Version, read, written


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants to be said from now on. `request_id` makes asking twice harmless."""

    app_id: str
    pattern: Pattern
    greeting: Greeting
    by: str
    at: int
    request_id: str


@dataclass(frozen=True, slots=True)
class Decided:
    """The version that is in force once somebody has decided; `is_new` unless it said the same before."""

    version: Version
    is_new: bool


DRAFTS_LAST = 30 * DAY

# the scene's own before a beginning of it, the longest beginning first; `*` is the shortest of them
_CHOOSE = """
    select newcomers, followers from welcomes where id = (
        select coalesce(
            (select id from welcomes where app_id = scenes.app_id and pattern = scene and in_force = 1),
            (select id from welcomes where app_id = scenes.app_id and in_force = 1 and substr(pattern, -1) = '*'
             and scene glob pattern order by length(pattern) desc limit 1))
        from scenes where scenes.id = :scene_id)
"""


def are_any(connection: sqlite3.Connection) -> bool:
    """Return whether anything is in force, for any account."""
    return connection.execute("select 1 from welcomes where in_force = 1 limit 1").fetchone() is not None


def choose(connection: sqlite3.Connection, scene_id: int) -> Greeting | None:
    """Return what the scanner of a scene, by its number here, is told; None: nothing."""
    row = connection.execute(_CHOOSE, {"scene_id": scene_id}).fetchone()
    return _greeting(row) if row else None


def change(connection: sqlite3.Connection, wanted: Change) -> Decided:
    """Return the version that is in force from now on; the one there is where it says the same."""
    newest = find(connection, wanted.app_id, wanted.pattern)
    is_done = _is_done(connection, wanted)
    if newest and (is_done or newest.greeting == wanted.greeting):
        return Decided(newest, is_new=is_done)
    number = newest.number + 1 if newest else 1
    connection.execute(
        "update welcomes set in_force = 0 where app_id = :app_id and pattern = :pattern and in_force = 1",
        {"app_id": wanted.app_id, "pattern": wanted.pattern.text},
    )
    _insert(connection, wanted, number)
    return Decided(Version(wanted.pattern, number, wanted.greeting, wanted.by, wanted.at), is_new=True)


def draft(connection: sqlite3.Connection, wanted: Change) -> int:
    """Write down what is not in force yet, and return its number; old drafts are forgotten."""
    connection.execute("delete from welcome_drafts where made_at < :before", {"before": wanted.at - DRAFTS_LAST})
    connection.execute(
        """insert into welcome_drafts (app_id, pattern, newcomers, followers, made_by, made_at, request_id)
           values (:app_id, :pattern, :newcomers, :followers, :made_by, :made_at, :request_id)
           on conflict (app_id, request_id) do nothing""",
        _row(wanted),
    )
    query = "select id from welcome_drafts where app_id = :app_id and request_id = :request_id"
    number: int = connection.execute(query, _row(wanted)).fetchone()["id"]
    return number


def drafted(connection: sqlite3.Connection, app_id: str, pattern: Pattern, number: int) -> Greeting | None:
    """Return what a draft says; None where it is forgotten."""
    row = connection.execute(
        "select newcomers, followers from welcome_drafts where id = :id and app_id = :app_id and pattern = :pattern",
        {"id": number, "app_id": app_id, "pattern": pattern.text},
    ).fetchone()
    return _greeting(row) if row else None


def find(connection: sqlite3.Connection, app_id: str, pattern: Pattern, number: int = 0) -> Version | None:
    """Return the version of this number, or (0) the newest; one that says nothing, too. None where there is none."""
    row = connection.execute(
        """select * from welcomes where app_id = :app_id and pattern = :pattern and :number in (version, 0)
           order by version desc limit 1""",
        {"app_id": app_id, "pattern": pattern.text, "number": number},
    ).fetchone()
    return _version(row) if row else None


def history(connection: sqlite3.Connection, app_id: str, pattern: Pattern, limit: int) -> list[Version]:
    """Return the latest versions, newest first."""
    rows = connection.execute(
        "select * from welcomes where app_id = :app_id and pattern = :pattern order by version desc limit :limit",
        {"app_id": app_id, "pattern": pattern.text, "limit": limit},
    )
    return [_version(row) for row in rows]


def every(connection: sqlite3.Connection, app_id: str) -> list[Version]:
    """Return all that are in force, by their patterns."""
    rows = connection.execute(
        "select * from welcomes where app_id = :app_id and in_force = 1 order by pattern", {"app_id": app_id}
    )
    return [_version(row) for row in rows]


def covering(connection: sqlite3.Connection, app_id: str, pattern: Pattern) -> Version | None:
    """Return the welcome of more codes that serves while `pattern` has none of its own."""
    row = connection.execute(
        """select * from welcomes where app_id = :app_id and in_force = 1 and substr(pattern, -1) = '*'
           and pattern <> :pattern and rtrim(:pattern, '*') glob pattern order by length(pattern) desc limit 1""",
        {"app_id": app_id, "pattern": pattern.text},
    ).fetchone()
    return _version(row) if row else None


def _is_done(connection: sqlite3.Connection, wanted: Change) -> bool:
    query = "select 1 from welcomes where app_id = :app_id and request_id = :request_id"
    return connection.execute(query, {"app_id": wanted.app_id, "request_id": wanted.request_id}).fetchone() is not None


def _insert(connection: sqlite3.Connection, wanted: Change, number: int) -> None:
    connection.execute(
        """insert into welcomes
               (app_id, pattern, version, newcomers, followers, made_by, made_at, request_id, in_force)
           values
               (:app_id, :pattern, :version, :newcomers, :followers, :made_by, :made_at, :request_id, :in_force)""",
        {**_row(wanted), "version": number, "in_force": int(not wanted.greeting.is_silent)},
    )


def _row(wanted: Change) -> dict[str, str | int | None]:
    greeting = wanted.greeting
    return {
        "app_id": wanted.app_id,
        "pattern": wanted.pattern.text,
        "newcomers": written(greeting.newcomers),
        "followers": None if greeting.followers is None else written(greeting.followers),
        "made_by": wanted.by,
        "made_at": wanted.at,
        "request_id": wanted.request_id,
    }


def _version(row: sqlite3.Row) -> Version:
    return Version(Pattern(row["pattern"]), row["version"], _greeting(row), row["made_by"], row["made_at"])


def _greeting(row: sqlite3.Row) -> Greeting:
    return Greeting(read(row["newcomers"]), None if row["followers"] is None else read(row["followers"]))
