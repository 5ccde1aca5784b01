"""What is asked of the figures: sums over a few rows each, however many scans there were. See docs/METRICS.md."""

import json
import sqlite3
from collections.abc import Sequence

from bot.figures import AGES, HOURS, Cohort, Sums, Window
from bot.history import JOINED
from bot.reply import Share
from bot.scan import INVALID_SCENES, monday_of, week_of

_SUMS = """coalesce(sum(scans), 0) as scans, coalesce(sum(by_followers), 0) as by_followers,
    coalesce(sum(follows), 0) as follows, coalesce(sum(first_follows), 0) as first_follows,
    coalesce(sum(unfollows), 0) as unfollows"""
# as one value, for an account may have more codes than a statement may have marks
_OF_THESE = "scene_id in (select value from json_each(?))"
# what leads nobody: follows without a code, and codes that were created wrongly
_NO_CODES = f"""({", ".join(f"'{scene}'" for scene in ("", *sorted(INVALID_SCENES)))})"""


def of_days(connection: sqlite3.Connection, scene_ids: Sequence[int], first: int, last: int) -> dict[int, Sums]:
    """Return the figures of each day from `first` to `last`; days without any are left out."""
    rows = connection.execute(
        f"""select day, {_SUMS} from days where {_OF_THESE}
            and day between ? and ? group by day order by day""",  # noqa: S608 - names and marks of this file
        (json.dumps(scene_ids), first, last),
    )
    return {row["day"]: _sums(row) for row in rows}


def of_scenes(connection: sqlite3.Connection, scene_ids: Sequence[int], first: int, last: int) -> dict[int, Sums]:
    """Return the figures of each scene over the days from `first` to `last`."""
    rows = connection.execute(
        f"""select scene_id, {_SUMS} from days where {_OF_THESE}
            and day between ? and ? group by scene_id""",  # noqa: S608 - names and marks of this file
        (json.dumps(scene_ids), first, last),
    )
    return {row["scene_id"]: _sums(row) for row in rows}


def of_hours(
    connection: sqlite3.Connection, scene_ids: Sequence[int], first: int, last: int
) -> dict[int, tuple[int, int]]:
    """Return scans and new follows of each hour from `first` to `last`; hours without any are left out."""
    rows = connection.execute(
        f"""select hour, sum(scans) as scans, sum(follows) as follows from hours
            where {_OF_THESE} and hour between ? and ? group by hour""",  # noqa: S608 - as above
        (json.dumps(scene_ids), first, last),
    )
    return {row["hour"]: (row["scans"], row["follows"]) for row in rows}


def scanners(connection: sqlite3.Connection, scene_ids: Sequence[int], first: int, last: int) -> dict[int, int]:
    """Return how many people scanned each code from `first` to `last`, each once: those with no day before in it."""
    rows = connection.execute(
        f"""select scene_id, sum(scanners) as people from scanner_days
            where {_OF_THESE} and day between ? and ? and day_before < ? group by scene_id""",  # noqa: S608 - as above
        (json.dumps(scene_ids), first, last, first),
    )
    return {row["scene_id"]: row["people"] for row in rows}


def cohorts(connection: sqlite3.Connection, scene_ids: Sequence[int], first: int, last: int) -> list[Cohort]:
    """Return the cohorts of the days from `first` to `last`, oldest first."""
    left = ", ".join(f"sum(people) filter (where age between 0 and {age}) as left_{age}" for age in AGES)
    rows = connection.execute(
        f"""select day, sum(people) filter (where age = {JOINED}) as people, {left}
            from cohorts where {_OF_THESE}
            and day between ? and ? and age <= ? group by day order by day""",  # noqa: S608 - names and marks of this file
        (json.dumps(scene_ids), first, last, AGES[-1]),
    )
    return [
        Cohort(row["day"], row["people"], {age: row["people"] - (row[f"left_{age}"] or 0) for age in AGES})
        for row in rows
        if row["people"]
    ]


def kept(connection: sqlite3.Connection, scene_ids: Sequence[int], window: Window, age: int) -> Share:
    """Return how many of those who followed first in a window still followed `age` days later."""
    row = connection.execute(
        f"""select coalesce(sum(people) filter (where age = {JOINED}), 0) as people,
                coalesce(sum(people) filter (where age >= 0), 0) as gone
            from cohorts where {_OF_THESE}
            and day between ? and ? and age <= ?""",  # noqa: S608 - names and marks of this file
        (json.dumps(scene_ids), window.first, window.last, age),
    ).fetchone()
    return Share(row["people"] - row["gone"], row["people"])


