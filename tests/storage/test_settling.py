"""The figures are the same whatever order events come in, and the same as counting all events anew."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing

import hypothesis
import pytest
import sqlite_utils
from hypothesis import given
from hypothesis import strategies as st

from bot.figures import AGES
from bot.model import DAY, AppID, OpenID
from bot.reaction import Reactions
from bot.scan import Event, Scan, beginning_of, day_of
from bot.settings import read_settings
from storage import figures, scans, settling
from storage.migrations import migrate
from storage.scans import Arrived
from storage.settling import Repair

SETTINGS = read_settings(
    {"SLACK_BOT_TOKEN": "b", "SLACK_SIGNING_SECRET": "s", "WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "a"}, str
)
APP = AppID("wx1")
FIRST_DAY = 20_000
SCENES = ("a", "b")


def migrated() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(sqlite_utils.Database(connection))
        return connection.serialize()


EMPTY = migrated()
# the machine may be busy with anything
unhurried = hypothesis.settings(deadline=None, max_examples=60)


def fresh() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(EMPTY)
    connection.row_factory = sqlite3.Row
    return connection


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(fresh()) as opened:
        yield opened


def scan(person: str, event: Event, at: int, scene: str = "") -> Arrived:
    key = f"qrscene_{scene}" if event is Event.FOLLOW and scene else scene
    return Arrived(Scan(APP, OpenID(person), at, event, key), person.encode(), at)


def kept(connection: sqlite3.Connection, events: list[Arrived]) -> scans.Kept:
    return scans.keep(connection, events, {}, Reactions((), SETTINGS))


def at(day: int, hour: int = 12) -> int:
    return beginning_of(FIRST_DAY + day) + hour * 3600


def number(connection: sqlite3.Connection, scene: str) -> int:
    found = scans.found_scene(connection, APP, scene)
    assert found
    return found


def all_figures(connection: sqlite3.Connection) -> dict[str, object]:
    """Return every figure there is, by the names of the scenes, without those that came to nothing."""
    queries = {
        "hours": "select scene, hour, scans, follows from hours",
        "days": "select scene, day, scans, by_followers, follows, first_follows, unfollows from days",
        "weeks": "select scene, week, scans, follows from weeks",
        "scanners": "select scene, day, day_before, scanners from scanner_days",
        "cohorts": "select scene, day, age, people from cohorts",
        "lost": "select scene, people from lost",
    }
    return {
        name: sorted(
            tuple(row)
            for row in connection.execute(f"{query} join scenes on scenes.id = scene_id")
            if any(row[2:] if name in ("hours", "days", "weeks") else row[-1:])
        )
        for name, query in queries.items()
    }


def events() -> st.SearchStrategy[list[Arrived]]:
    one = st.builds(
        scan,
        st.sampled_from(["p", "q", "r"]),
        st.sampled_from(Event),
        st.integers(0, 8 * DAY // 6).map(lambda n: beginning_of(FIRST_DAY) + n * 6),
        st.sampled_from(SCENES),
    ).map(without_scene_where_there_is_none)
    return st.lists(one, max_size=14, unique_by=lambda each: (each.scan.at, each.person))


def without_scene_where_there_is_none(arrived: Arrived) -> Arrived:
    if arrived.scan.event is not Event.UNFOLLOW:
        return arrived
    return scan(arrived.person.decode(), Event.UNFOLLOW, arrived.scan.at)


@unhurried
@given(events(), st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_order_in_which_events_come_and_repetitions_change_no_figure(
    told: list[Arrived], dice: "st.DataObject", step: int
) -> None:
    shuffled = [*told, *told, *told]
    dice.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    with closing(fresh()) as once, closing(fresh()) as anyhow:
        kept(once, sorted(told, key=lambda one: one.scan.at))
        while settling.settle(once, 100):
            pass
        for start in range(0, len(shuffled), step):
            kept(anyhow, shuffled[start : start + step])
            settling.settle(anyhow, step)
        while settling.settle(anyhow, 100):
            pass
        assert all_figures(once) == all_figures(anyhow)


@unhurried
@given(events())
def test_the_figures_are_what_counting_all_events_by_the_definitions_gives(told: list[Arrived]) -> None:
    with closing(fresh()) as connection:
        kept(connection, told)
        settling.settle(connection, 1000)
        ordered = sorted(told, key=lambda one: one.scan.at)
        for scene in SCENES:
            scene_id = scans.found_scene(connection, APP, scene)
            if scene_id is None:
                continue
            for first in range(9):
                for last in range(first, 9):
                    window = range(FIRST_DAY + first, FIRST_DAY + last + 1)
                    counted = figures.scanners(connection, [scene_id], window[0], window[-1])
                    assert counted.get(scene_id, 0) == people_in(ordered, scene, window)
            by_day = figures.of_days(connection, [scene_id], FIRST_DAY, FIRST_DAY + 9)
            assert {day: sums.unfollows for day, sums in by_day.items() if sums.unfollows} == unfollows(ordered, scene)
            assert {day: sums.first_follows for day, sums in by_day.items() if sums.first_follows} == firsts(
                ordered, scene
            )
            for cohort in figures.cohorts(connection, [scene_id], FIRST_DAY, FIRST_DAY + 9):
                for age in AGES:
                    assert (cohort.kept[age], cohort.people) == still_there(ordered, scene, cohort.day, age)


def people_in(ordered: list[Arrived], scene: str, window: range) -> int:
    return len({one.person for one in ordered if one.scan.scene == scene and day_of(one.scan.at) in window})


def firsts(ordered: list[Arrived], scene: str) -> dict[int, int]:
    seen: set[bytes] = set()
    counted: Counter[int] = Counter()
    for one in ordered:
        if one.person not in seen and one.scan.event is Event.FOLLOW and one.scan.scene == scene:
            counted[day_of(one.scan.at)] += 1
        seen.add(one.person)
    return dict(counted)


def spells(ordered: list[Arrived]) -> dict[bytes, list[tuple[str, int, int | None, bool]]]:
    """Return each person's spells: by which scene, from, to, and whether an unfollow ended it."""
    found: dict[bytes, list[tuple[str, int, int | None, bool]]] = defaultdict(list)
    for one in ordered:
        theirs = found[one.person]
        if one.scan.event is not Event.SCAN and theirs and theirs[-1][2] is None:
            theirs[-1] = (*theirs[-1][:2], one.scan.at, one.scan.event is Event.UNFOLLOW)
        if one.scan.event is Event.FOLLOW:
            theirs.append((one.scan.scene, one.scan.at, None, False))
    return found


