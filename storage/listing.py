"""What is allocated, as people look for it: by kind, by person, by what runs out soon, by a piece of its name."""

import sqlite3
from dataclasses import asdict, dataclass

from bot.errors import NotFound
from bot.model import DAY, Allocation, Kind, Scene
from storage.allocations import from_row


@dataclass(frozen=True, slots=True)
class Search:
    """One page of a search; `which` is temp, perm, mine, expiring (within 7 days) or empty for all."""

    app_id: str
    which: str
    owner: str
    text: str
    now: int
    limit: int
    offset: int


@dataclass(frozen=True, slots=True)
class Page:
    """The allocations of one page, and how many there are on all."""

    allocations: tuple[Allocation, ...]
    total: int


_WHERE = """
    from allocations where app_id = :app_id
    and (state = 'live' and (expires_at is null or expires_at > :now) or state = 'unknown')
    and (:which not in ('temp', 'perm') or kind = :which)
    and (:which <> 'mine' or owner = :owner)
    and (:which <> 'expiring' or expires_at < :soon)
    and (:text = '' or scene like :like escape '\\' or name like :like escape '\\')
"""


def search(connection: sqlite3.Connection, wanted: Search) -> Page:
    """Return one page of what is live (or of unknown outcome): newest first, or what expires next first."""
    escaped = wanted.text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    values = {**asdict(wanted), "like": f"%{escaped}%", "soon": wanted.now + 7 * DAY}
    order = "expires_at" if wanted.which == "expiring" else "asked_at desc, id desc"
    rows = connection.execute(f"select * {_WHERE} order by {order} limit :limit offset :offset", values)
    total = connection.execute(f"select count(*) {_WHERE}", values).fetchone()[0]
    return Page(tuple(from_row(row) for row in rows), total)


def every(connection: sqlite3.Connection) -> list[dict[str, object]]:
    """Return all allocations as plain rows, oldest first, for an export."""
    rows = connection.execute(
        """select app_id, scene, kind, generation, state, name, owner, channel_id, asked_at, lifetime, expires_at,
                  ticket, url, verified from allocations order by id"""
    )
    return [dict(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which code of a scene is meant: number `code` where a button says so (0: none), else one of the kind `prefer`."""

    app_id: str
    scene: Scene
    now: int
    code: int = 0
    prefer: Kind = Kind.PERMANENT


def look_up(connection: sqlite3.Connection, wanted: Wanted) -> Allocation:
    """Return the code that is meant: a live one before others, the preferred kind, the newest. Raises NotFound."""
    row = connection.execute(
        """select * from allocations where app_id = :app_id and scene = :scene and state in ('live', 'unknown')
           order by id = :code desc, state = 'live' and (expires_at is null or expires_at > :now) desc,
               kind = :prefer desc, state = 'live' desc, asked_at desc, id desc limit 1""",
        {
            "app_id": wanted.app_id,
            "scene": wanted.scene.text,
            "code": wanted.code,
            "now": wanted.now,
            "prefer": wanted.prefer,
        },
    ).fetchone()
    if row is None:
        raise not_found(connection, wanted.app_id, wanted.scene)
    return from_row(row)


def not_found(connection: sqlite3.Connection, app_id: str, scene: Scene, field: str = "scene") -> NotFound:
    """Return the refusal that names the nearest scene there is; in a form it stands beside the `field`."""
    near = nearest(connection, app_id, scene)
    if not near:
        return NotFound("not_found.scene", scene=scene.text, field=field)
    return NotFound("not_found.scene_near", scene=scene.text, near=near, field=field)


def nearest(connection: sqlite3.Connection, app_id: str, scene: Scene) -> str:
    """Return the scene of a living code that begins like one that there is none of; "" where none does."""
    row = connection.execute(
        """select scene from allocations where app_id = :app_id and state = 'live'
           and (scene like :start or lower(scene) = lower(:scene)) order by asked_at desc limit 1""",
        {"app_id": app_id, "scene": scene.text, "start": f"{scene.text[:4]}%"},
    ).fetchone()
    return row["scene"] if row else ""
