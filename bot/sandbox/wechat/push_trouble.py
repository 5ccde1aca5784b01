"""The ways a push goes wrong on demand: `where` is "/" and the event (/SCAN, /subscribe) or the message's type (/text).

push_thrice, push_shuffled (held back, and delivered the latest first once the fault is used up), push_late (seconds=),
push_lost, push_forged, push_empty_key (a follow by a code that does not say so, though user/info knows).
"""

from bot.sandbox.faults import Faults
from bot.sandbox.wechat.push import Push

LATE = 600
_SCENE_OF_FOLLOW = "qrscene_"


def change(push: Push, faults: Faults) -> None:
    """Change what the message says."""
    where = f"/{push.event}"
    if push.event_key.startswith(_SCENE_OF_FOLLOW) and faults.take("push_empty_key", where):
        kept = {name: value for name, value in push.message.items() if name != "Ticket"}
        push.message = {**kept, "EventKey": ""}
    if late := faults.take("push_late", where):
        push.message = {**push.message, "CreateTime": push.created_at - int(late.detail.get("seconds", LATE))}


def is_lost(push: Push, faults: Faults) -> bool:
    return faults.take("push_lost", f"/{push.event}") is not None


def is_held(push: Push, faults: Faults) -> bool:
    return faults.take("push_shuffled", f"/{push.event}") is not None


def holds_more(faults: Faults) -> bool:
    """Say whether more pushes are to be held back before those that are come out."""
    return any(fault.name == "push_shuffled" for fault in faults.armed())


def is_forged(push: Push, faults: Faults) -> bool:
    return faults.take("push_forged", f"/{push.event}") is not None


def is_repeated(push: Push, faults: Faults) -> bool:
    return faults.take("push_thrice", f"/{push.event}") is not None
