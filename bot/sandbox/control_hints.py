"""Hints for pages that it is time to ask anew, few enough that a crowd of a thousand does not flood them."""

import asyncio

from bot.sandbox.slack.changes import Changes
from bot.sandbox.world import World

# ten a second of each kind at most
PAUSE = 0.1


class Hints:
    """Gathers what happens often, and tells it once a moment."""

    def __init__(self, world: World) -> None:
        self._changes: Changes = world.slack.change_log
        self._due: set[str] = set()
        world.slack.journal.listeners.append(self._called)
        world.wechat.happenings.listeners.append(self._happened)

    def _called(self) -> None:
        self._give("call")

    def _happened(self) -> None:
        """Tell what a call, a push or a message may have changed at WeChat's."""
        self._give("call")
        self._give("people")

    def _give(self, kind: str) -> None:
        if kind not in self._due:
            self._due.add(kind)
            asyncio.get_running_loop().call_later(PAUSE, self._tell, kind)

    def _tell(self, kind: str) -> None:
        self._due.discard(kind)
        self._changes.publish({"type": kind})
