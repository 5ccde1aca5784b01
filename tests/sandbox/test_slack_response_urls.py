"""What can be answered through a response_url, how often, how long, and where it shows."""

import httpx
import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.plain_http import NO_TLS
from tests.sandbox.slack_stage import Stage

pytest_plugins = ["tests.sandbox.slack_fixture"]


@pytest.fixture
async def url(stage: Stage) -> AsyncWebhookClient:
    delivery = await stage.workspace.command("ana", "#random", "temp spring")
    return AsyncWebhookClient(delivery.response_url)


async def test_an_answer_is_ephemeral_unless_it_says_otherwise(stage: Stage, url: AsyncWebhookClient) -> None:
    answer = await url.send(text="for you")

    assert (answer.status_code, answer.body) == (200, "ok")
    assert [one.text for one in stage.workspace.sees("ana", "#random")] == ["for you"]
    assert stage.workspace.sees("ben", "#random") == []


async def test_an_answer_in_channel_needs_no_membership(stage: Stage, url: AsyncWebhookClient) -> None:
    await url.send(text="for all", response_type="in_channel")

    [message] = stage.workspace.sees("ben", "#random")
    assert (message.text, message.via) == ("for all", "response_url")


async def test_the_sixth_use_is_refused(url: AsyncWebhookClient) -> None:
    answers = [await url.send(text=str(number)) for number in range(6)]

    assert [one.status_code for one in answers] == [200] * 5 + [404]
    assert answers[5].body == "used_url"


async def test_after_thirty_minutes_it_is_expired(stage: Stage, url: AsyncWebhookClient) -> None:
    stage.clock.advance(30 * 60 + 1)
    answer = await url.send(text="late")

    assert (answer.status_code, answer.body) == (404, "expired_url")


async def test_what_was_answered_can_be_replaced_and_deleted(stage: Stage, url: AsyncWebhookClient) -> None:
    await url.send(text="one")
    await url.send(text="two", replace_original=True)
    assert [one.text for one in stage.workspace.sees("ana", "#random")] == ["two"]

    await url.send(delete_original=True)
    assert stage.workspace.sees("ana", "#random") == []


async def test_bad_blocks_and_no_text_are_400_and_cost_no_use(url: AsyncWebhookClient) -> None:
    bad = await url.send(blocks=[{"type": "section"}])
    empty = await url.send(text="")
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        nonsense = await http.post(url.url, content=b"nonsense")

    assert (bad.status_code, bad.body) == (400, "invalid_blocks")
    assert (empty.status_code, empty.body) == (400, "no_text")
    assert (nonsense.status_code, nonsense.text) == (400, "invalid_payload")
    assert [(await url.send(text="x")).status_code for _ in range(5)] == [200] * 5


async def test_an_answer_can_go_into_a_thread(stage: Stage, url: AsyncWebhookClient) -> None:
    parent = stage.workspace.say("ana", "#random", "parent").ts
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        await http.post(url.url, json={"text": "child", "thread_ts": parent, "response_type": "in_channel"})

    assert stage.workspace.sees("ben", "#random")[1].thread_ts == parent


async def test_uses_are_counted_in_the_journal(stage: Stage, url: AsyncWebhookClient) -> None:
    await url.send(text="one")

    assert stage.workspace.count("response_url") == 1
