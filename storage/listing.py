"""What is allocated, as people look for it: by kind, by person, by what runs out soon, by a piece of its name."""

import sqlite3
from dataclasses import asdict, dataclass

from bot.model import DAY, Allocation
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
