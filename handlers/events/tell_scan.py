"""Another system is told of each scan, follow and unfollow, by the person's pseudonym, where it wants to be."""

import sqlite3

from bot import webhook
from bot.reaction import Reaction
from bot.scan import Event, Happening
from bot.settings import Settings
from bot.webhook import Topic
from storage import outbox


def react(connection: sqlite3.Connection, happening: Happening, _: Settings) -> None:
    scan = happening.scan
    if not happening.is_new or (scan.event is Event.SCAN and not scan.counted_scene):
        return  # a scan of a binding code is nobody else's business
    told = {
        "app_id": scan.app_id,
        "scene": scan.counted_scene,
        "event": scan.event.name.lower(),
        "at": webhook.written(scan.at),
        "person": happening.person.hex(),
    }
    outbox.add(connection, Topic.SCAN, webhook.payload(Topic.SCAN, scan.at, told), happening.received_at)


def is_wanted(_: sqlite3.Connection, settings: Settings) -> bool:
    return settings.webhook is not None and "scans" in settings.webhook.events


reaction = Reaction(frozenset(Event), react, while_=is_wanted)
