"""Bolt's listeners: each payload becomes an Arrival, and none of them ever raises (T1) or waits (T11)."""

import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.handler import FORM
from bot.model import Arrival
from bot.slack.forms import Forms


class Desk(Protocol):
    """Where arrivals are taken in."""

    async def take(self, arrival: Arrival) -> dict[str, Any]:
        """Return what to acknowledge a command with."""

    def later(self, errand: Coroutine[Any, Any, None]) -> None:
        """Do something that no acknowledgement waits for."""


ANY = re.compile(".*", re.DOTALL)


def bolt(client: AsyncWebClient, signing_secret: str, desk: Desk, forms: Forms, now: Callable[[], int]) -> AsyncApp:
    """Return the Bolt app. Listeners acknowledge as they return, past Bolt's 10 ms poll: process_before_response."""
    app = AsyncApp(
        name="wxqr",
        logger=_quiet(),
        client=client,
        signing_secret=signing_secret,
        process_before_response=True,
        ssl_check_enabled=False,  # answers unsigned requests (T13)
        request_verification_enabled=False,  # bot.slack.doors has done it, before Bolt saw the payload (T12)
        authorize=_authorized(client),  # the default asks auth.test (T14)
        # what nothing here uses costs each command some time
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )

    async def on_anything_else(ack: AsyncAck) -> None:
        await ack()

    listeners = _Listeners(desk, forms, now)
    app.command(ANY)(listeners.on_command)
    app.action(ANY)(listeners.on_click)
    app.view(FORM)(listeners.on_form)
    for listen in (app.event, app.shortcut, app.view, app.view_closed, app.options):
        listen(ANY)(on_anything_else)  # what nobody listens to is answered 404 (T10)
    return app


@dataclass(frozen=True, slots=True)
class _Listeners:
    desk: Desk
    forms: Forms
    now: Callable[[], int]

    async def on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        arrival = of_command(body, self.now())
        if form := self.forms.wanted(arrival.text):
            self.desk.later(self.forms.open(form, arrival, str(body.get("trigger_id", ""))))
            await ack()
        else:
            await ack(**await self.desk.take(arrival))

    async def on_click(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        arrival = of_click(body, self.now())
        if arrival and (form := self.forms.wanted(arrival.text)):
            self.desk.later(self.forms.open(form, arrival, str(body.get("trigger_id", ""))))
        elif arrival and (unkept := await self.desk.take(arrival)):
            self.desk.later(self.forms.tell(arrival, unkept))  # a click's acknowledgement shows nothing
        await ack()

    async def on_form(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        arrival = await self.forms.read(body, self.now())
        wrong = arrival if isinstance(arrival, dict) else _beside_the_first(body, await self.desk.take(arrival))
        await (ack(response_action="errors", errors=wrong) if wrong else ack())


def of_command(body: Mapping[str, Any], now: int) -> Arrival:
    """Read a slash command: https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling."""
    return Arrival(
        id=str(body.get("trigger_id") or _digest(body)),
        team_id=str(body.get("team_id", "")),
        user_id=str(body.get("user_id", "")),
        channel_id=str(body.get("channel_id", "")),
        text=str(body.get("text") or "").strip() or "help",
        received_at=now,
        response_url=str(body.get("response_url", "")),
    )


def of_click(body: Mapping[str, Any], now: int) -> Arrival | None:
    """Read a click; its button's value is a command's text. None where it carries none.

    https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
    """
    action, container = (body.get("actions") or [{}])[0], body.get("container") or {}
    if not action.get("value"):
        return None
    message_ts = str(container.get("message_ts", ""))
    return Arrival(
        id=f"{action.get('action_ts')}/{action.get('action_id')}/{message_ts}/{_of(body, 'user')}",
        team_id=_of(body, "team"),
        user_id=_of(body, "user"),
        channel_id=str(container.get("channel_id") or _of(body, "channel")),
        text=str(action["value"]),
        received_at=now,
        response_url=str(body.get("response_url", "")),
        message_ts=message_ts,
        from_private=bool(container.get("is_ephemeral")),
        is_click=True,
        is_stranger=_is_stranger(body),
    )


def _beside_the_first(body: Mapping[str, Any], unkept: Mapping[str, Any]) -> dict[str, str]:
    """Show beside the form's first field why a command was not taken on; nothing where it was."""
    return {body["view"]["blocks"][0]["block_id"]: unkept["text"]} if unkept else {}


def _is_stranger(body: Mapping[str, Any]) -> bool:
    """Whether somebody of another workspace pressed, in a channel shared by Slack Connect: rights are our people's."""
    theirs, ours = (body.get("user") or {}).get("team_id"), _of(body, "team")
    return bool(theirs and ours and theirs != ours)


def _of(body: Mapping[str, Any], what: str) -> str:
    return str((body.get(what) or {}).get("id", ""))


def _digest(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(repr(sorted(body.items())).encode()).hexdigest()


def _quiet() -> logging.Logger:
    """Bolt logs raw bodies on a bad signature (T12), and warns that authorize= takes the token's place, as it shall."""
    logger = logging.getLogger("slack_bolt")
    logger.setLevel(logging.ERROR)
    return logger


def _authorized(client: AsyncWebClient) -> Callable[..., Awaitable[AuthorizeResult]]:
    """Every request belongs to the one workspace whose token this is; the signature has shown that."""

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    return authorize
