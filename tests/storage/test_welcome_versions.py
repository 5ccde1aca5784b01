"""What a scanner is told is chosen by the code: its own welcome, else the nearest more general one."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Scene
from bot.scan import Event, Message
from bot.welcomes import Greeting, Pattern, Version
from storage import ownership, scans, welcomes
from storage.welcomes import Change
from tests.storage.wishes import APP, NOW, OTHER_APP, minted, permanent, wish

HELLO, AGAIN = Message("Hello!"), Message("Welcome back!")
ARTICLE = Message("For you", "Spring sale", "https://example.com/p.jpg", "https://example.com/")
scenes = st.text("ab_.1", min_size=1, max_size=6)


def put(connection: sqlite3.Connection, pattern: str, greeting: Greeting | str, **more: str) -> Version:
    said = Greeting((Message(greeting),)) if isinstance(greeting, str) else greeting
    defaults = {"app_id": APP, "by": "U1", "request_id": f"{pattern}/{said}"}
    wanted = Change(pattern=Pattern(pattern), greeting=said, at=NOW, **{**defaults, **more})
    return welcomes.change(connection, wanted).version


def told(connection: sqlite3.Connection, scene: str, event: Event = Event.FOLLOW) -> list[str]:
    """Return the texts that a scanner of `scene` reads."""
    greeting = welcomes.choose(connection, scans.scene_number(connection, APP, scene, NOW))
    return [message.text for message in greeting.said_on(event)] if greeting else []


def test_where_nothing_is_decided_nothing_is_said(connection: sqlite3.Connection) -> None:
    assert told(connection, "spring") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(scenes), st.sets(st.text("ab_.1", max_size=5)), scenes)
def test_the_scenes_own_welcome_comes_before_the_longest_beginning_and_that_before_the_default(
    connection: sqlite3.Connection, own: set[str], beginnings: set[str], scene: str
) -> None:
    connection.execute("delete from welcomes")
    for pattern in [*own, *(f"{beginning}*" for beginning in beginnings)]:
        put(connection, pattern, pattern)
    fitting = sorted((beginning for beginning in beginnings if scene.startswith(beginning)), key=len)
    wanted = [scene] if scene in own else [f"{fitting[-1]}*"] if fitting else []
    assert told(connection, scene) == wanted


def test_who_follows_without_a_code_is_told_what_is_said_for_all(connection: sqlite3.Connection) -> None:
    put(connection, "activity_*", "activity")
    assert told(connection, "") == []
    put(connection, "*", "everybody")
    assert told(connection, "") == ["everybody"]


def test_a_follower_is_told_the_same_or_something_else_or_nothing(connection: sqlite3.Connection) -> None:
    put(connection, "*", "everybody")
    put(connection, "same", Greeting((HELLO,)))
    put(connection, "other", Greeting((HELLO,), (AGAIN,)))
    put(connection, "none", Greeting((HELLO,), ()))
    assert [told(connection, scene, Event.SCAN) for scene in ("same", "other", "none")] == [
        ["Hello!"],
        ["Welcome back!"],
        [],
    ]


def test_one_account_never_speaks_for_another(connection: sqlite3.Connection) -> None:
    put(connection, "*", "theirs", app_id=OTHER_APP)
    put(connection, "spring", "theirs", app_id=OTHER_APP)
    assert told(connection, "spring") == []


def test_a_draft_is_told_to_nobody_is_written_once_and_is_found_for_its_own_pattern_only(
    connection: sqlite3.Connection,
) -> None:
    wish_ = Change(APP, Pattern("*"), Greeting((HELLO,), (AGAIN,)), "U1", NOW, "r1")
    number = welcomes.draft(connection, wish_)
    assert welcomes.draft(connection, wish_) == number
    assert told(connection, "spring") == []
    assert welcomes.drafted(connection, APP, Pattern("*"), number) == wish_.greeting
    assert welcomes.drafted(connection, APP, Pattern("a*"), number) is None
    assert welcomes.drafted(connection, OTHER_APP, Pattern("*"), number) is None


def test_capital_letters_tell_scenes_apart(connection: sqlite3.Connection) -> None:
    put(connection, "Spring*", "capital")
    assert told(connection, "spring-1") == []


def test_a_picture_and_link_is_kept_as_it_was(connection: sqlite3.Connection) -> None:
    put(connection, "spring", Greeting((ARTICLE, HELLO), (AGAIN,)))
    found = welcomes.find(connection, APP, Pattern("spring"))
    assert found is not None
    assert found.greeting == Greeting((ARTICLE, HELLO), (AGAIN,))


def test_every_change_is_a_version_and_going_back_is_one_too(connection: sqlite3.Connection) -> None:
    for text in ("one", "two", "one"):
        put(connection, "spring", text, request_id=f"{text}/{told(connection, 'spring')}")
    versions = welcomes.history(connection, APP, Pattern("spring"), 10)
    assert [(v.number, v.greeting.newcomers[0].text) for v in versions] == [(3, "one"), (2, "two"), (1, "one")]
    assert told(connection, "spring") == ["one"]


def test_a_change_that_changes_nothing_is_no_version(connection: sqlite3.Connection) -> None:
    assert put(connection, "spring", "one").number == put(connection, "spring", "one", request_id="r2").number == 1


def test_a_change_asked_for_twice_is_made_once(connection: sqlite3.Connection) -> None:
    put(connection, "spring", "one", request_id="r1")
    put(connection, "spring", "two", request_id="r2")
    put(connection, "spring", "one", request_id="r1")
    assert told(connection, "spring") == ["two"]


def test_what_is_taken_away_leaves_the_more_general_welcome(connection: sqlite3.Connection) -> None:
    put(connection, "spr*", "beginning")
    put(connection, "spring", "own")
    assert put(connection, "spring", Greeting()).number == 2
    assert told(connection, "spring") == ["beginning"]


def test_an_earlier_version_is_found_by_its_number(connection: sqlite3.Connection) -> None:
    for text in ("one", "two"):
        put(connection, "spring", text)
    found = welcomes.find(connection, APP, Pattern("spring"), 1)
    assert found is not None
    assert found.greeting == Greeting((Message("one"),))
    assert welcomes.find(connection, APP, Pattern("spring"), 3) is None


def test_the_list_holds_what_is_in_force(connection: sqlite3.Connection) -> None:
    for pattern in ("spring", "summer", "*"):
        put(connection, pattern, pattern)
    put(connection, "summer", Greeting())
    assert [version.pattern.text for version in welcomes.every(connection, APP)] == ["*", "spring"]


@pytest.mark.parametrize(("pattern", "covered_by"), [("spring", "sp*"), ("sp*", "s*"), ("s*", "*"), ("*", None)])
def test_what_serves_meanwhile_is_the_nearest_more_general_welcome(
    connection: sqlite3.Connection, pattern: str, covered_by: str | None
) -> None:
    for general in ("*", "s*", "sp*", "other*"):
        put(connection, general, general)
    found = welcomes.covering(connection, APP, Pattern(pattern))
    assert (found.pattern.text if found else None) == covered_by


def test_the_owner_of_a_scene_is_who_asked_for_its_living_code(connection: sqlite3.Connection) -> None:
    minted(connection, wish("spring", owner="U1", asked_at=NOW - 5000))
    minted(connection, wish("spring", owner="U2", asked_at=NOW))
    minted(connection, wish("spring", owner="U3", asked_at=NOW - 10_000, anyway=True))
    assert ownership.owner_of(connection, APP, Scene("spring"), NOW + 1) == "U2"
    minted(connection, permanent("spring", owner="U4", asked_at=NOW - 20_000, anyway=True))
    assert ownership.owner_of(connection, APP, Scene("spring"), NOW + 1) == "U4"


def test_nobody_takes_a_scene_from_another_by_one_more_code_while_that_lives(connection: sqlite3.Connection) -> None:
    minted(connection, wish("spring", owner="U1", asked_at=NOW, lifetime=600))
    minted(connection, wish("spring", owner="U2", asked_at=NOW + 10, lifetime=900, anyway=True))
    owners = [ownership.owner_of(connection, APP, Scene("spring"), NOW + after) for after in (20, 700, 1000)]
    assert owners == ["U1", "U2", "U2"]


def test_a_scene_that_was_made_elsewhere_belongs_to_who_first_gave_it_a_welcome(
    connection: sqlite3.Connection,
) -> None:
    assert ownership.owner_of(connection, APP, Scene("foreign"), NOW) == ""
    put(connection, "foreign", "one", by="U7")
    put(connection, "foreign", "two", by="U8")
    connection.execute("update welcomes set made_at = made_at + 60 where made_by = 'U8'")
    assert ownership.owner_of(connection, APP, Scene("foreign"), NOW) == "U7"


def test_a_scene_is_known_once_it_was_asked_for_or_scanned(connection: sqlite3.Connection) -> None:
    assert not ownership.is_known(connection, APP, Scene("spring"))
    scans.scene_number(connection, APP, "spring", NOW)
    minted(connection, wish("summer"))
    assert ownership.is_known(connection, APP, Scene("spring"))
    assert ownership.is_known(connection, APP, Scene("summer"))


def test_a_welcome_is_chosen_by_indexes_alone(connection: sqlite3.Connection) -> None:
    plan = connection.execute(f"explain query plan {welcomes._CHOOSE}", {"scene_id": 1}).fetchall()
    assert [row["detail"] for row in plan if "SCAN" in row["detail"]] == []
    assert [
        name for name in ("welcomes_in_force", "welcomes_of_many") if name not in str([tuple(r) for r in plan])
    ] == []
