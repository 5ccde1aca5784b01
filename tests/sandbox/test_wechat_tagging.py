"""Tags: who can get which, and how many."""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

CREATE = "/cgi-bin/tags/create"
GIVE, TAKE = "/cgi-bin/tags/members/batchtagging", "/cgi-bin/tags/members/batchuntagging"


def create(wechat: "World", name: Any) -> dict[str, Any]:
    return wechat.post(CREATE, {"tag": {"name": name}}, access_token=wechat.access_token())


def give(wechat: "World", open_ids: Any, tag_id: Any, path: str = GIVE) -> int:
    wish = {"openid_list": open_ids, "tagid": tag_id}
    return int(wechat.post(path, wish, access_token=wechat.access_token())["errcode"])


def count(wechat: "World", tag_id: int) -> int:
    tags = wechat.get("/cgi-bin/tags/get", access_token=wechat.access_token())["tags"]
    return int(next(tag["count"] for tag in tags if tag["id"] == tag_id))


def a_follower(wechat: "World") -> str:
    phone = wechat.account.phone()
    phone.followed("ADD_SCENE_SEARCH", "")
    return phone.open_id


def test_a_new_tag_gets_the_next_number_and_has_nobody(wechat: "World") -> None:
    assert create(wechat, "夏季") == {"tag": {"id": 103, "name": "夏季"}}
    assert count(wechat, 103) == 0


@pytest.mark.parametrize(
    ("name", "errcode"),
    [("VIP", 45157), ("星标组", 45157), ("长" * 11, 45158), ("x" * 31, 45158), ("", 45158), (7, 47001), (None, 47001)],
)
def test_a_name_that_is_taken_or_too_long_is_refused(wechat: "World", name: Any, errcode: int) -> None:
    assert create(wechat, name)["errcode"] == errcode


def test_an_account_has_100_tags_of_its_own(wechat: "World") -> None:
    own = sum(tag.id >= 100 for tag in wechat.account.tags)
    answers = [create(wechat, f"tag {number}").get("errcode", 0) for number in range(own, 101)]
    assert answers == [0] * (100 - own) + [45056]


def test_who_gets_a_tag_shows_it_and_counts_once(wechat: "World") -> None:
    before, open_id = count(wechat, 102), a_follower(wechat)
    assert [give(wechat, [open_id], 102), give(wechat, [open_id], 102)] == [0, 0]
    shown = wechat.get("/cgi-bin/user/info", access_token=wechat.access_token(), openid=open_id)
    assert shown["tagid_list"] == [102]
    assert count(wechat, 102) == before + 1


def test_a_tag_can_be_taken_back(wechat: "World") -> None:
    before, open_id = count(wechat, 102), a_follower(wechat)
    give(wechat, [open_id], 102)
    assert [give(wechat, [open_id], 102, TAKE), give(wechat, [open_id], 102, TAKE)] == [0, 0]
    assert count(wechat, 102) == before


def test_who_unfollows_loses_the_tags(wechat: "World") -> None:
    before, open_id = count(wechat, 102), a_follower(wechat)
    give(wechat, [open_id], 102)
    phone = wechat.account.phone(open_id)
    phone.unfollowed()
    assert count(wechat, 102) == before
    phone.followed("ADD_SCENE_SEARCH", "")
    assert phone.person.tagid_list == []


def test_fifty_people_get_a_tag_at_once_and_no_more(wechat: "World") -> None:
    people = [a_follower(wechat) for _ in range(51)]
    assert [give(wechat, people[:50], 102), give(wechat, people, 102), give(wechat, [], 102)] == [0, 40032, 40032]


def test_a_person_has_20_tags_and_nobody_of_the_batch_gets_one_more(wechat: "World") -> None:
    full, other = a_follower(wechat), a_follower(wechat)
    tags = [create(wechat, f"tag {number}")["tag"]["id"] for number in range(21)]
    assert [give(wechat, [full], tag) for tag in tags[:20]] == [0] * 20
    assert give(wechat, [other, full], tags[20]) == 45059
    assert wechat.account.followers[other].tagid_list == []
    assert give(wechat, [full], tags[0]) == 0


@pytest.mark.parametrize("tag", [0, 1, 99, 999, -1])
def test_a_tag_that_is_none_or_wechats_own_is_not_given(wechat: "World", tag: int) -> None:
    assert give(wechat, [a_follower(wechat)], tag) == 45159


@pytest.mark.parametrize(("open_id", "errcode"), [("x", 40003), ("o" + "x" * 27, 49003), (7, 40003)])
def test_a_stranger_gets_no_tag(wechat: "World", open_id: Any, errcode: int) -> None:
    assert give(wechat, [a_follower(wechat), open_id], 102) == errcode


def test_who_does_not_follow_gets_no_tag(wechat: "World") -> None:
    assert give(wechat, [wechat.account.phone().open_id], 102) == 40003


@pytest.mark.parametrize("wish", [{}, {"openid_list": "o", "tagid": 102}, {"openid_list": [], "tagid": "102"}, []])
def test_a_wish_that_is_none_is_refused(wechat: "World", wish: object) -> None:
    assert wechat.post(GIVE, wish, access_token=wechat.access_token())["errcode"] == 47001
