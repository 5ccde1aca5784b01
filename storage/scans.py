"""Table scans: every event once, and in the same transaction the figures that need nothing but itself.

What hangs on who it was (first or returning, whose unfollow, how many people) is settled right after: storage.settling.
"""

import hashlib
import itertools
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from bot.model import AppID
from bot.scan import FOLLOWED_BY_PAYMENT, Event, Happening, PersonKey, Scan, Welcome

# kept under this name, `wxqr simulate` counts for nothing
SIMULATED = "simulated"


class Awake(Protocol):
    """Those of the reactions that can have anything to do now: bot.reaction.Awake."""

    def to(self, scan: Scan) -> Sequence[Any]:
        """Return those that look at this scan."""


class Reactions(Protocol):
    """What is done about a scan in the transaction that keeps it: bot.reaction.Reactions."""

    def awake(self, connection: sqlite3.Connection) -> Awake:
        """Leave those out that can have nothing to do now."""

    def asleep(self) -> "Reactions":
        """Return none of them."""

    def to(self, scan: Scan) -> Sequence[Any]:
        """Return those that look at this scan."""

    def react(self, reactions: Sequence[Any], connection: sqlite3.Connection, happening: Happening) -> Welcome | None:
        """Do what these do, and return what is said."""


# one row of the table, without its number
Row = tuple[int, int, bytes, str, str, int | None]
# so few statements are prepared once and serve a batch of any size; a small one by a single call, for at each call the
# thread that answers may take Python's lock, and keeps it for a while
_SIZES = (64, *range(16, 0, -1))
_INSERT = {
    size: f"""insert into scans (scene_id, at, person, event, event_key, allocation_id)
              values {", ".join(["(?, ?, ?, ?, ?, ?)"] * size)} on conflict do nothing"""  # noqa: S608 - marks only
    for size in _SIZES
}
# the index begins with the time: from second to second, for each may hold thousands of events of others
_LEFT_SINCE = """
    with recursive seconds (at) as (
        select min(at) from scans where at >= ?
        union all select (select min(at) from scans where at > seconds.at) from seconds where at is not null)
    select 1 from seconds cross join scans using (at) where person = ? and event = 'unsubscribe' limit 1"""
# looked up, as it is done for every push: an enumeration's own value takes four times as long
_KEPT_AS = {event: event.value for event in Event}
# what tells a code: the account, the ticket, the scene
Mark = tuple[AppID, str, str]


class Place(NamedTuple):
    """Where a scan is counted: the scene's number here, and the allocation where the ticket is one of ours."""

    scene_id: int
    allocation_id: int | None


class Arrived(NamedTuple):
    """A scan on its way into the table: whose, and when it came."""

    scan: Scan
    person: bytes
    received_at: int


@dataclass(slots=True)
class Kept:
    """What came of a batch: what some are answered, how many were new, places to remember once it is on the disk."""

    welcomes: dict[int, Welcome] = field(default_factory=dict)
    fresh: int = 0
    learned: dict[Mark, Place] = field(default_factory=dict)


def person_key(connection: sqlite3.Connection) -> PersonKey:
    """Return the installation's key, under which people are known."""
    return PersonKey(connection.execute("select person_key from installation").fetchone()[0])


def keep(
    connection: sqlite3.Connection, batch: Sequence[Arrived], known: Mapping[Mark, Place], reactions: Reactions
) -> Kept:
    """Keep each scan of the batch once and react to it; `welcomes` is by the place in the batch.

    Nearly all want no reaction: they go into the table together, by few statements, without a word of Python between.
    """
    kept, awake, rows, seen = Kept(), reactions.awake(connection), list[Row](), set[bytes]()
    for number, arrived in enumerate(batch):
        if arrived.scan.is_simulated:
            _keep_simulated(connection, arrived, number, reactions, kept)
            continue
        place = _placed(connection, arrived, known, kept.learned)
        # what came of the same person just before may have given a sleeping reaction something to do
        again = arrived.person in seen
        looking: Awake = reactions if again else awake
        wanted = looking.to(arrived.scan)
        seen.add(arrived.person)
        if not wanted:
            rows.append(_row(arrived, place, _KEPT_AS[arrived.scan.event]))
            continue
        if again:  # a reaction may look at what they did before
            kept.fresh += _insert(connection, rows)
            rows.clear()
        is_new = _insert(connection, [_row(arrived, place, _KEPT_AS[arrived.scan.event])]) == 1
        kept.fresh += is_new
        welcome = reactions.react(wanted, connection, Happening(*arrived, *place, is_new))
        if welcome:
            kept.welcomes[number] = welcome
    kept.fresh += _insert(connection, rows)
    return kept


def newest(connection: sqlite3.Connection) -> int:
    """Return when the latest event happened; 0 where none has."""
    row = connection.execute(
        "select at from scans where event <> :simulated order by at desc limit 1", {"simulated": SIMULATED}
    ).fetchone()
    return row["at"] if row else 0


