"""Each payload of Slack becomes an arrival; nothing is left unanswered."""

import json
from collections.abc import AsyncIterator, Coroutine
from typing import Any, cast

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.handler import Commands, Understood
from bot.model import Arrival
from bot.slack.api import Slack
from bot.slack.forms import Forms
from bot.slack.listeners import bolt, of_click, of_command
from bot.slack.readers import Readers

NOW = 1_800_000_000
COMMAND = {
    "token": "x",
    "team_id": "T0123456789",
    "channel_id": "C0123456789",
    "channel_name": "general",
    "user_id": "U0123456789",
    "command": "/wxqr",
    "text": " temp spring ",
    "api_app_id": "A0123456789",
    "response_url": "https://hooks.slack.com/commands/T0/1/x",
    "trigger_id": "13.37.abc",
}
CLICK: dict[str, Any] = {
    "type": "block_actions",
    "user": {"id": "U0123456789", "team_id": "T0123456789"},
    "team": {"id": "T0123456789", "domain": "acme"},
    "api_app_id": "A0123456789",
    "container": {"type": "message", "message_ts": "1.2", "channel_id": "C0123456789", "is_ephemeral": True},
    "channel": {"id": "C0123456789", "name": "general"},
    "trigger_id": "13.38.abc",
    "response_url": "https://hooks.slack.com/actions/T0/1/x",
    "actions": [{"type": "button", "action_id": "do.3.0", "value": "renew spring", "action_ts": "9.9"}],
}


def click(**changes: Any) -> Arrival | None:
    return of_click({**CLICK, **changes}, NOW)


def test_a_command_is_read() -> None:
    assert of_command(COMMAND, NOW) == Arrival(
        id="13.37.abc",
        team_id="T0123456789",
        user_id="U0123456789",
        channel_id="C0123456789",
        text="temp spring",
        received_at=NOW,
        response_url="https://hooks.slack.com/commands/T0/1/x",
    )


@pytest.mark.parametrize("text", ["", "   ", None])
def test_a_command_without_a_text_asks_for_help(text: str | None) -> None:
    assert of_command({**COMMAND, "text": text}, NOW).text == "help"


def test_a_command_delivered_twice_has_the_same_id_also_without_a_trigger() -> None:
    bare = {name: value for name, value in COMMAND.items() if name != "trigger_id"}
    assert of_command(bare, NOW).id == of_command(dict(reversed(bare.items())), NOW + 3).id
    assert of_command({**bare, "text": "perm spring"}, NOW).id != of_command(bare, NOW).id


def test_a_click_is_the_command_its_button_carries() -> None:
    arrived = click()
    assert arrived is not None
    assert (arrived.text, arrived.user_id, arrived.team_id) == ("renew spring", "U0123456789", "T0123456789")
    assert (arrived.channel_id, arrived.message_ts) == ("C0123456789", "1.2")
    assert (arrived.is_click, arrived.from_private) == (True, True)


def test_the_same_click_has_the_same_id_and_another_has_another() -> None:
    action = CLICK["actions"][0]
    ids = [
        click(),
        click(trigger_id="retried"),
        click(user={"id": "U0000000002"}),
        click(actions=[{**action, "action_ts": "9.8"}]),
        click(actions=[{**action, "action_id": "do.3.1"}]),
        click(container={**CLICK["container"], "message_ts": "1.3"}),
    ]
    assert [one.id == ids[0].id for one in ids if one and ids[0]] == [True, True, False, False, False, False]


@pytest.mark.parametrize("changes", [
    {"actions": [{"type": "button", "action_id": "url", "action_ts": "9.9"}]},
    {"actions": [{"type": "overflow", "selected_option": {"value": "x"}, "action_id": "o", "action_ts": "9.9"}]},
    {"actions": []},
    {"actions": None},
])  # fmt: skip
def test_what_carries_no_command_is_no_arrival(changes: dict[str, Any]) -> None:
    assert click(**changes) is None


