"""Table tag_rules: which tag who follows by a scene gets, how many have it, and how many could not get it."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """The tag of a scene. `refused` counts who has 20 tags; `lost_at` is when WeChat did not know the tag any more."""

    scene: str
    tag_id: int
    tag: str
    made_by: str
    made_at: int
    tagged: int = 0
    refused: int = 0
    lost_at: int | None = None


def are_any(connection: sqlite3.Connection) -> bool:
    """Return whether any scene, of any account, has a tag."""
    return connection.execute("select 1 from tag_rules limit 1").fetchone() is not None


def choose(connection: sqlite3.Connection, scene_id: int) -> Rule | None:
    """Return the rule of a scene, by its number here, while its tag is there."""
    row = connection.execute(
        """select tag_rules.* from scenes join tag_rules using (app_id, scene)
           where scenes.id = :scene_id and lost_at is null""",
        {"scene_id": scene_id},
    ).fetchone()
    return _rule(row) if row else None


def set_rule(connection: sqlite3.Connection, app_id: str, rule: Rule) -> Rule:
    """Give a scene its tag, in the place of any other; the counts go on where it is the same."""
    row = connection.execute(
        """insert into tag_rules (app_id, scene, tag_id, tag, made_by, made_at)
           values (:app_id, :scene, :tag_id, :tag, :made_by, :made_at)
           on conflict (app_id, scene) do update set
               tagged = tagged * (tag_id = excluded.tag_id), refused = refused * (tag_id = excluded.tag_id),
               tag_id = excluded.tag_id, tag = excluded.tag, lost_at = null,
               made_by = excluded.made_by, made_at = excluded.made_at
           returning *""",
        {
            "app_id": app_id,
            "scene": rule.scene,
            "tag_id": rule.tag_id,
            "tag": rule.tag,
            "made_by": rule.made_by,
            "made_at": rule.made_at,
        },
    ).fetchone()
    return _rule(row)


def remove(connection: sqlite3.Connection, app_id: str, scene: str) -> Rule | None:
    """Take a scene's tag away; return what it was. Who has the tag keeps it."""
    row = connection.execute(
        "delete from tag_rules where app_id = :app_id and scene = :scene returning *",
        {"app_id": app_id, "scene": scene},
    ).fetchone()
    return _rule(row) if row else None


def find(connection: sqlite3.Connection, app_id: str, scene: str) -> Rule | None:
    """Return the rule of a scene."""
    row = connection.execute(
        "select * from tag_rules where app_id = :app_id and scene = :scene", {"app_id": app_id, "scene": scene}
    ).fetchone()
    return _rule(row) if row else None


def every(connection: sqlite3.Connection, app_id: str) -> list[Rule]:
    """Return all rules of an account, by their scenes."""
    rows = connection.execute("select * from tag_rules where app_id = :app_id order by scene", {"app_id": app_id})
    return [_rule(row) for row in rows]


def count(
    connection: sqlite3.Connection, app_id: str, tag_id: int, *, tagged: Mapping[str, int], refused: Mapping[str, int]
) -> None:
    """Count, by scene, who has the tag now, and who could not get it."""
    connection.executemany(
        """update tag_rules set tagged = tagged + :tagged, refused = refused + :refused
           where app_id = :app_id and scene = :scene and tag_id = :tag_id""",
        [
            {
                "app_id": app_id,
                "scene": scene,
                "tag_id": tag_id,
                "tagged": tagged.get(scene, 0),
                "refused": refused.get(scene, 0),
            }
            for scene in {*tagged, *refused}
        ],
    )


def lose(connection: sqlite3.Connection, app_id: str, tag_id: int, now: int) -> None:
    """Note that WeChat does not know a tag any more: somebody deleted it there."""
    connection.execute(
        "update tag_rules set lost_at = :now where app_id = :app_id and tag_id = :tag_id",
        {"app_id": app_id, "tag_id": tag_id, "now": now},
    )


def overdue(connection: sqlite3.Connection, now: int) -> int:
    """Return how many followers could not be tagged within their time."""
    query = "select count(*) from errands where what = 'tag' and ends_at <= :now"
    return int(connection.execute(query, {"now": now}).fetchone()[0])


def _rule(row: sqlite3.Row) -> Rule:
    return Rule(
        scene=row["scene"],
        tag_id=row["tag_id"],
        tag=row["tag"],
        made_by=row["made_by"],
        made_at=row["made_at"],
        tagged=row["tagged"],
        refused=row["refused"],
        lost_at=row["lost_at"],
    )
