"""What is about to be sent is written down first, so that a doubt can be looked up."""

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from bot.model import Post, Via
from storage import allocations, inbox, posts
from tests.storage.wishes import NOW, arrival, minted, wish

Connection = sqlite3.Connection


def kept(connection: Connection) -> str:
    one = arrival()
    inbox.keep(connection, one, "one")
    return one.id


def upload(request_id: str, **more: Any) -> Post:
    return replace(Post(request_id, Via.UPLOAD, "C1", NOW, "F1"), **more)


def test_an_intention_is_found_and_has_not_arrived(connection: Connection) -> None:
    meant = upload(kept(connection))
    posts.intend(connection, meant)
    assert posts.find(connection, meant.request_id) == meant
    assert not meant.posted


def test_a_later_way_takes_the_place_of_the_earlier(connection: Connection) -> None:
    first = upload(kept(connection))
    second = Post(first.request_id, Via.RESPONSE_URL, "C1", NOW + 1)
    posts.intend(connection, first)
    posts.intend(connection, second)
    assert posts.find(connection, first.request_id) == second


def test_what_arrived_is_marked_and_its_message_is_learnt_later(connection: Connection) -> None:
    meant = upload(kept(connection))
    posts.intend(connection, meant)
    posts.confirm(connection, meant.request_id)
    assert posts.find(connection, meant.request_id) == replace(meant, posted=True)
    posts.confirm(connection, meant.request_id, "1.2")
    posts.confirm(connection, meant.request_id)
    assert posts.find(connection, meant.request_id) == replace(meant, posted=True, message_ts="1.2")


def test_an_intention_that_came_to_nothing_is_withdrawn_and_what_arrived_is_not(connection: Connection) -> None:
    nothing, arrived = upload(kept(connection)), upload(kept(connection))
    for meant in (nothing, arrived):
        posts.intend(connection, meant)
    posts.confirm(connection, arrived.request_id)
    for meant in (nothing, arrived):
        posts.withdraw(connection, meant.request_id)
    assert posts.find(connection, nothing.request_id) is None
    assert posts.find(connection, arrived.request_id)


def test_files_without_a_message_are_looked_for_oldest_first(connection: Connection) -> None:
    meant = [upload(kept(connection), file_id=f"F{age}", sent_at=NOW - age) for age in (1, 3, 2, 9)]
    shown, said, unsent = upload(kept(connection)), Post(kept(connection), Via.MESSAGE, "C1", NOW), kept(connection)
    for post in (*meant, shown, said, upload(unsent)):
        posts.intend(connection, post)
        if post.request_id != unsent:
            posts.confirm(connection, post.request_id, "1.2" if post is shown else "")
    assert [post.file_id for post in posts.unconfirmed(connection, NOW - 5, 9)] == ["F3", "F2", "F1"]
    assert [post.file_id for post in posts.unconfirmed(connection, NOW - 5, 2)] == ["F3", "F2"]


@pytest.mark.parametrize("verified", [True, False])
def test_a_picture_that_was_decoded_makes_its_allocation_verified(connection: Connection, *, verified: bool) -> None:
    code = minted(connection, wish())
    posts.intend(connection, upload(kept(connection), allocation_id=code.id), verified=verified)
    assert allocations.get(connection, code.id).verified is verified


def test_a_verified_allocation_stays_so(connection: Connection) -> None:
    code = minted(connection, wish())
    for verified in (True, False):
        posts.intend(connection, upload(kept(connection), allocation_id=code.id), verified=verified)
    assert allocations.get(connection, code.id).verified


def test_nothing_is_sent_for_a_command_that_was_not_kept(connection: Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        posts.intend(connection, upload("nobody"))
