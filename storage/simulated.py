"""What became of a scan that `wxqr simulate` sent: one row of table scans, which counts for nothing."""

import sqlite3
from dataclasses import dataclass

from storage.scans import SIMULATED


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulated scan as it was kept: under which scene ("": none), and whether a code of that was made here."""

    scene: str
    is_ours: bool


def find(connection: sqlite3.Connection, person: bytes, since: int) -> Simulated | None:
    """Return the simulated scan of a person that was kept after `since`."""
    row = connection.execute(
        """select scene, exists (select 1 from allocations where allocations.app_id = scenes.app_id
                                 and allocations.scene = scenes.scene) as is_ours
           from scans join scenes on scenes.id = scene_id where at >= ? and person = ? and event = ?""",
        (since, person, SIMULATED),
    ).fetchone()
    return Simulated(row["scene"], bool(row["is_ours"])) if row else None
