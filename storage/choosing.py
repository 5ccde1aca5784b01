"""Which codes are meant: by scene, by the beginning of many, by owner, by channel; also those of other systems."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import NotFound
from bot.figures import Chosen
from bot.model import AppID, Scene
from storage import ownership
from storage.listing import not_found
from storage.scans import found_scene


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asks for: scenes and beginnings (`activity_*`), or all of an owner, or of a channel; else all."""

    app_id: AppID
    patterns: Sequence[str] = ()
    owner: str = ""
    channel_id: str = ""


def choose(connection: sqlite3.Connection, choice: Choice, now: int) -> dict[str, int | None]:
    """Return all scenes that are meant, each with the number its figures stand under (None: nothing happened yet).

    Raises NotFound for a scene nobody ever heard of.
    """
    scenes = _scenes(connection, choice, now)
    rows = connection.execute(
        "select scene, id from scenes where app_id = ? and scene in (select value from json_each(?))",
        (choice.app_id, json.dumps(scenes)),
    )
    return dict.fromkeys(scenes) | {row["scene"]: row["id"] for row in rows}


def described(connection: sqlite3.Connection, app_id: AppID, scene: str) -> Chosen:
    """Return what is known of a scene here, by its newest code; whose it is, storage.ownership says."""
    scene_id = found_scene(connection, app_id, scene)
    code = connection.execute(
        "select name from claims where app_id = ? and scene = ? order by asked_at desc, id desc limit 1",
        (app_id, scene),
    ).fetchone()
    return Chosen(scene, scene_id, code["name"]) if code else Chosen(scene, scene_id, is_external=True)


def _scenes(connection: sqlite3.Connection, choice: Choice, now: int) -> list[str]:
    if choice.owner or choice.channel_id:
        return _held(connection, choice, now)
    wanted: dict[str, None] = {}
    for pattern in choice.patterns:
        found = _beginning_with(connection, choice.app_id, pattern[:-1]) if pattern.endswith("*") else [pattern]
        if not any(_is_known(connection, choice.app_id, scene) for scene in found):
            raise not_found(connection, choice.app_id, Scene(pattern), "scenes") if found else _nothing(pattern)
        wanted |= dict.fromkeys(found)
    return list(wanted) if choice.patterns else _beginning_with(connection, choice.app_id, "")


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
               and state in ('live', 'unknown') order by scene""",
        {"app_id": app_id, "start": start, "end": f"{start}\U0010ffff"},
    )
    return [row["scene"] for row in rows]


def _held(connection: sqlite3.Connection, choice: Choice, now: int) -> list[str]:
    return [
        scene
        for scene, holder in ownership.holders(connection, choice.app_id, now).items()
        if choice.owner in {"", holder.owner} and choice.channel_id in {"", holder.channel_id}
    ]
