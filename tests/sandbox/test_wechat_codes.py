"""qrcode/create: four kinds of code, and everything that is wrong with a request for one."""

import base64
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

CREATE = "/cgi-bin/qrcode/create"


def asking(action_name: str, scene: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"action_name": action_name, "action_info": {"scene": scene}, **more}


@pytest.mark.parametrize(
    "document",
    [
        asking("QR_SCENE", {"scene_id": 1}, expire_seconds=604800),
        asking("QR_SCENE", {"scene_id": 4294967295}, expire_seconds=604800),
        asking("QR_STR_SCENE", {"scene_str": "x" * 64}, expire_seconds=604800),
        asking("QR_STR_SCENE", {"scene_str": "门店-上海"}, expire_seconds=604800),
    ],
)
def test_a_temporary_code_says_for_how_long(wechat: "World", document: dict[str, Any]) -> None:
    answer = wechat.create(document)
    assert set(answer) == {"ticket", "expire_seconds", "url"}
    assert answer["expire_seconds"] == 604800


@pytest.mark.parametrize(
    "document",
    [
        asking("QR_LIMIT_SCENE", {"scene_id": 100000}),
        asking("QR_LIMIT_STR_SCENE", {"scene_str": "spring"}),
        asking("QR_LIMIT_STR_SCENE", {"scene_str": "spring"}, expire_seconds=60),
    ],
)
def test_a_permanent_code_has_no_lifetime(wechat: "World", document: dict[str, Any]) -> None:
    assert set(wechat.create(document)) == {"ticket", "url"}


def test_every_code_has_its_own_ticket_and_its_own_address(wechat: "World") -> None:
    answers = [wechat.create(asking("QR_STR_SCENE", {"scene_str": "spring"})) for _ in range(20)]
    assert len({answer["ticket"] for answer in answers}) == len({answer["url"] for answer in answers}) == 20


def test_a_ticket_is_base64_that_must_be_encoded_in_a_url(wechat: "World") -> None:
    answer = wechat.create(asking("QR_LIMIT_STR_SCENE", {"scene_str": "spring"}))
    assert answer["ticket"].startswith("gQ")
    assert 80 <= len(answer["ticket"]) <= 100
    assert {"+", "/", "="} <= set(answer["ticket"])
    assert answer["url"].encode() in base64.b64decode(answer["ticket"], validate=True)
    assert answer["url"].startswith("http://weixin.qq.com/q/")


def test_a_lifetime_that_is_not_given_is_one_minute(wechat: "World") -> None:
    assert wechat.create(asking("QR_STR_SCENE", {"scene_str": "spring"}))["expire_seconds"] == 60


def test_a_lifetime_beyond_thirty_days_is_thirty_days(wechat: "World") -> None:
    answer = wechat.create(asking("QR_STR_SCENE", {"scene_str": "spring"}, expire_seconds=2592001))
    assert answer["expire_seconds"] == 2592000


@pytest.mark.parametrize("seconds", ["604800", 60.5, True, None])
def test_a_lifetime_that_is_not_an_integer_is_a_format_error(wechat: "World", seconds: Any) -> None:
    answer = wechat.create(asking("QR_STR_SCENE", {"scene_str": "spring"}, expire_seconds=seconds))
    assert answer["errcode"] == 47001


@pytest.mark.parametrize("action", ["QR_TEMP", "", None, 1, ["QR_SCENE"]])
def test_an_unknown_action_is_refused(wechat: "World", action: Any) -> None:
    assert wechat.create(asking(action, {"scene_id": 1}))["errcode"] == 40052


@pytest.mark.parametrize(
    "document",
    [
        asking("QR_SCENE", {"scene_id": 0}),
        asking("QR_SCENE", {"scene_id": -1}),
        asking("QR_SCENE", {"scene_id": 4294967296}),
        asking("QR_SCENE", {"scene_id": "123"}),
        asking("QR_SCENE", {"scene_id": True}),
        asking("QR_SCENE", {"scene_str": "spring"}),
        asking("QR_LIMIT_SCENE", {"scene_id": 0}),
        asking("QR_LIMIT_SCENE", {"scene_id": 100001}),
        asking("QR_STR_SCENE", {"scene_str": ""}),
        asking("QR_STR_SCENE", {"scene_str": "x" * 65}),
        asking("QR_STR_SCENE", {"scene_str": 123}),
        asking("QR_LIMIT_STR_SCENE", {"scene_str": "x" * 65}),
        asking("QR_LIMIT_STR_SCENE", {"scene_id": 1}),
        {"action_name": "QR_LIMIT_STR_SCENE"},
        {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene_str": "spring"}},
        {"action_name": "QR_LIMIT_STR_SCENE", "action_info": "spring"},
    ],
)
def test_a_scene_that_is_out_of_bounds_or_misplaced_is_refused(wechat: "World", document: dict[str, Any]) -> None:
    assert wechat.create(document)["errcode"] == 40053


def test_a_text_scene_with_escaped_characters_is_refused(wechat: "World") -> None:
    body = rb'{"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"\u6d4b"}}}'
    assert wechat.create(body)["errcode"] == 40033


def test_a_text_scene_with_a_backslash_of_its_own_is_taken(wechat: "World") -> None:
    body = rb'{"action_name":"QR_STR_SCENE","action_info":{"scene":{"scene_str":"\\u6d4b"}}}'
    assert "ticket" in wechat.create(body)


def test_a_permanent_scene_asked_for_twice_takes_two_slots(wechat: "World") -> None:
    document = asking("QR_LIMIT_STR_SCENE", {"scene_str": "spring"})
    assert wechat.create(document) != wechat.create(document)
    assert wechat.account.codes.permanent_used == 2


def test_an_account_may_be_told_to_give_the_same_permanent_code_again(wechat: "World") -> None:
    wechat.account.codes.permanent_reissue = "same"
    document = asking("QR_LIMIT_STR_SCENE", {"scene_str": "spring"})
    assert wechat.create(document) == wechat.create(document)
    assert wechat.account.codes.permanent_used == 1


def test_permanent_codes_of_numbers_and_of_text_share_the_slots(wechat: "World") -> None:
    wechat.account.codes.permanent_limit = 2
    wechat.create(asking("QR_LIMIT_SCENE", {"scene_id": 1}))
    wechat.create(asking("QR_LIMIT_STR_SCENE", {"scene_str": "1"}))
    assert wechat.create(asking("QR_LIMIT_SCENE", {"scene_id": 2}))["errcode"] == 45029
    assert "ticket" in wechat.create(asking("QR_SCENE", {"scene_id": 2}))


def test_an_account_has_a_hundred_thousand_permanent_slots(wechat: "World") -> None:
    wechat.account.codes.permanent_used = 99_999
    assert "ticket" in wechat.create(asking("QR_LIMIT_SCENE", {"scene_id": 1}))
    assert wechat.create(asking("QR_LIMIT_SCENE", {"scene_id": 1}))["errcode"] == 45029


@pytest.mark.parametrize(
    ("body", "errcode"), [(b"", 44002), (b" ", 44002), (b'{"scene_id": }', 47001), (b"[]", 47001), (b"\xff", 47001)]
)
def test_a_body_that_is_no_json_object_is_refused(wechat: "World", body: bytes, errcode: int) -> None:
    assert wechat.create(body)["errcode"] == errcode


def test_a_code_is_found_by_its_ticket_with_its_scene(wechat: "World") -> None:
    ticket = wechat.create(asking("QR_SCENE", {"scene_id": 42}))["ticket"]
    found = wechat.account.codes.find(ticket)
    assert found is not None
    assert found.scene == 42
