"""Everything counted once more from the events themselves, by docs/METRICS.md, and compared with what wxqr counted.

It shares no formula with wxqr: people are sets here, and spells are lists.
"""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from bench.lives import Happened
from bot.sandbox.world import APP_ID
from bot.scan import Event, PersonKey, day_of, hour_of
from storage.scans import kept_key

# a figure by its name, its scene, its day or hour, and what else tells it apart
Figure = tuple[Any, ...]
PERSON_KEY = "select person_key from installation"
ROWS = "select person, at, event, event_key from scans"
EVENTS = (
    "select 'scans', scene, day, scans from days join scenes on scenes.id = scene_id",
    "select 'by followers', scene, day, by_followers from days join scenes on scenes.id = scene_id",
    "select 'follows', scene, day, follows from days join scenes on scenes.id = scene_id",
    "select 'scans in an hour', scene, hour, scans from hours join scenes on scenes.id = scene_id",
    "select 'follows in an hour', scene, hour, follows from hours join scenes on scenes.id = scene_id",
)
PEOPLE = (
    "select 'first', scene, day, first_follows from days join scenes on scenes.id = scene_id",
    "select 'unfollows', scene, day, unfollows from days join scenes on scenes.id = scene_id",
    "select 'lost now', scene, people from lost join scenes on scenes.id = scene_id",
    "select 'joined', scene, day, people from cohorts join scenes on scenes.id = scene_id where age = -1",
    "select 'left', scene, day, age, people from cohorts join scenes on scenes.id = scene_id where age >= 0",
    # of each window: those who scanned in it, and not in it before
    """select 'scanners', scene, first.day, last.day, sum(scanners)
       from (select distinct day from days) as first join (select distinct day from days) as last
       on last.day >= first.day join scanner_days on scanner_days.day between first.day and last.day
       and day_before < first.day join scenes on scenes.id = scene_id group by scene, first.day, last.day""",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """How far wxqr is off: events lost, events counted twice, and other figures that are not what they should be."""

    lost: int
    twice: int
    wrong: int


def lost(database: Path, answered: Collection[Happened]) -> int:
    """Return how many of those that were answered are not in the database."""
    with _opened(database) as connection:
        return len(_rows(connection, answered) - {tuple(row) for row in connection.execute(ROWS)})


def compared(database: Path, happened: Collection[Happened]) -> Difference:
    """Compare a database in which everything is settled with what happened, all of which was answered."""
    with _opened(database) as connection:
        rows, there = Counter(_rows(connection, happened)), Counter(map(tuple, connection.execute(ROWS)))
        counted, people = _asked(connection, EVENTS), _asked(connection, PEOPLE)
    should_be, people_should_be = Counter(_of_events(happened)), _of_people(happened)
    return Difference(
        lost=(rows - there).total() + (should_be - counted).total(),
        twice=(there - rows).total() + (counted - should_be).total(),
        wrong=(people_should_be - people).total() + (people - people_should_be).total(),
    )


def _opened(database: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=15))


def _rows(connection: sqlite3.Connection, happened: Collection[Happened]) -> set[Figure]:
    key = PersonKey(connection.execute(PERSON_KEY).fetchone()[0])
    return {(key.person(APP_ID, one.open_id), one.at, one.event.value, kept_key(one.event_key)) for one in happened}


def _asked(connection: sqlite3.Connection, queries: Collection[str]) -> Counter[Figure]:
    rows = chain.from_iterable(map(connection.execute, queries))
    return Counter({tuple(figure): value for *figure, value in rows if value})


def _of_events(happened: Collection[Happened]) -> Iterator[Figure]:
    for one in happened:
        day, hour = day_of(one.at), hour_of(one.at)
        if one.event is not Event.UNFOLLOW and one.scene:
            yield from (("scans", one.scene, day), ("scans in an hour", one.scene, hour))
        if one.event is Event.FOLLOW:
            yield from (("follows", one.scene, day), ("follows in an hour", one.scene, hour))
        if one.event is Event.SCAN:
            yield ("by followers", one.scene, day)


def _of_people(happened: Collection[Happened]) -> Counter[Figure]:
    lives: defaultdict[str, list[Happened]] = defaultdict(list)
    for one in sorted(happened, key=lambda one: one.at):
        lives[one.open_id].append(one)
    figures = Counter(chain.from_iterable(map(_of_one, lives.values())))
    figures.update(_scanners(happened))
    return figures


def _of_one(life: list[Happened]) -> Iterator[Figure]:
    """Yield what one person, whose events are in order, adds."""
    if life[0].event is Event.FOLLOW:
        yield ("first", life[0].scene, day_of(life[0].at))
    moves = [one for one in life if one.event is not Event.SCAN]
    joined: set[str] = set()
    for before, move, after in zip([None, *moves], moves, [*moves[1:], None], strict=False):
        if move.event is Event.UNFOLLOW:
            yield ("unfollows", before.scene if before else "", day_of(move.at))
        elif move.scene not in joined:
            joined.add(move.scene)
            yield ("joined", move.scene, day_of(move.at))
            if after:
                yield ("left", move.scene, day_of(move.at), day_of(after.at) - day_of(move.at))
    if moves and moves[-1].event is Event.UNFOLLOW:
        yield from (("lost now", scene) for scene in joined)


def _scanners(happened: Collection[Happened]) -> dict[Figure, int]:
    people: defaultdict[str, defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in happened:
        if one.event is not Event.UNFOLLOW and one.scene:
            people[one.scene][day_of(one.at)].add(one.open_id)
    days = sorted({day_of(one.at) for one in happened})
    windows = [(first, last) for first in days for last in days if first <= last]
    return {
        ("scanners", scene, first, last): len(who)
        for scene, on in people.items()
        for first, last in windows
        if (who := set[str]().union(*(on[day] for day in days if first <= day <= last)))
    }
