"""The Events API: what happened in the workspace, told to the app, and told again when it does not hear.

https://docs.slack.dev/apis/events-api
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.sandbox.slack.delivery import Delivery, Outgoing
from bot.sandbox.slack.people import BOT_USER

if TYPE_CHECKING:
    from bot.sandbox.slack.workspace import Workspace


def event(workspace: "Workspace", inner: Mapping[str, Any]) -> Outgoing:
    """Return the event_callback around an event."""
    payload = {
        "token": workspace.verification_token, "team_id": workspace.team_id, "api_app_id": workspace.app_id,
        "event": {"event_ts": workspace.ids.ts(), **inner}, "type": "event_callback",
        "event_id": workspace.ids.new("Ev"), "event_time": int(workspace.clock.now()),
        "authorizations": [{"enterprise_id": None, "team_id": workspace.team_id, "user_id": BOT_USER,
                            "is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False, "event_context": workspace.ids.secret(),
    }  # fmt: skip
    return Outgoing("events_api", payload, lambda delivery: delivery)


async def tell(workspace: "Workspace", outgoing: Outgoing) -> Delivery:
    """Send an event; where the app fails, send it again at once, and return the last answer.

    Slack tries three times: at once, after a minute, after five. The sandbox does the first of them only.
    """
    delivery = await workspace.deliveries.send(outgoing)
    if not delivery.error or delivery.headers.get("x-slack-no-retry") == "1" or workspace.request_url is None:
        return delivery
    return await workspace.deliveries.send(replace(outgoing, retry=1))
