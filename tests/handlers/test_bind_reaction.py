"""What a scan of a binding code comes to: in time, late, repeated, somebody else's, simulated, before an unfollow."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace

import pytest
import sqlite_utils

import handlers
from bot import binding
from bot.errors import Conflict, Forbidden, NotFound
from bot.model import AppID, Caller, Language, OpenID
from bot.reaction import Reactions
from bot.scan import Event, Happening, PersonKey, Scan
from bot.settings import Settings, read_settings
from storage import bindings
from storage.bindings import Request, Stage, Why
from storage.migrations import migrate

NOW = 1_800_000_000
WX = AppID("wx1")
SCENE = "bind_AbC-_123xyz0"
ADA, BOB = OpenID("o6_bmjrPTlm6_2sgVt7hMZOPfL2M"), OpenID("o6_bmasdasdsad6_2sgVt7hMZOPf")
ANA, BEN = Caller("T1", "U1"), Caller("T1", "U2")
HOOK = {"WXQR_WEBHOOK_URL": "https://other.example/hook", "WXQR_WEBHOOK_SECRET": "whsec_" + "A" * 32}


def settings_of(**more: str) -> Settings:
    environment = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "secret",
        "WECHAT_APP_ID": "wx1",
        "WECHAT_APP_SECRET": "secret",
    }
    return read_settings({**environment, **more}, lambda _: "")


def person(open_id: str) -> bytes:
    return PersonKey(b"key").person(WX, open_id)


@dataclass
class World:
    """A database, and what happens in WeChat as the bot is told of it."""

    connection: sqlite3.Connection
    settings: Settings

    def happens(
        self, open_id: OpenID, event: Event, at: int, *, key: str = "", is_new: bool = True, ours: int | None = None
    ) -> str:
        """Return what the scanner reads; nothing is the empty text."""
        scan = Scan(WX, open_id, at, event, key)
        happening = Happening(scan, person(open_id), received_at=at + 1, scene_id=1, allocation_id=ours, is_new=is_new)
        reactions = Reactions(list(handlers.reactions().values()), self.settings)
        told = reactions.react(reactions.awake(self.connection).to(scan), self.connection, happening)
        return told[0].text if told else ""

    def scan(self, open_id: OpenID = ADA, at: int = NOW + 10, *, scene: str = SCENE, is_new: bool = True) -> str:
        """Let somebody scan who follows already."""
        return self.happens(open_id, Event.SCAN, at, key=scene, is_new=is_new)

    def unfollow(self, open_id: OpenID = ADA, at: int = NOW + 60) -> None:
        """Let somebody unfollow."""
        self.happens(open_id, Event.UNFOLLOW, at)

    def request(self) -> Request:
        """Return the request as it is now."""
        found = bindings.find(self.connection, SCENE)
        assert found
        return found

    def notices(self) -> list[str]:
        """Return what the asker is still to be told."""
        return [row["what"] for row in self.connection.execute("select what from notices order by id")]

    def told(self) -> list[str]:
        """Return the types of what another system is still to be told."""
        rows = self.connection.execute("select body from outbox where done_at is null order by rowid")
        return [json.loads(row["body"])["type"] for row in rows]


def opened(settings: Settings) -> Iterator[World]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        migrate(sqlite_utils.Database(connection))
        bindings.ask(connection, Request(SCENE, WX, "T1", "U1", "C1", NOW, NOW + 300, Language.ENGLISH))
        yield World(connection, settings)


@pytest.fixture
def world() -> Iterator[World]:
    """Give a world in which ana has asked for a code, and another system is told of bindings."""
    yield from opened(settings_of(**HOOK))


@pytest.fixture
def quiet() -> Iterator[World]:
    """Give a world in which ana has asked for a code, and nobody else is told."""
    yield from opened(settings_of())


def test_a_scan_later_than_the_code_lived_is_refused_and_both_sides_are_told_once(world: World) -> None:
    for open_id in (ADA, BOB):
        assert "good for 5 minutes" in world.scan(open_id, NOW + 301)
    assert world.notices() == ["binding.late"]
    assert (world.request().why, world.request().open_id) == (Why.LATE, None)


def test_the_scanner_reads_the_language_of_the_asker_and_who_scans_an_unknown_code_that_of_the_bot(
    world: World,
) -> None:
    world.connection.execute("update binding_requests set language = 'zh-CN'")
    assert "请到 Slack 中确认" in world.scan()
    assert "do not know this code" in world.scan(scene="bind_000000000000")


def test_the_last_second_of_a_code_is_in_time(world: World) -> None:
    assert "please confirm" in world.scan(at=NOW + 300)


def test_a_repeated_push_is_answered_the_same_and_changes_nothing(world: World) -> None:
    first = world.scan()
    before = "\n".join(world.connection.iterdump())
    assert world.scan(is_new=False) == first
    assert "\n".join(world.connection.iterdump()) == before


def test_a_simulated_scan_binds_nobody(world: World) -> None:
    world.scan(OpenID("wxqr_simulated_1"))
    assert world.request().stage is Stage.ASKED
    assert world.notices() == []


def test_a_second_scanner_ends_the_request_and_takes_the_question_back(world: World) -> None:
    world.scan(ADA)
    assert "somebody else scanned it" in world.scan(BOB, NOW + 11)
    assert world.notices() == ["binding.other"]
    assert "somebody else scanned it" in world.scan(ADA, NOW + 12)
    with pytest.raises(Conflict):
        binding.confirm(world.connection, SCENE, ANA, NOW + 13)


def test_a_scan_of_a_code_that_has_bound_changes_nothing(world: World) -> None:
    world.scan(ADA)
    binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    notices = world.notices()
    for who in (ADA, BOB):
        refused = world.scan(who, NOW + 30)
        assert "no longer good" in refused
        assert "unfollow" not in refused
    assert world.notices() == notices
    assert world.request().stage is Stage.BOUND


def test_the_push_that_bound_is_answered_the_same_when_it_is_repeated(world: World) -> None:
    first = world.scan(ADA, NOW + 10)
    binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    assert world.scan(ADA, NOW + 10, is_new=False) == first


def test_a_code_whose_bound_person_has_left_is_no_longer_good_for_anybody(world: World) -> None:
    world.scan(ADA)
    binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    world.unfollow(ADA, NOW + 30)
    notices = world.notices()
    for who in (ADA, BOB):
        assert "no longer good" in world.scan(who, NOW + 40)
    assert world.notices() == notices


def test_a_wechat_that_is_bound_is_refused_without_naming_whom_it_is_bound_to(world: World) -> None:
    world.scan(ADA)
    binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    second = "bind_000000000000"
    bindings.ask(world.connection, Request(second, WX, "T1", "U2", "C1", NOW, NOW + 300, Language.ENGLISH))
    refused = world.scan(ADA, NOW + 30, scene=second)
    assert "linked to a Slack user already" in refused
    assert "U1" not in refused
    assert world.scan(ADA, NOW + 30, scene=second, is_new=False) == refused


def test_a_code_of_another_official_account_is_not_known(world: World) -> None:
    world.connection.execute("update binding_requests set app_id = 'wx2'")
    assert "do not know this code" in world.scan()
    assert world.request().stage is Stage.ASKED


@pytest.mark.parametrize("scene", ["bind_short", "bind_" + "a" * 13, "binder", "111", "bind_ÀÀÀÀÀÀÀÀÀÀÀÀ"])
def test_a_scene_that_only_looks_alike_is_left_to_the_others(world: World, scene: str) -> None:
    assert world.scan(scene=scene) == ""


def test_a_code_that_somebody_here_named_so_is_left_to_the_others(world: World) -> None:
    assert world.happens(ADA, Event.SCAN, NOW, key="bind_000000000000", ours=7) == ""


def test_without_another_system_no_open_id_is_written_down(quiet: World) -> None:
    quiet.scan()
    binding.confirm(quiet.connection, SCENE, ANA, NOW + 20)
    quiet.unfollow()
    assert quiet.told() == []
    assert ADA not in "\n".join(quiet.connection.iterdump())


def test_a_confirmation_tells_another_system_in_the_same_transaction(world: World) -> None:
    world.scan()
    world.connection.commit()
    binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    assert world.told() == ["binding.made"]
    world.connection.rollback()
    assert world.told() == []
    assert bindings.of_user(world.connection, WX, "T1", "U1") is None


def test_who_confirms_twice_is_bound_once_and_told_of_once(world: World) -> None:
    world.scan()
    made = [binding.confirm(world.connection, SCENE, ANA, NOW + n) for n in (20, 400)]
    assert made[0] == made[1]
    assert world.told() == ["binding.made"]


def test_five_minutes_after_the_scan_it_is_too_late_to_confirm(world: World) -> None:
    world.scan(at=NOW + 10)
    with pytest.raises(Conflict):
        binding.confirm(world.connection, SCENE, ANA, NOW + 311)
    assert binding.confirm(world.connection, SCENE, ANA, NOW + 310).bound_at == NOW + 310


def test_nobody_confirms_what_was_not_scanned(world: World) -> None:
    with pytest.raises(Conflict):
        binding.confirm(world.connection, SCENE, ANA, NOW + 20)


@pytest.mark.parametrize("who", [BEN, Caller("T2", "U1")])
def test_nobody_confirms_or_refuses_for_another(world: World, who: Caller) -> None:
    world.scan()
    with pytest.raises(Forbidden):
        binding.confirm(world.connection, SCENE, who, NOW + 20)
    with pytest.raises(Forbidden):
        binding.refuse(world.connection, SCENE, who)
    assert world.request().stage is Stage.SCANNED


def test_a_request_that_is_forgotten_is_said_to_be_unknown(world: World) -> None:
    bindings.forget_before(world.connection, NOW + 1)
    with pytest.raises(NotFound):
        binding.confirm(world.connection, SCENE, ANA, NOW + 20)


def test_what_was_refused_cannot_be_confirmed_and_what_was_confirmed_cannot_be_refused(world: World) -> None:
    world.scan()
    for _ in range(2):
        binding.refuse(world.connection, SCENE, ANA)
    with pytest.raises(Conflict):
        binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    assert world.request().open_id is None


def test_a_confirmed_binding_is_ended_by_unbind_alone(world: World) -> None:
    world.scan()
    binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    with pytest.raises(Conflict):
        binding.refuse(world.connection, SCENE, ANA)


def test_two_askers_who_are_scanned_by_one_person_are_not_both_bound(world: World) -> None:
    second = "bind_000000000000"
    bindings.ask(world.connection, Request(second, WX, "T1", "U2", "C1", NOW, NOW + 300, Language.ENGLISH))
    for scene in (SCENE, second):
        world.scan(ADA, scene=scene)
    binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    with pytest.raises(Conflict):
        binding.confirm(world.connection, second, BEN, NOW + 21)
    assert world.told() == ["binding.made"]


def test_who_unfollows_before_it_was_told_leaves_no_open_id_and_the_end_is_told(world: World) -> None:
    world.scan()
    binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    world.unfollow()
    assert world.told() == ["binding.ended"]
    assert ADA not in "\n".join(world.connection.iterdump())
    assert "binding.unfollowed" in world.notices()
    assert bindings.of_user(world.connection, WX, "T1", "U1") is None


def test_who_unfollows_before_they_confirmed_cannot_be_bound(world: World) -> None:
    world.scan()
    world.unfollow(at=NOW + 15)
    with pytest.raises(Conflict, match=r"conflict\.binding_unfollowed"):
        binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    assert world.told() == []


def test_who_unfollows_before_they_confirmed_is_told_of_instead_of_asked_for(world: World) -> None:
    world.scan(at=NOW + 10)
    world.unfollow(at=NOW + 15)
    assert world.notices() == ["binding.scanner.unfollowed"]
    (told,) = world.connection.execute("select * from notices")
    assert (told["user_id"], told["channel_id"], told["at"]) == ("U1", "C1", NOW + 10)


def test_who_asked_to_be_forgotten_before_they_confirmed_is_told_of_as_such(world: World) -> None:
    world.scan()
    gone = person(ADA)
    binding.forget(world.connection, WX, gone, world.settings, why="forgotten", at=1 << 40, now=NOW + 15)
    assert world.notices() == ["binding.scanner.forgotten"]
    with pytest.raises(Conflict, match=r"conflict\.binding_forgotten"):
        binding.confirm(world.connection, SCENE, ANA, NOW + 20)


def test_a_scan_that_is_heard_of_after_its_unfollow_is_over_and_the_asker_is_told_why(world: World) -> None:
    row = (1, NOW + 15, person(ADA), Event.UNFOLLOW.value, "")
    world.connection.execute("insert into scenes (id, app_id, scene, first_seen_at) values (1, 'wx1', '', 0)")
    world.connection.execute("insert into scans (scene_id, at, person, event, event_key) values (?, ?, ?, ?, ?)", row)
    refused = world.scan(at=NOW + 10)
    assert "no longer good" in refused
    assert world.notices() == ["binding.scanner.unfollowed"]
    assert world.scan(at=NOW + 10, is_new=False) == refused


def test_an_unfollow_from_before_the_scan_that_comes_late_ends_nothing(world: World) -> None:
    world.scan(at=NOW + 10)
    binding.confirm(world.connection, SCENE, ANA, NOW + 20)
    world.unfollow(at=NOW + 5)
    assert bindings.of_user(world.connection, WX, "T1", "U1")
    assert world.told() == ["binding.made"]


def test_an_unfollow_of_somebody_who_is_not_bound_tells_nobody(world: World) -> None:
    world.unfollow(BOB)
    assert (world.notices(), world.told()) == ([], [])


def test_scans_are_told_once_each_and_binding_codes_are_not(world: World) -> None:
    assert world.settings.webhook
    both = replace(world.settings.webhook, events=frozenset({"scans", "bindings"}))
    world.settings = replace(world.settings, webhook=both)
    world.scan(scene="campaign-x")
    world.scan(scene="campaign-x", is_new=False)
    world.scan()
    world.happens(BOB, Event.FOLLOW, NOW + 20, key=f"qrscene_{SCENE}")
    bodies = [json.loads(row["body"])["data"] for row in world.connection.execute("select body from outbox")]
    assert [(one["event"], one["scene"], one["person"]) for one in bodies] == [
        ("scan", "campaign-x", person(ADA).hex()),
        ("follow", "", person(BOB).hex()),
    ]
