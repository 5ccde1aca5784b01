"""`wxqr export stats` and `wxqr export scans`: figures and events for other programs, while the bot runs."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import exporting
from bot.environment import time_zone
from bot.errors import Conflict, Explainable
from bot.figures import Window
from bot.reply import say
from bot.safekeeping import PATIENCE, Row, opened, print_rows, refuse
from bot.scan import day_of
from bot.sheets import Cell
from storage import exports, settling

# a few milliseconds of the database: the bot that writes to it meanwhile waits no longer
AT_ONCE = 50
EVERY_ROW = -1
FIRST_DAY, LAST_DAY = 1, 1_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to print: stats or scans, as csv or json, of the last so many days (0: all).

    `app_id` may be empty where there is one account.
    """

    what: str
    fmt: str
    days: int
    app_id: str
    zone: str


def export(database: Path, wanted: Wanted) -> int:
    """Print it, and return 0; or 1 where the database cannot be read.

    Events that no bot has counted yet are counted first, so that the figures are those of all events there are.
    """
    try:
        zone = ZoneInfo(time_zone(wanted.zone))
        with opened(database) as connection:
            if settling.unsettled(connection):
                _settle(database)
            which = exports.Wanted(_account(connection, wanted.app_id), _window(wanted.days))
            _print(connection, which, wanted, zone)
    except Explainable as error:
        return refuse("cli.export.no", say(error.key, **error.facts))
    except ValueError:
        return refuse("cli.export.no", say("settings.not_time_zone", setting="WXQR_TIME_ZONE", value=wanted.zone))
    except (OSError, sqlite3.Error) as error:
        return refuse("cli.export.no", str(error))
    return 0


def _print(connection: sqlite3.Connection, which: exports.Wanted, wanted: Wanted, zone: ZoneInfo) -> None:
    if wanted.what == "stats":
        figures = (exporting.figures(one) for one in exports.by_scene(connection, which, EVERY_ROW, int(time.time())))
        print_rows(_rows(figures, exporting.KEYS), exporting.KEYS, wanted.fmt)
    else:
        events = (exporting.event(one, zone) for one in exports.events(connection, which))
        print_rows(_rows(events, exporting.EVENT_KEYS), exporting.EVENT_KEYS, wanted.fmt)


def _rows(every: Iterator[Sequence[Cell]], keys: Sequence[str]) -> Iterator[Row]:
    return (dict(zip(keys, cells, strict=True)) for cells in every)


def _window(days: int) -> Window:
    first = day_of(int(time.time())) - days + 1 if days else FIRST_DAY
    return Window(first, LAST_DAY)


def _account(connection: sqlite3.Connection, app_id: str) -> str:
    """Return whose figures are meant. Raises Conflict where that is not said and there are several accounts."""
    every = exports.accounts(connection)
    if not app_id and len(every) > 1:
        raise Conflict("cli.export.which", app_ids=", ".join(every))
    return app_id or next(iter(every), "")


def _settle(database: Path) -> None:
    uri = f"{database.resolve().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma synchronous = full")
        while _settled(connection) == AT_ONCE:
            pass


def _settled(connection: sqlite3.Connection) -> int:
    """Count a few, in one transaction; return how many there were."""
    connection.execute("begin immediate")
    try:
        count = settling.settle(connection, AT_ONCE)
    except sqlite3.Error:
        connection.execute("rollback")
        raise
    connection.execute("commit")
    return count
