"""Our figures beside WeChat's own: asked for once an hour by one process, compared over the days that both have."""

import sqlite3
from contextlib import closing

import sqlite_utils

from bot.follower import OfficialDay
from bot.model import HOUR
from bot.reply import Share
from bot.scan import Event, beginning_of, day_of
from storage import migrations, migrations_scans, official, settling
from storage.settling import Repair
from tests.storage.arrivals import come, crowd, event
from tests.storage.wishes import APP, NOW, OTHER_APP, minted, wish

TODAY = day_of(NOW)


def at(day: int) -> int:
    return beginning_of(day) + 12 * HOUR


def test_quality_is_our_follows_by_code_of_wechats_over_the_days_it_told_of(connection: sqlite3.Connection) -> None:
    crowd(connection, range(4), at(TODAY - 2), "spring")
    crowd(connection, range(4, 9), at(TODAY - 1), "spring")
    come(connection, event("without-code", Event.FOLLOW, at(TODAY - 2)))
    assert official.quality(connection, APP, TODAY - 6, TODAY) is None
    told = [OfficialDay(TODAY - 2, 30, 5, 0), OfficialDay(TODAY - 2, 0, 7, 1)]
    official.keep(connection, APP, told, NOW)
    assert official.quality(connection, APP, TODAY - 6, TODAY) == Share(4, 5)


def test_ours_of_a_day_are_counted_again_for_a_week_after_it(connection: sqlite3.Connection) -> None:
    crowd(connection, range(3), at(TODAY - 9), "spring")
    official.keep(connection, APP, [OfficialDay(TODAY - 9, 30, 5, 0)], NOW)
    crowd(connection, range(3, 4), at(TODAY - 9), "spring")
    official.keep(connection, OTHER_APP, [OfficialDay(TODAY - 2, 30, 1, 0)], NOW)
    assert official.quality(connection, APP, TODAY - 9, TODAY) == Share(3, 5)
    official.keep(connection, APP, [OfficialDay(TODAY - 2, 30, 1, 0)], NOW)
    assert official.quality(connection, APP, TODAY - 9, TODAY) == Share(4, 6)
    crowd(connection, range(4, 5), at(TODAY - 9), "spring")
    official.keep(connection, APP, [OfficialDay(TODAY - 1, 30, 1, 0)], NOW)
    assert official.quality(connection, APP, TODAY - 9, TODAY) == Share(4, 7)


def test_days_told_to_an_older_version_have_ours_beside_them() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        older = sqlite_utils.Database(connection)
        migrations.migrations.apply(older)
        migrations_scans.migrations.apply(older)
        connection.executemany(
            "insert into scenes (app_id, scene, first_seen_at) values (?, ?, 0)", [(APP, "spring"), (APP, "")]
        )
        connection.executemany(
            "insert into days (scene_id, day, follows) values (?, ?, ?)", [(1, TODAY - 1, 4), (2, TODAY - 1, 9)]
        )
        connection.executemany(
            "insert into official_days values (?, ?, 30, ?, 0, 0)", [(APP, TODAY - 1, 5), (APP, TODAY - 2, 2)]
        )
        migrations.migrate(older)
        assert official.quality(connection, APP, TODAY - 6, TODAY) == Share(4, 7)


def test_a_day_of_which_wechat_names_no_follow_by_code_has_none(connection: sqlite3.Connection) -> None:
    crowd(connection, range(1), at(TODAY - 9), "spring")
    official.keep(connection, APP, [OfficialDay(TODAY - 2, 0, 7, 1)], NOW)
    official.keep(connection, APP, [OfficialDay(TODAY - 1, 30, 2, 0)], NOW)
    assert official.quality(connection, APP, TODAY - 6, TODAY) == Share(0, 2)
    assert official.wanted(connection, APP, TODAY - 3, TODAY - 1) == [TODAY - 3]


def test_what_is_told_again_takes_the_place_of_what_was_told(connection: sqlite3.Connection) -> None:
    for follows in (3, 5):
        official.keep(connection, APP, [OfficialDay(TODAY - 1, 30, follows, 0)], NOW)
    assert official.quality(connection, APP, TODAY - 1, TODAY - 1) == Share(0, 5)


def test_no_day_is_asked_for_before_the_first_whole_one_that_was_counted(connection: sqlite3.Connection) -> None:
    assert official.wanted(connection, APP, TODAY - 7, TODAY - 1) == []
    crowd(connection, range(1), at(TODAY - 3), "spring")
    assert official.wanted(connection, APP, TODAY - 7, TODAY - 1) == [TODAY - 2, TODAY - 1]
    assert official.wanted(connection, OTHER_APP, TODAY - 7, TODAY - 1) == []


def test_one_of_several_asks_and_not_before_it_is_time_again(connection: sqlite3.Connection) -> None:
    assert official.claim(connection, APP, NOW, NOW + HOUR)
    assert not official.claim(connection, APP, NOW, NOW + HOUR)
    assert official.claim(connection, OTHER_APP, NOW, NOW + HOUR)
    assert official.claim(connection, APP, NOW + HOUR, NOW + 2 * HOUR)
    official.put_off(connection, APP, NOW + 9 * HOUR)
    assert not official.claim(connection, APP, NOW + 8 * HOUR, NOW + 10 * HOUR)


def test_repaired_follows_are_told_of_all_follows_by_code(connection: sqlite3.Connection) -> None:
    crowd(connection, range(3), at(TODAY), "spring")
    lost = event("late", Event.FOLLOW, at(TODAY))
    come(connection, lost)
    assert settling.repair(connection, Repair(APP, lost.person, at(TODAY), "spring", NOW))
    settling.settle(connection, 10)
    assert official.repaired(connection, APP, TODAY, TODAY) == Share(1, 4)
    assert official.repaired(connection, APP, TODAY - 5, TODAY - 1) == Share(0, 0)
    assert official.repaired(connection, OTHER_APP, TODAY, TODAY) == Share(0, 0)


def test_scans_of_other_systems_codes_are_told_of_all_scans(connection: sqlite3.Connection) -> None:
    minted(connection, wish("spring"))
    crowd(connection, range(3), at(TODAY), "spring")
    crowd(connection, range(3, 4), at(TODAY), "partner")
    come(connection, event("without-code", Event.FOLLOW, at(TODAY)))
    assert official.external(connection, APP, TODAY, TODAY) == Share(1, 4)