def has_left_since(connection: sqlite3.Connection, person: bytes, at: int) -> bool:
    """Whether a person unfollowed at that time or later, as far as it is known."""
    return connection.execute(_LEFT_SINCE, (at, person)).fetchone() is not None


def purge_before(connection: sqlite3.Connection, before: int, limit: int) -> list[bytes]:
    """Delete up to `limit` events that happened before; the figures stay. Returns whose each of them was.

    What is not settled stays, and the newest row, too: a number must not be given twice.
    """
    gone = connection.execute(
        """delete from scans where id in (select id from scans where at < :before
           and id < (select settled_up_to from installation) order by at limit :limit) returning person""",
        {"before": before, "limit": limit},
    )
    return [row[0] for row in gone]


def _keep_simulated(
    connection: sqlite3.Connection, arrived: Arrived, number: int, reactions: Reactions, kept: Kept
) -> None:
    """Keep what `wxqr simulate` sent, and answer it; a scene that nobody else ever scanned is gone again after that."""
    scan, now = arrived.scan, arrived.received_at
    is_known = _is_known(connection, scan.app_id, scan.counted_scene)
    # reactions go by the number of a scene, so there must be one for a while
    place = _look_up(connection, (scan.app_id, "", scan.counted_scene), now)
    welcome = reactions.react(reactions.to(scan), connection, Happening(*arrived, *place, is_new=False))
    if welcome:
        kept.welcomes[number] = welcome
    if not is_known:
        connection.execute("delete from scenes where id = ?", (place.scene_id,))
        place = Place(scene_number(connection, scan.app_id, "", now), None)
    kept.fresh += _insert(connection, [_row(arrived, place, SIMULATED)])


def _row(arrived: Arrived, place: Place, event: str) -> Row:
    scan = arrived.scan
    return (place.scene_id, scan.at, arrived.person, event, kept_key(scan.event_key), place.allocation_id)


def kept_key(event_key: str) -> str:
    """Return an event's key as it is kept: the number of a payment leads to a person, so only a digest of it is."""
    if not event_key.startswith(FOLLOWED_BY_PAYMENT):
        return event_key
    return FOLLOWED_BY_PAYMENT + hashlib.sha256(event_key.encode()).hexdigest()[:16]


def _insert(connection: sqlite3.Connection, rows: Sequence[Row]) -> int:
    """Insert those that are not there, and return how many that were. A trigger adds them to the figures."""
    fresh, begin = 0, 0
    for size in _SIZES:
        while len(rows) - begin >= size:
            values = tuple(itertools.chain.from_iterable(rows[begin : begin + size]))
            fresh += connection.execute(_INSERT[size], values).rowcount
            begin += size
    return fresh


def _placed(
    connection: sqlite3.Connection, arrived: Arrived, known: Mapping[Mark, Place], learned: dict[Mark, Place]
) -> Place:
    """Find the code by its ticket, else by its scene: tickets tell apart what has the same scene."""
    scan = arrived.scan
    mark = (scan.app_id, scan.ticket, scan.counted_scene)
    place = known.get(mark) or learned.get(mark)
    if place is None:
        place = learned[mark] = _look_up(connection, mark, arrived.received_at)
    return place


def _look_up(connection: sqlite3.Connection, mark: Mark, now: int) -> Place:
    app_id, ticket, scene = mark
    ours = None
    if ticket:
        ours = connection.execute(
            "select id, scene from allocations where ticket = ? and app_id = ?", (ticket, app_id)
        ).fetchone()
    return Place(scene_number(connection, app_id, ours["scene"] if ours else scene, now), ours["id"] if ours else None)


def scene_number(connection: sqlite3.Connection, app_id: AppID, scene: str, now: int) -> int:
    """Return the number under which a scene's figures stand; a new one for a scene not seen before."""
    connection.execute(
        "insert into scenes (app_id, scene, first_seen_at) values (?, ?, ?) on conflict do nothing",
        (app_id, scene, now),
    )
    number: int = connection.execute(
        "select id from scenes where app_id = ? and scene = ?", (app_id, scene)
    ).fetchone()[0]
    return number


def _is_known(connection: sqlite3.Connection, app_id: AppID, scene: str) -> bool:
    """Whether a scene was scanned, or a code of it made here; none at all is no unknown one."""
    query = "select 1 from allocations where app_id = ? and scene = ? and state in ('live', 'unknown') limit 1"
    is_ours = connection.execute(query, (app_id, scene)).fetchone() is not None
    return is_ours or not scene or found_scene(connection, app_id, scene) is not None


def found_scene(connection: sqlite3.Connection, app_id: AppID, scene: str) -> int | None:
    """Return the number under which a scene's figures stand; None where nothing was ever heard of it."""
    row = connection.execute("select id from scenes where app_id = ? and scene = ?", (app_id, scene)).fetchone()
    return row["id"] if row else None
