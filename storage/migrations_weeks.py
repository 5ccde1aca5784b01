"""The table of whole weeks, by numbered steps of its own; they come last of all."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("wxqr-weeks")


@migrations()
def m001_weeks(database: Database) -> None:
    """Keep scans and follows of whole weeks, too: who leads a month is a sum over a fifth of the rows.

    A week is Monday to Sunday, by the number of Mondays since 1970-01-01, which was a Thursday.
    """
    database.executescript("""
        create table weeks (
            week integer not null,
            scene_id integer not null,
            scans integer not null default 0,
            follows integer not null default 0,
            primary key (week, scene_id)
        ) strict, without rowid;
        insert into weeks (week, scene_id, scans, follows)
        select (day + 3) / 7, scene_id, sum(scans), sum(follows) from days group by 1, 2;
        create trigger scans_counted_by_week after insert on scans when new.event in ('scan', 'subscribe') begin
            insert into weeks (week, scene_id, scans, follows)
            select ((new.at + 28800) / 86400 + 3) / 7, id, scene <> '', new.event = 'subscribe'
            from scenes where id = new.scene_id
            on conflict (week, scene_id) do update set
                scans = scans + excluded.scans, follows = follows + excluded.follows;
        end;
    """)
