"""The two doors: signed HTTP, where forgery gets nowhere, and Socket Mode, which comes back by itself."""

import json
from collections.abc import AsyncIterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette

from bot.context import Health
from bot.model import Arrival
from bot.sandbox.world import Door, World, with_bot
from bot.slack.doors import HttpDoor
from bot.slack.listeners import bolt
from bot.web import web
from tests.conversations.talk import ask, files_in, said, until

SPRING = "#campaign-spring"
OPEN = "apps.connections.open"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
COMMAND = urlencode({"command": "/wxqr", "text": "help", "user_id": "U1", "trigger_id": "1.2.3"}).encode()


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=5) as client:
        yield client


async def post(http: httpx.AsyncClient, bot: World, body: bytes, headers: Mapping[str, str]) -> int:
    answer = await http.post(f"{bot.bot_url}/slack/events", content=body, headers={**FORM, **headers})
    return answer.status_code


async def test_a_signed_command_is_answered(bot: World, http: httpx.AsyncClient) -> None:
    assert await post(http, bot, COMMAND, bot.slack.signed(COMMAND)) == 200


async def test_forged_and_stale_requests_get_401(bot: World, http: httpx.AsyncClient) -> None:
    assert await post(http, bot, COMMAND, bot.slack.signed(COMMAND, secret="another")) == 401
    assert await post(http, bot, COMMAND, bot.slack.signed(COMMAND, timestamp=1_700_000_000)) == 401
    assert await post(http, bot, COMMAND + b"&x=1", bot.slack.signed(COMMAND)) == 401


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (COMMAND, {}),
        (COMMAND, {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"}),
        (COMMAND, {"X-Slack-Request-Timestamp": "²", "X-Slack-Signature": "v0=1"}),
        (COMMAND, {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=é"}),
        (b"\xff\xfe", {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=1"}),
        (b"payload={", {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=1"}),
        (b'{"a":' * 100_000, {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=1"}),
        (b"x" * 600_000, {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=1"}),
    ],
)
async def test_malformed_and_oversized_requests_get_4xx(
    bot: World, http: httpx.AsyncClient, body: bytes, headers: dict[str, str]
) -> None:
    encoded = {name.encode(): value.encode("utf-8") for name, value in headers.items()}
    answer = await http.post(f"{bot.bot_url}/slack/events", content=body, headers=encoded)
    assert 400 <= answer.status_code < 500


async def test_a_signed_body_of_any_shape_never_breaks_the_bot(bot: World, http: httpx.AsyncClient) -> None:
    for payload in ({}, {"type": "block_actions"}, {"type": "block_actions", "actions": [{}]}, {"type": "nonsense"}):
        body = urlencode({"payload": json.dumps(payload)}).encode()
        assert await post(http, bot, body, bot.slack.signed(body)) < 500
    for body in (b"", b"command=", b"command=%2Fwxqr", b"ssl_check=1", b"payload=[]", b"payload=null"):
        assert await post(http, bot, body, bot.slack.signed(body)) < 500


async def test_an_unsigned_ssl_check_gets_no_200(bot: World, http: httpx.AsyncClient) -> None:
    assert await post(http, bot, b"ssl_check=1&token=x", {}) == 400


async def _never(_: Arrival) -> dict[str, Any]:
    raise AssertionError("a stranger was let in")


@cache
def _guarded() -> Starlette:
    door = HttpDoor(bolt(AsyncWebClient("xoxb-none"), "secret", _never, lambda: 0))
    return web(lambda: Health(slack_connected=True, scheduler_running=True, database_bytes=1), door.answer)


@given(body=st.binary(max_size=300), stamp=st.text(max_size=12), signature=st.text(max_size=40))
@settings(max_examples=200, deadline=None)
async def test_whatever_the_network_sends_is_refused_with_4xx(body: bytes, stamp: str, signature: str) -> None:
    headers = {b"X-Slack-Request-Timestamp": stamp.encode(), b"X-Slack-Signature": signature.encode()}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(_guarded()), base_url="http://bot") as stranger:
        answer = await stranger.post("/slack/events", content=body, headers=headers)
    assert 400 <= answer.status_code < 500


async def test_health_readiness_and_metrics_are_told(bot: World, http: httpx.AsyncClient) -> None:
    await ask(bot, "ana", SPRING, "temp 111")
    assert (await http.get(f"{bot.bot_url}/healthz")).text == "ok"
    ready = await http.get(f"{bot.bot_url}/readyz")
    assert ready.status_code == 200
    assert ready.json()["slack"] is True
    metrics = (await http.get(f"{bot.bot_url}/metrics")).text
    assert 'wxqr_answers_total{command="temp",outcome="ok"}' in metrics


@pytest.fixture
async def socketed(world: World, door: Door, tmp_path: Path) -> AsyncIterator[World]:
    """Let the bot live behind a socket."""
    world.slack.request_url = None
    async with with_bot(world, door, tmp_path / "wxqr.db", SLACK_APP_TOKEN=world.slack.app_token):
        await until(lambda: world.slack.sockets.count)
        yield world


async def test_socket_mode_does_the_same(socketed: World) -> None:
    assert (await ask(socketed, "ana", SPRING, "temp 111")).files
    assert "二维码" in said(await ask(socketed, "li.wei", SPRING, "help"))


async def test_a_socket_that_slack_refreshes_is_opened_again(socketed: World, http: httpx.AsyncClient) -> None:
    await socketed.slack.socket_disconnect("refresh_requested")
    await until(lambda: socketed.slack.count(OPEN) == 2 and socketed.slack.sockets.count)
    assert (await ask(socketed, "ana", SPRING, "temp 111")).files
    assert (await http.get(f"{socketed.bot_url}/readyz")).status_code == 200


async def test_a_socket_that_breaks_shows_in_readiness_until_it_is_back(
    socketed: World, http: httpx.AsyncClient
) -> None:
    socketed.slack.socket_abort()
    answer = await http.get(f"{socketed.bot_url}/readyz")
    while answer.status_code == 200:
        answer = await http.get(f"{socketed.bot_url}/readyz")
    assert answer.json()["slack"] is False
    await until(lambda: socketed.slack.count(OPEN) == 2 and socketed.slack.sockets.count)
    await ask(socketed, "ana", SPRING, "temp 111")
    assert files_in(socketed, "ana", SPRING)
