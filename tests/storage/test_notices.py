"""What people in Slack have still to be told is told by one process, and not at all once it is pointless."""

import sqlite3
from dataclasses import replace

from bot.model import AppID
from storage import notices
from storage.notices import Notice
from tests.storage.wishes import NOW

Connection = sqlite3.Connection
NOTICE = Notice(AppID("wx1"), "T1", "U1", "C1", "binding.late", "bind_1", NOW, due_at=NOW, ends_at=NOW + 300)


def take(connection: Connection, owner: str, alive: str = "one two", now: int = NOW) -> list[Notice]:
    return notices.take(connection, owner, alive.split().__contains__, now)


def test_what_is_written_down_is_taken_as_it_is(connection: Connection) -> None:
    notices.add(connection, NOTICE)
    (taken,) = take(connection, "one")
    assert replace(taken, id=0) == NOTICE


def test_two_processes_do_not_both_take_it(connection: Connection) -> None:
    notices.add(connection, NOTICE)
    assert len(take(connection, "one")) == 1
    assert take(connection, "two") == []


def test_what_a_dead_process_had_in_hand_is_told_by_the_next(connection: Connection) -> None:
    notices.add(connection, NOTICE)
    take(connection, "one")
    assert len(take(connection, "two", alive="two")) == 1


def test_what_was_told_is_gone(connection: Connection) -> None:
    notices.add(connection, NOTICE)
    (taken,) = take(connection, "one")
    notices.settle(connection, taken)
    assert not notices.is_due(connection, NOW + 10)


def test_what_slack_did_not_take_waits_and_is_counted(connection: Connection) -> None:
    notices.add(connection, NOTICE)
    (taken,) = take(connection, "one")
    notices.postpone(connection, taken, NOW + 2)
    assert not notices.is_due(connection, NOW + 1)
    (again,) = take(connection, "two", now=NOW + 2)
    assert again.tries == 1


def test_what_is_pointless_by_now_is_never_told(connection: Connection) -> None:
    notices.add(connection, NOTICE)
    assert take(connection, "one", now=NOTICE.ends_at) == []
    assert not notices.is_due(connection, NOTICE.ends_at)


def test_a_question_about_a_request_that_is_over_is_withdrawn_and_others_stay(connection: Connection) -> None:
    for scene in ("bind_1", "bind_2", ""):
        notices.add(connection, replace(NOTICE, scene=scene))
    notices.withdraw(connection, "bind_1")
    assert [notice.scene for notice in take(connection, "one")] == ["bind_2", ""]
