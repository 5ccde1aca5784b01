"""Whose a scene is: who asked for its code, or, where it was made elsewhere, who first gave it a welcome or a tag."""

import sqlite3

from bot.model import Scene


def owner_of(connection: sqlite3.Connection, app_id: str, scene: Scene, now: int) -> str:
    """Return the Slack user whose the scene is; "" where it is nobody's."""
    row = connection.execute(
        """select owner from (
               select owner, asked_at, kind = 'perm' as lasts,
                   state = 'live' and (expires_at is null or expires_at > :now) as weight
               from allocations where app_id = :app_id and scene = :scene and state in ('live', 'unknown')
               union all
               select made_by, -made_at, 0, -1 from welcomes where app_id = :app_id and pattern = :scene
               union all
               select made_by, -made_at, 0, -1 from tag_rules where app_id = :app_id and scene = :scene
           ) order by weight desc, asked_at limit 1""",
        {"app_id": app_id, "scene": scene.text, "now": now},
    ).fetchone()
    return row["owner"] if row else ""


def is_known(connection: sqlite3.Connection, app_id: str, scene: Scene) -> bool:
    """Return whether a code of this scene was ever asked for here, or scanned."""
    row = connection.execute(
        """select 1 from allocations where app_id = :app_id and scene = :scene
           union all select 1 from scenes where app_id = :app_id and scene = :scene limit 1""",
        {"app_id": app_id, "scene": scene.text},
    ).fetchone()
    return row is not None
