"""Who follows or scans is told what the code's welcome says: the first message at once, the others within a minute."""

import json
import sqlite3
from dataclasses import asdict

from bot.reaction import Reaction
from bot.scan import Event, Happening, Message, Welcome, is_for_binding
from bot.settings import Settings
from bot.welcomes import MOST_FURTHER
from storage import errands, welcomes
from storage.errands import Errand

# https://developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages.html: one minute
WITHIN = 55


def react(connection: sqlite3.Connection, happening: Happening, _: Settings) -> Welcome | None:
    if is_for_binding(happening.scan.scene) and happening.allocation_id is None:
        return None  # a binding code has its own answer
    greeting = welcomes.choose(connection, happening.scene_id)
    if greeting is None:
        return None
    said = greeting.said_on(happening.scan.event)
    if happening.is_new:
        for message in said[1 : 1 + MOST_FURTHER]:
            errands.add(connection, _errand(happening, message))
    return said or None


def _errand(happening: Happening, message: Message) -> Errand:
    scan, now = happening.scan, happening.received_at
    return Errand(
        app_id=scan.app_id,
        person=happening.person,
        open_id=scan.open_id,
        at=scan.at,
        what="message",
        detail=json.dumps(asdict(message), ensure_ascii=False),
        due_at=now + 1,  # the answer to the push goes first
        ends_at=now + WITHIN,
    )


reaction = Reaction(
    frozenset({Event.FOLLOW, Event.SCAN}), react, while_=lambda connection, _: welcomes.are_any(connection)
)
