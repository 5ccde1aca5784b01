"""A slash command in the sandbox, from a person's keys to what she sees."""

import asyncio

from slack_sdk.signature import SignatureVerifier
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.responses import Response

from tests.sandbox.slack_stage import Heard, Reply, Stage

pytest_plugins = ["tests.sandbox.slack_fixture"]


async def test_a_command_carries_every_field_that_slack_documents(stage: Stage) -> None:
    await stage.workspace.command("li.wei", "#campaign-spring", "temp spring --ttl 7d")

    payload = stage.app.heard[0].payload
    assert payload["text"] == "temp spring --ttl 7d"
    assert payload["channel_name"] == "campaign-spring"
    assert payload["user_name"] == "li.wei"
    assert payload["is_enterprise_install"] == "false"
    assert set(payload) == {
        "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command", "text",
        "api_app_id", "is_enterprise_install", "response_url", "trigger_id",
    }  # fmt: skip


async def test_private_conversations_do_not_tell_their_names(stage: Stage) -> None:
    ws = stage.workspace
    await ws.command("ana", "#ops")
    await ws.command("ana", ws.dm("ana"))

    assert [heard.payload["channel_name"] for heard in stage.app.heard] == ["privategroup", "directmessage"]


async def test_what_slack_sends_is_signed(stage: Stage) -> None:
    await stage.workspace.command("ana", "#general", "帮助")

    heard = stage.app.heard[0]
    verifier = SignatureVerifier(stage.workspace.signing_secret)
    assert verifier.is_valid_request(heard.body, dict(heard.headers))


async def test_forged_headers_do_not_verify(stage: Stage) -> None:
    verifier = SignatureVerifier(stage.workspace.signing_secret)

    assert verifier.is_valid_request(b"a=1", stage.workspace.signed(b"a=1"))
    assert not verifier.is_valid_request(b"a=1", stage.workspace.signed(b"a=1", secret="another"))
    assert not verifier.is_valid_request(b"a=1", stage.workspace.signed(b"a=1", timestamp=1_700_000_000))


async def test_a_reply_of_plain_text_shows_to_the_person_only(stage: Stage) -> None:
    async def answer(_: Heard) -> Reply:
        return "hello"

    stage.app.answer = answer
    delivery = await stage.workspace.command("ana", "#general")

    assert (delivery.status, delivery.body, delivery.error) == (200, "hello", None)
    [message] = stage.workspace.sees("ana", "#general")
    assert (message.text, message.via, message.ephemeral_to) == ("hello", "command reply", "U0SBANA01")
    assert stage.workspace.sees("ben", "#general") == []


async def test_a_reply_in_channel_shows_to_every_member(stage: Stage) -> None:
    async def answer(_: Heard) -> Reply:
        return {"response_type": "in_channel", "text": "for all"}

    stage.app.answer = answer
    await stage.workspace.command("ana", "#campaign-spring")

    assert [one.text for one in stage.workspace.sees("ben", "#campaign-spring")] == ["for all"]
    assert stage.workspace.sees("chloe", "#campaign-spring") == []


async def test_a_reply_with_bad_blocks_is_reported_to_the_person(stage: Stage) -> None:
    async def answer(_: Heard) -> Reply:
        return {"blocks": [{"type": "section"}]}

    stage.app.answer = answer
    delivery = await stage.workspace.command("ana", "#general")

    assert delivery.error == "invalid_command_response"


async def test_a_reply_that_comes_too_late_is_a_timeout(stage: Stage) -> None:
    never = asyncio.Event()

    async def answer(_: Heard) -> Reply:
        await never.wait()
        return ""

    stage.app.answer = answer
    stage.workspace.ack_seconds = 0.05
    delivery = await stage.workspace.command("ana", "#general")
    never.set()

    assert delivery.error == "operation_timeout"
    assert [m.text for m in stage.workspace.sees("ana", "#general")] == [
        "/wxqr failed with the error “operation_timeout”"
    ]


async def test_an_app_that_fails_is_a_failed_dispatch(stage: Stage) -> None:
    async def answer(_: Heard) -> Reply:
        return Response(status_code=404)

    stage.app.answer = answer
    delivery = await stage.workspace.command("ana", "#general")

    assert (delivery.status, delivery.error) == (404, "dispatch_failed")
    assert stage.workspace.sees("ana", "#general")[0].user == "USLACKBOT"


async def test_nobody_at_the_address_is_a_failed_dispatch(stage: Stage) -> None:
    stage.workspace.request_url = "http://127.0.0.1:9/slack/events"

    delivery = await stage.workspace.command("ana", "#general")

    assert (delivery.status, delivery.error) == (0, "dispatch_failed")


async def test_with_should_escape_people_channels_and_addresses_are_marked_up(stage: Stage) -> None:
    stage.workspace.should_escape = True
    await stage.workspace.command("ana", "#general", "a<b & @ben #marketing-市场 @nobody https://e.cn/?a=1&b=2")

    assert stage.app.heard[0].payload["text"] == (
        "a&lt;b &amp; <@U0SBBEN02|ben> <#C0SBMARKET1|marketing-市场> @nobody <https://e.cn/?a=1&amp;b=2>"
    )


async def test_a_repeated_delivery_is_the_very_same_payload(stage: Stage) -> None:
    delivery = await stage.workspace.command("ana", "#general", "temp spring")
    await stage.workspace.repeat(delivery)

    first, second = stage.app.heard
    assert first.body == second.body


async def test_the_fault_of_double_delivery_sends_a_command_twice(stage: Stage) -> None:
    stage.faults.arm("duplicate_delivery")
    await stage.workspace.command("ana", "#general", "temp spring")
    await stage.workspace.command("ana", "#general", "help")

    assert [heard.payload["text"] for heard in stage.app.heard] == ["temp spring", "temp spring", "help"]


async def test_a_later_answer_replaces_the_first(stage: Stage) -> None:
    async def answer(_: Heard) -> Reply:
        return "working on it"

    stage.app.answer = answer
    delivery = await stage.workspace.command("ana", "#general")
    done = await AsyncWebhookClient(delivery.response_url).send(text="done", replace_original=True)

    assert done.status_code == 200
    assert [one.text for one in stage.workspace.sees("ana", "#general")] == ["done"]
