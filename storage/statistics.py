"""All that one answer about codes needs, read at one moment."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.figures import AGES, HOURS, Chosen, Statistics, Stayed, Sums, Window, summed
from bot.scan import hour_of
from storage import figures, ownership, settling
from storage.choosing import Choice, choose, described

T = TypeVar("T")

# Slack charts carry six series: https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
MOST_SERIES = 6
# and its tables 100 rows: https://docs.slack.dev/reference/block-kit/blocks/data-table-block
MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which codes, of how many days up to now, today included; those of hours and of cohorts only if asked for."""

    choice: Choice
    days: int
    now: int
    by_hour: bool = False
    by_cohort: bool = False

    @property
    def window(self) -> Window:
        """The days."""
        return Window.of(self.days, self.now)


def gather(connection: sqlite3.Connection, wanted: Wanted) -> Statistics:
    """Return the figures of all codes that are meant, and of those that lead by themselves. Raises NotFound."""
    window = wanted.window
    scenes = choose(connection, wanted.choice, wanted.now)
    numbers = {scene_id: scene for scene, scene_id in scenes.items() if scene_id is not None}
    ids = list(numbers)
    by_scene = _named(figures.of_scenes(connection, ids, window.first, window.last), numbers)
    leading = _ranked(scenes, by_scene)[:MOST_ROWS]
    return Statistics(
        window=window,
        today=window.last,
        scenes=scenes,
        codes=_described(connection, wanted, leading),
        by_scene=by_scene,
        by_day=figures.of_days(connection, ids, window.first, window.last),
        by_scene_and_day={
            scene: figures.of_days(connection, [scene_id], window.first, window.last)
            for scene in leading[:MOST_SERIES]
            if scene in by_scene and (scene_id := scenes[scene])
        },
        before=_before(connection, ids, window, hour_of(wanted.now)),
        scanners=_named(figures.scanners(connection, ids, window.first, window.last), numbers),
        stayed={age: stayed for age in AGES if (stayed := _stayed(connection, ids, window, age))},
        cohorts=figures.cohorts(connection, ids, window.first, window.last) if wanted.by_cohort else (),
        lost=figures.lost_now(connection, ids),
        hours=_scans_by_hour(connection, ids, window) if wanted.by_hour else {},
        uncounted=settling.uncounted(connection, ids, window),
    )


def _named(counted: Mapping[int, T], numbers: Mapping[int, str]) -> dict[str, T]:
    return {numbers[scene_id]: each for scene_id, each in counted.items()}


def _ranked(scenes: Mapping[str, int | None], by_scene: Mapping[str, Sums]) -> list[str]:
    """Return the scenes, those with the most new follows first, then with the most scans."""
    nothing = Sums()

    def rank(scene: str) -> tuple[int, int, str]:
        counted = by_scene.get(scene, nothing)
        return (-counted.follows, -counted.scans, scene)

    return sorted(scenes, key=rank)


def _described(connection: sqlite3.Connection, wanted: Wanted, scenes: Sequence[str]) -> list[Chosen]:
    app_id = wanted.choice.app_id
    holders = ownership.holders_of(connection, app_id, scenes, wanted.now)
    codes = (described(connection, app_id, scene) for scene in scenes)
    return [replace(code, owner=holders[code.scene].owner) if code.scene in holders else code for code in codes]


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
