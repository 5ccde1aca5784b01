"""A follow that is pushed after the unfollow that ended it: no open id is kept for it, whatever was to be done."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from bot.model import AppID, OpenID
from bot.reaction import Reactions
from bot.sandbox.world import World
from bot.scan import Event, Message, Scan
from bot.settings import read_settings
from bot.welcomes import Greeting, Pattern
from handlers.events import erase, repair, tag, welcome
from storage import scans, tag_rules, welcomes
from storage.scans import Arrived
from storage.tag_rules import Rule
from storage.welcomes import Change

APP, ADA, NOW = AppID("wx1"), OpenID("o6_bmjrPTlm6_2sgVt7hMZOPfL2M"), 1_800_000_000


@pytest.fixture
def reactions(tmp_path_factory: pytest.TempPathFactory) -> Reactions:
    world = World("http://127.0.0.1:1", None)
    settings = read_settings(world.environment(tmp_path_factory.mktemp("settings") / "wxqr.db"), lambda _: "")
    return Reactions([one.reaction for one in (erase, repair, tag, welcome)], settings)


@pytest.fixture
def connection(newest_form: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as opened:
        newest_form.backup(opened)
        opened.row_factory = sqlite3.Row
        tag_rules.set_rule(opened, APP, Rule("spring", 102, "VIP", "U1", NOW))
        further = Greeting((Message("one"), Message("two")))
        welcomes.change(opened, Change(APP, Pattern("spring"), further, "U1", NOW, "spring"))
        yield opened


def follow(at: int, key: str) -> Arrived:
    return Arrived(Scan(APP, ADA, at, Event.FOLLOW, key), b"ada", NOW)


def unfollow(at: int) -> Arrived:
    return Arrived(Scan(APP, ADA, at, Event.UNFOLLOW, ""), b"ada", NOW)


def owed(connection: sqlite3.Connection) -> set[str]:
    return {row["what"] for row in connection.execute("select what from errands")}


@pytest.mark.parametrize("key", ["", "qrscene_spring"])
def test_nothing_is_owed_to_who_has_left_since_however_the_two_come(
    connection: sqlite3.Connection, reactions: Reactions, key: str
) -> None:
    for batch in ([unfollow(NOW + 5)], [follow(NOW, key)], [unfollow(NOW + 15), follow(NOW + 10, key)]):
        scans.keep(connection, batch, {}, reactions)
        assert owed(connection) == set()
    scans.keep(connection, [follow(NOW + 20, key), unfollow(NOW + 25)], {}, reactions)
    assert owed(connection) == set()


@pytest.mark.parametrize(("key", "what"), [("", {"repair"}), ("qrscene_spring", {"tag", "message"})])
def test_who_is_back_is_owed_what_everybody_is(
    connection: sqlite3.Connection, reactions: Reactions, key: str, what: set[str]
) -> None:
    scans.keep(connection, [unfollow(NOW - 5), follow(NOW, key)], {}, reactions)
    assert owed(connection) == what


def test_a_batch_with_a_late_follow_in_it_is_kept_whole(connection: sqlite3.Connection, reactions: Reactions) -> None:
    batch = [follow(NOW - 9, "last_trade_no_1"), unfollow(NOW + 5), follow(NOW, ""), follow(NOW, "")]
    assert scans.keep(connection, batch, {}, reactions).fresh == 3
