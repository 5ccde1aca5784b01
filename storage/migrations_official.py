"""What table official_days has besides WeChat's own figures, by numbered steps; they come after all other tables'."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("wxqr-official")


@migrations()
def m001_ours(database: Database) -> None:
    """Keep ours beside them, counted as they are told: each `stats` counted them anew, of every code of the account."""
    database.executescript("""
        alter table official_days add column ours integer not null default 0;
        update official_days set ours = coalesce((
            select sum(days.follows) from days join scenes on scenes.id = scene_id
            where days.day = official_days.day and scenes.app_id = official_days.app_id and scene <> ''
        ), 0) where source = 30;
    """)
