"""The callback URL: what is forged gets 4xx at once, what cannot be kept gets 5xx, what is answered is on the disk."""

import asyncio
import logging
import secrets
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.sandbox.world import AES_KEY, APP_ID, CALLBACK_TOKEN, Door, World, with_bot
from bot.wechat.crypto import AesKey, signature
from tests.plain_http import NO_TLS

SCAN = (
    "<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[{who}]]></FromUserName>"
    "<CreateTime>{at}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[SCAN]]></Event>"
    "<EventKey><![CDATA[spring]]></EventKey></xml>"
)


@pytest.fixture
async def wechat(bot: World) -> AsyncIterator[httpx.AsyncClient]:
    """Call the running bot as WeChat does."""
    async with httpx.AsyncClient(base_url=f"{bot.bot_url}/wechat", trust_env=False, verify=NO_TLS) as client:
        yield client


def pushed(who: str = "oOne", *, at: int | None = None, key: str = AES_KEY, app_id: str = APP_ID) -> tuple[str, bytes]:
    """Return the query and the body of one scan, in safe mode."""
    now = int(time.time())
    message = SCAN.format(who=who, at=now if at is None else at).encode()
    encrypted = AesKey(key).seal(message, app_id, secrets.token_bytes(16))
    signed = signature(CALLBACK_TOKEN, str(now), "n1", encrypted)
    plainly = signature(CALLBACK_TOKEN, str(now), "n1")
    query = f"signature={plainly}&timestamp={now}&nonce=n1&openid={who}&encrypt_type=aes&msg_signature={signed}"
    return query, f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{encrypted}</Encrypt></xml>".encode()


def kept(database: Path) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        number: int = connection.execute("select count(*) from scans").fetchone()[0]
    return number


async def test_a_scan_is_on_the_disk_when_it_is_answered(wechat: httpx.AsyncClient, tmp_path: Path) -> None:
    query, body = pushed()
    answer = await wechat.post(f"/callback?{query}", content=body)
    assert (answer.status_code, answer.text, kept(tmp_path / "wxqr.db")) == (200, "success", 1)


async def test_the_same_push_thrice_counts_once_and_is_answered_each_time(
    wechat: httpx.AsyncClient, tmp_path: Path
) -> None:
    query, body = pushed()
    answers = await asyncio.gather(*(wechat.post(f"/callback?{query}", content=body) for _ in range(3)))
    assert {answer.text for answer in answers} == {"success"}
    assert kept(tmp_path / "wxqr.db") == 1


async def test_each_account_has_a_callback_url_of_its_own(wechat: httpx.AsyncClient) -> None:
    query, body = pushed()
    assert (await wechat.post(f"/callback/default?{query}", content=body)).status_code == 200
    assert (await wechat.post(f"/callback/nobody?{query}", content=body)).status_code == 404


async def test_what_is_forged_or_malformed_gets_4xx_within_50_ms_and_one_line_without_the_body(
    wechat: httpx.AsyncClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    query, body = pushed("oSecretPerson")
    plain = SCAN.format(who="oSecretPerson", at=int(time.time())).encode()
    forged = {
        "another signature": (query.replace("msg_signature=", "msg_signature=0"), body, 403),
        "another body": (query, pushed("oOther")[1], 403),
        "plaintext": (query.replace("encrypt_type=aes&", "").replace("msg_signature", "x"), plain, 403),
        "another key": (*pushed("oSecretPerson", key="B" * 43), 403),
        "another account": (*pushed("oSecretPerson", app_id="wx_other"), 403),
        "no query": ("", body, 403),
        "no xml": (query, b"<xml><unclosed>", 400),
        "a document type": (query, b'<!DOCTYPE xml [<!ENTITY a "b">]><xml><Encrypt>&a;</Encrypt></xml>', 400),
        "nothing": (query, b"", 400),
        "too much": (query, b"x" * (64 * 1024 + 1), 413),
    }
    await wechat.post(f"/callback?{query}&signature=1", content=body)
    for what, (query_string, content, status) in forged.items():
        caplog.clear()
        # what asks and what answers are this process, whatever else the machine does meanwhile
        began = time.process_time()
        answer = await wechat.post(f"/callback?{query_string}", content=content)
        seconds = time.process_time() - began
        assert (what, answer.status_code, answer.text) == (what, status, "")
        assert seconds < 0.05 or what == "too much", f"{what} took {seconds * 1000:.0f} ms"
        (line,) = [record for record in caplog.records if record.name == "bot.pushes"]
        assert "oSecretPerson" not in line.getMessage()
        assert line.levelno == logging.WARNING
    assert kept(tmp_path / "wxqr.db") == 0


async def test_a_push_older_than_five_minutes_is_refused(bot: World, wechat: httpx.AsyncClient) -> None:
    query, body = pushed()
    bot.clock.advance(301)
    assert (await wechat.post(f"/callback?{query}", content=body)).status_code == 403


async def test_the_console_can_verify_the_url(wechat: httpx.AsyncClient) -> None:
    now = str(int(time.time()))
    signed = signature(CALLBACK_TOKEN, now, "n1")
    answer = await wechat.get(f"/callback?signature={signed}&timestamp={now}&nonce=n1&echostr=4711")
    assert (answer.status_code, answer.text) == (200, "4711")
    assert (await wechat.get(f"/callback?signature=0&timestamp={now}&nonce=n1&echostr=4711")).status_code == 403
    assert (await wechat.put("/callback")).status_code == 405


async def test_the_path_can_be_moved(world: World, door: Door, tmp_path: Path) -> None:
    query, body = pushed()
    async with (
        with_bot(world, door, tmp_path / "wxqr.db", WXQR_CALLBACK_PATH="/hooks/weixin"),
        httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client,
    ):
        assert (await client.post(f"{world.bot_url}/hooks/weixin?{query}", content=body)).status_code == 200
        assert (await client.post(f"{world.bot_url}/wechat/callback?{query}", content=body)).status_code == 404


async def test_without_a_callback_token_there_is_no_callback(world: World, door: Door, tmp_path: Path) -> None:
    query, body = pushed()
    async with (
        with_bot(world, door, tmp_path / "wxqr.db", WECHAT_CALLBACK_TOKEN="", WECHAT_ENCODING_AES_KEY=""),
        httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client,
    ):
        assert (await client.post(f"{world.bot_url}/wechat/callback?{query}", content=body)).status_code == 404


async def test_messages_and_other_events_are_answered_and_not_kept(bot: World, tmp_path: Path) -> None:
    phone = bot.wechat.phone()
    await phone.follow()
    push = await phone.write("hello")
    assert [each.answer for each in push.attempts] == ["success"]
    assert kept(tmp_path / "wxqr.db") == 1  # the follow


async def test_while_the_database_is_locked_a_push_gets_5xx_in_time_and_the_next_one_is_kept(
    wechat: httpx.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.funnel.PATIENCE", 0.3)
    query, body = pushed()
    with closing(sqlite3.connect(tmp_path / "wxqr.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        answers = await asyncio.gather(*(wechat.post(f"/callback?{query}", content=body) for _ in range(5)))
        assert {answer.status_code for answer in answers} == {503}
        other.execute("rollback")
    assert (await wechat.post(f"/callback?{query}", content=body)).status_code == 200
    assert kept(tmp_path / "wxqr.db") == 1
