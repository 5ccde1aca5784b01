"""A follow that came without its scene is looked up: WeChat leaves the EventKey of some follows by code empty.

Facts: docs/METRICS.md, "Repaired".
"""

import sqlite3

from bot.model import HOUR
from bot.reaction import Reaction
from bot.scan import FOLLOWED_BY_PAYMENT, Event, Happening, Scan
from bot.settings import Settings
from storage import errands
from storage.errands import Errand

# user/info may not know of the follow yet; after some hours it is no longer worth the quota
PATIENCE = 6 * HOUR


def react(connection: sqlite3.Connection, happening: Happening, _: Settings) -> None:
    scan = happening.scan
    if not happening.is_new:
        return
    now = happening.received_at
    errand = Errand(scan.app_id, happening.person, scan.open_id, scan.at, "repair", "", now, now + PATIENCE)
    errands.add(connection, errand)


def is_without_scene(scan: Scan) -> bool:
    return not scan.scene and not scan.event_key.startswith(FOLLOWED_BY_PAYMENT)


reaction = Reaction(frozenset({Event.FOLLOW}), react, when=is_without_scene)