def unfollows(ordered: list[Arrived], scene: str) -> dict[int, int]:
    ended = [
        day_of(end)
        for theirs in spells(ordered).values()
        for by, _, end, is_unfollow in theirs
        if by == scene and end is not None and is_unfollow
    ]
    return dict(Counter(ended))


def still_there(ordered: list[Arrived], scene: str, day: int, age: int) -> tuple[int, int]:
    firsts_by_code = [
        next((spell for spell in theirs if spell[0] == scene), None) for theirs in spells(ordered).values()
    ]
    cohort = [spell for spell in firsts_by_code if spell and day_of(spell[1]) == day]
    return sum(1 for spell in cohort if spell[2] is None or day_of(spell[2]) > day + age), len(cohort)


def test_a_follow_without_a_scene_is_given_the_one_wechat_names_wherever_it_was_counted() -> None:
    without = [scan("p", Event.FOLLOW, at(0)), scan("p", Event.UNFOLLOW, at(2)), scan("q", Event.FOLLOW, at(0))]
    for settled_first in (True, False):
        with closing(fresh()) as repaired, closing(fresh()) as known:
            kept(repaired, without)
            if settled_first:
                settling.settle(repaired, 10)
            assert settling.repair(repaired, Repair(APP, b"p", at(0), "a", at(3)))
            settling.settle(repaired, 10)
            kept(known, [scan("p", Event.FOLLOW, at(0), "a"), *without[1:]])
            settling.settle(known, 10)
            assert all_figures(repaired) == all_figures(known)


def test_what_was_repaired_is_marked_and_never_repaired_twice(connection: sqlite3.Connection) -> None:
    kept(connection, [scan("p", Event.FOLLOW, at(0))])
    assert settling.repair(connection, Repair(APP, b"p", at(0), "a", at(3)))
    assert not settling.repair(connection, Repair(APP, b"p", at(0), "b", at(3)))
    assert [tuple(row) for row in connection.execute("select repaired, event_key from scans")] == [(1, "")]


def test_the_same_push_after_a_repair_is_still_the_same_push(connection: sqlite3.Connection) -> None:
    kept(connection, [scan("p", Event.FOLLOW, at(0))])
    settling.repair(connection, Repair(APP, b"p", at(0), "a", at(3)))
    assert kept(connection, [scan("p", Event.FOLLOW, at(0))]).fresh == 0


def test_somebody_who_scans_every_day_for_a_year_is_one_scanner_and_a_short_row(
    connection: sqlite3.Connection,
) -> None:
    for day in range(365):
        kept(connection, [scan("p", Event.SCAN, at(day), "a")])
        settling.settle(connection, 10)
    scene_id = number(connection, "a")
    assert figures.scanners(connection, [scene_id], FIRST_DAY, FIRST_DAY + 364) == {scene_id: 1}
    assert figures.scanners(connection, [scene_id], FIRST_DAY + 100, FIRST_DAY + 100) == {scene_id: 1}
    assert connection.execute("select length(history) from persons").fetchone()[0] < 200


def test_two_follows_in_one_second_make_nobody_two_newcomers(connection: sqlite3.Connection) -> None:
    kept(connection, [scan("p", Event.FOLLOW, at(0), "a"), scan("p", Event.FOLLOW, at(0), "b")])
    settling.settle(connection, 10)
    assert connection.execute("select sum(first_follows) from days").fetchone()[0] == 1


def test_with_the_events_goes_the_second_in_which_somebody_came_or_left_and_no_figure_changes(
    connection: sqlite3.Connection,
) -> None:
    came, left, back = at(0, 9) + 17, at(0, 9) + 43, at(3, 15) + 5
    kept(connection, [scan("ada", Event.FOLLOW, came, "a"), scan("ada", Event.UNFOLLOW, left)])
    kept(connection, [scan("ada", Event.FOLLOW, back, "b"), scan("bob", Event.FOLLOW, back, "a")])
    settling.settle(connection, 10)
    before = all_figures(connection)
    assert settling.purge_before(connection, FIRST_DAY + 3, 10) == 2
    assert all_figures(connection) == before
    (history,) = connection.execute("select history from persons where person = ?", (b"ada",)).fetchone()
    assert [str(moment) in history for moment in (came, left, back)] == [False, False, True]
