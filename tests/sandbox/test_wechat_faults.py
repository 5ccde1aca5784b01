"""Faults: WeChat fails on demand, so that everybody who calls it can show what they do then."""

import io
import time
from typing import TYPE_CHECKING

import httpx
import pytest
import zxingcpp
from PIL import Image, UnidentifiedImageError

from bot.sandbox.wechat.refusal import ERRMSG

if TYPE_CHECKING:
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

CREATE = "/cgi-bin/qrcode/create"
TAGS = "/cgi-bin/tags/get"
SHOW = "/cgi-bin/showqrcode"
PERMANENT = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "spring"}}}
TEMPORARY = {"expire_seconds": 60, "action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "spring"}}}


@pytest.mark.parametrize(
    ("fault", "errcode"), [("busy", -1), ("quota_used_up", 45009), ("unauthorized", 48001), ("token_refused", 40001)]
)
def test_a_call_is_refused_once_and_then_is_not(wechat: "World", fault: str, errcode: int) -> None:
    access_token = wechat.access_token()
    wechat.faults.arm(fault, where=TAGS)
    assert [wechat.accepts(access_token), wechat.accepts(access_token)] == [errcode, 0]


def test_a_refused_access_token_may_come_back_from_a_stable_fetch(wechat: "World") -> None:
    wechat.faults.arm("token_refused", times=None)
    first = wechat.access_token()
    assert wechat.accepts(first) == 40001
    assert wechat.access_token() == first
    assert wechat.accepts(first) == 40001


@pytest.mark.parametrize(("fault", "errcode"), [("token_revoked", 40001), ("token_expired", 42001)])
def test_a_revoked_or_expired_access_token_is_healed_by_a_new_one_only(
    wechat: "World", fault: str, errcode: int
) -> None:
    first = wechat.access_token()
    wechat.faults.arm(fault)
    assert [wechat.accepts(first), wechat.accepts(first)] == [errcode, errcode]
    second = wechat.access_token()
    assert second != first
    assert wechat.accepts(second) == 0


def test_a_fetch_can_be_refused_for_its_address_or_its_secret(wechat: "World") -> None:
    wechat.faults.arm("ip_not_allowed")
    assert "not in whitelist" in wechat.fetch()["errmsg"]
    wechat.faults.arm("secret_wrong")
    assert wechat.fetch_stable()["errcode"] == 40001
    assert "access_token" in wechat.fetch()


def test_permanent_slots_can_be_full_while_temporary_codes_are_minted(wechat: "World") -> None:
    wechat.faults.arm("permanent_full")
    assert "ticket" in wechat.create(TEMPORARY)
    assert wechat.create(PERMANENT)["errcode"] == 45029


@pytest.mark.parametrize("errcode", sorted(ERRMSG))
def test_every_documented_errcode_can_be_had(wechat: "World", errcode: int) -> None:
    wechat.faults.arm("errcode", where=TAGS, code=errcode)
    answer = wechat.get(TAGS)
    assert answer["errcode"] == errcode
    assert answer["errmsg"].startswith(ERRMSG[errcode])


def test_an_errcode_can_have_words_of_its_own(wechat: "World") -> None:
    wechat.faults.arm("errcode", code=61024, errmsg="why not")
    assert wechat.get(TAGS)["errmsg"].startswith("why not rid: ")


@pytest.mark.parametrize(("fault", "status"), [("http_502", 502), ("not_json", 200)])
def test_a_proxy_can_answer_in_html(wechat: "World", fault: str, status: int) -> None:
    wechat.faults.arm(fault)
    answer = wechat.http.get(wechat.url + TAGS)
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_connection_can_be_dropped_before_anything_is_done(wechat: "World") -> None:
    access_token = wechat.access_token()
    wechat.faults.arm("drop_before", where=CREATE)
    with pytest.raises(httpx.RemoteProtocolError):
        wechat.post(CREATE, PERMANENT, access_token=access_token)
    assert wechat.account.codes.permanent_used == 0


def test_a_connection_can_be_dropped_after_everything_was_done(wechat: "World") -> None:
    access_token = wechat.access_token()
    wechat.faults.arm("drop_after", where=CREATE)
    with pytest.raises(httpx.RemoteProtocolError):
        wechat.post(CREATE, PERMANENT, access_token=access_token)
    assert wechat.account.codes.permanent_used == 1
    assert "ticket" in wechat.create(PERMANENT)


def test_an_answer_can_take_as_long_as_is_wanted(wechat: "World") -> None:
    wechat.faults.arm("slow", times=None, seconds=0.05)
    began = time.perf_counter()
    wechat.get(TAGS)
    assert time.perf_counter() - began >= 0.05


def test_an_answer_can_take_longer_than_a_caller_waits(wechat: "World") -> None:
    wechat.faults.arm("slow", seconds=0.2)
    with pytest.raises(httpx.ReadTimeout):
        wechat.http.get(wechat.url + TAGS, timeout=0.05)


def test_the_image_host_can_be_down_alone(wechat: "World") -> None:
    ticket = wechat.create(PERMANENT)["ticket"]
    wechat.faults.arm("image_host_down", times=None)
    assert wechat.picture(ticket).status_code == 503
    assert wechat.accepts(wechat.access_token()) == 0


def test_the_picture_can_be_somebody_elses(wechat: "World") -> None:
    code = wechat.create(PERMANENT)
    wechat.faults.arm("image_wrong")
    with Image.open(io.BytesIO(wechat.picture(code["ticket"]).content)) as image:
        assert zxingcpp.read_barcodes(image)[0].text != code["url"]


def test_the_picture_can_be_damaged(wechat: "World") -> None:
    ticket = wechat.create(PERMANENT)["ticket"]
    wechat.faults.arm("image_damaged", where=SHOW)
    answer = wechat.picture(ticket)
    assert answer.headers["Content-Type"] == "image/jpg"
    with pytest.raises((UnidentifiedImageError, OSError)), Image.open(io.BytesIO(answer.content)) as image:
        image.load()
