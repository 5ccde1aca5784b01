"""All that one answer about codes needs, read at one moment."""

import sqlite3
from collections.abc import Sequence

from bot.figures import AGES, HOURS, Chosen, Statistics, Stayed, Sums, Window, summed
from bot.scan import hour_of
from storage import figures

# Slack charts carry six series: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
MOST_SERIES = 6


def gather(
    connection: sqlite3.Connection,
    codes: Sequence[Chosen],
    days: int,
    now: int,
    *,
    by_hour: bool = False,
    by_cohort: bool = False,
) -> Statistics:
    """Return the figures of `codes` over the last `days` days, today included; of hours and cohorts only if asked."""
    window = Window.of(days, now)
    numbers = {code.scene_id: code.scene for code in codes if code.scene_id is not None}
    ids = list(numbers)
    by_scene = figures.of_scenes(connection, ids, window.first, window.last)
    by_scene_named = {numbers[scene_id]: sums for scene_id, sums in by_scene.items()}
    leading = sorted(by_scene, key=lambda scene_id: (-by_scene[scene_id].follows, -by_scene[scene_id].scans))
    return Statistics(
        window=window,
        today=window.last,
        codes=codes,
        by_scene=by_scene_named,
        by_day=figures.of_days(connection, ids, window.first, window.last),
        by_scene_and_day={
            numbers[scene_id]: figures.of_days(connection, [scene_id], window.first, window.last)
            for scene_id in leading[:MOST_SERIES]
        },
        before=_before(connection, ids, window, hour_of(now)),
        scanners={
            numbers[scene_id]: figures.scanners(connection, scene_id, window.first, window.last)
            for scene_id in by_scene
        },
        stayed={age: stayed for age in AGES if (stayed := _stayed(connection, ids, window, age))},
        cohorts=figures.cohorts(connection, ids, window.first, window.last) if by_cohort else (),
        lost=figures.lost_now(connection, ids),
        hours=_scans_by_hour(connection, ids, window) if by_hour else {},
    )


def _before(connection: sqlite3.Connection, ids: Sequence[int], window: Window, hour: int) -> Sums:
    """Sum the days before up to this hour, so that a day that is not over is compared with as much of one."""
    before = window.before
    days = figures.of_days(connection, ids, before.first, before.last - 1).values()
    hours = figures.of_hours(connection, ids, before.last * HOURS, hour - window.days * HOURS).values()
    return summed((*days, *(Sums(scans=scans, follows=follows) for scans, follows in hours)))


def _stayed(connection: sqlite3.Connection, ids: Sequence[int], window: Window, age: int) -> Stayed | None:
    """Count who stayed, of as many days that are `age` days past; where nobody came in them, of the last before."""
    ripe = window.ripe(age)
    share = figures.kept(connection, ids, ripe, age)
    if share.whole:
        return Stayed(ripe, share)
    last = figures.last_joined(connection, ids, ripe.last)
    if last is None:
        return None
    return Stayed(ripe.until(last), figures.kept(connection, ids, ripe.until(last), age))


def _scans_by_hour(connection: sqlite3.Connection, ids: Sequence[int], window: Window) -> dict[int, int]:
    hours = figures.of_hours(connection, ids, window.first * HOURS, (window.last + 1) * HOURS - 1)
    return {hour: scans for hour, (scans, _) in hours.items()}