def test_a_click_in_a_view_has_no_message() -> None:
    arrived = click(container={"type": "view", "view_id": "V1"}, channel=None, response_url="")
    assert arrived is not None
    assert (arrived.message_ts, arrived.channel_id, arrived.from_private) == ("", "", False)


ANSWER = {"text": "taken", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "taken"}}]}


class Desk:
    """Takes everything in and gives one answer."""

    def __init__(self) -> None:
        self.taken: list[Arrival] = []

    async def take(self, arrival: Arrival) -> dict[str, Any]:
        self.taken.append(arrival)
        return ANSWER

    def later(self, errand: Coroutine[Any, Any, None]) -> None:
        errand.close()

    async def tell(self, _: Arrival, body: dict[str, Any]) -> None:
        raise AssertionError(body)

    async def begun(self, understood: Understood, _: Arrival) -> Any:
        raise AssertionError(understood)

    async def check(self, understood: Understood, _: Arrival) -> None:
        raise AssertionError(understood)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def app(desk: Desk) -> AsyncIterator[AsyncApp]:
    """Build the app with a Slack that nobody can reach: whatever asks it fails."""
    async with aiohttp.ClientSession() as session:
        client = AsyncWebClient("xoxb-test", base_url="http://127.0.0.1:9/", session=session, retry_handlers=[])
        # no command is known, so no form is ever opened, and no reader asked for
        slack = Slack("xoxb-test", "http://127.0.0.1:9/", session)
        forms = Forms(slack, Commands({}, {}), cast(Readers, None), desk.tell, desk.begun, desk.check)
        yield bolt(client, "secret", desk, forms, lambda: NOW)


async def answered(app: AsyncApp, payload: dict[str, Any]) -> tuple[int, str]:
    response = await app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))
    return response.status, response.body


async def test_the_answer_to_a_command_is_its_acknowledgement(app: AsyncApp, desk: Desk) -> None:
    status, body = await answered(app, COMMAND)
    assert (status, json.loads(body)) == (200, ANSWER)
    assert [arrival.received_at for arrival in desk.taken] == [NOW]


async def test_any_name_of_the_command_is_taken(app: AsyncApp, desk: Desk) -> None:
    assert (await answered(app, {**COMMAND, "command": "/wxqr-test"}))[0] == 200
    assert len(desk.taken) == 1


async def test_a_click_is_taken_and_acknowledged_with_nothing(app: AsyncApp, desk: Desk) -> None:
    assert await answered(app, CLICK) == (200, "")
    assert [arrival.text for arrival in desk.taken] == ["renew spring"]


async def test_a_click_that_carries_nothing_is_acknowledged(app: AsyncApp, desk: Desk) -> None:
    actions = [{"type": "button", "action_id": "link", "url": "https://example.com", "action_ts": "9.9"}]
    assert await answered(app, {**CLICK, "actions": actions}) == (200, "")
    assert desk.taken == []


PEOPLE = {"user": {"id": "U0123456789"}, "team": {"id": "T0123456789"}, "trigger_id": "1.2"}


@pytest.mark.parametrize("payload", [
    {**PEOPLE, "type": "shortcut", "callback_id": "any"},
    {**PEOPLE, "type": "message_action", "callback_id": "any", "channel": {"id": "C1"}, "message": {"ts": "1.2"}},
    {**PEOPLE, "type": "view_submission", "view": {"id": "V1", "callback_id": "any", "type": "modal"}},
    {**PEOPLE, "type": "view_closed", "view": {"id": "V1", "callback_id": "any", "type": "modal"}},
    {**PEOPLE, "type": "block_suggestion", "action_id": "any", "block_id": "b", "value": ""},
    {"type": "event_callback", "team_id": "T0", "event": {"type": "app_home_opened", "user": "U1", "tab": "home"}},
    {"type": "event_callback", "team_id": "T0", "event": {"type": "tokens_revoked"}},
], ids=lambda payload: str(payload.get("event", payload)["type"]))  # fmt: skip
async def test_what_nobody_listens_to_is_acknowledged(app: AsyncApp, desk: Desk, payload: dict[str, Any]) -> None:
    assert (await answered(app, payload))[0] == 200
    assert desk.taken == []
