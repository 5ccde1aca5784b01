"""Table watches: whose scans are counted in which channel, under which message, and what was said of them."""

import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields

from bot.model import MINUTE, AppID
from bot.watching import Count, reached

# a counter is edited at most once a minute
APART = MINUTE
# so long Slack may take to tell under which message it shows a file it took
AWAITED = MINUTE


@dataclass(frozen=True, slots=True)
class Watch:
    """One code that is counted in one channel: in the thread `thread_ts`, by the message `counter_ts`.

    `lost_ts` is the newest thread that is gone; `counted` the mark of the last count that was, or may have been, said.
    """

    id: int
    app_id: AppID
    scene: str
    channel_id: str
    team_id: str
    made_by: str
    made_at: int
    thread_ts: str = ""
    lost_ts: str = ""
    counter_ts: str = ""
    counted: str = ""
    counted_at: int = 0
    milestone: int = 0
    trouble: str = ""

    def is_counted_anew(self, mark: str, now: int) -> bool:
        """Tell whether a count is to be said: another than the last one, and not within the same minute."""
        return mark != self.counted and now >= self.counted_at + APART


@dataclass(frozen=True, slots=True)
class Made:
    """Who wants which code counted where; `trouble`: why Slack does not let the bot post there yet, as it has said."""

    app_id: AppID
    scene: str
    channel_id: str
    team_id: str
    user_id: str
    now: int
    trouble: str = ""


def add(connection: sqlite3.Connection, made: Made) -> bool:
    """Watch a code; milestones behind it are not told again. False where it is watched there already."""
    row = connection.execute(
        """insert into watches (app_id, scene, channel_id, team_id, made_by, made_at, milestone, trouble)
           values (:app_id, :scene, :channel_id, :team_id, :made_by, :now, :milestone, :trouble)
           on conflict do nothing returning id""",
        {
            "app_id": made.app_id,
            "scene": made.scene,
            "channel_id": made.channel_id,
            "team_id": made.team_id,
            "made_by": made.user_id,
            "now": made.now,
            "trouble": made.trouble,
            "milestone": reached(count(connection, made.app_id, made.scene).follows),
        },
    ).fetchone()
    return row is not None


def end(connection: sqlite3.Connection, app_id: str, scene: str, channel_id: str) -> Watch | None:
    """Watch a code no longer, and return the watch as it was; None where it was not watched there."""
    row = connection.execute(
        """delete from watches where app_id = :app_id and scene = :scene and channel_id = :channel_id returning *""",
        {"app_id": app_id, "scene": scene, "channel_id": channel_id},
    ).fetchone()
    return _watch(row) if row else None


def of_channel(connection: sqlite3.Connection, app_id: str, channel_id: str) -> list[Watch]:
    """Return what is watched in a channel, oldest first."""
    rows = connection.execute(
        "select * from watches where app_id = :app_id and channel_id = :channel_id order by id",
        {"app_id": app_id, "channel_id": channel_id},
    )
    return [_watch(row) for row in rows]


def due(connection: sqlite3.Connection, now: int) -> list[int]:
    """Return the watches of which there may be something to say, by number, in whosever hands they are."""
    rows = connection.execute(
        """select watches.*, coalesce(sum(days.scans), 0) as scans, coalesce(sum(days.follows), 0) as follows
           from watches left join scenes on scenes.app_id = watches.app_id and scenes.scene = watches.scene
               left join days on days.scene_id = scenes.id
           where due_at <= :now group by watches.id order by watches.id""",
        {"now": now},
    )
    return [row["id"] for row in rows if _has_news(row, now)]


def take(connection: sqlite3.Connection, id_: int, owner: str, is_alive: Callable[[str], bool]) -> Watch | None:
    """Put a watch into `owner`'s hands and return it; None where it ended, or another living process has it."""
    row = connection.execute("select * from watches where id = :id", {"id": id_}).fetchone()
    if row is None or (row["owner"] not in {"", owner} and is_alive(row["owner"])):
        return None
    connection.execute("update watches set owner = :owner where id = :id", {"id": id_, "owner": owner})
    return _watch(row)


def give_back(connection: sqlite3.Connection, id_: int, due_at: int) -> None:
    """Let a watch go; it is not looked at before `due_at`."""
    connection.execute("update watches set owner = '', due_at = :due_at where id = :id", {"id": id_, "due_at": due_at})


def count(connection: sqlite3.Connection, app_id: str, scene: str) -> Count:
    """Return the figures of a code since its first scan."""
    row = connection.execute(
        """select coalesce((select sum(scans) from days where scene_id = scenes.id), 0) as scans,
                  coalesce((select sum(follows) from days where scene_id = scenes.id), 0) as follows,
                  coalesce((select sum(scanners) from scanner_days
                            where scene_id = scenes.id and day_before = 0), 0) as people
           from scenes where app_id = :app_id and scene = :scene""",
        {"app_id": app_id, "scene": scene},
    ).fetchone()
    return Count(row["scans"], row["people"], row["follows"]) if row else Count(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code was posted last; `is_awaited` while Slack has taken the post and not told its ts."""

    ts: str
    is_awaited: bool


def place(connection: sqlite3.Connection, watch: Watch, now: int) -> Place:
    """Return the newest post of the code in the channel, but for those that are gone; ts "" where there is none."""
    row = connection.execute(
        """select message_ts, sent_at from posts join allocations on allocations.id = posts.allocation_id
           where app_id = :app_id and scene = :scene and posts.channel_id = :channel_id and posted = 1
           and (message_ts > :lost_ts and message_ts glob '[0-9]*'
                or message_ts = '' and via = 'upload' and sent_at > :since)
           order by sent_at desc limit 1""",
        {
            "app_id": watch.app_id,
            "scene": watch.scene,
            "channel_id": watch.channel_id,
            "lost_ts": watch.lost_ts,
            "since": now - AWAITED,
        },
    ).fetchone()
    return Place(row["message_ts"], not row["message_ts"]) if row else Place("", is_awaited=False)


def save(connection: sqlite3.Connection, watch: Watch) -> None:
    """Keep what is, or is about to be, said; nothing where the watch has ended meanwhile."""
    connection.execute(
        """update watches set thread_ts = :thread_ts, lost_ts = :lost_ts, counter_ts = :counter_ts,
               counted = :counted, counted_at = :counted_at, milestone = :milestone, trouble = :trouble
           where id = :id""",
        asdict(watch),
    )


def _has_news(row: sqlite3.Row, now: int) -> bool:
    mark = Count(row["scans"], 0, row["follows"]).mark
    return reached(row["follows"]) > row["milestone"] or _watch(row).is_counted_anew(mark, now)


def _watch(row: sqlite3.Row) -> Watch:
    return Watch(**{field.name: row[field.name] for field in fields(Watch)})
