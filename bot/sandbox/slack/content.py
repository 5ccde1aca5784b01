"""What a message says, checked before it is posted: the same rules for every way it can come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.faults import Faults
from bot.sandbox.slack import block_rules
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.files import Files
from bot.sandbox.slack.ids import Ids
from bot.sandbox.slack.refusals import Refusal, invalid_blocks

MOST_TEXT = 40_000
MOST_TEXT_UPDATED = 4_000
Blocks = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of a message that its author chose."""

    text: str
    blocks: Blocks
    attachments: Blocks
    metadata: Mapping[str, Any] | None

    @property
    def is_empty(self) -> bool:
        return not (self.text or self.blocks or self.attachments)

    def parts(self) -> dict[str, Any]:
        """Return the fields of a Message."""
        return {"text": self.text, "blocks": self.blocks, "attachments": self.attachments, "metadata": self.metadata}


class Editor:
    """Reads what an app wants to say, or refuses it."""

    def __init__(self, ids: Ids, files: Files, faults: Faults) -> None:
        self._ids = ids
        self._files = files
        self._faults = faults

    def read(self, arguments: Arguments, *, most_text: int = MOST_TEXT) -> Content:
        """Return the content.

        https://docs.slack.dev/reference/methods/chat.postMessage#errors
        """
        content = Content(
            arguments.text("text"),
            self.blocks(arguments),
            _attachments(arguments),
            _metadata(arguments),
        )
        if content.is_empty:
            raise Refusal("no_text")
        if len(content.text) > most_text:
            raise Refusal("msg_too_long")
        return content

    def blocks(self, arguments: Arguments) -> Blocks:
        """Return the blocks, each with a block_id; Refusal where they break a limit."""
        blocks = arguments.value("blocks", "invalid_blocks_format") or []
        if problems := block_rules.problems(blocks, file_ready=self._is_ready):
            raise invalid_blocks(problems)
        self._fail_on_demand(blocks)
        return tuple(self.named(blocks))

    def named(self, blocks: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Return the blocks as Slack keeps them: it names those the app did not."""
        return [block if "block_id" in block else {**block, "block_id": self._ids.new("b")} for block in blocks]

    def _fail_on_demand(self, blocks: Iterable[Mapping[str, Any]]) -> None:
        """Refuse what is new in Block Kit, as a workspace does that does not have it yet."""
        new = [place for place, block in enumerate(blocks) if block["type"] in block_rules.NEW]
        if new and self._faults.take("invalid_charts"):
            raise invalid_blocks(f"unsupported type [json-pointer:/blocks/{place}/type]" for place in new)

    def _is_ready(self, file_id: str) -> bool:
        file = self._files.find(file_id)
        return file is not None and file.ready


def _attachments(arguments: Arguments) -> Blocks:
    given = arguments.value("attachments", "invalid_attachments") or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise Refusal("invalid_attachments")
    return tuple(given)


def _metadata(arguments: Arguments) -> Mapping[str, Any] | None:
    given = arguments.value("metadata", "invalid_metadata_format")
    if given is not None and not isinstance(given, dict):
        raise Refusal("invalid_metadata_format")
    return given
