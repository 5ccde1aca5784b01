"""Tables official_days, reconciliations: WeChat's own daily figures, and how ours compare with them."""

import sqlite3
from collections.abc import Sequence

from bot.follower import OfficialDay
from bot.reply import Share
from bot.scan import beginning_of, day_of

# https://developers.weixin.qq.com/doc/service/api/wedata/user/api_getusersummary: followed by scanning a code
BY_CODE = 30
# so many days before those that are told may have changed here: a push came late, a follow was given its code
CHANGING = 7


def quality(connection: sqlite3.Connection, app_id: str, first: int, last: int) -> Share | None:
    """Return our follows by code of WeChat's, over the days for which WeChat has said its own; None where none."""
    row = connection.execute(
        """select sum(ours) as ours, sum(follows) as theirs from official_days
           where app_id = :app_id and source = :source and day between :first and :last""",
        {"app_id": app_id, "source": BY_CODE, "first": first, "last": last},
    ).fetchone()
    return Share(row["ours"], row["theirs"]) if row["theirs"] else None


def repaired(connection: sqlite3.Connection, app_id: str, first: int, last: int) -> Share:
    """Return for how many follows by code the code had to be asked for, as WeChat had not told it."""
    asked_for = connection.execute(
        """select count(*) from scans join scenes on scenes.id = scene_id
           where repaired = 1 and at >= :since and at < :until and app_id = :app_id""",
        {"app_id": app_id, "since": beginning_of(first), "until": beginning_of(last + 1)},
    ).fetchone()[0]
    follows = connection.execute(
        """select coalesce(sum(follows), 0) from days join scenes on scenes.id = scene_id
           where day between :first and :last and app_id = :app_id and scene <> ''""",
        {"app_id": app_id, "first": first, "last": last},
    ).fetchone()[0]
    return Share(asked_for, follows)


def external(connection: sqlite3.Connection, app_id: str, first: int, last: int) -> Share:
    """Return how many scans were of codes that another system made, and nobody adopted."""
    row = connection.execute(
        """select coalesce(sum(scans), 0) as scans,
                  coalesce(sum(scans) filter (where not exists (
                      select 1 from claims where claims.app_id = brought.app_id and claims.scene = brought.scene
                  )), 0) as external
           from (select app_id, scene, sum(scans) as scans from days join scenes on scenes.id = scene_id
                 where day between :first and :last and app_id = :app_id and scene <> ''
                 group by scene_id) as brought""",
        {"app_id": app_id, "first": first, "last": last},
    ).fetchone()
    return Share(row["external"], row["scans"])


def wanted(connection: sqlite3.Connection, app_id: str, first: int, last: int) -> list[int]:
    """Return the days from `first` to `last` of which WeChat has not said its figures.

    The day on which the first event came is left out, with those before: nobody was there to count a whole one.
    """
    began = connection.execute("select min(first_seen_at) from scenes where app_id = ?", (app_id,)).fetchone()[0]
    if began is None:
        return []
    rows = connection.execute("select distinct day from official_days where app_id = ?", (app_id,)).fetchall()
    there = {row["day"] for row in rows}
    return [day for day in range(max(first, day_of(began) + 1), last + 1) if day not in there]


def claim(connection: sqlite3.Connection, app_id: str, now: int, due_at: int) -> bool:
    """Return whether it is time to ask WeChat, for the one process that does it; the next time is `due_at`."""
    row = connection.execute(
        """insert into reconciliations (app_id, due_at) values (:app_id, :due_at)
           on conflict (app_id) do update set due_at = excluded.due_at where reconciliations.due_at <= :now
           returning app_id""",
        {"app_id": app_id, "now": now, "due_at": due_at},
    ).fetchone()
    return row is not None


def put_off(connection: sqlite3.Connection, app_id: str, due_at: int) -> None:
    """Do not ask WeChat before `due_at`."""
    connection.execute("update reconciliations set due_at = ? where app_id = ?", (due_at, app_id))


def keep(connection: sqlite3.Connection, app_id: str, told: Sequence[OfficialDay], now: int) -> None:
    """Keep what WeChat said, and ours beside it. Of a day it tells only the sources of which somebody came or left."""
    by_code = {each.day for each in told if each.source == BY_CODE}
    nobody = [OfficialDay(day, BY_CODE, 0, 0) for day in {each.day for each in told} - by_code]
    connection.executemany(
        """insert into official_days (app_id, day, source, follows, unfollows, fetched_at) values (?, ?, ?, ?, ?, ?)
           on conflict (app_id, day, source) do update set follows = excluded.follows,
               unfollows = excluded.unfollows, fetched_at = excluded.fetched_at""",
        [(app_id, each.day, each.source, each.follows, each.unfollows, now) for each in (*told, *nobody)],
    )
    if told:
        _count_ours(connection, app_id, min(each.day for each in told) - CHANGING)


def _count_ours(connection: sqlite3.Connection, app_id: str, first: int) -> None:
    """Count our follows by code of the days from `first` of which WeChat has said its own."""
    connection.execute(
        """update official_days set ours = coalesce((
               select sum(days.follows) from days join scenes on scenes.id = scene_id
               where days.day = official_days.day and scenes.app_id = official_days.app_id and scene <> ''
           ), 0) where app_id = :app_id and source = :source and day >= :first""",
        {"app_id": app_id, "source": BY_CODE, "first": first},
    )
