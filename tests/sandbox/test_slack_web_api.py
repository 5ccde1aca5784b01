"""The sandbox's Web API, asked by Slack's own client and by bare HTTP."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.slack.workspace import GRANTED
from tests.plain_http import NO_TLS
from tests.sandbox.slack_stage import Stage, refusal

pytest_plugins = ["tests.sandbox.slack_fixture"]


@pytest.fixture
async def http(stage: Stage) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=stage.api_url, trust_env=False, verify=NO_TLS) as client:
        yield client


async def test_auth_test_tells_who_the_bot_is(stage: Stage) -> None:
    answer = await stage.client().auth_test()

    assert answer["user"] == "wxqr"
    assert answer["user_id"] == stage.workspace.bot_user_id
    assert answer["bot_id"] == stage.workspace.bot_id
    assert answer["team_id"] == stage.workspace.team_id
    assert answer.headers["X-OAuth-Scopes"] == ",".join(GRANTED)


@pytest.mark.parametrize("way", ["json", "form", "multipart", "query", "get"])
async def test_arguments_may_come_in_any_of_five_ways(stage: Stage, http: httpx.AsyncClient, way: str) -> None:
    ways: dict[str, dict[str, Any]] = {
        "json": {"json": {"user": "U0SBANA01"}},
        "form": {"data": {"user": "U0SBANA01"}},
        "multipart": {"files": {"user": (None, "U0SBANA01")}},
        "query": {"params": {"user": "U0SBANA01"}},
        "get": {"params": {"user": "U0SBANA01"}},
    }
    headers = {"Authorization": f"Bearer {stage.workspace.bot_token}"}
    answer = await http.request("GET" if way == "get" else "POST", "users.info", headers=headers, **ways[way])

    assert answer.json()["user"]["name"] == "ana"


async def test_the_token_may_be_an_argument(stage: Stage, http: httpx.AsyncClient) -> None:
    answer = await http.post("auth.test", data={"token": stage.workspace.bot_token})

    assert answer.json()["ok"]
    assert "token" not in stage.workspace.journal.entries[0].arguments


async def test_refusals_come_with_http_200(http: httpx.AsyncClient) -> None:
    answer = await http.post("auth.test")

    assert (answer.status_code, answer.json()) == (200, {"ok": False, "error": "not_authed"})


async def test_an_unknown_token_is_invalid_auth(stage: Stage) -> None:
    assert (await refusal(stage.client("xoxb-nobody").auth_test()))["error"] == "invalid_auth"


async def test_each_kind_of_token_has_its_own_methods(stage: Stage) -> None:
    ws = stage.workspace
    bot = stage.client().apps_connections_open(app_token=ws.bot_token)
    app = stage.client(ws.app_token).auth_test()

    assert (await refusal(bot))["error"] == "not_allowed_token_type"
    assert (await refusal(app))["error"] == "not_allowed_token_type"


async def test_an_unknown_method_is_refused(stage: Stage) -> None:
    assert (await refusal(stage.client().api_call("chat.shout")))["error"] == "unknown_method"


async def test_a_method_beyond_the_granted_scopes_says_what_it_needs(stage: Stage) -> None:
    answer = await refusal(stage.client().conversations_history(channel="C0SBGENERAL"))

    assert answer["error"] == "missing_scope"
    assert answer["needed"] == "channels:history"
    assert answer["provided"] == ",".join(GRANTED)


async def test_a_missing_argument_is_named(stage: Stage) -> None:
    answer = await refusal(stage.client().api_call("users.info"))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == ["[ERROR] missing required field: user"]


@pytest.mark.parametrize(("body", "error"), [(b"{", "invalid_json"), (b"[]", "json_not_object")])
async def test_a_body_that_is_no_object_is_refused(
    stage: Stage, http: httpx.AsyncClient, body: bytes, error: str
) -> None:
    headers = {"Authorization": f"Bearer {stage.workspace.bot_token}", "Content-Type": "application/json"}

    assert (await http.post("auth.test", content=body, headers=headers)).json()["error"] == error


async def test_the_locale_is_told_only_to_who_asks(stage: Stage) -> None:
    client = stage.client()
    asked = await client.users_info(user="U0SBLIWEI4", include_locale=True)
    not_asked = await client.users_info(user="U0SBLIWEI4")

    assert (asked["user"]["locale"], asked["user"]["tz_offset"]) == ("zh-CN", 28800)
    assert "locale" not in not_asked["user"]
    assert (await refusal(client.users_info(user="U0NOBODY00")))["error"] == "user_not_found"


async def test_six_people_and_the_bot_are_listed(stage: Stage) -> None:
    members = (await stage.client().users_list(include_locale=True))["members"]

    assert [one["locale"] for one in members if not one["is_bot"]] == ["en-US"] * 3 + ["zh-CN"] * 3
    assert [one["name"] for one in members if one["is_bot"]] == ["wxqr"]


async def test_a_direct_message_opens_once_per_person(stage: Stage) -> None:
    client = stage.client()
    first = await client.conversations_open(users="U0SBANA01")
    again = await client.conversations_open(users=["U0SBANA01"], return_im=True)

    assert first["channel"]["id"].startswith("D")
    assert again["channel"]["id"] == first["channel"]["id"]
    assert again["channel"]["user"] == "U0SBANA01"
    assert (await refusal(client.conversations_open(users="U0NOBODY00")))["error"] == "user_not_found"


async def test_channels_can_be_read_where_the_scopes_are_granted(stage: Stage) -> None:
    stage.workspace.scopes += ("channels:join", "channels:history")
    client = stage.client()
    listed = await client.conversations_list(types="public_channel,private_channel")
    names = [one["name"] for one in listed["channels"]]

    assert names == ["general", "campaign-spring", "marketing-市场", "random", "ops"]
    assert not (await client.conversations_info(channel="C0SBRANDOM1"))["channel"]["is_member"]
    assert (await client.conversations_join(channel="C0SBRANDOM1"))["channel"]["is_member"]
    assert "U0SBCHLOE3" in (await client.conversations_members(channel="C0SBRANDOM1"))["members"]


async def test_a_private_channel_without_the_bot_is_one_slack_has_never_heard_of(stage: Stage) -> None:
    client = stage.client()
    ops = (await client.conversations_info(channel="C0SBOPS0001"))["channel"]
    assert (ops["is_private"], ops["is_channel"]) == (True, True)
    stage.workspace.channels["C0SBOPS0001"].members.discard(BOT_USER)
    assert (await refusal(client.conversations_info(channel="C0SBOPS0001")))["error"] == "channel_not_found"
    stage.workspace.scopes = ("chat:write", "groups:read")
    assert (await refusal(client.conversations_info(channel="C0SBGENERAL")))["needed"] == "channels:read"


async def test_history_holds_no_ephemeral_messages_and_replies_hold_the_thread(stage: Stage) -> None:
    stage.workspace.scopes += ("channels:history",)
    client = stage.client()
    parent = (await client.chat_postMessage(channel="#general", text="parent"))["ts"]
    await client.chat_postMessage(channel="#general", text="child", thread_ts=parent)
    await client.chat_postEphemeral(channel="C0SBGENERAL", user="U0SBANA01", text="whisper")

    history = await client.conversations_history(channel="C0SBGENERAL")
    replies = await client.conversations_replies(channel="C0SBGENERAL", ts=parent)
    assert [one["text"] for one in history["messages"]] == ["parent"]
    assert [one["text"] for one in replies["messages"]] == ["parent", "child"]


async def test_the_journal_keeps_what_was_asked_and_what_came_of_it(stage: Stage) -> None:
    await stage.client().chat_postMessage(channel="#general", text="hello")
    await refusal(stage.client().chat_postMessage(channel="#nowhere", text="hello"))

    good, bad = stage.workspace.journal.of("chat.postMessage")
    assert (good.ok, good.arguments["text"]) == (True, "hello")
    assert (bad.ok, bad.error) == (False, "channel_not_found")
    assert stage.workspace.count("chat.postMessage") == 2


async def test_blocks_validate_answers_with_the_place_of_each_problem(stage: Stage) -> None:
    good = [{"type": "divider"}]
    bad = [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}]
    client = stage.client()

    assert (await client.blocks_validate(blocks=good))["ok"]
    assert (await refusal(client.blocks_validate(blocks=bad)))["errors"] == [
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_half_a_character_is_kept_as_the_sign_for_what_cannot_be_read(
    stage: Stage, http: httpx.AsyncClient
) -> None:
    headers = {"Authorization": f"Bearer {stage.workspace.bot_token}", "content-type": "application/json"}
    said = r'{"channel": "#general", "text": "cut \ud83d", "metadata": "{\"a\": \"\\ud83d\"}"}'
    answer = await http.post("chat.postMessage", content=said, headers=headers)

    [message] = stage.workspace.sees("ana", "#general")
    assert (answer.json()["ok"], message.text, message.metadata) == (True, "cut \ufffd", {"a": "\ufffd"})


@pytest.mark.parametrize("given", ["NaN", "1e999", "[" * 100_000])
async def test_what_is_no_json_though_python_reads_it_is_refused(
    stage: Stage, http: httpx.AsyncClient, given: str
) -> None:
    headers = {"Authorization": f"Bearer {stage.workspace.bot_token}", "content-type": "application/json"}
    answer = await http.post("chat.postMessage", content=f'{{"text": "x", "metadata": {given}}}', headers=headers)

    assert answer.json() == {"ok": False, "error": "invalid_json"}
