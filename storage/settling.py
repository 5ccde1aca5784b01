"""Tables persons, days, scanner_days, cohorts, lost: what hangs on who it was, from the events that came since."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.figures import Uncounted, Window
from bot.history import Figure, History, What, of_one, read, written
from bot.model import AppID
from bot.scan import Event, beginning_of, hour_of, week_of
from storage import scans
from storage.scans import SIMULATED, scene_number

_STATEMENTS: Mapping[What, str] = {
    What.FIRST_FOLLOW: """insert into days (scene_id, day, first_follows) values (:scene_id, :day, :n)
        on conflict (day, scene_id) do update set first_follows = first_follows + excluded.first_follows""",
    What.UNFOLLOW: """insert into days (scene_id, day, unfollows) values (:scene_id, :day, :n)
        on conflict (day, scene_id) do update set unfollows = unfollows + excluded.unfollows""",
    What.SCANNER: """insert into scanner_days (scene_id, day, day_before, scanners)
        values (:scene_id, :day, :detail, :n)
        on conflict (scene_id, day, day_before) do update set scanners = scanners + excluded.scanners""",
    What.COHORT: """insert into cohorts (scene_id, day, age, people) values (:scene_id, :day, :detail, :n)
        on conflict (scene_id, day, age) do update set people = people + excluded.people""",
    What.LOST: """insert into lost (scene_id, people) values (:scene_id, :n)
        on conflict (scene_id) do update set people = people + excluded.people""",
}

_EVENTS = {event.value: event for event in Event}
_ASKED_FOR = 20
_HISTORIES = f"select person, history from persons where person in ({', '.join('?' * _ASKED_FOR)})"  # noqa: S608 - marks


def settle(connection: sqlite3.Connection, limit: int) -> int:
    """Count the people of up to `limit` events that are not settled yet; return how many there were."""
    rows = connection.execute(
        """select scans.id, scans.scene_id, at, person, event, scene <> '' as by_code
           from scans join scenes on scenes.id = scans.scene_id
           where scans.id > (select settled_up_to from installation) order by scans.id limit :limit""",
        {"limit": limit},
    ).fetchall()
    if rows:
        _count(connection, (row for row in rows if row[4] != SIMULATED))
        connection.execute("update installation set settled_up_to = ?", (rows[-1][0],))
    return len(rows)


def unsettled(connection: sqlite3.Connection) -> int:
    """Return how many events wait to be settled: by their numbers, for no event goes before it is settled."""
    waiting: int = connection.execute(
        "select max(0, (select coalesce(max(id), 0) from scans) - settled_up_to) from installation"
    ).fetchone()[0]
    return waiting


def uncounted(connection: sqlite3.Connection, scene_ids: Sequence[int], window: Window) -> Uncounted:
    """Return how many events of any code wait to be settled, and the new follows among them by these in a window."""
    events = unsettled(connection)
    if not events:
        return Uncounted()
    # the plus: by their numbers, of which few are so new, and not by their time
    follows = connection.execute(
        """select count(*) from scans where id > (select settled_up_to from installation) and event = 'subscribe'
           and scene_id in (select value from json_each(?)) and +at >= ? and +at < ?""",
        (json.dumps(scene_ids), beginning_of(window.first), beginning_of(window.last + 1)),
    ).fetchone()[0]
    return Uncounted(events, follows)


@dataclass(frozen=True, slots=True)
class Repair:
    """A follow that came without its scene, and the scene WeChat names for it when asked."""

    app_id: AppID
    person: bytes
    at: int
    scene: str
    now: int


def repair(connection: sqlite3.Connection, repair: Repair) -> bool:
    """Give a follow its scene, and move its figures there; False where there is no such follow any more."""
    row = connection.execute(
        """select scans.id, scene_id, settled_up_to from scans, installation where at = :at and person = :person
           and event = 'subscribe' and scene_id = (select id from scenes where app_id = :app_id and scene = '')
           order by event_key limit 1""",
        {"at": repair.at, "person": repair.person, "app_id": repair.app_id},
    ).fetchone()
    if row is None:
        return False
    scene_id, hour = scene_number(connection, repair.app_id, repair.scene, repair.now), hour_of(repair.at)
    connection.execute("update scans set scene_id = ?, repaired = 1 where id = ?", (scene_id, row["id"]))
    _add(connection, {(row["scene_id"], hour, True, False): -1, (scene_id, hour, True, True): 1})
    if row["id"] <= row["settled_up_to"]:
        history, changes = read(_histories(connection, [repair.person])[repair.person]), Changes()
        changes.take(history.figures())
        history.attribute(repair.at, row["scene_id"], scene_id)
        changes.give(history.figures())
        changes.write(connection)
        history.shorten()
        _keep(connection, [(repair.person, written(history))])
    return True


def _add(connection: sqlite3.Connection, counts: Mapping[tuple[int, int, bool, bool], int]) -> None:
    """Add to the figures of hours, days and weeks: by scene, hour, whether followed, whether by a code."""
    hours, days, weeks = [], [], []
    for (scene_id, hour, is_follow, is_scan), n in counts.items():
        day = hour // 24
        hours.append((scene_id, hour, n * is_scan, n * is_follow))
        days.append((scene_id, day, n * is_scan, n * (not is_follow), n * is_follow))
        weeks.append((scene_id, week_of(day), n * is_scan, n * is_follow))
    connection.executemany(
        """insert into hours (scene_id, hour, scans, follows) values (?, ?, ?, ?)
           on conflict (scene_id, hour) do update set
               scans = scans + excluded.scans, follows = follows + excluded.follows""",
        hours,
    )
    connection.executemany(
        """insert into days (scene_id, day, scans, by_followers, follows) values (?, ?, ?, ?, ?)
           on conflict (day, scene_id) do update set scans = scans + excluded.scans,
               by_followers = by_followers + excluded.by_followers, follows = follows + excluded.follows""",
        days,
    )
    connection.executemany(
        """insert into weeks (scene_id, week, scans, follows) values (?, ?, ?, ?)
           on conflict (week, scene_id) do update set
               scans = scans + excluded.scans, follows = follows + excluded.follows""",
        weeks,
    )


def purge_before(connection: sqlite3.Connection, day: int, limit: int) -> int:
    """Delete up to `limit` events from before a day, and remember but the days of them. Returns how many went."""
    gone = scans.purge_before(connection, beginning_of(day), limit)
    kept = []
    for person, text in _histories(connection, list(set(gone))).items():
        history = read(text)
        history.coarsen(day)
        if written(history) != text:
            kept.append((person, written(history)))
    _keep(connection, kept)
    return len(gone)


class Changes:
    """What is added to the figures, or taken from them."""

    def __init__(self) -> None:
        self._changes: dict[Figure, int] = {}

    def give(self, figures: Iterable[Figure]) -> None:
        """Add figures."""
        for figure in figures:
            self._changes[figure] = self._changes.get(figure, 0) + 1

    def take(self, figures: Iterable[Figure]) -> None:
        """Take figures back."""
        for figure in figures:
            self._changes[figure] = self._changes.get(figure, 0) - 1

    def write(self, connection: sqlite3.Connection) -> None:
        """Change the figures by it."""
        rows: dict[What, list[dict[str, int]]] = {what: [] for what in What}
        for (what, scene_id, day, detail), n in self._changes.items():
            if n:
                rows[what].append({"scene_id": scene_id, "day": day, "detail": detail, "n": n})
        for what, changed in rows.items():
            connection.executemany(_STATEMENTS[what], changed)


# an event as it waits: its number, scene, time, person, kind, and whether it was by a code
_Waiting = tuple[int, int, int, bytes, str, int]


def _count(connection: sqlite3.Connection, rows: Iterable[_Waiting]) -> None:
    of_person: dict[bytes, list[_Waiting]] = {}
    for row in rows:
        of_person.setdefault(row[3], []).append(row)
    known, changes = _histories(connection, list(of_person)), Changes()
    kept = [(person, _counted(known.get(person), events, changes)) for person, events in of_person.items()]
    changes.write(connection)
    _keep(connection, kept)


def _counted(before: str | None, events: Sequence[_Waiting], changes: Changes) -> str:
    """Count what one person did since, and return their history as it is kept now."""
    if before is None and len(events) == 1:
        _, scene_id, at, _, event, by_code = events[0]
        figures, text = of_one(_EVENTS[event], at, scene_id, by_code=bool(by_code))
        changes.give(figures)
        return text
    history = read(before) if before else History()
    changes.take(history.figures())
    for _, scene_id, at, _, event, by_code in events:
        history.add(_EVENTS[event], at, scene_id, by_code=bool(by_code))
    changes.give(history.figures())
    history.shorten()
    return written(history)


def _histories(connection: sqlite3.Connection, people: Sequence[bytes]) -> dict[bytes, str]:
    """Return what each person did so far, as it is kept; nothing for those not seen before."""
    known: dict[bytes, str] = {}
    for begin in range(0, len(people), _ASKED_FOR):
        some = people[begin : begin + _ASKED_FOR]
        wanted = [*some, *[some[0]] * (_ASKED_FOR - len(some))]  # always as many: the statement is prepared once
        known.update(connection.execute(_HISTORIES, wanted).fetchall())
    return known


def _keep(connection: sqlite3.Connection, histories: Iterable[tuple[bytes, str]]) -> None:
    connection.executemany(
        """insert into persons (person, history) values (?, ?)
           on conflict (person) do update set history = excluded.history""",
        histories,
    )
