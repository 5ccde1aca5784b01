"""What comes of codes, for the tests of storage: scans that are kept and counted, with nobody to react to them."""

import sqlite3
from collections.abc import Sequence

from bot.model import AppID, OpenID
from bot.scan import Event, Happening, Scan, Welcome
from storage import scans, settling
from storage.scans import Arrived
from tests.storage.wishes import APP


class Silence:
    """No reaction at all."""

    def awake(self, _: sqlite3.Connection) -> "Silence":
        return self

    def asleep(self) -> "Silence":
        return self

    def to(self, _: Scan) -> Sequence[object]:
        return ()

    def react(self, _: Sequence[object], __: sqlite3.Connection, ___: Happening) -> Welcome | None:
        return None


def event(person: str, what: Event, at: int, scene: str = "", app_id: AppID = APP) -> Arrived:
    """Return what one person did at a time."""
    key = f"qrscene_{scene}" if what is Event.FOLLOW and scene else scene
    return Arrived(Scan(app_id, OpenID(person), at, what, key), f"{person:0>16}".encode(), at)


def come(connection: sqlite3.Connection, *events: Arrived) -> None:
    """Keep what was done and count it."""
    scans.keep(connection, events, {}, Silence())
    while settling.settle(connection, 1000):
        pass


def crowd(connection: sqlite3.Connection, people: range, at: int, scene: str) -> None:
    """Let so many people, by their numbers, follow by a code."""
    come(connection, *(event(f"o{n}", Event.FOLLOW, at, scene) for n in people))
