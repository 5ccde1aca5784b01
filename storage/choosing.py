"""Which codes are meant: by scene, by the beginning of many, by owner, by channel; also those of other systems."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import NotFound
from bot.figures import Chosen
from bot.model import AppID, Scene
from storage.listing import not_found
from storage.scans import found_scene

# more codes than this at once are not compared, but a sentence says so
MOST = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asks for: scenes and beginnings (`activity_*`), or all of an owner, or of a channel; else all."""

    app_id: AppID
    patterns: Sequence[str] = ()
    owner: str = ""
    channel_id: str = ""


def choose(connection: sqlite3.Connection, choice: Choice) -> list[Chosen]:
    """Return the codes that are meant, at most 501. Raises NotFound for a scene nobody ever heard of."""
    scenes = _scenes(connection, choice)
    return [described(connection, choice.app_id, scene) for scene in scenes[: MOST + 1]]


def described(connection: sqlite3.Connection, app_id: AppID, scene: str) -> Chosen:
    """Return what is known of a scene here, by its newest code."""
    scene_id = found_scene(connection, app_id, scene)
    code = connection.execute(
        """select name, owner from allocations where app_id = ? and scene = ? and state in ('live', 'unknown')
           order by asked_at desc, id desc limit 1""",
        (app_id, scene),
    ).fetchone()
    return Chosen(scene, scene_id, code["name"], code["owner"]) if code else Chosen(scene, scene_id, is_external=True)


def _scenes(connection: sqlite3.Connection, choice: Choice) -> list[str]:
    if not choice.patterns:
        has_owner = choice.owner or choice.channel_id
        return _allocated(connection, choice) if has_owner else _beginning_with(connection, choice.app_id, "")
    wanted: dict[str, None] = {}
    for pattern in choice.patterns:
        found = _beginning_with(connection, choice.app_id, pattern[:-1]) if pattern.endswith("*") else [pattern]
        if not any(_is_known(connection, choice.app_id, scene) for scene in found):
            raise not_found(connection, choice.app_id, Scene(pattern), "scenes") if found else _nothing(pattern)
        wanted |= dict.fromkeys(found)
    return list(wanted)


def _nothing(pattern: str) -> NotFound:
    return NotFound("not_found.pattern", pattern=pattern, field="scenes")


def _is_known(connection: sqlite3.Connection, app_id: AppID, scene: str) -> bool:
    row = connection.execute(
        """select 1 where exists (select 1 from scenes where app_id = :app_id and scene = :scene)
           or exists (select 1 from allocations where app_id = :app_id and scene = :scene
                      and state in ('live', 'unknown'))""",
        {"app_id": app_id, "scene": scene},
    ).fetchone()
    return row is not None


def _beginning_with(connection: sqlite3.Connection, app_id: AppID, start: str) -> list[str]:
    # scenes are ASCII here; in other systems' scenes nothing sorts after U+10FFFF
    rows = connection.execute(
        """select scene from scenes where app_id = :app_id and scene <> '' and scene >= :start and scene < :end
           union select scene from allocations where app_id = :app_id and scene >= :start and scene < :end
               and state in ('live', 'unknown') order by scene limit :limit""",
        {"app_id": app_id, "start": start, "end": f"{start}\U0010ffff", "limit": MOST + 1},
    )
    return [row["scene"] for row in rows]


def _allocated(connection: sqlite3.Connection, choice: Choice) -> list[str]:
    rows = connection.execute(
        """select scene, max(asked_at) from allocations where app_id = :app_id and state in ('live', 'unknown')
           and (:owner = '' or owner = :owner) and (:channel = '' or channel_id = :channel)
           group by scene order by 2 desc limit :limit""",
        {"app_id": choice.app_id, "owner": choice.owner, "channel": choice.channel_id, "limit": MOST + 1},
    )
    return [row["scene"] for row in rows]


def whose(connection: sqlite3.Connection, app_id: AppID, by: str) -> dict[str, str]:
    """Return the owner (`by` owner) or the channel of each scene, by its newest code."""
    rows = connection.execute(
        """select scene, owner, channel_id, max(asked_at) from allocations
           where app_id = ? and state in ('live', 'unknown') group by scene""",
        (app_id,),
    )
    return {row["scene"]: row["owner" if by == "owner" else "channel_id"] for row in rows}
