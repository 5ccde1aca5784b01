"""Pushes as JSON, one by one and counted."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from bot.sandbox.wechat.documents import written
from bot.sandbox.wechat.push import EXPIRED, Push


def shown(push: Push) -> dict[str, Any]:
    """Return a push as JSON; its `xml` is what the bot reads, once it has unsealed it."""
    told = {name: value for name, value in asdict(push).items() if name != "attempts"}
    attempts = [
        {
            "at": one.at,
            "seconds": round(one.seconds, 4),
            "status": one.status,
            "answer": one.answer,
            "failure": one.failure,
        }
        for one in push.attempts
    ]
    return {**told, "event": push.event, "xml": written(push.message) if push.message else "", "attempts": attempts}


def counted(pushes: Sequence[Push]) -> dict[str, Any]:
    """Return how many pushes there were of each event, how many were answered, and who came too late for any."""
    events = [push.event for push in pushes if push.event]
    return {
        "pushes": {event: events.count(event) for event in sorted(set(events))},
        "answered": sum(push.is_answered for push in pushes),
        "people": len({push.open_id for push in pushes}),
        "expired": sum(push.shown == EXPIRED for push in pushes),
    }
