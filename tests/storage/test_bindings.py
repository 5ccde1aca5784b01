"""Who asked to be bound, who scanned, who is bound: one request at a time, one person to one Slack user."""

import sqlite3
from dataclasses import replace

import pytest

from bot.model import AppID, Language, OpenID
from storage import bindings
from storage.bindings import Binding, Request, Stage, Why
from tests.storage.wishes import NOW

Connection = sqlite3.Connection
WX, PERSON, OPEN_ID = AppID("wx1"), b"p" * 16, OpenID("o6_bmjrPTlm6_2sgVt7hMZOPfL2M")
REQUEST = Request("bind_1", WX, "T1", "U1", "C1", NOW, NOW + 300, Language.ENGLISH)
BINDING = Binding(WX, "T1", "U1", PERSON, NOW + 10, NOW + 20)


def found(connection: Connection, scene: str = "bind_1") -> Request:
    request = bindings.find(connection, scene)
    assert request
    return request


def test_a_request_is_found_as_it_was_asked(connection: Connection) -> None:
    bindings.ask(connection, REQUEST)
    assert found(connection) == REQUEST
    assert bindings.find(connection, "bind_2") is None


@pytest.mark.parametrize("is_scanned", [False, True])
def test_a_new_request_ends_the_one_before_and_forgets_who_scanned_it(
    connection: Connection,
    is_scanned: bool,  # noqa: FBT001 - parametrized
) -> None:
    bindings.ask(connection, REQUEST)
    if is_scanned:
        bindings.scan(connection, "bind_1", PERSON, OPEN_ID, NOW + 10)
    bindings.ask(connection, replace(REQUEST, scene="bind_2"))
    old = found(connection)
    assert (old.stage, old.why, old.open_id) == (Stage.ENDED, Why.REPLACED, None)
    assert found(connection, "bind_2").stage is Stage.ASKED


@pytest.mark.parametrize("other", [{"user_id": "U2"}, {"team_id": "T2"}, {"app_id": AppID("wx2")}])
def test_somebody_elses_request_ends_nothing(connection: Connection, other: dict[str, str]) -> None:
    bindings.ask(connection, REQUEST)
    bindings.ask(connection, replace(REQUEST, scene="bind_2", **other))  # type: ignore[arg-type] # a field each
    assert found(connection).stage is Stage.ASKED


def test_the_open_id_is_kept_from_the_scan_to_the_binding_only(connection: Connection) -> None:
    bindings.ask(connection, REQUEST)
    bindings.scan(connection, "bind_1", PERSON, OPEN_ID, NOW + 10)
    assert (found(connection).open_id, found(connection).scanned_at) == (OPEN_ID, NOW + 10)
    bindings.bind(connection, BINDING, "bind_1")
    assert (found(connection).open_id, found(connection).stage) == (None, Stage.BOUND)


@pytest.mark.parametrize("why", list(Why))
def test_however_a_request_ends_the_open_id_goes(connection: Connection, why: Why) -> None:
    bindings.ask(connection, REQUEST)
    bindings.scan(connection, "bind_1", PERSON, OPEN_ID, NOW + 10)
    bindings.end(connection, "bind_1", why)
    assert (found(connection).open_id, found(connection).why) == (None, why)


def test_a_binding_is_found_from_both_sides(connection: Connection) -> None:
    bindings.bind(connection, BINDING, "bind_1")
    assert bindings.of_user(connection, "wx1", "T1", "U1") == BINDING
    assert bindings.of_person(connection, "wx1", PERSON) == BINDING
    assert bindings.of_user(connection, "wx2", "T1", "U1") is None


@pytest.mark.parametrize("second", [{"user_id": "U2"}, {"person": b"q" * 16}])
def test_neither_side_is_bound_twice(connection: Connection, second: dict[str, object]) -> None:
    bindings.bind(connection, BINDING, "bind_1")
    with pytest.raises(sqlite3.IntegrityError):
        bindings.bind(connection, replace(BINDING, **second), "bind_2")  # type: ignore[arg-type] # a field each


def test_a_binding_that_is_undone_is_gone_from_both_sides(connection: Connection) -> None:
    bindings.bind(connection, BINDING, "bind_1")
    bindings.unbind(connection, BINDING)
    assert bindings.of_user(connection, "wx1", "T1", "U1") is None
    assert bindings.of_person(connection, "wx1", PERSON) is None


def test_what_was_not_confirmed_in_time_ends_and_forgets_the_open_id(connection: Connection) -> None:
    bindings.ask(connection, REQUEST)
    bindings.scan(connection, "bind_1", PERSON, OPEN_ID, NOW + 10)
    assert not bindings.is_unconfirmed(connection, NOW + 10)
    assert bindings.is_unconfirmed(connection, NOW + 11)
    bindings.expire(connection, NOW + 11)
    assert (found(connection).why, found(connection).open_id) == (Why.EXPIRED, None)
    assert not bindings.is_unconfirmed(connection, NOW + 11)


@pytest.mark.parametrize("why", [Why.UNFOLLOWED, Why.FORGOTTEN])
def test_a_person_who_goes_is_forgotten_in_every_request(connection: Connection, why: Why) -> None:
    bindings.ask(connection, REQUEST)
    bindings.scan(connection, "bind_1", PERSON, OPEN_ID, NOW + 10)
    bindings.erase(connection, PERSON, NOW + 10, why)
    gone = found(connection)
    assert (gone.stage, gone.why, gone.person, gone.open_id) == (Stage.ENDED, why, None, None)


def test_what_waits_for_a_persons_confirmation_is_found_until_it_is_over(connection: Connection) -> None:
    bindings.ask(connection, REQUEST)
    bindings.scan(connection, "bind_1", PERSON, OPEN_ID, NOW + 10)
    assert bindings.unconfirmed(connection, PERSON, NOW + 9) == []
    assert bindings.unconfirmed(connection, PERSON, NOW + 10) == [found(connection)]
    bindings.end(connection, "bind_1", Why.REFUSED)
    assert bindings.unconfirmed(connection, PERSON, NOW + 10) == []


def test_news_of_going_that_comes_late_does_not_touch_what_was_scanned_since(connection: Connection) -> None:
    bindings.ask(connection, REQUEST)
    bindings.scan(connection, "bind_1", PERSON, OPEN_ID, NOW + 10)
    bindings.erase(connection, PERSON, NOW + 9, Why.UNFOLLOWED)
    assert found(connection).stage is Stage.SCANNED


def test_whether_there_is_anybody_to_look_for_is_known_from_the_first_request_on(connection: Connection) -> None:
    assert not bindings.are_any(connection)
    bindings.ask(connection, REQUEST)
    assert bindings.are_any(connection)


def test_requests_are_forgotten_and_bindings_stay(connection: Connection) -> None:
    bindings.ask(connection, REQUEST)
    bindings.bind(connection, BINDING, "bind_1")
    bindings.forget_before(connection, NOW + 1)
    assert bindings.find(connection, "bind_1") is None
    assert bindings.of_user(connection, "wx1", "T1", "U1") == BINDING
