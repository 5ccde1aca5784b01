"""Databases with a year of scans in them. A large one takes minutes to make: it is kept in bench/.cache for a week."""

import hashlib
import random
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlite_utils

from bot.follower import OfficialDay
from bot.history import History, written
from bot.model import DAY, AppID
from bot.sandbox.world import APP_ID
from bot.scan import FOLLOWED_BY_CODE, Event, day_of
from storage import migrations_scans, official, scans
from storage.migrations import migrate
from storage.settling import Changes

CACHE = Path(__file__).with_name(".cache")
MADE_BY = (Path(__file__), Path(migrations_scans.__file__))
SCENES = 2000
YEAR = 365 * DAY
# besides the follow: how often a person scans later, and which part of them leaves; that is 2.5 events a person
SCANS, LEAVERS = (0, 1, 1, 3), 0.25
EVENTS_OF_A_PERSON = 2.5
# by WeChat's own figures, whatever ours are
FOLLOWS_OF_A_DAY = 10_000
# people at a time
CHUNK = 200_000

# it is made anew where this breaks off; half a gigabyte of cache keeps what is added to in memory
UNSAFE = ("pragma journal_mode = off", "pragma synchronous = off", "pragma cache_size = -500000")

Moment = tuple[Event, int]


@dataclass(frozen=True, slots=True)
class Life:
    """One person: the scene, and what they did, in order."""

    person: bytes
    scene: str
    moments: list[Moment]


def scene_of_rank(rank: int) -> str:
    """Return a scene by how much it is scanned: the first has a twelfth of all scans, the last hardly any."""
    return f"past{rank:04d}"


def database(count: int) -> Path:
    """Return a database with so many scans, made now where there is none."""
    made = hashlib.sha256(b"".join(path.read_bytes() for path in MADE_BY)).hexdigest()[:8]
    path = CACHE / f"{count}-{datetime.now(UTC):%GW%V}-{made}.db"
    if not path.exists():
        CACHE.mkdir(exist_ok=True)
        for old in CACHE.glob(f"{count}-*"):
            old.unlink()
        unfinished = path.with_suffix(".unfinished")
        _make(unfinished, count)
        unfinished.rename(path)
    return path


def _make(path: Path, count: int) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migrate(sqlite_utils.Database(connection))
        for statement in (*UNSAFE, "begin"):
            connection.execute(statement)
        _fill(connection, count)
        for statement in ("commit", "analyze", "pragma journal_mode = wal"):
            connection.execute(statement)


def _fill(connection: sqlite3.Connection, count: int) -> None:
    now = int(time.time())
    numbers = {
        scene: scans.scene_number(connection, AppID(APP_ID), scene, now - YEAR)
        for scene in ("", *map(scene_of_rank, range(SCENES)))
    }
    connection.execute("create temp table past (at, scene_id, person, event, event_key)")
    connection.execute("create temp table who (person, history)")
    people = round(count / EVENTS_OF_A_PERSON)
    for begun in range(0, people, CHUNK):
        lives = [_life(now) for _ in range(min(CHUNK, people - begun))]
        _insert(connection, lives, numbers)
        _people(connection, lives, numbers).write(connection)
    _move(connection)
    _tell_of_days(connection, day_of(now))


def _life(now: int) -> Life:
    began = now - random.randrange(YEAR)
    later = sorted(random.randint(began, now) for _ in range(random.choice(SCANS)))
    moments = [(Event.FOLLOW, began), *((Event.SCAN, at) for at in later)]
    if random.random() < LEAVERS:
        moments.append((Event.UNFOLLOW, random.randint(moments[-1][1], now)))
    return Life(random.randbytes(16), scene_of_rank(int(SCENES * random.random() ** 3)), moments)


def _insert(connection: sqlite3.Connection, lives: list[Life], numbers: dict[str, int]) -> None:
    keys = {Event.FOLLOW: FOLLOWED_BY_CODE + "{}", Event.SCAN: "{}", Event.UNFOLLOW: ""}
    connection.executemany(
        "insert into past values (?, ?, ?, ?, ?)",
        (
            (at, _scene_id(event, life, numbers), life.person, event.value, keys[event].format(life.scene))
            for life in lives
            for event, at in life.moments
        ),
    )


def _scene_id(event: Event, life: Life, numbers: dict[str, int]) -> int:
    return numbers["" if event is Event.UNFOLLOW else life.scene]


def _people(connection: sqlite3.Connection, lives: list[Life], numbers: dict[str, int]) -> Changes:
    changes = Changes()
    for life in lives:
        history = History()
        for event, at in life.moments:
            scene_id = _scene_id(event, life, numbers)
            history.add(event, at, scene_id, by_code=event is not Event.UNFOLLOW)
        changes.give(history.figures())
        connection.execute("insert into who values (?, ?)", (life.person, written(history)))
    return changes


def _move(connection: sqlite3.Connection) -> None:
    """Bring the rows into the order in which they would have come; what is twice in a second is once."""
    for statement in (
        """insert or ignore into scans (at, scene_id, person, event, event_key)
           select at, scene_id, person, event, event_key from past order by at""",
        "insert into persons (person, history) select person, history from who order by person",
        "update installation set settled_up_to = (select max(id) from scans)",
    ):
        connection.execute(statement)


def _tell_of_days(connection: sqlite3.Connection, today: int) -> None:
    """Let WeChat have told its own figures of each day of the year: `stats` compares them."""
    told = [OfficialDay(day, official.BY_CODE, FOLLOWS_OF_A_DAY, 0) for day in range(today - YEAR // DAY, today)]
    official.keep(connection, APP_ID, told, today * DAY)
