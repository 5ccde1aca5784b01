"""An acknowledged command is kept until it is answered, and belongs to one process at a time."""

import sqlite3
from dataclasses import replace

import pytest

from bot.model import Post, Via
from storage import inbox, posts
from storage.inbox import Unfinished
from tests.storage.wishes import NOW, arrival, minted, wish

Connection = sqlite3.Connection


def due(connection: Connection, now: int = NOW) -> list[str]:
    return [one.id for one in inbox.unfinished(connection, now, "me")]


def test_what_is_kept_is_what_arrived(connection: Connection) -> None:
    clicked = arrival(message_ts="1.2", from_private=True, is_click=True)
    assert inbox.keep(connection, clicked, "one")
    assert inbox.find(connection, clicked.id) == clicked
    assert inbox.find(connection, "another") is None


def test_a_command_delivered_twice_is_kept_once(connection: Connection) -> None:
    first = arrival()
    assert inbox.keep(connection, first, "one")
    assert not inbox.keep(connection, replace(first, text="perm spring"), "other")
    assert inbox.find(connection, first.id) == first
    assert inbox.waiting(connection) == 1


def test_a_command_answered_at_once_is_kept_as_answered_and_without_its_address(connection: Connection) -> None:
    answered = arrival()
    assert inbox.keep(connection, answered, "one", answered_at=NOW)
    assert inbox.waiting(connection) == 0
    assert inbox.find(connection, answered.id) == replace(answered, response_url="")
    assert not inbox.keep(connection, answered, "one")


def test_what_is_not_answered_is_found_oldest_first_with_whoever_has_it(connection: Connection) -> None:
    for age in (1, 3, 2):
        inbox.keep(connection, arrival(id=f"aged-{age}", received_at=NOW - age), f"owner-{age}")
    assert inbox.unfinished(connection, NOW, "me") == [Unfinished(f"aged-{age}", f"owner-{age}") for age in (3, 2, 1)]


def test_what_waits_is_due_when_its_time_has_come(connection: Connection) -> None:
    late = arrival()
    inbox.keep(connection, late, "one")
    inbox.wait_until(connection, late.id, NOW + 8)
    assert (due(connection, NOW + 7), due(connection, NOW + 8)) == ([], [late.id])
    assert inbox.waiting(connection) == 1


def test_only_the_first_to_take_over_gets_a_dead_processs_command(connection: Connection) -> None:
    orphan = arrival()
    inbox.keep(connection, orphan, "dead")
    seen = inbox.unfinished(connection, NOW, "me")[0]
    assert inbox.take_over(connection, seen, "one") == replace(orphan, tries=1)
    assert inbox.take_over(connection, seen, "other") is None
    assert inbox.unfinished(connection, NOW, "me") == [Unfinished(orphan.id, "one")]


def test_every_take_over_is_one_more_try(connection: Connection) -> None:
    orphan = arrival()
    inbox.keep(connection, orphan, "dead")
    for tries in (1, 2, 3):
        inbox.wait_until(connection, orphan.id, NOW)
        taken = inbox.take_over(connection, inbox.unfinished(connection, NOW, "me")[0], "one")
        assert taken is not None
        assert taken.tries == tries


@pytest.mark.parametrize("state", ["done", "failed"])
def test_what_is_answered_is_taken_over_by_nobody_and_its_address_is_forgotten(
    connection: Connection, state: str
) -> None:
    answered = arrival()
    inbox.keep(connection, answered, "one")
    seen = inbox.unfinished(connection, NOW, "me")[0]
    inbox.finish(connection, answered.id, NOW + 1, state)
    assert inbox.take_over(connection, seen, "other") is None
    assert (due(connection), inbox.waiting(connection)) == ([], 0)
    assert inbox.find(connection, answered.id) == replace(answered, response_url="")


def test_old_answered_commands_are_forgotten_and_others_are_not(connection: Connection) -> None:
    old, young, open_still = arrival(), arrival(), arrival()
    for one, finished_at in ((old, NOW - 1), (young, NOW)):
        inbox.keep(connection, one, "one")
        inbox.finish(connection, one.id, finished_at)
    inbox.keep(connection, open_still, "one")
    assert inbox.forget_before(connection, NOW) == 1
    assert inbox.find(connection, old.id) is None
    assert inbox.find(connection, young.id)
    assert inbox.find(connection, open_still.id)


def test_the_post_of_a_code_keeps_its_command(connection: Connection) -> None:
    code = minted(connection, wish())
    posted, said = arrival(), arrival()
    for one, allocation_id in ((posted, code.id), (said, None)):
        inbox.keep(connection, one, "one")
        posts.intend(connection, Post(one.id, Via.UPLOAD, "C1", NOW, "F1", allocation_id=allocation_id))
        inbox.finish(connection, one.id, NOW - 1)
    assert inbox.forget_before(connection, NOW) == 1
    assert posts.find(connection, posted.id)
    assert inbox.find(connection, posted.id)
    assert posts.find(connection, said.id) is None


def test_what_one_has_in_hand_is_not_looked_at_until_it_waits(connection: Connection) -> None:
    one = arrival()
    inbox.keep(connection, one, "me")
    assert inbox.unfinished(connection, NOW, "me") == []
    inbox.wait_until(connection, one.id, NOW)
    assert inbox.unfinished(connection, NOW, "me") == [Unfinished(one.id, "me")]
