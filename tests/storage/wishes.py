"""What the tests of storage wish for: wishes, tickets, arrivals, with a default for everything."""

import itertools
import sqlite3
from typing import Any

from bot.model import Allocation, AppID, Arrival, Kind, Scene, Ticket
from storage import allocations
from storage.allocations import Wish

APP, OTHER_APP = AppID("wx1"), AppID("wx2")
NOW = 1_800_000_000

_numbers = itertools.count(1)


def wish(scene: str = "spring", **more: Any) -> Wish:
    """Return a wish of its own request, for ten minutes, by U1 in C1."""
    defaults = {
        "app_id": APP,
        "kind": Kind.TEMPORARY,
        "lifetime": 600,
        "name": "",
        "owner": "U1",
        "channel_id": "C1",
        "request_id": f"request-{next(_numbers)}",
        "asked_at": NOW,
    }
    return Wish(scene=Scene(scene), **{**defaults, **more})


def permanent(scene: str = "spring", **more: Any) -> Wish:
    return wish(scene, kind=Kind.PERMANENT, lifetime=None, **more)


def ticket(expires_at: int | None = None) -> Ticket:
    number = next(_numbers)
    return Ticket(f"gQ{number}==", f"http://weixin.qq.com/q/{number}", expires_at)


def minted(connection: sqlite3.Connection, wanted: Wish) -> Allocation:
    """Reserve what is wished for and let WeChat give a ticket."""
    if wanted.kind is Kind.PERMANENT:
        reserved = allocations.reserve_permanent(connection, wanted).allocation
    else:
        reserved = allocations.reserve(connection, wanted)
    expires_at = None if wanted.lifetime is None else wanted.asked_at + wanted.lifetime
    return allocations.set_ticket(connection, reserved.id, ticket(expires_at))


def arrival(**more: Any) -> Arrival:
    defaults = {
        "id": f"arrival-{next(_numbers)}",
        "team_id": "T1",
        "user_id": "U1",
        "channel_id": "C1",
        "text": "temp spring",
        "received_at": NOW,
        "response_url": "https://hooks.example.com/commands/T1/2/3",
    }
    return Arrival(**{**defaults, **more})
