"""What a scan does by a welcome or a tag, in the transaction that keeps it: new ones, repeated ones, binding codes."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.model import AppID, OpenID
from bot.reaction import Reactions
from bot.sandbox.world import World
from bot.scan import Event, Happening, Message, Scan, Welcome
from bot.settings import Settings, read_settings
from bot.welcomes import Greeting, Pattern
from handlers.events import tag, welcome
from storage import errands, scans, tag_rules, welcomes
from storage.scans import Arrived
from storage.tag_rules import Rule
from storage.welcomes import Change

APP, ADA, NOW = AppID("wx1"), OpenID("o6_bmjrPTlm6_2sgVt7hMZOPfL2M"), 1_800_000_000
FOUR = tuple(Message(text) for text in ("one", "two", "three", "four"))


@pytest.fixture
def connection(newest_form: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        newest_form.backup(opened)
        opened.row_factory = sqlite3.Row
        yield opened


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    world = World("http://127.0.0.1:1", None)
    return read_settings(world.environment(tmp_path_factory.mktemp("settings") / "wxqr.db"), lambda _: "")


def happening(
    connection: sqlite3.Connection, key: str, *, is_new: bool = True, allocation_id: int | None = None
) -> Happening:
    scan = Scan(APP, ADA, NOW, Event.FOLLOW, key)
    return Happening(
        scan=scan,
        person=b"ada",
        received_at=NOW + 2,
        scene_id=scans.scene_number(connection, APP, scan.scene, NOW),
        allocation_id=allocation_id,
        is_new=is_new,
    )


def said(told: Welcome | None) -> list[str]:
    return [message.text for message in told or ()]


def owed(connection: sqlite3.Connection, what: str, at: int) -> list[str]:
    return [errand.detail for errand in errands.take(connection, what, "me", lambda _: True, at, 10)]


def put(connection: sqlite3.Connection, pattern: str, *newcomers: Message) -> None:
    welcomes.change(connection, Change(APP, Pattern(pattern), Greeting(newcomers), "U1", NOW, pattern))


def test_the_first_is_the_answer_and_the_others_are_owed_after_it(
    connection: sqlite3.Connection, settings: Settings
) -> None:
    put(connection, "spring", *FOUR)
    told = welcome.react(connection, happening(connection, "qrscene_spring"), settings)
    assert said(told)[0] == "one"
    assert owed(connection, "message", NOW + 2) == []
    assert [json.loads(detail)["text"] for detail in owed(connection, "message", NOW + 3)] == ["two", "three", "four"]


def test_they_are_owed_for_55_seconds(connection: sqlite3.Connection, settings: Settings) -> None:
    put(connection, "spring", *FOUR)
    welcome.react(connection, happening(connection, "qrscene_spring"), settings)
    assert owed(connection, "message", NOW + 2 + 55) == []


def test_a_repeated_push_is_answered_alike_and_owes_nothing_more(
    connection: sqlite3.Connection, settings: Settings
) -> None:
    put(connection, "spring", *FOUR)
    again = happening(connection, "qrscene_spring", is_new=False)
    assert said(welcome.react(connection, again, settings))[0] == "one"
    assert owed(connection, "message", NOW + 10) == []


def test_a_binding_code_is_no_matter_for_welcomes(connection: sqlite3.Connection, settings: Settings) -> None:
    put(connection, "*", *FOUR)
    assert welcome.react(connection, happening(connection, "qrscene_bind_AbC-_123xyz0"), settings) is None
    assert owed(connection, "message", NOW + 10) == []
    ours = happening(connection, "qrscene_bind_the-whole_1", allocation_id=7)
    assert said(welcome.react(connection, ours, settings))[0] == "one"


def test_another_scene_that_only_begins_as_a_binding_code_has_its_welcome(
    connection: sqlite3.Connection, settings: Settings
) -> None:
    put(connection, "*", *FOUR)
    assert said(welcome.react(connection, happening(connection, "qrscene_bind_wifi"), settings))[0] == "one"


def test_an_invalid_scene_is_told_what_is_said_for_all(connection: sqlite3.Connection, settings: Settings) -> None:
    put(connection, "*", *FOUR)
    assert said(welcome.react(connection, happening(connection, "qrscene_0"), settings))[0] == "one"
    assert said(welcome.react(connection, happening(connection, "last_trade_no_1"), settings))[0] == "one"


def test_a_simulated_scan_of_an_unknown_scene_is_answered_as_a_real_one_and_owes_nothing(
    connection: sqlite3.Connection, settings: Settings
) -> None:
    put(connection, "shop-*", *FOUR)
    scan = Scan(APP, OpenID("wxqr_simulated_1"), NOW, Event.SCAN, "shop-17")
    kept = scans.keep(connection, [Arrived(scan, b"p" * 16, NOW)], {}, Reactions([welcome.reaction], settings))
    assert said(kept.welcomes[0])[0] == "one"
    assert owed(connection, "message", NOW + 10) == []


def test_who_follows_is_owed_the_tag_once(connection: sqlite3.Connection, settings: Settings) -> None:
    tag_rules.set_rule(connection, APP, Rule("spring", 102, "VIP", "U1", NOW))
    tag.react(connection, happening(connection, "qrscene_spring"), settings)
    tag.react(connection, happening(connection, "qrscene_spring", is_new=False), settings)
    tag.react(connection, happening(connection, "qrscene_summer"), settings)
    assert owed(connection, "tag", NOW + 2) == ["102 spring"]


def test_without_a_welcome_or_a_tag_the_reactions_sleep(connection: sqlite3.Connection, settings: Settings) -> None:
    awake = [one.reaction.while_(connection, settings) for one in (welcome, tag)]
    put(connection, "spring", *FOUR)
    tag_rules.set_rule(connection, APP, Rule("spring", 102, "VIP", "U1", NOW))
    assert (awake, [one.reaction.while_(connection, settings) for one in (welcome, tag)]) == (
        [False, False],
        [True, True],
    )
