"""Rows to take elsewhere: what each scene brought, and every event there is."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.figures import Window
from bot.scan import beginning_of
from storage import ownership
from storage.scans import SIMULATED


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose figures, of which days, of which scenes or beginnings (`activity_*`; none: all)."""

    app_id: str
    window: Window
    scenes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """What one scene brought, whose it is, and its newest code's name and kind: temp, perm or external."""

    scene: str
    scans: int
    scanners: int
    new_follows: int
    returning_follows: int
    unfollows: int
    net: int
    name: str
    owner: str
    kind: str
    first_day: int
    last_day: int


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: when, by which scene ("": none), what, who (a pseudonym), whether its scene was found out later."""

    at: int
    scene: str
    event: str
    person: bytes
    repaired: bool


# a beginning is written as a scene may not end; scenes are case-sensitive, and so is this
_IS_WANTED = """(:scenes = '[]' or scene in (select value from json_each(:scenes)) or exists (
    select 1 from json_each(:scenes)
    where value like '%*' and substr(scene, 1, length(value) - 1) = substr(value, 1, length(value) - 1)))"""
_EVENTS = f"""select at, scene, event, person, repaired from scans join scenes on scenes.id = scene_id
    where at >= :since and at < :until and app_id = :app_id and event <> :simulated and {_IS_WANTED}"""  # noqa: S608 - ours


def accounts(connection: sqlite3.Connection) -> list[str]:
    """Return the app ids of all accounts of which anything was heard."""
    return [row["app_id"] for row in connection.execute("select distinct app_id from scenes order by app_id")]


def by_scene(connection: sqlite3.Connection, wanted: Wanted, limit: int, now: int) -> list[Brought]:
    """Return what each scene brought, those with the most new follows first; also scenes of other systems."""
    rows = connection.execute(
        f"""with brought as (
               select scene_id, sum(scans) as scans, sum(follows) as follows, sum(first_follows) as first_follows,
                   sum(unfollows) as unfollows, min(day) as first_day, max(day) as last_day
               from days where day between :first and :last and (scans <> 0 or follows <> 0 or unfollows <> 0)
               group by scene_id
           ), people as (
               select scene_id, sum(scanners) as scanners from scanner_days
               where day between :first and :last and day_before < :first group by scene_id
           ), newest as (
               select scene, name, kind, max(asked_at) from claims where app_id = :app_id group by scene
           )
           select scene, scans, coalesce(scanners, 0) as scanners, follows as new_follows,
               follows - first_follows as returning_follows, unfollows, follows - unfollows as net,
               coalesce(name, '') as name, coalesce(kind, 'external') as kind,
               first_day, last_day
           from brought join scenes on scenes.id = scene_id left join people using (scene_id)
               left join newest using (scene)
           where app_id = :app_id and scene <> '' and {_IS_WANTED}
           order by follows desc, scans desc, scene limit :limit""",  # noqa: S608 - our own words
        {**_named(wanted), "limit": limit},
    ).fetchall()
    holders = ownership.holders(connection, wanted.app_id, now)
    return [Brought(**dict(row), owner=_owner(holders.get(row["scene"]))) for row in rows]


def _owner(holder: ownership.Holder | None) -> str:
    return holder.owner if holder else ""


def events(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Happened]:
    """Yield every event, oldest first."""
    rows = connection.execute(f"{_EVENTS} order by at, scans.id", _of_events(wanted))
    return map(_happened, rows)


def newest_events(connection: sqlite3.Connection, wanted: Wanted, limit: int) -> list[Happened]:
    """Return the newest `limit` events, oldest first."""
    rows = connection.execute(
        f"{_EVENTS} order by at desc, scans.id desc limit :limit", {**_of_events(wanted), "limit": limit}
    ).fetchall()
    return [_happened(row) for row in reversed(rows)]


def _happened(row: sqlite3.Row) -> Happened:
    return Happened(row["at"], row["scene"], row["event"], row["person"], bool(row["repaired"]))


def _of_events(wanted: Wanted) -> dict[str, str | int]:
    window = wanted.window
    times = {"since": beginning_of(window.first), "until": beginning_of(window.last + 1)}
    return {**_named(wanted), **times, "simulated": SIMULATED}


def _named(wanted: Wanted) -> dict[str, str | int]:
    return {
        "app_id": wanted.app_id,
        "first": wanted.window.first,
        "last": wanted.window.last,
        "scenes": json.dumps(list(wanted.scenes)),
    }
