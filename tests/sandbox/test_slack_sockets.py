"""Socket Mode, spoken with Slack's own client: envelopes, acks, farewells and cut lines."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from tests.sandbox.slack_stage import Stage, refusal, staged

Listener = Callable[[AsyncBaseSocketModeClient, SocketModeRequest], Awaitable[None]]


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(socket_mode=True) as stage:
        yield stage


@asynccontextmanager
async def connected(stage: Stage, listener: Listener) -> AsyncIterator[SocketModeClient]:
    ws = stage.workspace
    client = SocketModeClient(ws.app_token, web_client=stage.client(ws.app_token), ping_interval=0.2)
    client.socket_mode_request_listeners.append(listener)
    before = ws.sockets.count
    await client.connect()  # type: ignore[no-untyped-call]  # slack_sdk's own
    await ws.wait_for(lambda: ws.sockets.count > before)
    try:
        yield client
    finally:
        await client.close()  # type: ignore[no-untyped-call]  # slack_sdk's own


@asynccontextmanager
async def bare(stage: Stage) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    url = (await stage.client().apps_connections_open(app_token=stage.workspace.app_token))["url"]
    async with aiohttp.ClientSession() as session, session.ws_connect(url, autoping=False) as line:
        yield line


async def ack(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
    await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, {"text": f"heard {request.type}"}))


async def test_a_connection_begins_with_hello(stage: Stage) -> None:
    async with bare(stage) as line:
        hello = json.loads((await line.receive()).data)

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": stage.workspace.app_id}


async def test_a_ticket_is_good_for_one_connection(stage: Stage) -> None:
    url = (await stage.client().apps_connections_open(app_token=stage.workspace.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as line:
            await line.receive()
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)


async def test_a_ping_is_answered_with_its_own_words(stage: Stage) -> None:
    async with bare(stage) as line:
        await line.receive()
        await line.ping(b"sdk-ping-pong:1.5")
        pong = await line.receive()

    assert (pong.type, pong.data) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1.5")


async def test_a_command_goes_through_the_socket_and_the_ack_is_the_reply(stage: Stage) -> None:
    async with connected(stage, ack):
        delivery = await stage.workspace.command("ana", "#general", "help")

    assert delivery.error is None
    assert [one.text for one in stage.workspace.sees("ana", "#general")] == ["heard slash_commands"]


async def test_without_a_connection_a_command_is_a_failed_dispatch(stage: Stage) -> None:
    delivery = await stage.workspace.command("ana", "#general", "help")

    assert delivery.error == "dispatch_failed"


async def test_a_command_nobody_acks_is_a_timeout(stage: Stage) -> None:
    stage.workspace.ack_seconds = 0.05
    async with bare(stage) as line:
        await line.receive()
        delivery = await stage.workspace.command("ana", "#general", "help")

    assert delivery.error == "operation_timeout"


async def test_each_payload_goes_to_one_connection_only(stage: Stage) -> None:
    heard: list[str] = []

    async def note(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        heard.append(request.envelope_id)
        await ack(client, request)

    async with connected(stage, note), connected(stage, note):
        for _ in range(5):
            await stage.workspace.command("ana", "#general")

    assert len(heard) == len(set(heard)) == 5


async def test_an_event_that_is_not_acked_comes_again(stage: Stage) -> None:
    stage.workspace.sockets.redelivered_after = 0.05
    attempts: list[tuple[int | None, str | None]] = []

    async def ignore_once(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        attempts.append((request.retry_attempt, request.retry_reason))
        if len(attempts) > 1:
            await ack(client, request)

    async with connected(stage, ignore_once):
        delivery = await stage.workspace.mention("ana", "#general", "help")

    assert delivery.status == 200
    assert attempts == [(0, ""), (1, "timeout")]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_a_client_told_to_go_comes_back(stage: Stage, reason: str) -> None:
    async with connected(stage, ack):
        await stage.workspace.socket_disconnect(reason)
        await stage.workspace.wait_for(lambda: stage.workspace.sockets.count == 1)
        delivery = await stage.workspace.command("ana", "#general")

    assert delivery.error is None


async def test_a_client_survives_a_line_that_is_cut(stage: Stage) -> None:
    async with connected(stage, ack):
        stage.workspace.socket_abort()
        assert stage.workspace.sockets.count == 0
        await stage.workspace.wait_for(lambda: stage.workspace.sockets.count == 1)
        delivery = await stage.workspace.command("ana", "#general")

    assert delivery.error is None


async def test_a_cut_line_says_no_goodbye(stage: Stage) -> None:
    async with bare(stage) as line:
        await line.receive()
        stage.workspace.socket_abort()
        end = await line.receive()

    assert end.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    assert line.close_code in (None, aiohttp.WSCloseCode.ABNORMAL_CLOSURE)


async def test_an_eleventh_connection_is_sent_away(stage: Stage) -> None:
    async with AsyncExitStack() as lines:
        for _ in range(10):
            await (await lines.enter_async_context(bare(stage))).receive()
        eleventh = await lines.enter_async_context(bare(stage))
        frame = json.loads((await eleventh.receive()).data)

    assert (frame["type"], frame["reason"]) == ("disconnect", "too_many_websockets")


async def test_only_the_app_token_opens_connections(stage: Stage) -> None:
    call = stage.client().apps_connections_open(app_token="xapp-nobody")

    assert (await refusal(call))["error"] == "invalid_auth"


async def test_a_click_waits_for_its_ack_like_a_command(stage: Stage) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}, "action_id": "go"}
    blocks = [{"type": "actions", "elements": [button]}]
    posted = await stage.client().chat_postMessage(channel="#general", text="x", blocks=blocks)
    acked = asyncio.Event()

    async def note(client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        assert request.payload["actions"][0]["action_id"] == "go"
        acked.set()
        await ack(client, request)

    async with connected(stage, note):
        delivery = await stage.workspace.click("ana", posted["ts"], "go")

    assert delivery.status == 200
    assert acked.is_set()
