"""Who watches what: one holder at a time, counted once a minute, under the newest post that is still there."""

import sqlite3
from dataclasses import replace

from bot.model import DAY, MINUTE, Post, Via
from bot.scan import Event
from bot.watching import Count
from storage import inbox, posts, watches
from storage.watches import Made, Place, Watch
from tests.storage.arrivals import come, crowd, event
from tests.storage.wishes import APP, NOW, arrival, minted, wish

SCENE, CHANNEL = "spring", "C0000000001"
MADE = Made(APP, SCENE, CHANNEL, "T1", "U1", NOW)


def made(connection: sqlite3.Connection, wanted: Made = MADE) -> Watch:
    assert watches.add(connection, wanted)
    return watches.of_channel(connection, wanted.app_id, wanted.channel_id)[-1]


def posted(connection: sqlite3.Connection, message_ts: str, sent_at: int = NOW) -> None:
    """Post a code of the scene to the channel; "" while Slack has not told the ts."""
    allocation, asked = minted(connection, wish(SCENE, anyway=True)), arrival()
    inbox.keep(connection, asked, "one")
    post = Post(asked.id, Via.UPLOAD, CHANNEL, sent_at, "F1", message_ts, allocation.id, posted=True)
    posts.intend(connection, post)


def test_the_same_code_is_watched_once_in_a_channel(connection: sqlite3.Connection) -> None:
    assert watches.add(connection, MADE)
    assert not watches.add(connection, MADE)
    assert watches.add(connection, replace(MADE, channel_id="C0000000002"))
    assert len(watches.of_channel(connection, APP, CHANNEL)) == 1


def test_milestones_that_lie_behind_are_not_told_again(connection: sqlite3.Connection) -> None:
    crowd(connection, range(60), NOW, SCENE)
    assert made(connection).milestone == 50


def test_a_new_watch_has_something_to_say_and_then_only_what_is_new(connection: sqlite3.Connection) -> None:
    watch = made(connection)
    assert watches.due(connection, NOW) == [watch.id]
    watches.save(connection, replace(watch, counted=Count(0, 0, 0).mark, counted_at=NOW))
    assert watches.due(connection, NOW + MINUTE) == []
    crowd(connection, range(1), NOW, SCENE)
    assert watches.due(connection, NOW + MINUTE - 1) == []
    assert watches.due(connection, NOW + MINUTE) == [watch.id]


def test_a_milestone_does_not_wait_for_the_minute(connection: sqlite3.Connection) -> None:
    watch = made(connection)
    watches.save(connection, replace(watch, counted=Count(0, 0, 0).mark, counted_at=NOW))
    crowd(connection, range(10), NOW, SCENE)
    assert watches.due(connection, NOW) == [watch.id]


def test_what_slack_refused_waits_until_it_is_due(connection: sqlite3.Connection) -> None:
    watch = made(connection)
    watches.give_back(connection, watch.id, NOW + MINUTE)
    assert (watches.due(connection, NOW), watches.due(connection, NOW + MINUTE)) == ([], [watch.id])


def test_a_watch_is_in_one_pair_of_living_hands(connection: sqlite3.Connection) -> None:
    watch = made(connection)
    living = {"one", "other"}
    assert watches.take(connection, watch.id, "one", living.__contains__)
    assert watches.take(connection, watch.id, "other", living.__contains__) is None
    living.remove("one")
    assert watches.take(connection, watch.id, "other", living.__contains__)
    watches.give_back(connection, watch.id, NOW)
    assert watches.take(connection, watch.id, "third", living.__contains__)


def test_a_watch_that_ended_while_it_was_in_hand_does_not_come_back(connection: sqlite3.Connection) -> None:
    watch = made(connection)
    assert watches.end(connection, APP, SCENE, CHANNEL)
    watches.save(connection, replace(watch, counter_ts="1.2"))
    assert watches.take(connection, watch.id, "one", bool) is None
    assert watches.end(connection, APP, SCENE, CHANNEL) is None


def test_a_watch_that_ended_lends_its_number_to_no_other(connection: sqlite3.Connection) -> None:
    held = made(connection)
    watches.end(connection, APP, SCENE, CHANNEL)
    other = made(connection, replace(MADE, channel_id="C0000000002"))
    watches.save(connection, replace(held, counter_ts="1.2"))
    assert watches.of_channel(connection, APP, "C0000000002") == [other]


def test_a_code_is_counted_from_its_first_scan_and_each_person_once(connection: sqlite3.Connection) -> None:
    crowd(connection, range(3), NOW, SCENE)
    come(connection, event("o1", Event.SCAN, NOW + DAY, SCENE))
    assert watches.count(connection, APP, SCENE) == Count(scans=4, people=3, follows=3)
    assert watches.count(connection, APP, "never-scanned") == Count(0, 0, 0)


def test_it_is_counted_under_the_newest_post_that_slack_has_shown(connection: sqlite3.Connection) -> None:
    watch = made(connection)
    assert watches.place(connection, watch, NOW) == Place("", is_awaited=False)
    posted(connection, "1800000000.000001", NOW)
    posted(connection, "1800000005.000001", NOW + 5)
    posted(connection, "never", NOW + 6)
    assert watches.place(connection, watch, NOW + 9) == Place("1800000005.000001", is_awaited=False)


def test_a_post_whose_message_slack_has_not_told_yet_is_waited_for_a_minute(connection: sqlite3.Connection) -> None:
    watch = made(connection)
    posted(connection, "1800000000.000001", NOW)
    posted(connection, "", NOW + 5)
    assert watches.place(connection, watch, NOW + 9).is_awaited
    assert watches.place(connection, watch, NOW + 5 + MINUTE) == Place("1800000000.000001", is_awaited=False)


def test_a_thread_that_is_gone_is_not_chosen_again(connection: sqlite3.Connection) -> None:
    watch = replace(made(connection), lost_ts="1800000000.000001")
    posted(connection, "1800000000.000001", NOW)
    assert watches.place(connection, watch, NOW).ts == ""
    posted(connection, "1800000005.000001", NOW + 5)
    assert watches.place(connection, watch, NOW + 9).ts == "1800000005.000001"
