"""Everything that goes wrong at Slack's on demand, as clients see it."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.sandbox.slack_stage import PNG, Stage, put, refusal

pytest_plugins = ["tests.sandbox.slack_fixture"]


def texts(stage: Stage) -> list[str]:
    return [one.text for one in stage.workspace.sees("ana", "#general")]


async def test_a_rate_limit_says_how_long_to_wait_and_does_nothing(stage: Stage) -> None:
    stage.faults.arm("slack_429", where="chat.postMessage", retry_after=7)
    answer = await refusal(stage.client().chat_postMessage(channel="#general", text="x"))

    assert (answer.status_code, answer["error"], answer.headers["Retry-After"]) == (429, "ratelimited", "7")
    assert texts(stage) == []


async def test_a_client_that_minds_the_limit_gets_through(stage: Stage) -> None:
    stage.faults.arm("slack_429", retry_after=0)
    client = stage.client()
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler())
    await client.chat_postMessage(channel="#general", text="x")

    assert texts(stage) == ["x"]
    assert stage.workspace.count("chat.postMessage") == 2


@pytest.mark.parametrize(("fault", "seen"), [("slack_5xx", []), ("slack_5xx_after", ["x"])])
async def test_a_server_error_comes_before_or_after_the_deed(stage: Stage, fault: str, seen: list[str]) -> None:
    stage.faults.arm(fault, status=502)
    answer = await refusal(stage.client().chat_postMessage(channel="#general", text="x"))

    assert answer.status_code == 502
    assert texts(stage) == seen


@pytest.mark.parametrize(("fault", "seen"), [("slack_drop_before", []), ("slack_drop_after", ["x"])])
async def test_a_dropped_connection_comes_before_or_after_the_deed(stage: Stage, fault: str, seen: list[str]) -> None:
    stage.faults.arm(fault)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await stage.client().chat_postMessage(channel="#general", text="x")

    assert texts(stage) == seen
    assert stage.workspace.journal.entries[-1].error == "dropped"


async def test_a_client_that_sends_again_after_a_drop_posts_twice(stage: Stage) -> None:
    stage.faults.arm("slack_drop_after")
    client = stage.client()
    client.retry_handlers.append(AsyncConnectionErrorRetryHandler())
    await client.chat_postMessage(channel="#general", text="x")

    assert texts(stage) == ["x", "x"]


async def test_a_slow_answer_is_late_but_whole(stage: Stage) -> None:
    stage.faults.arm("slack_slow", seconds=0.05)
    await stage.client().auth_test()

    assert stage.workspace.journal.entries[0].ms >= 50


@pytest.mark.parametrize(
    ("fault", "detail", "error"),
    [
        ("slack_internal_error", {}, "internal_error"),
        ("slack_error", {"error": "account_inactive"}, "account_inactive"),
        ("slack_token_revoked", {}, "token_revoked"),
        ("not_in_channel", {}, "not_in_channel"),
    ],
)
async def test_a_refusal_can_be_ordered(stage: Stage, fault: str, detail: dict[str, Any], error: str) -> None:
    stage.faults.arm(fault, **detail)
    answer = await refusal(stage.client().chat_postMessage(channel="#general", text="x"))

    assert answer["error"] == error
    assert (await stage.client().chat_postMessage(channel="#general", text="x"))["ok"]


async def test_not_in_channel_waits_for_a_method_that_can_say_it(stage: Stage) -> None:
    stage.faults.arm("not_in_channel")

    assert (await stage.client().auth_test())["ok"]
    assert stage.faults.armed()


async def test_a_share_can_be_lost(stage: Stage) -> None:
    stage.faults.arm("share_never")
    await stage.upload("C0SBGENERAL", initial_comment="lost")
    await stage.upload("C0SBGENERAL", initial_comment="found")
    await stage.workspace.wait_for(lambda: texts(stage))

    assert texts(stage) == ["found"]


async def test_the_second_step_of_an_upload_can_fail(stage: Stage) -> None:
    stage.faults.arm("slack_5xx", where="upload", status=503)
    ticket = await stage.client().files_getUploadURLExternal(filename="a.png", length=len(PNG))

    assert (await put(ticket["upload_url"], PNG)).status_code == 503
    assert (await put(ticket["upload_url"], PNG)).text == f"OK - {len(PNG)}"


async def test_a_response_url_can_fail(stage: Stage) -> None:
    delivery = await stage.workspace.command("ana", "#general")
    stage.faults.arm("slack_429", where="response_url")
    webhook = AsyncWebhookClient(delivery.response_url)

    assert (await webhook.send(text="x")).status_code == 429
    assert (await webhook.send(text="x")).status_code == 200
