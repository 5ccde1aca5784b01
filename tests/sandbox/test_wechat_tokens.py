"""Access tokens: two families, each with its own idea of what the latest one is."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

LIFETIME = 7200
OVERLAP = 300


def test_a_legacy_fetch_gives_a_new_access_token_for_two_hours_every_time(wechat: "World") -> None:
    first, second = wechat.fetch(), wechat.fetch()
    assert first["expires_in"] == second["expires_in"] == LIFETIME
    assert first["access_token"] != second["access_token"]


def test_a_legacy_fetch_leaves_the_previous_access_token_five_minutes(wechat: "World") -> None:
    first, second = wechat.fetch()["access_token"], wechat.fetch()["access_token"]
    wechat.clock.advance(OVERLAP - 5)
    assert wechat.accepts(first) == 0
    wechat.clock.advance(10)
    assert wechat.accepts(first) == 40001
    assert wechat.accepts(second) == 0


def test_an_access_token_past_its_lifetime_is_expired(wechat: "World") -> None:
    access_token = wechat.fetch()["access_token"]
    wechat.clock.advance(LIFETIME)
    assert wechat.accepts(access_token) == 42001


def test_a_stable_fetch_gives_the_same_access_token_with_its_remaining_seconds(wechat: "World") -> None:
    first = wechat.fetch_stable()
    wechat.clock.advance(1000)
    second = wechat.fetch_stable()
    assert first["expires_in"] == LIFETIME
    assert second["access_token"] == first["access_token"]
    assert LIFETIME - 1010 <= second["expires_in"] <= LIFETIME - 1000


def test_a_stable_access_token_is_renewed_in_its_last_five_minutes_and_both_work_meanwhile(wechat: "World") -> None:
    first = wechat.fetch_stable()
    wechat.clock.advance(LIFETIME - OVERLAP + 1)
    second = wechat.fetch_stable()
    assert second["access_token"] != first["access_token"]
    assert second["expires_in"] == LIFETIME
    assert wechat.accepts(first["access_token"]) == wechat.accepts(second["access_token"]) == 0
    wechat.clock.advance(OVERLAP)
    assert wechat.accepts(first["access_token"]) == 42001


def test_no_stable_answer_has_less_than_five_minutes_left(wechat: "World") -> None:
    wechat.fetch_stable()
    for _ in range(20):
        wechat.clock.advance(380)
        assert wechat.fetch_stable()["expires_in"] >= OVERLAP


def test_a_forced_refresh_ends_the_old_access_token_at_once(wechat: "World") -> None:
    first = wechat.access_token()
    second = wechat.fetch_stable(force_refresh=True)["access_token"]
    assert wechat.accepts(first) == 40001
    assert wechat.accepts(second) == 0


def test_a_forced_refresh_within_half_a_minute_silently_does_not_refresh(wechat: "World") -> None:
    first = wechat.fetch_stable(force_refresh=True)["access_token"]
    wechat.clock.advance(20)
    assert wechat.fetch_stable(force_refresh=True)["access_token"] == first
    wechat.clock.advance(11)
    assert wechat.fetch_stable(force_refresh=True)["access_token"] != first


def test_the_twenty_first_forced_refresh_of_a_day_is_refused(wechat: "World") -> None:
    for _ in range(20):
        assert "access_token" in wechat.fetch_stable(force_refresh=True)
        wechat.clock.advance(31)
    answers = [wechat.fetch_stable(force_refresh=True), wechat.fetch_stable()]
    assert answers[0]["errcode"] == 45009
    assert "access_token" in answers[1]


def test_the_two_families_do_not_end_one_another(wechat: "World") -> None:
    stable = wechat.access_token()
    legacy = wechat.fetch()["access_token"]
    wechat.fetch_stable(force_refresh=True)
    wechat.fetch()
    wechat.clock.advance(OVERLAP + 1)
    fresh = wechat.access_token()
    assert [wechat.accepts(token) for token in (stable, legacy, fresh)] == [40001, 40001, 0]


def test_an_access_token_belongs_to_one_account(wechat: "World") -> None:
    other = wechat.open_account("wxffffffffffffffff", "f" * 32)
    other.tags.create("theirs")
    theirs = wechat.fetch_stable(appid=other.app_id, secret=other.app_secret)["access_token"]
    seen = [wechat.get("/cgi-bin/tags/get", access_token=one)["tags"] for one in (theirs, wechat.access_token())]
    assert ["theirs" in {tag["name"] for tag in tags} for tags in seen] == [True, False]


@pytest.mark.parametrize(
    ("wrong", "errcode"),
    [
        ({"grant_type": "authorization_code"}, 40002),
        ({"appid": ""}, 41002),
        ({"appid": "wx0000000000000000"}, 40013),
        ({"secret": ""}, 41004),
        ({"secret": "f" * 32}, 40125),
    ],
)
def test_both_token_paths_name_what_is_wrong_with_the_credentials(
    wechat: "World", wrong: dict[str, str], errcode: int
) -> None:
    assert wechat.fetch(**wrong)["errcode"] == errcode
    assert wechat.fetch_stable(**wrong)["errcode"] == errcode


def test_an_address_that_is_not_on_the_whitelist_is_named(wechat: "World") -> None:
    wechat.account.ip_whitelist = {"192.0.2.1"}
    for answer in (wechat.fetch(), wechat.fetch_stable()):
        assert answer["errcode"] == 40164
        assert answer["errmsg"].startswith("invalid ip 127.0.0.1 ipv6 ::ffff:127.0.0.1, not in whitelist rid: ")


def test_an_address_on_the_whitelist_fetches(wechat: "World") -> None:
    wechat.account.ip_whitelist = {"127.0.0.1"}
    assert "access_token" in wechat.fetch()


def test_an_address_that_awaits_the_administrator_is_refused(wechat: "World") -> None:
    wechat.account.unconfirmed_ips.add("127.0.0.1")
    assert wechat.fetch_stable()["errcode"] == 89503


def test_a_frozen_secret_fetches_nothing(wechat: "World") -> None:
    wechat.account.secret_frozen = True
    assert wechat.fetch_stable()["errcode"] == 40243


def test_a_force_refresh_that_is_not_a_boolean_is_a_format_error(wechat: "World") -> None:
    assert wechat.fetch_stable(force_refresh="true")["errcode"] == 47001


@pytest.mark.parametrize(("access_token", "errcode"), [("", 41001), ("nonsense", 40014), ("61_" + "x" * 132, 40001)])
def test_a_call_without_a_valid_access_token_is_told_why(wechat: "World", access_token: str, errcode: int) -> None:
    assert wechat.accepts(access_token) == errcode


def test_a_changed_secret_ends_every_access_token(wechat: "World") -> None:
    tokens = [wechat.fetch()["access_token"], wechat.access_token()]
    wechat.account.revoke_tokens()
    assert [wechat.accepts(token) for token in tokens] == [40001, 40001]
    assert wechat.accepts(wechat.access_token()) == 0
