"""What a person reads in the channels: messages as a page draws them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.control_places import place
from bot.sandbox.control_reading import PICTURES, code_in
from bot.sandbox.control_wishes import Wish
from bot.sandbox.slack import block_rules
from bot.sandbox.slack.messages import KEPT, Message, as_shown
from bot.sandbox.slack.workspace import Workspace

# what a page shows of a channel at first; the sandbox itself keeps 20,000 messages
MESSAGES_SHOWN = 200


class Conversations:
    """Messages with the address of each file, the code in its picture, and what Slack would complain of."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._codes: dict[str, str | None] = {}
        self._complaints: dict[str, tuple[Sequence[Any], list[str]]] = {}

    def before(self, wish: Wish) -> dict[str, Any]:
        """Return the `last` messages that came before that of the ts `before`, and whether there are more."""
        person, channel = place(self._workspace, wish)
        before, last = wish.text("before"), wish.number("last", 1, KEPT, MESSAGES_SHOWN)
        older = [message for message in self._workspace.sees(person, channel) if message.ts < before]
        return {"messages": self.drawn(older[-last:]), "more": len(older) > last}

    def drawn(self, messages: Sequence[Message]) -> list[dict[str, Any]]:
        """Return messages as a page draws them."""
        return [self.complete(as_shown(message)) for message in messages]

    def complete(self, shown: Mapping[str, Any]) -> dict[str, Any]:
        """Return what as_shown() tells of a message with all that a page needs to draw it."""
        return {**shown, "files": [self._file(file) for file in shown["files"]], "problems": self._problems(shown)}

    def _file(self, file: Mapping[str, Any]) -> dict[str, Any]:
        """Return a file with its address; None once its bytes are forgotten."""
        kept = self._workspace.files.find(file["id"])
        content = kept.content if kept else None
        if content is None:
            self._codes.pop(file["id"], None)
            return {**file, "url": None, "code": None}
        if file["id"] not in self._codes:
            self._codes[file["id"]] = code_in(content) if file["mimetype"] in PICTURES else None
        return {**file, "url": f"/slack/files/{file['id']}", "code": self._codes[file["id"]]}

    def _problems(self, shown: Mapping[str, Any]) -> list[str]:
        """Return what Slack would complain of; asked of each state of a message once."""
        ts, blocks = shown["ts"], shown["blocks"]
        known = self._complaints.get(ts)
        if known is None or known[0] != blocks:
            self._complaints[ts] = known = (blocks, block_rules.problems(blocks))
            if len(self._complaints) > KEPT:
                del self._complaints[next(iter(self._complaints))]
        return known[1]
