"""Tags, and the people they are for."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

BATCH = "/cgi-bin/user/info/batchget"


def test_tags_have_an_id_a_name_and_a_count_and_three_are_wechats_own(wechat: "World") -> None:
    tags = wechat.get("/cgi-bin/tags/get", access_token=wechat.access_token())["tags"]
    assert [tag["id"] for tag in tags[:3]] == [0, 1, 2]
    assert {"id": 100, "name": "春季活动", "count": 36} in tags


def test_groups_are_what_tags_were_called(wechat: "World") -> None:
    access_token = wechat.access_token()
    groups = wechat.get("/cgi-bin/groups/get", access_token=access_token)["groups"]
    assert groups == wechat.get("/cgi-bin/tags/get", access_token=access_token)["tags"]


def test_the_names_arrive_unescaped(wechat: "World") -> None:
    answer = wechat.http.get(f"{wechat.url}/cgi-bin/tags/get", params={"access_token": wechat.access_token()})
    assert "春季活动".encode() in answer.content


def test_a_follower_shows_where_they_came_from(wechat: "World") -> None:
    open_id = next(person.openid for person in wechat.account.followers.values() if person.qr_scene == 42)
    answer = wechat.get("/cgi-bin/user/info", access_token=wechat.access_token(), openid=open_id, lang="zh_CN")
    assert answer["subscribe"] == 1
    assert (answer["subscribe_scene"], answer["qr_scene"]) == ("ADD_SCENE_QR_CODE", 42)
    assert "nickname" not in answer


def test_who_has_left_shows_nothing_else(wechat: "World") -> None:
    open_id = next(person.openid for person in wechat.account.followers.values() if not person.subscribe)
    answer = wechat.get("/cgi-bin/user/info", access_token=wechat.access_token(), openid=open_id)
    assert answer == {"subscribe": 0, "openid": open_id}


def test_a_stranger_is_an_invalid_open_id(wechat: "World") -> None:
    assert wechat.get("/cgi-bin/user/info", access_token=wechat.access_token(), openid="x")["errcode"] == 40003


def test_a_batch_answers_in_the_order_it_was_asked(wechat: "World") -> None:
    open_ids = list(wechat.account.followers)[::-1]
    asked = {"user_list": [{"openid": open_id, "lang": "zh_CN"} for open_id in open_ids]}
    people = wechat.post(BATCH, asked, access_token=wechat.access_token())["user_info_list"]
    assert [person["openid"] for person in people] == open_ids


@pytest.mark.parametrize(
    ("people", "errcode"),
    [([], 40032), ([{"openid": "x"}] * 101, 40032), ([{"openid": "x"}], 40003), (["x"], 47001), (None, 47001)],
)
def test_a_batch_that_is_none_is_refused(wechat: "World", people: object, errcode: int) -> None:
    assert wechat.post(BATCH, {"user_list": people}, access_token=wechat.access_token())["errcode"] == errcode


def test_open_ids_are_listed_until_there_are_none_after_the_last(wechat: "World") -> None:
    access_token = wechat.access_token()
    first = wechat.get("/cgi-bin/user/get", access_token=access_token)
    assert first["count"] == first["total"] == len(first["data"]["openid"]) == 3
    rest = wechat.get("/cgi-bin/user/get", access_token=access_token, next_openid=first["next_openid"])
    assert rest == {"total": 3, "count": 0, "next_openid": ""}


def test_open_ids_after_a_stranger_are_refused(wechat: "World") -> None:
    answer = wechat.get("/cgi-bin/user/get", access_token=wechat.access_token(), next_openid="x")
    assert answer["errcode"] == 40003
