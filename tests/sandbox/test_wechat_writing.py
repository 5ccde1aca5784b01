"""Customer service messages: to whom, how many, and for how long after what."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bot.sandbox.wechat.phone import Phone
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

SEND = "/cgi-bin/message/custom/send"
ARTICLE = {"title": "t", "description": "d", "url": "https://example.com/", "picurl": "https://example.com/1.png"}


def send(wechat: "World", open_id: str, **message: Any) -> int:
    message = message or {"msgtype": "text", "text": {"content": "hello"}}
    return int(wechat.post(SEND, {"touser": open_id, **message}, access_token=wechat.access_token())["errcode"])


@pytest.fixture
def phone(wechat: "World") -> "Phone":
    """Give somebody who follows, and has for long."""
    phone = wechat.account.phone()
    phone.followed("ADD_SCENE_SEARCH", "")
    wechat.clock.advance(86_400)
    return phone


def test_after_a_follow_three_messages_are_let_through_within_a_minute(wechat: "World") -> None:
    phone = wechat.account.phone()
    phone.followed("ADD_SCENE_SEARCH", "")
    assert [send(wechat, phone.open_id) for _ in range(4)] == [0, 0, 0, 45047]
    wechat.clock.advance(60)
    assert send(wechat, phone.open_id) == 45015
    assert [(one.by, one.kind, one.text) for one in phone.received] == [("custom", "text", "hello")] * 3


@pytest.mark.parametrize("is_newcomer", [True, False])
def test_after_a_scan_three_messages_are_let_through(wechat: "World", phone: "Phone", *, is_newcomer: bool) -> None:
    scanning = wechat.account.phone() if is_newcomer else phone
    scanning.scanned(wechat.account.codes.mint_elsewhere("spring").url)
    assert [send(wechat, scanning.open_id) for _ in range(4)] == [0, 0, 0, 45047]


def test_another_scan_opens_another_window(wechat: "World", phone: "Phone") -> None:
    code = wechat.account.codes.mint_elsewhere("spring")
    for _ in range(2):
        phone.scanned(code.url)
        assert [send(wechat, phone.open_id) for _ in range(4)] == [0, 0, 0, 45047]


def test_after_a_message_five_are_let_through_within_two_days(wechat: "World", phone: "Phone") -> None:
    phone.written("hello")
    wechat.clock.advance(47 * 3600)
    assert [send(wechat, phone.open_id) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    wechat.clock.advance(3600)
    assert send(wechat, phone.open_id) == 45015


def test_the_window_that_closes_first_is_used_first(wechat: "World", phone: "Phone") -> None:
    phone.written("hello")
    phone.scanned(wechat.account.codes.mint_elsewhere("spring").url)
    assert [send(wechat, phone.open_id) for _ in range(3)] == [0, 0, 0]
    wechat.clock.advance(60)
    assert [send(wechat, phone.open_id) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]


def test_nothing_reaches_who_has_done_nothing_lately(wechat: "World", phone: "Phone") -> None:
    assert send(wechat, phone.open_id) == 45015
    assert phone.received == []


def test_nothing_reaches_who_does_not_follow(wechat: "World", phone: "Phone") -> None:
    phone.written("hello")
    phone.unfollowed()
    assert send(wechat, phone.open_id) == 43004
    assert send(wechat, "o" + "x" * 27) == 40003


def test_a_picture_with_a_link_reaches_the_person(wechat: "World", phone: "Phone") -> None:
    phone.written("hello")
    assert send(wechat, phone.open_id, msgtype="news", news={"articles": [ARTICLE]}) == 0
    [received] = phone.received
    [article] = received.articles
    assert [article.title, article.description, article.url, article.picture_url] == list(ARTICLE.values())


@pytest.mark.parametrize(
    ("message", "errcode"),
    [
        ({"msgtype": "carrier_pigeon"}, 40008),
        ({"msgtype": "text"}, 47001),
        ({"msgtype": "text", "text": {"content": ""}}, 44004),
        ({"msgtype": "text", "text": {"content": "长" * 683}}, 45002),
        ({"msgtype": "news", "news": {"articles": []}}, 45008),
        ({"msgtype": "news", "news": {"articles": [ARTICLE, ARTICLE]}}, 45008),
        ({"msgtype": "news", "news": {"articles": [{"title": ""}]}}, 47001),
    ],
)
def test_a_message_that_is_none_is_refused_and_not_counted(
    wechat: "World", phone: "Phone", message: dict[str, Any], errcode: int
) -> None:
    phone.scanned(wechat.account.codes.mint_elsewhere("spring").url)
    assert send(wechat, phone.open_id, **message) == errcode
    assert [send(wechat, phone.open_id) for _ in range(4)] == [0, 0, 0, 45047]


def test_messages_have_a_daily_quota(wechat: "World", phone: "Phone") -> None:
    phone.written("hello")
    wechat.account.quotas.daily[SEND] = 1
    assert [send(wechat, phone.open_id) for _ in range(2)] == [0, 45009]
