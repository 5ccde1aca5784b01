"""showqrcode: a picture for a ticket, open to everybody."""

import io
from typing import TYPE_CHECKING
from urllib.parse import quote

import zxingcpp
from PIL import Image

from bot.sandbox.wechat.picture import drawn

if TYPE_CHECKING:
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

SHOW = "/cgi-bin/showqrcode"
PERMANENT = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": "spring"}}}
TEMPORARY = {"expire_seconds": 60, "action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "spring"}}}


def read_back(picture: bytes) -> str:
    with Image.open(io.BytesIO(picture)) as image:
        return zxingcpp.read_barcodes(image)[0].text


def test_the_picture_is_a_jpeg_of_430_pixels_that_may_be_kept_a_week(wechat: "World") -> None:
    answer = wechat.picture(wechat.create(PERMANENT)["ticket"])
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpg"
    assert answer.headers["Cache-Control"] == "max-age=604800"
    with Image.open(io.BytesIO(answer.content)) as image:
        assert (image.format, image.size) == ("JPEG", (430, 430))


def test_the_picture_holds_the_url_of_the_answer(wechat: "World") -> None:
    for _ in range(5):
        code = wechat.create(PERMANENT)
        assert read_back(wechat.picture(code["ticket"]).content) == code["url"]


def test_the_picture_of_one_url_is_drawn_once() -> None:
    assert drawn("http://weixin.qq.com/q/once") is drawn("http://weixin.qq.com/q/once")


def test_an_unknown_ticket_is_not_found(wechat: "World") -> None:
    assert wechat.picture("gQH47joAAAAAAAAAASxodHRwOi8v").status_code == 404
    assert wechat.picture("").status_code == 404


def test_a_ticket_that_was_not_encoded_is_not_found(wechat: "World") -> None:
    ticket = wechat.create(PERMANENT)["ticket"]
    assert wechat.http.get(f"{wechat.url}{SHOW}?ticket={ticket}").status_code == 404
    assert wechat.http.get(f"{wechat.url}{SHOW}?ticket={quote(ticket, safe='')}").status_code == 200


def test_an_expired_ticket_is_not_found(wechat: "World") -> None:
    ticket = wechat.create(TEMPORARY)["ticket"]
    assert wechat.picture(ticket).status_code == 200
    wechat.clock.advance(60)
    assert wechat.picture(ticket).status_code == 404


def test_a_permanent_ticket_outlives_a_year(wechat: "World") -> None:
    ticket = wechat.create(PERMANENT)["ticket"]
    wechat.clock.advance(366 * 86_400)
    assert wechat.picture(ticket).status_code == 200
