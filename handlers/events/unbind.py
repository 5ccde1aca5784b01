"""Whoever unfollows is no longer bound, and what is still held of them for a binding is erased."""

import sqlite3

from bot import binding
from bot.reaction import Reaction
from bot.scan import Event, Happening
from bot.settings import Settings
from storage import bindings


def react(connection: sqlite3.Connection, happening: Happening, settings: Settings) -> None:
    if happening.is_new:
        scan, now = happening.scan, happening.received_at
        binding.forget(connection, scan.app_id, happening.person, settings, why="unfollowed", at=scan.at, now=now)


reaction = Reaction(frozenset({Event.UNFOLLOW}), react, while_=lambda connection, _: bindings.are_any(connection))
