"""WeChat by remote control: what people do there, what is pushed of it, and what the account has received."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from starlette.responses import Response
from starlette.routing import Mount, Route

from bot.sandbox.control import Control
from bot.sandbox.control_reading import code_in
from bot.sandbox.running import standing
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.picture import drawn
from bot.sandbox.wechat.push import UNAVAILABLE, Received
from bot.sandbox.world import AES_KEY, APP_ID, APP_SECRET, World, served
from tests.plain_http import NO_TLS
from tests.sandbox.remote_control import RemoteControl

PRESENT = "newcomer"


class Remote(RemoteControl):
    """The control interface of a world whose callback answers each verification rightly, and each push with success."""

    def code(self, scene: str = "spring", lifetime: int | None = None) -> str:
        return self.world.wechat.codes.mint_elsewhere(scene, lifetime).url


async def hear(request: Any) -> Response:
    return Response(request.query_params.get("echostr", "success"))


@pytest.fixture
async def remote(listening: socket.socket) -> AsyncIterator[Remote]:
    base_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    world = World(base_url, f"{base_url}/bot")
    bot = Route("/bot/{path:path}", hear, methods=["GET", "POST"])
    routes = [*world.routes(), bot, Mount("/sandbox", routes=Control(world).routes())]
    client = httpx.AsyncClient(base_url=f"{base_url}/sandbox", trust_env=False, verify=NO_TLS)
    async with served(routes, listening), world, client as http:
        yield Remote(world, http)


async def test_a_newcomer_scans_and_goes_on_under_the_open_id_that_was_told(remote: Remote) -> None:
    code = remote.code()
    first = await remote.act("scan", person="newcomer", code=code)
    assert (first["event"], first["message"]["EventKey"], first["fate"]) == ("subscribe", "qrscene_spring", "answered")
    assert "<EventKey><![CDATA[qrscene_spring]]></EventKey>" in first["xml"]
    assert [(one["status"], one["answer"]) for one in first["attempts"]] == [(200, "success")]
    again = await remote.act("scan", person=first["open_id"], code=code)
    assert (again["event"], again["open_id"]) == ("SCAN", first["open_id"])


async def test_the_follower_is_the_one_who_has_followed_longest(remote: Remote) -> None:
    answer = await remote.act("scan", person="follower", code=remote.code())
    assert (answer["event"], answer["open_id"]) == ("SCAN", next(iter(remote.world.wechat.followers)))


@pytest.mark.parametrize(("how", "key"), [("search", ""), ("card", ""), ("payment", "last_trade_no_")])
async def test_somebody_follows_without_a_code_and_leaves(remote: Remote, how: str, key: str) -> None:
    followed = await remote.act("follow", person="newcomer", how=how)
    assert followed["event"] == "subscribe"
    assert followed["message"]["EventKey"].startswith(key)
    left = await remote.act("unfollow", person=followed["open_id"])
    assert left["event"] == "unsubscribe"


async def test_a_code_is_scanned_before_the_account_that_minted_it(remote: Remote) -> None:
    world = remote.world
    other = OfficialAccount("wxffffffffffffffff", "f" * 32, clock=world.clock, faults=world.faults)
    world.accounts[other.app_id] = other
    answer = await remote.act("scan", person="newcomer", code=other.codes.mint_elsewhere("spring").ticket)
    assert (answer["message"]["ToUserName"], answer["open_id"]) == (other.original_id, [*other.followers][-1])
    assert (await remote.look("pushes"))["pushes"][-1]["id"] == answer["id"]


async def test_signatures_keep_the_machines_time_for_a_bot_elsewhere(listening: socket.socket, tmp_path: Path) -> None:
    async with standing(listening, tmp_path, "socket") as world:
        world.clock.advance(86_400)
        assert world.wechat.pushes.now() < world.clock.now() - 86_000


async def test_somebody_writes(remote: Remote) -> None:
    answer = await remote.act("write", person="follower", text="你好")
    assert (answer["event"], answer["message"]["Content"]) == ("text", "你好")


async def test_what_wechat_itself_tells_the_person_is_told_here_too(remote: Remote) -> None:
    code = remote.code(lifetime=60)
    await remote.act("clock", advance=61)
    assert (await remote.act("scan", person="newcomer", code=code))["shown"] == "该二维码已过期"


async def test_a_phone_held_before_a_code_shows_what_it_is_and_nothing_is_pushed(remote: Remote) -> None:
    code, mortal = remote.code(), remote.code("autumn", 60)
    seen = {person: await remote.act("aim", person=person, code=code) for person in ("emma", "tom")}
    assert {person: told["page"] for person, told in seen.items()} == {"emma": "profile", "tom": "chat"}
    await remote.act("clock", advance=61)
    assert (await remote.act("aim", person="newcomer", code=mortal))["page"] == "expired"
    assert (await remote.act("aim", person=seen["emma"]["open_id"], code="https://example.com/"))["page"] == "unknown"
    assert (await remote.look("pushes"))["pushes"] == []


async def test_a_code_is_known_by_the_address_of_its_picture_too(remote: Remote) -> None:
    ticket = remote.world.wechat.codes.mint_elsewhere("spring").ticket
    address = f"{remote.world.base_url}/wechat/cgi-bin/showqrcode?{urlencode({'ticket': ticket})}"
    assert (await remote.act("scan", person="emma", code=address))["message"]["EventKey"] == "qrscene_spring"


async def test_the_people_with_names_are_told_with_who_of_them_follows(remote: Remote) -> None:
    await remote.act("follow", person="lin.xiaoyu")
    phones = {one["name"]: one for one in (await remote.look("phones"))["phones"]}
    assert len(phones) == 6
    assert (phones["lin.xiaoyu"]["nickname"], phones["lin.xiaoyu"]["follows"]) == ("林小雨", True)
    assert (phones["emma"]["language"], phones["emma"]["follows"]) == ("en-US", False)


async def test_a_chat_tells_what_was_written_and_answered(remote: Remote) -> None:
    await remote.act("write", person="tom", text="open on Sunday?")
    wechat = remote.world.wechat
    open_id = (await remote.look("phone", person="tom"))["open_id"]
    wechat.receive(open_id, Received(wechat.clock.now(), "custom", "text", "Yes"))
    await remote.act("faults", name="push_lost")
    await remote.act("write", person="tom", text="and on Monday?")
    told = await remote.look("phone", person="tom")
    assert [(line["by"], line["text"]) for line in told["chat"]] == [
        ("self", "open on Sunday?"),
        ("account", "Yes"),
        ("self", "and on Monday?"),
    ]
    assert (told["follows"], told["push"]["fate"]) == (True, "lost")


async def test_a_chat_tells_where_the_service_was_out_of_order(remote: Remote) -> None:
    remote.world.wechat.callback_url = f"{remote.world.base_url}/nowhere"
    await remote.act("write", person="tom", text="hello")
    lines = (await remote.look("phone", person="tom"))["chat"]
    assert [(line["by"], line["text"]) for line in lines] == [("self", "hello"), ("wechat", UNAVAILABLE)]


async def test_a_page_hears_how_far_a_crowd_is(remote: Remote) -> None:
    heard: list[dict[str, Any]] = []
    async with aclosing(remote.world.slack.change_log.stream()) as changes:
        coming = asyncio.create_task(remote.act("crowd", code=remote.code(), people=40))
        while not heard or heard[-1]["done"] < heard[-1]["of"]:
            change = await anext(changes)
            heard += [change["crowd"]] if "crowd" in change else []
        await coming
    assert len(heard) <= 20
    assert [one["done"] for one in heard] == sorted({one["done"] for one in heard})


async def test_a_crowd_comes_while_the_code_lives_unless_it_is_told_how_long(remote: Remote) -> None:
    answer = await remote.act("crowd", code=remote.code(lifetime=1800), people=20, over=0)
    assert (answer["expired"], answer["people"]) == (0, 20)
    late = await remote.act("crowd", code=remote.code(lifetime=1800), people=20)
    assert late["expired"] > 0 == late["answered"] - sum(late["pushes"].values())


async def test_a_crowd_comes_and_the_clock_has_moved_on(remote: Remote) -> None:
    before = (await remote.look("counts"))["clock"]["now"]
    answer = await remote.act("crowd", codes=[remote.code(), remote.code("autumn")], people=20, over=7200, seed=3)
    assert answer["people"] == 20
    assert sum(answer["pushes"].values()) == answer["answered"] >= 20
    assert 3600 < answer["now"] - before < 7260


async def test_the_last_pushes_are_told_with_every_attempt(remote: Remote) -> None:
    for _ in range(3):
        await remote.act("follow", person="newcomer")
    pushes = (await remote.look("pushes", last="2"))["pushes"]
    assert [push["id"] for push in pushes] == [push.id for push in remote.world.wechat.pushes.journal][-2:]
    assert {len(push["attempts"]) for push in pushes} == {1}


async def test_the_journal_keeps_what_was_answered_without_the_access_token(remote: Remote) -> None:
    wish = {"grant_type": "client_credential", "appid": APP_ID, "secret": APP_SECRET}
    await remote.http.post(f"{remote.world.base_url}/wechat/cgi-bin/stable_token", json=wish)
    (call,) = (await remote.look("journal"))["wechat"]
    assert json.loads(call["answer"]) == {"access_token": "***", "expires_in": 7200}


async def test_the_state_tells_who_follows_and_what_they_received(remote: Remote) -> None:
    before = (await remote.look("state", person="ana"))["wechat_people"]["followers"]
    open_id = (await remote.act("scan", person="newcomer", code=remote.code()))["open_id"]
    people = (await remote.look("state", person="ana"))["wechat_people"]
    assert people["followers"] == before + 1
    assert (people["last"][0]["openid"], people["last"][0]["received"]) == (open_id, [])


async def test_the_console_keeps_what_the_callback_confirms(remote: Remote) -> None:
    url = f"{remote.world.base_url}/bot/elsewhere"
    told = await remote.act("verify", url=url, token="another", mode="plain")
    assert (told["is_verified"], told["status"], told["url"], told["mode"]) == (True, 200, url, "plain")
    assert (await remote.act("follow", person="newcomer"))["fate"] == "answered"
    assert remote.world.wechat.callback_token == "another"


async def test_the_console_keeps_nothing_else(remote: Remote) -> None:
    told = await remote.act("verify", url=f"{remote.world.base_url}/wechat/nowhere", mode="plain")
    assert (told["is_verified"], told["status"], told["mode"]) == (False, 404, "safe")
    assert remote.world.wechat.callback_url.endswith("/bot/wechat/callback")


async def test_what_is_no_address_is_not_verified(remote: Remote) -> None:
    told = await remote.act("verify", url="not an address")
    assert (told["is_verified"], told["status"]) == (False, 0)


async def test_a_fault_befalls_the_push_it_names(remote: Remote) -> None:
    await remote.act("faults", name="push_thrice", where="/SCAN")
    assert len((await remote.act("follow", person="newcomer"))["attempts"]) == 1
    assert len((await remote.act("scan", person="follower", code=remote.code()))["attempts"]) == 3


@pytest.mark.parametrize(
    ("path", "wish", "status", "why"),
    [
        ("scan", {"code": "x"}, 400, "person must be a string"),
        ("scan", {"person": PRESENT}, 400, "code must be a string"),
        ("scan", {"person": "o123", "code": "x"}, 404, "nobody here has the open id o123"),
        ("follow", {"person": PRESENT, "how": "by magic"}, 400, "how must be one of search, card, payment"),
        ("write", {"person": PRESENT}, 400, "text must be a string"),
        ("crowd", {}, 400, "code must be a string"),
        ("crowd", {"codes": []}, 400, "codes must be a list of strings"),
        ("crowd", {"codes": [7]}, 400, "codes must be a list of strings"),
        ("crowd", {"code": "x", "people": 0}, 400, "people must be a whole number from 1"),
        ("crowd", {"code": "x", "over": 10**9}, 400, "over must be a whole number from 0"),
        ("verify", {"mode": "unsafe"}, 400, "mode must be one of plain, compat, safe"),
        ("verify", {"encoding_aes_key": "short"}, 400, "an EncodingAESKey has 43 characters"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence(
    remote: Remote, path: str, wish: dict[str, Any], status: int, why: str
) -> None:
    answered = await remote.refused(path, **wish)
    assert answered[0] == status
    assert why in answered[1]


async def test_a_changed_key_is_used_from_then_on(remote: Remote) -> None:
    key = AES_KEY[::-1]
    await remote.act("verify", encoding_aes_key=key)
    await remote.act("follow", person="newcomer")
    assert remote.world.wechat.encoding_aes_key == key


def test_the_code_in_a_picture_is_read_and_what_is_none_is_not() -> None:
    url = "http://weixin.qq.com/q/02abcdefghijklmnopqrst"
    assert code_in(drawn(url)) == url
    assert code_in(drawn("https://example.com/")) is None
    assert code_in(b"\xff\xd8\xff no picture") is None
