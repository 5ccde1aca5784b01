"""Table adoptions: whose a scene is whose codes another system makes; it counts with the codes made here."""

import sqlite3
from dataclasses import dataclass

from bot.errors import Conflict, Forbidden, NotFound
from bot.model import AppID, Caller, Scene
from bot.reply import Person
from bot.scan import INVALID_SCENES
from storage import ownership


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants to have a scene, from which channel, and by what name; "" leaves the name it has."""

    app_id: AppID
    scene: Scene
    name: str
    caller: Caller
    channel_id: str
    at: int


def adopt(connection: sqlite3.Connection, wish: Wish) -> str:
    """Give the scene to the caller, or its name to theirs; return its name.

    Raises NotFound where nobody has scanned it, Conflict where a code was made here, Forbidden where it is another's.
    """
    _refuse_strange(connection, wish)
    owner = ownership.owner_of(connection, wish.app_id, wish.scene, wish.at)
    if owner not in ("", wish.caller.user_id) and not wish.caller.is_operator:
        raise Forbidden("forbidden.adopted", scene=wish.scene.text, owner=Person(owner))
    row = connection.execute(
        """insert into adoptions (app_id, scene, name, owner, team_id, channel_id, adopted_at)
           values (:app_id, :scene, :name, :owner, :team_id, :channel_id, :at)
           on conflict (app_id, scene) do update set
               name = iif(excluded.name = '', name, excluded.name), owner = excluded.owner, team_id = excluded.team_id,
               channel_id = excluded.channel_id, adopted_at = excluded.adopted_at
           returning name""",
        {
            "app_id": wish.app_id,
            "scene": wish.scene.text,
            "name": wish.name,
            "owner": wish.caller.user_id,
            "team_id": wish.caller.team_id,
            "channel_id": wish.channel_id,
            "at": wish.at,
        },
    ).fetchone()
    return str(row["name"])


def _refuse_strange(connection: sqlite3.Connection, wish: Wish) -> None:
    if wish.scene.text in INVALID_SCENES:
        raise Conflict("conflict.invalid_scene", scene=wish.scene.text)
    found = connection.execute(
        """select exists (select 1 from scenes where app_id = :app_id and scene = :scene) as was_scanned,
                  exists (select 1 from allocations where app_id = :app_id and scene = :scene
                          and state in ('live', 'unknown')) as is_ours""",
        {"app_id": wish.app_id, "scene": wish.scene.text},
    ).fetchone()
    if found["is_ours"]:
        raise Conflict("conflict.own_scene", choices=[("button.show", f"show {wish.scene}")], scene=wish.scene.text)
    if not found["was_scanned"]:
        raise NotFound("not_found.scanned", scene=wish.scene.text, field="scene")
