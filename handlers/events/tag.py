"""Who follows by a code that has a tag gets it: later, for WeChat must be asked."""

import sqlite3

from bot.reaction import Reaction
from bot.scan import Event, Happening
from bot.settings import Settings
from storage import tag_rules, tagging
from storage.tagging import Tagged


def react(connection: sqlite3.Connection, happening: Happening, _: Settings) -> None:
    if happening.is_new:
        scan = happening.scan
        who = Tagged(scan.app_id, happening.person, scan.open_id, scan.at, happening.scene_id)
        tagging.ask_for(connection, who, happening.received_at)


reaction = Reaction(frozenset({Event.FOLLOW}), react, while_=lambda connection, _: tag_rules.are_any(connection))
