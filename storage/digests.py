"""Table digests: which channel wants one, in which rhythm, and for which day it had its last."""

import sqlite3
from dataclasses import asdict, dataclass, fields

from bot.digest import TOP, Digest, window
from bot.figures import Sums, Window, summed
from bot.model import DAY, Allocation, AppID
from storage import choosing, figures, official
from storage.allocations import from_row


@dataclass(frozen=True, slots=True)
class Subscription:
    """One channel's wish; `sent_for` is the number of the day whose digest it had, or is having, last."""

    app_id: AppID
    channel_id: str
    team_id: str
    rhythm: str
    made_by: str
    made_at: int
    sent_for: int
    trouble: str = ""


def subscribe(connection: sqlite3.Connection, wanted: Subscription) -> None:
    """Keep a wish; one that was there changes its rhythm, and nobody reads one day's digest twice."""
    connection.execute(
        """insert into digests (app_id, channel_id, team_id, rhythm, made_by, made_at, sent_for, trouble)
           values (:app_id, :channel_id, :team_id, :rhythm, :made_by, :made_at, :sent_for, :trouble)
           on conflict (app_id, channel_id) do update set rhythm = excluded.rhythm, team_id = excluded.team_id,
               made_by = excluded.made_by, made_at = excluded.made_at,
               sent_for = max(sent_for, excluded.sent_for), trouble = ''""",
        asdict(wanted),
    )


def end(connection: sqlite3.Connection, app_id: str, channel_id: str) -> bool:
    """Send no digest there any more; False where none was."""
    row = connection.execute(
        "delete from digests where app_id = :app_id and channel_id = :channel_id returning app_id",
        {"app_id": app_id, "channel_id": channel_id},
    ).fetchone()
    return row is not None


def find(connection: sqlite3.Connection, app_id: str, channel_id: str) -> Subscription | None:
    """Return a channel's wish."""
    row = connection.execute(
        "select * from digests where app_id = :app_id and channel_id = :channel_id",
        {"app_id": app_id, "channel_id": channel_id},
    ).fetchone()
    return _subscription(row) if row else None


def every(connection: sqlite3.Connection) -> list[Subscription]:
    """Return all wishes."""
    return [_subscription(row) for row in connection.execute("select * from digests order by app_id, channel_id")]


def claim(connection: sqlite3.Connection, wish: Subscription, day: int) -> bool:
    """Return whether the digest of `day` is to be sent, for the one process that does it."""
    row = connection.execute(
        """update digests set sent_for = :day where app_id = :app_id and channel_id = :channel_id
           and rhythm = :rhythm and sent_for < :day returning app_id""",
        {"app_id": wish.app_id, "channel_id": wish.channel_id, "rhythm": wish.rhythm, "day": day},
    ).fetchone()
    return row is not None


def give_back(connection: sqlite3.Connection, wish: Subscription, day: int) -> None:
    """Note that the digest of `day`, which was claimed, was surely not sent."""
    connection.execute(
        """update digests set sent_for = :before where app_id = :app_id and channel_id = :channel_id
           and sent_for = :day""",
        {"app_id": wish.app_id, "channel_id": wish.channel_id, "before": wish.sent_for, "day": day},
    )


def note_trouble(connection: sqlite3.Connection, wish: Subscription, trouble: str) -> bool:
    """Note why a digest could not be posted, "" for no reason; True where that is new."""
    row = connection.execute(
        """update digests set trouble = :trouble where app_id = :app_id and channel_id = :channel_id
           and trouble <> :trouble returning app_id""",
        {"app_id": wish.app_id, "channel_id": wish.channel_id, "trouble": trouble},
    ).fetchone()
    return row is not None


def gather(connection: sqlite3.Connection, wish: Subscription, account: str, day: int, now: int) -> Digest:
    """Return the digest of `day`: all of it at one moment."""
    app_id, days = wish.app_id, window(wish.rhythm, day)
    best = figures.leaders(connection, app_id, days.first, days.last, TOP)
    expiring, expiring_in_all = _expiring(connection, app_id, now)
    return Digest(
        account=account,
        rhythm=wish.rhythm,
        window=days,
        by_day=_of_codes(connection, app_id, days),
        before=summed(_of_codes(connection, app_id, days.before).values()),
        best=tuple((choosing.described(connection, app_id, scene), sums) for scene, sums in best.items()),
        expiring=expiring,
        expiring_in_all=expiring_in_all,
        quality=official.quality(connection, app_id, days.first, days.last),
        repaired=official.repaired(connection, app_id, days.first, days.last),
        external=official.external(connection, app_id, days.first, days.last),
    )


def _expiring(connection: sqlite3.Connection, app_id: str, now: int) -> tuple[tuple[Allocation, ...], int]:
    """Return the scenes of which a code ends within 7 days, each once, the next first; and how many there are."""
    # of each scene the code that ends last: https://www.sqlite.org/lang_select.html#bareagg
    rows = connection.execute(
        """select *, max(expires_at), count(*) over () as in_all from allocations
           where app_id = :app_id and state in ('live', 'unknown') and expires_at > :now and expires_at < :soon
           group by scene order by max(expires_at), scene limit :limit""",
        {"app_id": app_id, "now": now, "soon": now + 7 * DAY, "limit": TOP},
    ).fetchall()
    return tuple(from_row(row) for row in rows), rows[0]["in_all"] if rows else 0


def _of_codes(connection: sqlite3.Connection, app_id: str, days: Window) -> dict[int, Sums]:
    """Return the figures of all the account's codes, by day."""
    rows = connection.execute(
        """select day, sum(scans) as scans, sum(by_followers) as by_followers, sum(follows) as follows,
               sum(first_follows) as first_follows, sum(unfollows) as unfollows
           from days join scenes on scenes.id = scene_id
           where day between :first and :last and app_id = :app_id and scene <> '' group by day""",
        {"app_id": app_id, "first": days.first, "last": days.last},
    )
    return {
        row["day"]: Sums(row["scans"], row["by_followers"], row["follows"], row["first_follows"], row["unfollows"])
        for row in rows
    }


def _subscription(row: sqlite3.Row) -> Subscription:
    return Subscription(**{field.name: row[field.name] for field in fields(Subscription)})
