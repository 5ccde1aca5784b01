"""Who unfollows is forgotten by name: what was still to be done about them goes, and their open id with it.

https://developers.weixin.qq.com/doc/service/Account_Management/Wechat_Accreditation_Event_Push.html asks for it.
"""

import sqlite3

from bot.reaction import Reaction
from bot.scan import Event, Happening
from bot.settings import Settings
from storage import errands


def react(connection: sqlite3.Connection, happening: Happening, _: Settings) -> None:
    if happening.is_new:
        errands.erase(connection, happening.person, happening.scan.at)


reaction = Reaction(frozenset({Event.UNFOLLOW}), react, while_=lambda connection, _: errands.are_any(connection))
