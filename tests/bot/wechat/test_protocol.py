"""The exact bytes WeChat is sent, and what is made of its answers."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import OutcomeUnknown, TokenRejected, Unavailable, WeChatError
from bot.model import AccessToken, Account, AppID, Group, Lifetime, Quota, Scene, Ticket
from bot.wechat import protocol
from bot.wechat.protocol import Ask

ACCOUNT = Account("default", AppID("wx5a0db0c5a0db0c5a"), "the-app-secret")
REPEATABLE, ONCE = protocol.list_groups(), protocol.create_code(Scene("spring"), None)


@pytest.mark.parametrize(("scene", "lifetime", "body"), [
    ("123", 600, '{"action_name": "QR_SCENE", "action_info": {"scene": {"scene_id": 123}}, "expire_seconds": 600}'),
    ("ab", 60, '{"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "ab"}}, "expire_seconds": 60}'),
    ("123", None, '{"action_name": "QR_LIMIT_SCENE", "action_info": {"scene": {"scene_id": 123}}}'),
    ("test", None, '{"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "test"}}}'),
])  # fmt: skip
def test_each_of_the_four_kinds_of_code_is_asked_for_as_documented(scene: str, lifetime: int | None, body: str) -> None:
    ask = protocol.create_code(Scene(scene), Lifetime(lifetime) if lifetime else None)
    assert ask.content == body.encode()
    assert (ask.method, ask.path, ask.query) == ("POST", "/cgi-bin/qrcode/create", {})


@given(st.from_regex(r"[A-Za-z0-9_.-]{1,64}", fullmatch=True).map(Scene), st.none() | st.integers(60, 2_592_000))
def test_a_lifetime_is_always_sent_for_a_temporary_code_and_never_for_a_permanent_one(
    scene: Scene, seconds: int | None
) -> None:
    ask = protocol.create_code(scene, Lifetime(seconds) if seconds else None)
    sent = json.loads(ask.content or b"")
    assert sent.get("expire_seconds") == seconds
    assert ("LIMIT" in sent["action_name"]) is (seconds is None)
    assert ask.repeatable is (seconds is not None)
    assert sent["action_info"]["scene"] == (
        {"scene_id": int(scene.text)} if scene.is_number else {"scene_str": scene.text}
    )


def test_chinese_is_sent_in_utf_8_and_not_escaped() -> None:
    content = protocol.create_code(Scene("春季"), None).content or b""
    assert "春季".encode() in content
    assert b"\\u" not in content


def test_a_stable_token_is_asked_for_with_the_secret_in_the_body() -> None:
    ask = protocol.fetch_token(ACCOUNT)
    assert (ask.method, ask.path, ask.query) == ("POST", "/cgi-bin/stable_token", {})
    assert json.loads(ask.content or b"") == {
        "grant_type": "client_credential",
        "appid": "wx5a0db0c5a0db0c5a",
        "secret": "the-app-secret",
    }


def test_only_a_forced_refresh_says_so() -> None:
    assert b"force_refresh" not in (protocol.fetch_token(ACCOUNT).content or b"")
    assert json.loads(protocol.fetch_token(ACCOUNT, force=True).content or b"")["force_refresh"] is True


def test_the_old_family_is_asked_by_get() -> None:
    ask = protocol.fetch_token(Account("old", AppID("wx1"), "secret", stable=False), force=True)
    assert (ask.method, ask.path, ask.content) == ("GET", "/cgi-bin/token", None)
    assert ask.query == {"grant_type": "client_credential", "appid": "wx1", "secret": "secret"}


def test_a_question_does_not_show_its_secrets() -> None:
    assert "the-app-secret" not in repr(protocol.fetch_token(ACCOUNT))
    assert "the-app-secret" not in repr(ACCOUNT)


@given(st.text(min_size=1))
def test_any_ticket_is_escaped_for_its_pictures_address(ticket: str) -> None:
    parts = urlsplit(f"https://mp.weixin.qq.com{protocol.picture_path(ticket)}")
    assert parts.path == "/cgi-bin/showqrcode"
    assert parse_qs(parts.query, keep_blank_values=True, strict_parsing=True) == {"ticket": [ticket]}


def test_the_characters_of_base64_are_escaped_in_a_ticket() -> None:
    assert protocol.picture_path("gQ+/=") == "/cgi-bin/showqrcode?ticket=gQ%2B%2F%3D"


def test_a_token_lives_from_when_it_was_answered() -> None:
    answer = {"access_token": "85_x", "expires_in": 345}
    token = protocol.read_token(protocol.fetch_token(ACCOUNT), answer, 1000, "here")
    assert token == AccessToken("85_x", 1000, 1345, "/cgi-bin/stable_token", "here")
    assert "85_x" not in repr(token)


@pytest.mark.parametrize("answer", [{}, {"access_token": "85_x"}, {"access_token": "85_x", "expires_in": "soon"}])
def test_a_token_answer_without_a_token_is_a_wechat_that_is_away(answer: dict[str, Any]) -> None:
    with pytest.raises(Unavailable):
        protocol.read_token(protocol.fetch_token(ACCOUNT), answer, 1000, "here")


def test_a_ticket_ends_when_wechat_says_and_else_when_it_was_asked_to() -> None:
    ask, lifetime = protocol.create_code(Scene("spring"), Lifetime(600)), Lifetime(600)
    answer = {"ticket": "gQ", "url": "http://weixin.qq.com/q/1"}
    url = answer["url"]
    assert protocol.read_ticket(ask, {**answer, "expire_seconds": 300}, lifetime, 1000) == Ticket("gQ", url, 1300)
    assert protocol.read_ticket(ask, answer, lifetime, 1000) == Ticket("gQ", url, 1600)
    assert protocol.read_ticket(ONCE, {**answer, "expire_seconds": 300}, None, 1000) == Ticket("gQ", url, None)


@pytest.mark.parametrize("answer", [{}, {"ticket": "gQ"}, {"url": "http://weixin.qq.com/q/1"}])
def test_an_answer_without_a_ticket_leaves_open_whether_a_permanent_code_was_minted(answer: dict[str, Any]) -> None:
    with pytest.raises(OutcomeUnknown):
        protocol.read_ticket(ONCE, answer, None, 1000)
    with pytest.raises(Unavailable):
        protocol.read_ticket(protocol.create_code(Scene("spring"), Lifetime(60)), answer, Lifetime(60), 1000)


@pytest.mark.parametrize(("status", "content"), [
    (502, b"<html>502 Bad Gateway</html>"), (404, b'{"errcode": 40066}'), (302, b""), (500, b'{"ticket": "gQ"}'),
    (200, b"<html>Welcome</html>"), (200, b""), (200, b"[]"), (200, b"null"), (200, b'"x"'), (200, b"\xff\xfe"),
    (200, b'{"errcode": "none"}'), (200, b'{"errcode": []}'), (200, b'{"errcode": 1e999}'),
    (200, b"[" * 100_000),
])  # fmt: skip
@pytest.mark.parametrize(("ask", "error"), [(REPEATABLE, Unavailable), (ONCE, OutcomeUnknown)])
def test_what_is_not_wechats_own_answer_is_silence(
    ask: Ask, error: type[WeChatError], status: int, content: bytes
) -> None:
    with pytest.raises(error) as shown:
        protocol.read(ask, status, content)
    assert shown.value.path == ask.path


@given(st.integers(200, 599), st.binary() | st.text().map(str.encode))
def test_no_answer_whatever_breaks_the_reading(status: int, content: bytes) -> None:
    try:
        protocol.read(ONCE, status, content)
    except WeChatError as error:
        assert error.path == ONCE.path  # noqa: PT017 - hypothesis finds answers of both kinds


def test_an_errcode_of_zero_is_a_yes() -> None:
    content = b'{"errcode": 0, "errmsg": "ok", "ticket": "gQ"}'
    assert protocol.read(ONCE, 200, content)["ticket"] == "gQ"


def test_an_errcode_is_a_no_also_for_what_must_not_be_repeated() -> None:
    with pytest.raises(TokenRejected) as shown:
        protocol.read(ONCE, 200, b'{"errcode": 42001, "errmsg": "access_token expired rid: 1-2-3"}')
    assert (shown.value.errcode, shown.value.rid) == (42001, "1-2-3")


def test_groups_come_largest_first_and_one_without_a_count_is_empty() -> None:
    tags = [
        {"id": 2, "name": "星标组"},
        {"id": 100, "name": "VIP", "count": 7},
        {"id": 0, "name": "未分组", "count": 7},
    ]
    assert protocol.read_groups({"tags": tags}) == [Group(0, "未分组", 7), Group(100, "VIP", 7), Group(2, "星标组", 0)]
    assert protocol.read_groups({}) == []


def test_a_quota_is_read_as_wechat_counts_it() -> None:
    answer = {"quota": {"daily_limit": 100_000, "used": 3, "remain": 99_997}}
    assert protocol.read_quota(protocol.CREATE_CODE, answer) == Quota(protocol.CREATE_CODE, 100_000, 3, 99_997)


@pytest.mark.parametrize(("pings", "told"), [
    ([{"package_loss": "0%", "time": "23.079ms"}], (True, "23 ms")),
    ([{"package_loss": "0%", "time": "1ms"}, {"package_loss": "100%", "time": "0ms"}], (False, "0 ms, 1 ms")),
    ([], (False, "")),
])  # fmt: skip
def test_the_callback_is_reached_when_no_ping_was_lost(pings: list[dict[str, str]], told: tuple[bool, str]) -> None:
    assert protocol.read_callback({"ping": pings}) == told
