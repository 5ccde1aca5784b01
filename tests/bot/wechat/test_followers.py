"""What WeChat is asked about followers, byte for byte, what is made of its answers, and that it works over HTTP."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import OutcomeUnknown, Unavailable, WeChatError
from bot.follower import Follower, OfficialDay
from bot.model import DAY, Group, OpenID
from bot.sandbox.world import World
from bot.scan import Message, day_of
from bot.wechat import followers
from bot.wechat.protocol import Ask
from tests.bot.wechat.process import Process

ADA, BOB = OpenID("o6_bmjrPTlm6_2sgVt7hMZOPfL2M"), OpenID("o6_bmjrPTlm6_2sgVt7hMZOPfL2N")
SEND = "/cgi-bin/message/custom/send"
LOOK_UP = followers.look_up([ADA])


def sent(ask: Ask) -> Any:
    return json.loads(ask.content or b"")


def test_a_text_and_an_article_are_sent_as_documented() -> None:
    assert sent(followers.send_message(ADA, Message("你好"))) == {
        "touser": ADA,
        "msgtype": "text",
        "text": {"content": "你好"},
    }
    article = Message("Today only", "Sale", "https://example.com/p.jpg", "https://example.com")
    assert sent(followers.send_message(ADA, article))["news"] == {
        "articles": [
            {
                "title": "Sale",
                "description": "Today only",
                "url": "https://example.com",
                "picurl": "https://example.com/p.jpg",
            }
        ]
    }


def test_a_message_is_never_asked_for_twice_and_all_else_may_be() -> None:
    assert not followers.send_message(ADA, Message("x")).repeatable
    others = (
        followers.create_tag("x"), followers.tag_followers(1, [ADA]), LOOK_UP, followers.ask_official_days(1, 2),
    )  # fmt: skip
    assert all(ask.repeatable for ask in others)


def test_a_tag_is_given_to_many_at_once() -> None:
    assert sent(followers.tag_followers(102, [ADA, BOB])) == {"openid_list": [ADA, BOB], "tagid": 102}


@pytest.mark.parametrize(("told", "scene"), [
    ({"qr_scene": 0, "qr_scene_str": "spring"}, "spring"),
    ({"qr_scene": 42, "qr_scene_str": ""}, "42"),
    ({"qr_scene": 4294967294}, "4294967294"),
    ({"qr_scene": 0, "qr_scene_str": ""}, ""),
    ({}, ""),
])  # fmt: skip
def test_a_follower_came_by_the_named_scene_else_by_the_number_else_by_none(told: dict[str, Any], scene: str) -> None:
    answer = {"user_info_list": [{"openid": ADA, "subscribe": 1, "subscribe_time": 7, "tagid_list": [2, 102], **told}]}
    assert followers.read_followers(LOOK_UP, answer) == [Follower(ADA, True, 7, scene, (2, 102))]  # noqa: FBT003 - a value


def test_of_who_does_not_follow_nothing_else_is_told() -> None:
    answer = {"user_info_list": [{"openid": ADA, "subscribe": 0}]}
    assert followers.read_followers(LOOK_UP, answer) == [Follower(ADA, is_following=False)]


def test_official_days_are_asked_for_by_date_and_read_as_days_of_shanghai() -> None:
    noon = 1_796_875_200  # 2026-12-10 12:00 in Shanghai
    ask = followers.ask_official_days(day_of(noon) - 6, day_of(noon))
    assert sent(ask) == {"begin_date": "2026-12-04", "end_date": "2026-12-10"}
    told = {"list": [{"ref_date": "2026-12-10", "user_source": 30, "new_user": 5, "cancel_user": 2}]}
    assert followers.read_official_days(ask, told) == [OfficialDay(day_of(noon), 30, 5, 2)]


@given(st.integers(0, 40_000))
def test_every_day_comes_back_as_it_was_asked_for(day: int) -> None:
    ask = followers.ask_official_days(day, day)
    told = {"ref_date": sent(ask)["begin_date"], "user_source": 0, "new_user": 0, "cancel_user": 0}
    assert followers.read_official_days(ask, {"list": [told]}) == [OfficialDay(day, 0, 0, 0)]
    assert day_of(day * DAY) == day


@pytest.mark.parametrize("answer", [{}, {"user_info_list": [{}]}, {"user_info_list": 7}, {"user_info_list": ["o"]}])
def test_an_answer_without_followers_is_a_wechat_that_is_away(answer: dict[str, Any]) -> None:
    with pytest.raises(Unavailable):
        followers.read_followers(LOOK_UP, answer)


@pytest.mark.parametrize("answer", [{}, {"list": [{"ref_date": "yesterday"}]}, {"list": [7]}, {"list": None}])
def test_an_answer_without_days_is_a_wechat_that_is_away(answer: dict[str, Any]) -> None:
    with pytest.raises(Unavailable):
        followers.read_official_days(followers.ask_official_days(1, 1), answer)


@pytest.mark.parametrize("answer", [{}, {"tag": {"id": "new"}}, {"tag": None}])
def test_an_answer_without_a_tag_is_a_wechat_that_is_away(answer: dict[str, Any]) -> None:
    with pytest.raises(Unavailable):
        followers.read_tag(followers.create_tag("x"), answer)


async def test_a_tag_is_made_given_and_seen(world: World, one: Process) -> None:
    tag = await one.wechat.create_tag("春季")
    assert tag == Group(103, "春季", 0)
    await one.wechat.tag(tag.id, [ADA, BOB])
    assert [person.tag_ids for person in await one.wechat.followers([ADA, BOB])] == [(103,), (103,)]
    assert next(group for group in await one.wechat.groups() if group.id == 103).size == 2
    assert world.wechat.followers[ADA].tagid_list == [103]


@pytest.mark.parametrize(("name", "errcode"), [("VIP", 45157), ("x" * 31, 45158)])
async def test_what_cannot_be_a_tag_is_said(one: Process, name: str, errcode: int) -> None:
    with pytest.raises(WeChatError) as shown:
        await one.wechat.create_tag(name)
    assert (shown.value.errcode, shown.value.key) == (errcode, f"wechat.{errcode}")


async def test_a_message_arrives_while_its_window_is_open(world: World, one: Process) -> None:
    world.wechat.callback_url = ""
    phone = world.wechat.phone()
    with pytest.raises(WeChatError):
        await one.wechat.send(OpenID(phone.open_id), Message("too early"))
    await phone.follow()
    await one.wechat.send(OpenID(phone.open_id), Message("hello"))
    assert [message.text for message in phone.received] == ["hello"]


@pytest.mark.parametrize("fault", ["http_502", "not_json", "drop_before", "drop_after"])
async def test_a_message_of_which_nobody_can_tell_is_unknown_and_asked_for_once(
    world: World, one: Process, fault: str
) -> None:
    world.wechat.callback_url = ""
    phone = world.wechat.phone()
    await phone.follow()
    world.faults.arm(fault, where=SEND)
    with pytest.raises(OutcomeUnknown):
        await one.wechat.send(OpenID(phone.open_id), Message("hello"))
    assert world.wechat.count(SEND) == 1


async def test_the_official_days_are_had(world: World, one: Process) -> None:
    world.wechat.callback_url = ""
    today = day_of(int(world.clock.now()))
    await world.wechat.phone().follow()
    world.clock.advance(2 * DAY)
    days = await one.wechat.official_days(today - 5, today + 1)
    assert sum(one_day.follows for one_day in days if one_day.day == today) == 1
