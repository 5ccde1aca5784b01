"""Clicks, home tabs, mentions and shortcuts: what a person does, and what the app hears."""

from typing import Any

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient
from starlette.responses import Response

from tests.sandbox.slack_stage import Heard, Reply, Stage

pytest_plugins = ["tests.sandbox.slack_fixture"]


OPTIONS = [{"text": {"type": "plain_text", "text": one.title()}, "value": one} for one in ("day", "week")]


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def button(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": text.lower(), "value": f"do {text}", **more}


ACTIONS = {
    "type": "actions",
    "block_id": "acts",
    "elements": [
        button("Approve", visible_to_user_ids=["U0SBBEN02"]),
        button("Share"),
        {"type": "static_select", "action_id": "period", "options": OPTIONS},
        {"type": "overflow", "action_id": "more", "options": OPTIONS},
        {"type": "users_select", "action_id": "who"},
    ],
}


async def posted(stage: Stage) -> str:
    answer = await stage.client().chat_postMessage(channel="#general", text="choose", blocks=[ACTIONS])
    return str(answer["ts"])


async def test_a_click_carries_the_message_the_value_and_a_way_to_answer(stage: Stage) -> None:
    ts = await posted(stage)
    delivery = await stage.workspace.click("ana", ts, "Share")

    payload = stage.app.heard[0].payload
    assert payload["type"] == "block_actions"
    assert payload["container"] == {
        "type": "message",
        "message_ts": ts,
        "channel_id": "C0SBGENERAL",
        "is_ephemeral": False,
    }
    assert payload["message"]["ts"] == ts
    assert payload["actions"][0] | {"action_ts": ""} == {
        "type": "button",
        "action_id": "share",
        "block_id": "acts",
        "text": plain("Share"),
        "value": "do Share",
        "action_ts": "",
    }
    assert payload["user"]["id"] == "U0SBANA01"
    assert (delivery.trigger_id, delivery.response_url) == (payload["trigger_id"], payload["response_url"])


@pytest.mark.parametrize(
    ("action", "value", "said"),
    [
        ("period", "Week", {"selected_option": OPTIONS[1]}),
        ("more", "day", {"selected_option": OPTIONS[0]}),
        ("who", "U0SBBEN02", {"selected_user": "U0SBBEN02"}),
    ],
)
async def test_a_menu_says_what_was_chosen(stage: Stage, action: str, value: str, said: dict[str, Any]) -> None:
    await stage.workspace.click("ana", await posted(stage), action, value)

    touched = stage.app.heard[0].payload["actions"][0]
    assert {key: touched[key] for key in said} == said


async def test_a_button_for_approvers_is_there_for_nobody_else(stage: Stage) -> None:
    ts = await posted(stage)

    assert (await stage.workspace.click("ben", ts, "Approve")).status == 200
    with pytest.raises(LookupError):
        await stage.workspace.click("ana", ts, "Approve")


async def test_nobody_clicks_what_she_does_not_see(stage: Stage) -> None:
    answer = await stage.client().chat_postEphemeral(
        channel="C0SBGENERAL", user="U0SBBEN02", text="x", blocks=[ACTIONS]
    )

    with pytest.raises(LookupError):
        await stage.workspace.click("ana", answer["message_ts"], "Share")


async def test_a_click_in_an_ephemeral_message_shows_no_message_but_can_replace_it(stage: Stage) -> None:
    answer = await stage.client().chat_postEphemeral(
        channel="C0SBGENERAL", user="U0SBANA01", text="x", blocks=[ACTIONS]
    )
    delivery = await stage.workspace.click("ana", answer["message_ts"], "Share")
    await AsyncWebhookClient(delivery.response_url).send(text="shared", replace_original=True)

    payload = stage.app.heard[0].payload
    assert payload["container"]["is_ephemeral"]
    assert "message" not in payload
    assert [one.text for one in stage.workspace.sees("ana", "#general")] == ["shared"]


async def test_a_click_can_make_its_message_vanish(stage: Stage) -> None:
    delivery = await stage.workspace.click("ana", await posted(stage), "Share")
    await AsyncWebhookClient(delivery.response_url).send(delete_original=True)

    assert stage.workspace.sees("ben", "#general") == []


async def test_a_home_tab_is_asked_for_published_and_clicked(stage: Stage) -> None:
    await stage.workspace.open_home("ana")
    event = stage.app.heard[0].payload["event"]
    home = {"type": "home", "blocks": [ACTIONS]}
    await stage.client().views_publish(user_id=event["user"], view=home)
    view = stage.workspace.home("ana")
    assert view is not None
    await stage.workspace.click("ana", view.id, "Share")

    assert (event["type"], event["tab"]) == ("app_home_opened", "home")
    assert stage.app.heard[1].payload["view"]["type"] == "home"
    assert stage.app.heard[1].payload["container"] == {"type": "view", "view_id": view.id}


async def test_a_mention_is_an_event_with_an_id_of_its_own(stage: Stage) -> None:
    await stage.workspace.mention("ana", "#general", "help")
    await stage.workspace.mention("ana", "#general", "help")

    first, second = (heard.payload for heard in stage.app.heard)
    assert first["event"]["text"] == f"<@{stage.workspace.bot_user_id}> help"
    assert first["event_id"] != second["event_id"]


async def test_an_event_that_failed_is_sent_once_more(stage: Stage) -> None:
    async def answer(heard: Heard) -> Reply:
        return "" if "x-slack-retry-num" in heard.headers else Response(status_code=500)

    stage.app.answer = answer
    delivery = await stage.workspace.mention("ana", "#general", "help")

    assert delivery.status == 200
    assert stage.app.heard[0].payload["event_id"] == stage.app.heard[1].payload["event_id"]


async def test_a_shortcut_on_a_message_carries_it(stage: Stage) -> None:
    ts = await posted(stage)
    await stage.workspace.shortcut("ana", "make_code", ts)
    await stage.workspace.shortcut("ana", "new_code")

    on_message, anywhere = (heard.payload for heard in stage.app.heard)
    assert (on_message["type"], on_message["message"]["text"]) == ("message_action", "choose")
    assert (anywhere["type"], anywhere["callback_id"]) == ("shortcut", "new_code")
