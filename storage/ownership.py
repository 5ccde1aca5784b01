"""Whose a scene is now: one rule, for who may change it as for the figures of people and channels."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Scene


@dataclass(frozen=True, slots=True)
class Holder:
    """Who asked for the code that a scene now hangs on, and in which channel; or who adopted another system's."""

    owner: str
    channel_id: str


# A living code goes before those that ended. Of several living ones the first that was asked for, so that nobody takes
# a scene from another by one more code; of those that ended the last to end, so that a scene stays whose it was.
_HOLDING = """
    select scene, owner, channel_id, max(
        case when state = 'live' and (expires_at is null or expires_at > :now) then 100000000000 - asked_at
            else coalesce(expires_at, asked_at) end
    ) from claims where app_id = :app_id {only} group by scene"""
_OF_ALL = _HOLDING.format(only="")
_OF_SOME = _HOLDING.format(only="and scene in (select value from json_each(:scenes))")


def holders(connection: sqlite3.Connection, app_id: str, now: int) -> dict[str, Holder]:
    """Return whose each scene is that a code was ever made for here, or that was adopted."""
    return _read(connection.execute(_OF_ALL, {"app_id": app_id, "now": now}))


def holders_of(connection: sqlite3.Connection, app_id: str, scenes: Sequence[str], now: int) -> dict[str, Holder]:
    """Return whose these scenes are, without those that are nobody's."""
    values = {"app_id": app_id, "now": now, "scenes": json.dumps(list(scenes))}
    return _read(connection.execute(_OF_SOME, values))


def _read(rows: sqlite3.Cursor) -> dict[str, Holder]:
    return {row["scene"]: Holder(row["owner"], row["channel_id"]) for row in rows}


def owner_of(connection: sqlite3.Connection, app_id: str, scene: Scene, now: int) -> str:
    """Return the Slack user who may change what becomes of a scene's scanners; "" where it is nobody's.

    Where no code was made for it here, and nobody adopted it, that is who first gave it a welcome or a tag.
    """
    holder = holders_of(connection, app_id, [scene.text], now).get(scene.text)
    return holder.owner if holder else _served_by(connection, app_id, scene)


def _served_by(connection: sqlite3.Connection, app_id: str, scene: Scene) -> str:
    row = connection.execute(
        """select made_by, made_at from welcomes where app_id = :app_id and pattern = :scene
           union all select made_by, made_at from tag_rules where app_id = :app_id and scene = :scene
           order by made_at limit 1""",
        {"app_id": app_id, "scene": scene.text},
    ).fetchone()
    return row["made_by"] if row else ""


def is_known(connection: sqlite3.Connection, app_id: str, scene: Scene) -> bool:
    """Return whether a code of this scene was ever asked for here, or scanned."""
    row = connection.execute(
        """select 1 from allocations where app_id = :app_id and scene = :scene
           union all select 1 from scenes where app_id = :app_id and scene = :scene limit 1""",
        {"app_id": app_id, "scene": scene.text},
    ).fetchone()
    return row is not None