def last_joined(connection: sqlite3.Connection, scene_ids: Sequence[int], until: int) -> int | None:
    """Return the last day, up to `until`, on which anybody followed for the first time; None: there is none."""
    row = connection.execute(
        f"""select max(day) from cohorts where {_OF_THESE}
            and day <= ? and age = {JOINED} and people > 0""",  # noqa: S608 - names and marks of this file
        (json.dumps(scene_ids), until),
    ).fetchone()
    day: int | None = row[0]
    return day


def lost_now(connection: sqlite3.Connection, scene_ids: Sequence[int]) -> int:
    """Return how many followed by these codes once and do not follow now."""
    row = connection.execute(
        f"select coalesce(sum(people), 0) from lost where {_OF_THESE}",  # noqa: S608 - as above
        (json.dumps(scene_ids),),
    ).fetchone()
    people: int = row[0]
    return people


def _sums(row: sqlite3.Row) -> Sums:
    return Sums(row["scans"], row["by_followers"], row["follows"], row["first_follows"], row["unfollows"])


def leaders(connection: sqlite3.Connection, app_id: str, first: int, last: int, limit: int) -> dict[str, Sums]:
    """Return the scenes with the most new follows from `first` to `last`, then the most scans, with their figures.

    Whole weeks are read as such; the days before and after them one by one.
    """
    week, monday_after = week_of(first + 6), monday_of(week_of(last + 1))
    monday = min(monday_of(week), monday_after)
    leading = connection.execute(
        f"""select scene_id, scene from (
               select scene_id, sum(follows) as follows, sum(scans) as scans from (
                   select scene_id, follows, scans from weeks where week between :week and :last_week
                   union all
                   select scene_id, follows, scans from days where day >= :first and day < :monday
                   union all
                   select scene_id, follows, scans from days where day >= :monday_after and day <= :last
               ) group by scene_id having follows > 0 or scans > 0
           ) join scenes on scenes.id = scene_id where app_id = :app_id and scene not in {_NO_CODES}
           order by follows desc, scans desc, scene limit :limit""",  # noqa: S608 - our own words
        {
            "week": week, "last_week": week_of(last + 1) - 1, "first": first, "monday": monday,
            "monday_after": max(monday_after, first), "last": last, "app_id": app_id, "limit": limit,
        },
    ).fetchall()  # fmt: skip
    sums = of_scenes(connection, [row["scene_id"] for row in leading], first, last)
    return {row["scene"]: sums[row["scene_id"]] for row in leading}


def active(connection: sqlite3.Connection, app_id: str, first: int, last: int, limit: int) -> dict[str, Sums]:
    """Return the figures of every scene that has any from `first` to `last`; of `limit`, those with most follows."""
    rows = connection.execute(
        # the plus: read day after day, as they lie together, and not scene after scene
        f"""select scene, counted.* from (
                select scene_id, {_SUMS} from days where day between ? and ? group by +scene_id
            ) as counted join scenes on scenes.id = scene_id where app_id = ? and scene not in {_NO_CODES}
            order by follows desc, scans desc, scene limit ?""",  # noqa: S608 - as above
        (first, last, app_id, limit),
    )
    return {row["scene"]: _sums(row) for row in rows}


def follows_before(
    connection: sqlite3.Connection, app_id: str, before: Window, hour: int, scenes: Sequence[str] = ()
) -> dict[str, int]:
    """Return the new follows of each scene (of `scenes`, else of all) in the days `before`, up to an hour of the last.

    So a day that is not over is compared with as much of one.
    """
    chosen = "and scene in (select value from json_each(:scenes))" if scenes else f"and scene not in {_NO_CODES}"
    rows = connection.execute(
        f"""select scene,
                coalesce((select sum(follows) from days
                    where scene_id = scenes.id and day between :first and :last), 0)
                + coalesce((select sum(follows) from hours
                    where scene_id = scenes.id and hour between :first_hour and :last_hour), 0) as follows
            from scenes where app_id = :app_id {chosen}""",  # noqa: S608 - our own words
        {
            "first": before.first, "last": before.last - 1, "first_hour": before.last * HOURS, "last_hour": hour,
            "app_id": app_id, "scenes": json.dumps(list(scenes)),
        },
    )  # fmt: skip
    return {row["scene"]: row["follows"] for row in rows}
