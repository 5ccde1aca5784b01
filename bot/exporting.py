"""Figures and events as rows for a spreadsheet or another program."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.figures import full_date_of
from bot.scan import Event
from bot.sheets import Cell, Sheet
from storage.exports import Brought, Happened

# what other programs read; the columns after these are for people
KEYS = ("scene", "scans", "scanners", "new_follows", "returning_follows", "unfollows", "net")
ABOUT = ("name", "owner", "kind", "first_day", "last_day")
EVENT_KEYS = ("time", "scene", "event", "person", "repaired")

EVENTS = {Event.SCAN: "scan", Event.FOLLOW: "follow", Event.UNFOLLOW: "unfollow"}


def figures_sheet(every: Sequence[Brought]) -> Sheet:
    """Return a row a scene; days as ISO 8601 dates."""
    return Sheet("stats", (*KEYS, *ABOUT), [(*figures(one), *_about(one)) for one in every])


def figures(one: Brought) -> tuple[Cell, ...]:
    """Return what a scene brought, in the order of KEYS."""
    return (
        one.scene,
        one.scans,
        one.scanners,
        one.new_follows,
        one.returning_follows,
        one.unfollows,
        one.net,
    )


def events_sheet(every: Sequence[Happened], zone: tzinfo) -> Sheet:
    """Return a row an event: its time as ISO 8601 in `zone`, who as the hex of a pseudonym."""
    return Sheet("scans", EVENT_KEYS, [event(one, zone) for one in every])


def event(one: Happened, zone: tzinfo) -> tuple[Cell, ...]:
    """Return an event, in the order of EVENT_KEYS."""
    at = datetime.fromtimestamp(one.at, zone).isoformat()
    return (at, one.scene, EVENTS[Event(one.event)], one.person.hex(), one.repaired)


def _about(one: Brought) -> tuple[Cell, ...]:
    return (one.name, one.owner, one.kind, full_date_of(one.first_day), full_date_of(one.last_day))
