"""What other systems are told waits until it is told, in one process's hands at a time, and is then empty."""

import sqlite3

from storage import outbox
from tests.storage.wishes import NOW

Connection = sqlite3.Connection
PERSON = b"p" * 16


def add(connection: Connection, now: int = NOW, person: bytes | None = None) -> str:
    return outbox.add(connection, "scan", '{"type":"scan"}', now, person)


def take(
    connection: Connection, owner: str = "one", alive: str = "one two", now: int = NOW, limit: int = 9
) -> list[str]:
    return [one.id for one in outbox.take(connection, owner, alive.split().__contains__, now, limit)]


def row(connection: Connection, id_: str) -> sqlite3.Row:
    found: sqlite3.Row = connection.execute("select * from outbox where id = ?", (id_,)).fetchone()
    return found


def test_an_id_is_new_each_time_and_cannot_be_taken_for_two_parts_of_what_is_signed(connection: Connection) -> None:
    ids = {add(connection) for _ in range(100)}
    assert len(ids) == 100
    assert all(id_.startswith("msg_") and "." not in id_ for id_ in ids)


def test_what_is_taken_by_one_is_not_taken_by_another_who_lives_beside_it(connection: Connection) -> None:
    id_ = add(connection)
    assert take(connection, "one") == [id_]
    assert take(connection, "two") == []


def test_what_a_dead_process_held_is_taken_by_the_next(connection: Connection) -> None:
    id_ = add(connection)
    take(connection, "one")
    assert take(connection, "two", alive="two") == [id_]


def test_what_a_process_holds_from_a_run_that_failed_it_takes_again(connection: Connection) -> None:
    id_ = add(connection)
    take(connection)
    assert take(connection) == [id_]


def test_the_oldest_come_first_and_no_more_than_wanted(connection: Connection) -> None:
    ids = [add(connection, NOW + n) for n in (3, 1, 2)]
    assert sorted(take(connection, now=NOW + 9, limit=2)) == sorted(ids[1:])


def test_what_many_others_hold_does_not_keep_the_rest_back(connection: Connection) -> None:
    held = [add(connection) for _ in range(5)]
    assert sorted(take(connection, "one")) == sorted(held)
    free = add(connection, NOW + 1)
    assert take(connection, "two", now=NOW + 1, limit=3) == [free]


def test_what_was_postponed_waits_for_its_time_and_knows_how_often_it_was_tried(connection: Connection) -> None:
    id_ = add(connection)
    take(connection)
    outbox.postpone(connection, id_, "500", NOW + 5)
    assert not outbox.is_due(connection, NOW + 4)
    assert outbox.is_due(connection, NOW + 5)
    (again,) = outbox.take(connection, "two", lambda _: True, NOW + 5, 9)
    assert (again.id, again.tries) == (id_, 1)


def test_what_is_given_back_was_not_tried(connection: Connection) -> None:
    id_ = add(connection)
    take(connection)
    outbox.give_back(connection, id_)
    (again,) = outbox.take(connection, "two", lambda _: True, NOW, 9)
    assert again.tries == 0


def test_what_was_told_is_empty_and_is_never_told_again(connection: Connection) -> None:
    id_ = add(connection, person=PERSON)
    take(connection)
    outbox.close(connection, id_, "204", NOW + 1)
    told = row(connection, id_)
    assert (told["body"], told["person"], told["last_answer"], told["done_at"]) == ("", None, "204", NOW + 1)
    assert not outbox.is_due(connection, NOW + 10**6)
    outbox.postpone(connection, id_, "500", NOW)
    assert take(connection, now=NOW + 10**6) == []


def test_what_names_a_person_is_dropped_when_they_go_and_nothing_else_is(connection: Connection) -> None:
    add(connection, person=PERSON)
    others = {add(connection), add(connection, person=b"q" * 16)}
    outbox.erase(connection, PERSON)
    assert set(take(connection)) == others


def test_after_its_time_everything_is_forgotten(connection: Connection) -> None:
    old, told, new = add(connection, NOW), add(connection, NOW), add(connection, NOW + 10)
    outbox.close(connection, told, "204", NOW)
    assert outbox.forget_before(connection, NOW + 10, 9) == 2
    assert [row(connection, one) is not None for one in (old, told, new)] == [False, False, True]


def test_a_little_is_forgotten_at_a_time(connection: Connection) -> None:
    for n in range(5):
        add(connection, NOW + n)
    assert [outbox.forget_before(connection, NOW + 4, 3) for _ in range(3)] == [3, 1, 0]
    assert len(take(connection, now=NOW + 9)) == 1


def test_what_a_person_waits_for_is_told_before_scans_that_wait_longer(connection: Connection) -> None:
    scans = [add(connection, NOW + n) for n in (2, 1)]
    bound = outbox.add(connection, "bound", "{}", NOW + 3)
    assert take(connection, now=NOW + 9, limit=2) == [bound, scans[1]]
    assert take(connection, now=NOW + 9) == [bound, scans[1], scans[0]]


def test_a_million_scans_that_wait_are_not_read_to_find_what_comes_first(connection: Connection) -> None:
    values = {"owner": "one", "now": NOW, "limit": 9}
    plan = [row["detail"] for row in connection.execute(f"explain query plan {outbox._DUE}", values)]
    assert [step for step in plan if " outbox " in step] == [
        "SEARCH outbox USING INDEX outbox_ahead (due_at<?)",
        "SEARCH outbox USING INDEX outbox_due (due_at<?)",
    ]


def test_looking_for_what_is_due_reads_an_index_alone(connection: Connection) -> None:
    plan = connection.execute(
        "explain query plan select 1 from outbox where done_at is null and due_at <= ? limit 1", (NOW,)
    ).fetchall()
    assert "outbox_due" in plan[0]["detail"]
