"""The table of adopted scenes, by numbered steps of its own; they come last of all."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("wxqr-adoptions")


@migrations()
def m001_adoptions(database: Database) -> None:
    """Keep whose the scenes are that another system made codes for; the view `claims` tells whose any scene is."""
    database.executescript("""
        create table adoptions (
            app_id text not null,
            scene text not null,
            name text not null,
            owner text not null,
            team_id text not null,
            channel_id text not null,
            adopted_at integer not null,
            primary key (app_id, scene)
        ) strict;
        create view claims as
            select app_id, scene, name, owner, channel_id, kind, state, asked_at, expires_at, id
            from allocations where state in ('live', 'unknown')
            union all
            select app_id, scene, name, owner, channel_id, 'external', 'adopted', adopted_at, null, 0 from adoptions;
    """)
