"""Tables persons, days, scanner_days, cohorts, lost: what hangs on who it was, from the events that came since."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.history import Figure, History, What, read, written
from bot.model import AppID
from bot.scan import Event, hour_of
from storage.scans import SIMULATED, add, scene_number

# each takes scene, day, detail, how many
_STATEMENTS: Mapping[What, str] = {
    What.FIRST_FOLLOW: """insert into days (scene_id, day, first_follows) values (?1, ?2, ?4)
        on conflict (day, scene_id) do update set first_follows = first_follows + excluded.first_follows""",
    What.UNFOLLOW: """insert into days (scene_id, day, unfollows) values (?1, ?2, ?4)
        on conflict (day, scene_id) do update set unfollows = unfollows + excluded.unfollows""",
    What.SCANNER: """insert into scanner_days (scene_id, day, day_before, scanners)
        values (?1, ?2, ?3, ?4)
        on conflict (scene_id, day, day_before) do update set scanners = scanners + excluded.scanners""",
    What.COHORT: """insert into cohorts (scene_id, day, age, people) values (?1, ?2, ?3, ?4)
        on conflict (scene_id, day, age) do update set people = people + excluded.people""",
    What.LOST: """insert into lost (scene_id, people) values (?1, ?4)
        on conflict (scene_id) do update set people = people + excluded.people""",
}


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
        _count(connection, [row for row in rows if row["event"] != SIMULATED])
        connection.execute("update installation set settled_up_to = ?", (rows[-1]["id"],))
    return len(rows)


def unsettled(connection: sqlite3.Connection) -> int:
    """Return how many events wait to be settled."""
    waiting: int = connection.execute(
        "select count(*) from scans where id > (select settled_up_to from installation)"
    ).fetchone()[0]
    return waiting


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
    add(connection, {(row["scene_id"], hour, True, False): -1, (scene_id, hour, True, True): 1})
    if row["id"] <= row["settled_up_to"]:
        history, changes = _histories(connection, [repair.person])[repair.person], Changes()
        changes.take(history)
        history.attribute(repair.at, row["scene_id"], scene_id)
        changes.give(history)
        changes.write(connection)
        _keep(connection, {repair.person: history})
    return True


class Changes:
    """What is added to the figures, or taken from them."""

    def __init__(self) -> None:
        self._changes: dict[Figure, int] = {}

    def give(self, history: History) -> None:
        """Add all that a history adds."""
        for figure in history.figures():
            self._changes[figure] = self._changes.get(figure, 0) + 1

    def take(self, history: History) -> None:
        """Take all of it back."""
        for figure in history.figures():
            self._changes[figure] = self._changes.get(figure, 0) - 1

    def write(self, connection: sqlite3.Connection) -> None:
        """Change the figures by it."""
        rows: dict[What, list[tuple[int, int, int, int]]] = {what: [] for what in What}
        for (what, scene_id, day, detail), n in self._changes.items():
            if n:
                rows[what].append((scene_id, day, detail, n))
        for what, changed in rows.items():
            connection.executemany(_STATEMENTS[what], changed)


def _count(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> None:
    histories, changes = _histories(connection, [row["person"] for row in rows]), Changes()
    for history in histories.values():
        changes.take(history)
    for _, scene_id, at, person, event, by_code in rows:
        histories[person].add(Event(event), at, scene_id, by_code=bool(by_code))
    for history in histories.values():
        changes.give(history)
    changes.write(connection)
    _keep(connection, histories)


def _histories(connection: sqlite3.Connection, people: Sequence[bytes]) -> dict[bytes, History]:
    """Return what each person did so far; nothing for those not seen before."""
    known: dict[bytes, History] = {}
    for begin in range(0, len(people), _ASKED_FOR):
        some = people[begin : begin + _ASKED_FOR]
        wanted = [*some, *[some[0]] * (_ASKED_FOR - len(some))]  # always as many: the statement is prepared once
        known |= {person: read(history) for person, history in connection.execute(_HISTORIES, wanted)}
    return {person: known.get(person) or History() for person in people}


def _keep(connection: sqlite3.Connection, histories: Mapping[bytes, History]) -> None:
    for history in histories.values():
        history.shorten()
    connection.executemany(
        """insert into persons (person, history) values (?, ?)
           on conflict (person) do update set history = excluded.history""",
        [(person, written(history)) for person, history in histories.items()],
    )
