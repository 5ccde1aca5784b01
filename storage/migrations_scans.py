"""The tables about what became of the codes, by numbered steps of their own; they come after storage.migrations'."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("wxqr-scans")


@migrations()
def m001_scans(database: Database) -> None:
    """Keep every event once. Its key begins with its time, so that 10 million of them stay as quick as ten thousand."""
    database.executescript("""
        create table installation (
            id integer primary key check (id = 1),
            person_key blob not null,
            settled_up_to integer not null default 0
        ) strict;
        insert into installation (id, person_key) values (1, randomblob(32));
        create table scenes (
            id integer primary key,
            app_id text not null,
            scene text not null,
            first_seen_at integer not null,
            unique (app_id, scene)
        ) strict;
        create table scans (
            id integer primary key,
            scene_id integer not null,
            at integer not null,
            person blob not null,
            event text not null,
            event_key text not null,
            allocation_id integer,
            repaired integer not null default 0
        ) strict;
        create unique index scans_once on scans (at, person, event, event_key);
        create index allocations_ticket on allocations (ticket);
        create table errands (
            id integer primary key autoincrement, -- a number is never given twice: a job may still hold it
            app_id text not null,
            person blob not null,
            open_id text not null,
            at integer not null,
            what text not null,
            detail text not null,
            due_at integer not null,
            ends_at integer not null,
            tries integer not null default 0,
            owner text not null default ''
        ) strict;
        create index errands_due on errands (what, due_at);
        create index errands_ends on errands (what, ends_at);
        create index errands_person on errands (person);
    """)


@migrations()
def m002_figures(database: Database) -> None:
    """Keep the figures as the events come; whatever is asked for is a sum over a few rows of these."""
    database.executescript("""
        create table hours (
            scene_id integer not null,
            hour integer not null,
            scans integer not null default 0,
            follows integer not null default 0,
            primary key (scene_id, hour)
        ) strict, without rowid;
        create table days (
            scene_id integer not null,
            day integer not null,
            scans integer not null default 0,
            by_followers integer not null default 0,
            follows integer not null default 0,
            first_follows integer not null default 0,
            unfollows integer not null default 0,
            primary key (day, scene_id)
        ) strict, without rowid;
        create index days_of_scene on days (scene_id, day);
        create trigger scans_counted after insert on scans when new.event in ('scan', 'subscribe') begin
            insert into hours (scene_id, hour, scans, follows)
            select id, (new.at + 28800) / 3600, scene <> '', new.event = 'subscribe'
            from scenes where id = new.scene_id
            on conflict (scene_id, hour) do update set
                scans = scans + excluded.scans, follows = follows + excluded.follows;
            insert into days (scene_id, day, scans, by_followers, follows)
            select id, (new.at + 28800) / 86400, scene <> '', new.event = 'scan', new.event = 'subscribe'
            from scenes where id = new.scene_id
            on conflict (day, scene_id) do update set scans = scans + excluded.scans,
                by_followers = by_followers + excluded.by_followers, follows = follows + excluded.follows;
        end;
        create table scanner_days (
            scene_id integer not null,
            day integer not null,
            day_before integer not null,
            scanners integer not null,
            primary key (scene_id, day, day_before)
        ) strict, without rowid;
        create table cohorts (
            scene_id integer not null,
            day integer not null,
            age integer not null,
            people integer not null,
            primary key (scene_id, day, age)
        ) strict, without rowid;
        create table lost (
            scene_id integer primary key,
            people integer not null
        ) strict;
        create table persons (
            person blob primary key,
            history text not null
        ) strict, without rowid;
        create table official_days (
            app_id text not null,
            day integer not null,
            source integer not null,
            follows integer not null,
            unfollows integer not null,
            fetched_at integer not null,
            primary key (app_id, day, source)
        ) strict, without rowid;
    """)


@migrations()
def m003_welcomes(database: Database) -> None:
    """Keep what a scanner is told, every version of it, and which tag a follower gets."""
    database.executescript("""
        create table welcomes (
            id integer primary key,
            app_id text not null,
            pattern text not null,
            version integer not null,
            newcomers text not null,
            followers text,
            made_by text not null,
            made_at integer not null,
            request_id text not null,
            in_force integer not null,
            unique (app_id, pattern, version)
        ) strict;
        create unique index welcomes_request on welcomes (app_id, request_id);
        create unique index welcomes_in_force on welcomes (app_id, pattern) where in_force = 1;
        create index welcomes_of_many on welcomes (app_id) where in_force = 1 and substr(pattern, -1) = '*';
        create table welcome_drafts (
            id integer primary key autoincrement, -- a button names it: no other may ever have its number
            app_id text not null,
            pattern text not null,
            newcomers text not null,
            followers text,
            made_by text not null,
            made_at integer not null,
            request_id text not null,
            unique (app_id, request_id)
        ) strict;
        create table tag_rules (
            app_id text not null,
            scene text not null,
            tag_id integer not null,
            tag text not null,
            made_by text not null,
            made_at integer not null,
            tagged integer not null default 0,
            refused integer not null default 0,
            lost_at integer,
            primary key (app_id, scene)
        ) strict;
    """)


@migrations()
def m004_bindings(database: Database) -> None:
    """Keep who is who, who was asked, and what other systems have still to be told."""
    database.executescript("""
        create table binding_requests (
            scene text primary key,
            app_id text not null,
            team_id text not null,
            user_id text not null,
            channel_id text not null,
            asked_at integer not null,
            ends_at integer not null,
            language text not null,
            stage text not null default 'asked' check (stage in ('asked', 'scanned', 'bound', 'ended')),
            why text,
            person blob,
            open_id text,
            scanned_at integer not null default 0
        ) strict;
        create index binding_requests_unconfirmed on binding_requests (scanned_at) where stage = 'scanned';
        create index binding_requests_person on binding_requests (person) where person is not null;
        create table notices (
            id integer primary key autoincrement,
            app_id text not null,
            team_id text not null,
            user_id text not null,
            channel_id text not null,
            what text not null,
            scene text not null,
            at integer not null,
            due_at integer not null,
            ends_at integer not null,
            tries integer not null default 0,
            owner text not null default ''
        ) strict;
        create index notices_due on notices (due_at);
        create table bindings (
            app_id text not null,
            team_id text not null,
            user_id text not null,
            person blob not null,
            scanned_at integer not null,
            bound_at integer not null,
            primary key (app_id, team_id, user_id)
        ) strict;
        create unique index bindings_person on bindings (app_id, person);
        create table outbox (
            id text primary key,
            kind text not null,
            body text not null,
            person blob,
            made_at integer not null,
            due_at integer not null,
            tries integer not null default 0,
            owner text not null default '',
            last_answer text not null default '',
            done_at integer
        ) strict;
        create index outbox_due on outbox (due_at) where done_at is null;
        create index outbox_held on outbox (owner) where done_at is null and owner <> '';
        create index outbox_person on outbox (person) where person is not null;
        create index outbox_made on outbox (made_at);
    """)
