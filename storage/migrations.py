"""The tables, by numbered steps. A step that has shipped is never edited: the next one changes what it made."""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from storage import migrations_adoptions, migrations_official, migrations_scans, migrations_watches, migrations_weeks

migrations = Migrations("wxqr")


def migrate(database: Database) -> None:
    """Bring `database` to the newest step; does nothing where it is there already."""
    line_by_line = _LineByLine(database.conn)
    migrations.apply(line_by_line)
    migrations_scans.migrations.apply(line_by_line)
    migrations_watches.migrations.apply(line_by_line)
    migrations_weeks.migrations.apply(line_by_line)
    migrations_adoptions.migrations.apply(line_by_line)
    migrations_official.migrations.apply(line_by_line)


class _LineByLine(Database):
    """Looks for a statement's end at the ends of lines; at each character, it took four fifths of a first start."""

    def executescript(self, sql: str) -> sqlite3.Cursor:
        """Run every statement in the transaction that is open, where sqlite3's own would commit that first."""
        cursor, statement = self.conn.cursor(), ""
        for line in sql.splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                cursor.execute(statement)
                statement = ""
        return cursor.execute(statement)


@migrations()
def m001_commands(database: Database) -> None:
    """Make the promise that an acknowledged command is kept: what arrived from Slack, what was sent back."""
    database.executescript("""
        create table inbox (
            id text primary key,
            team_id text not null,
            user_id text not null,
            channel_id text not null,
            text text not null,
            received_at integer not null,
            response_url text not null,
            message_ts text not null,
            from_private integer not null,
            is_click integer not null,
            state text not null check (state in ('received', 'waiting', 'done', 'failed')),
            owner text not null,
            due_at integer not null,
            tries integer not null default 0,
            finished_at integer
        ) strict;
        create index inbox_unfinished on inbox (due_at) where state in ('received', 'waiting');
        create table posts (
            request_id text primary key references inbox (id),
            via text not null,
            channel_id text not null,
            sent_at integer not null,
            file_id text not null,
            message_ts text not null,
            allocation_id integer references allocations (id),
            posted integer not null
        ) strict;
        create index posts_unconfirmed on posts (sent_at) where posted = 1 and message_ts = '' and file_id <> '';
        create table audit (
            id integer primary key,
            at integer not null,
            team_id text not null,
            user_id text not null,
            channel_id text not null,
            command text not null,
            outcome text not null,
            errcode integer not null,
            rid text not null,
            host text not null
        ) strict;
        create table people (
            team_id text not null,
            user_id text not null,
            locale text not null,
            fetched_at integer not null,
            primary key (team_id, user_id)
        ) strict;
    """)


@migrations()
def m002_codes(database: Database) -> None:
    """Make allocations: one permanent code per scene for ever is a unique index, not a habit."""
    database.executescript("""
        create table allocations (
            id integer primary key,
            app_id text not null,
            scene text not null,
            kind text not null check (kind in ('temp', 'perm')),
            generation integer not null,
            state text not null check (state in ('reserved', 'live', 'unknown', 'failed')),
            name text not null,
            owner text not null,
            channel_id text not null,
            request_id text not null,
            asked_at integer not null,
            lifetime integer,
            ticket text,
            url text,
            expires_at integer,
            verified integer not null default 0
        ) strict;
        create unique index allocations_request on allocations (app_id, request_id);
        create unique index allocations_one_permanent on allocations (app_id, scene)
            where kind = 'perm' and state <> 'failed';
        create index allocations_scene on allocations (app_id, scene, asked_at);
        create index allocations_expiry on allocations (app_id, expires_at) where state = 'live';
        create table scene_counters (
            app_id text primary key,
            last_scene integer not null
        ) strict;
    """)


@migrations()
def m003_tokens(database: Database) -> None:
    """Make room for the one access token an account has, sealed; who may fetch the next; and how it went."""
    database.executescript("""
        create table tokens (
            app_id text primary key,
            sealed blob,
            fetched_at integer,
            expires_at integer,
            source text,
            host text,
            refused text,
            refreshing_by text,
            refreshing_until integer not null default 0,
            failed_at integer,
            failed_host text,
            errcode integer,
            errmsg text,
            rid text,
            failure_key text
        ) strict;
        create table forced_refreshes (
            id integer primary key,
            app_id text not null,
            at integer not null,
            user_id text not null,
            request_id text not null
        ) strict;
        create index forced_refreshes_at on forced_refreshes (app_id, at);
        create table alerts (
            trouble text primary key,
            began_at integer not null,
            told integer not null
        ) strict;
    """)


@migrations()
def m004_views(database: Database) -> None:
    """Show it as a person understands it, in Datasette or on the command line."""
    database.executescript("""
        create view live_codes as
            select scene, kind, name, owner, channel_id, generation,
                datetime(asked_at, 'unixepoch') as asked_utc,
                coalesce(datetime(expires_at, 'unixepoch'), 'never') as expires_utc,
                url, app_id
            from allocations
            where state = 'live' and (expires_at is null or expires_at > unixepoch());
        create view permanent_codes as
            select app_id,
                sum(state = 'live') as live,
                sum(state = 'unknown') as outcome_unknown,
                sum(state = 'reserved') as being_minted,
                100000 - sum(generation) as left_of_100000
            from allocations where kind = 'perm' and state <> 'failed' group by app_id;
        create view access_tokens as
            select app_id, source, host as fetched_by,
                datetime(fetched_at, 'unixepoch') as fetched_utc,
                max(0, expires_at - unixepoch()) as seconds_left,
                datetime(failed_at, 'unixepoch') as failed_utc, errcode, errmsg, rid
            from tokens;
        create view unfinished_commands as
            select id, user_id, channel_id, text, state, tries,
                datetime(received_at, 'unixepoch') as received_utc, datetime(due_at, 'unixepoch') as due_utc
            from inbox where state in ('received', 'waiting');
        create view who_did_what as
            select datetime(at, 'unixepoch') as at_utc, user_id, channel_id, command, outcome, errcode, rid, host
            from audit order by id desc;
    """)
