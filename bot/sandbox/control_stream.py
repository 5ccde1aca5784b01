"""What happens in the workspace, as server-sent events: all of it, or what one person can see.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import aclosing
from typing import Any

from starlette.responses import StreamingResponse

from bot.sandbox.control_conversations import Conversations
from bot.sandbox.slack.changes import BACKLOG, Changes
from bot.sandbox.slack.people import Person
from bot.sandbox.slack.workspace import Workspace

CLOSING = "closing"
# a page that was cut off comes back after this many milliseconds
_HELLO = "retry: 1000\n\n"
_MESSAGES = frozenset(("message", "message_changed", "message_deleted"))
# everybody's: not what was said, only that it is time to ask anew
_HINTS = frozenset(("people", "call", "push", "faults", "clock", "tour"))
Change = Mapping[str, Any]
# puts a change into words; None where it is nothing to whoever listens
Teller = Callable[[Change], str | None]


def stream(changes: Changes, tell: Teller) -> StreamingResponse:
    """Return every change from now on that `tell` has words for, one event each, until the sandbox closes."""
    return StreamingResponse(
        _events(changes, tell), media_type="text/event-stream", headers={"cache-control": "no-store"}
    )


async def _events(changes: Changes, tell: Teller) -> AsyncIterator[str]:
    yield _HELLO
    async with aclosing(changes.stream()) as happening:
        async for change in happening:
            if change["type"] == CLOSING:
                return
            if words := tell(change):
                yield f"data: {words}\n\n"


def everything(change: Change) -> str:
    """Put any change into words, whoever may see it."""
    return json.dumps(change, ensure_ascii=False)


class Tidings:
    """What people are told of; what several of them see is put into words once."""

    def __init__(self, workspace: Workspace, conversations: Conversations) -> None:
        self._workspace, self._conversations = workspace, conversations
        # by the identity of the change, which is kept beside its words so that no other can have it
        self._said: OrderedDict[int, tuple[Change, str]] = OrderedDict()

    def of(self, person: Person) -> Teller:
        """Return what tells one person of what she can see."""
        return lambda change: self._told(change, person)

    def _told(self, change: Change, person: Person) -> str | None:
        kind = change["type"]
        if kind in _MESSAGES:
            return self._message(change) if self._shows(change, person) else None
        if kind.startswith("view_"):
            return everything({"type": "view"}) if change["view"]["person"] == person.id else None
        if kind == "channel":
            return everything(change) if self._is_member(change, person) else None
        return everything(change) if kind in _HINTS else None

    def _shows(self, change: Change, person: Person) -> bool:
        return change["message"]["ephemeral_to"] in (None, person.id) and self._is_member(change, person)

    def _is_member(self, change: Change, person: Person) -> bool:
        return person.id in self._workspace.channels[change["channel"]].members

    def _message(self, change: Change) -> str:
        if id(change) not in self._said:
            words = everything({**change, "message": self._conversations.complete(change["message"])})
            self._said[id(change)] = (change, words)
            if len(self._said) > BACKLOG:
                self._said.popitem(last=False)
        return self._said[id(change)][1]
