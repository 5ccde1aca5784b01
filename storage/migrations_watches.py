"""The tables about who is told what became of the codes, by numbered steps of their own."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("wxqr-watches")


@migrations()
def m001_watches(database: Database) -> None:
    """Keep who wants to hear of what, what they have heard, and when WeChat is asked for its own figures next.

    The number of a watch that ended is given to no other: a job may still hold it.
    """
    database.executescript("""
        create table watches (
            id integer primary key autoincrement,
            app_id text not null,
            scene text not null,
            channel_id text not null,
            team_id text not null,
            made_by text not null,
            made_at integer not null,
            thread_ts text not null default '',
            lost_ts text not null default '',
            counter_ts text not null default '',
            counted text not null default '',
            counted_at integer not null default 0,
            milestone integer not null default 0,
            due_at integer not null default 0,
            trouble text not null default '',
            owner text not null default '',
            unique (app_id, scene, channel_id)
        ) strict;
        create index watches_of_channel on watches (channel_id);
        create table digests (
            app_id text not null,
            channel_id text not null,
            team_id text not null,
            rhythm text not null check (rhythm in ('daily', 'weekly')),
            made_by text not null,
            made_at integer not null,
            sent_for integer not null,
            trouble text not null default '',
            primary key (app_id, channel_id)
        ) strict;
        create table reconciliations (
            app_id text primary key,
            due_at integer not null
        ) strict, without rowid;
        create index scans_repaired on scans (at, scene_id) where repaired = 1;
        create index outbox_ahead on outbox (due_at) where done_at is null and kind <> 'scan';
    """)
