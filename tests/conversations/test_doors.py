"""The two doors: signed HTTP, where forgery gets nowhere, and Socket Mode, which comes back by itself."""

import json
import time
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sandbox.world import Door, World, with_bot
from tests.conversations.talk import ask, files_in, said, until
from tests.plain_http import NO_TLS

SPRING = "#campaign-spring"
OPEN = "apps.connections.open"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
COMMAND = urlencode({"command": "/wxqr", "text": "help", "user_id": "U1", "trigger_id": "1.2.3"}).encode()

# valid JSON of the wrong shape, under the names that Bolt and the bot look at
NAMES = ["id", "team", "user", "channel", "enterprise", "actions", "container", "view", "event", "authorizations"]
TYPES = ["block_actions", "view_submission", "view_closed", "block_suggestion", "event_callback", "shortcut"]
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(TYPES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)
misshapen = st.fixed_dictionaries(
    {}, optional={"type": st.sampled_from(TYPES) | values, **dict.fromkeys(NAMES, values)}
)
bodies = st.one_of(
    (misshapen | values).map(lambda payload: urlencode({"payload": json.dumps(payload)}).encode()),
    (misshapen | values).map(lambda payload: json.dumps(payload).encode()),
)
stamps = st.integers().map(str) | st.builds(lambda: str(int(time.time())))


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=5, verify=NO_TLS) as client:
        yield client


async def post(http: httpx.AsyncClient, bot: World, body: bytes, headers: Mapping[str, str]) -> int:
    answer = await http.post(f"{bot.bot_url}/slack/events", content=body, headers={**FORM, **headers})
    return answer.status_code


async def knock(door: Door, body: bytes, headers: Mapping[bytes, bytes]) -> int:
    """Post what no HTTP client would: what breaks in the bot breaks the test."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(door), base_url="http://bot") as slack:
        return (await slack.post("/slack/events", content=body, headers={**headers})).status_code


async def test_slack_only_ever_posts(bot: World, http: httpx.AsyncClient) -> None:
    answer = await http.get(f"{bot.bot_url}/slack/events")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


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
    assert await post(http, bot, b"ssl_check=1&token=x", {}) == 401


@given(body=st.binary(max_size=300) | bodies, stamp=st.text(max_size=12) | stamps, signature=st.text(max_size=40))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.usefixtures("bot")
async def test_whatever_a_stranger_sends_is_refused_with_401(
    door: Door, body: bytes, stamp: str, signature: str
) -> None:
    headers = {b"X-Slack-Request-Timestamp": stamp.encode(), b"X-Slack-Signature": signature.encode()}
    assert await knock(door, body, headers) == 401


@given(body=bodies)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_signed_json_of_any_shape_is_never_answered_with_500(bot: World, door: Door, body: bytes) -> None:
    headers = {name.encode(): value.encode() for name, value in bot.slack.signed(body).items()}
    assert await knock(door, body, headers) < 500


async def test_a_payload_that_bolt_cannot_read_is_401_unsigned_and_400_signed(bot: World, door: Door) -> None:
    body = urlencode({"payload": json.dumps({"team": 5})}).encode()
    forged = {b"X-Slack-Request-Timestamp": b"1", b"X-Slack-Signature": b"v0=1"}
    signed = {name.encode(): value.encode() for name, value in bot.slack.signed(body).items()}
    assert await knock(door, body, forged) == 401
    assert await knock(door, body, signed) == 400


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
