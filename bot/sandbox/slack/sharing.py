"""The third step of an upload, and the share that follows it when Slack finds the time.

https://docs.slack.dev/reference/methods/files.completeUploadExternal
"""

import asyncio
import re
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.channels import Channel
from bot.sandbox.slack.files import File
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.workspace import Workspace

MOST_FILES = 14
MOST_CHANNELS = 100
# what Slack answers to U… and to #name: python-slack-sdk#1426, #1326
_CHANNEL_ID = re.compile(r"[CGDZ][A-Z0-9]{8,}")


@dataclass(frozen=True, slots=True)
class Share:
    """What is to be shared where."""

    files: tuple[File, ...]
    channels: tuple[Channel, ...]
    text: str
    blocks: tuple[Any, ...]
    thread_ts: str | None


def completed(workspace: Workspace, arguments: Arguments) -> Share:
    """Return the share that was asked for, or refuse it as step 3 does."""
    files = _files(workspace, arguments)
    channels = tuple(_channel(workspace, id_) for id_ in _channel_ids(arguments))
    comment = arguments.text("initial_comment")
    # "If the initial_comment field is provided, the blocks field is ignored"
    blocks = () if comment else _blocks(workspace, arguments)
    share = Share(files, channels, comment, blocks, _thread(workspace, arguments, channels))
    for file in files:
        file.completed = True
    return share


def share_later(workspace: Workspace, share: Share) -> None:
    """Process the files and share them after `share_delay`: the answer to step 3 comes first (#1277, #1590)."""
    loop = asyncio.get_running_loop()
    # a file that was announced with alt_txt is never shared, though every step says ok: #1818, #1575
    lost = workspace.faults.take("share_never", "files.completeUploadExternal") or any(
        file.alt_txt for file in share.files
    )
    loop.call_later(workspace.share_delay, _happen, workspace, share, not lost)


def _happen(workspace: Workspace, share: Share, shared: bool) -> None:  # noqa: FBT001 - call_later takes no keywords
    for file in share.files:
        file.process()
    for channel in share.channels if shared else ():
        ts = workspace.ids.ts()
        for file in share.files:
            file.note_share(channel, ts)
        workspace.messages.post(Message(
            ts=ts, channel=channel.id, user=BOT_USER, via="upload", text=share.text, blocks=share.blocks,
            files=share.files, thread_ts=share.thread_ts,
        ))  # fmt: skip


def _files(workspace: Workspace, arguments: Arguments) -> tuple[File, ...]:
    named = arguments.value("files")
    if not isinstance(named, list) or not all(isinstance(one, dict) and "id" in one for one in named) or not named:
        raise Refusal("invalid_arguments", ["missing required field: files"])
    if len(named) > MOST_FILES:
        raise Refusal("internal_error")  # #1653
    files = tuple(workspace.files.uploaded(str(one["id"])) for one in named)
    for file, one in zip(files, named, strict=True):
        file.title = str(one.get("title") or file.title)
    return files


def _channel_ids(arguments: Arguments) -> list[str]:
    ids = arguments.names("channels") or arguments.names("channel_id")
    if len(ids) > MOST_CHANNELS:
        raise Refusal("channels_limit_exceeded")
    return ids


def _channel(workspace: Workspace, id_: str) -> Channel:
    if not _CHANNEL_ID.fullmatch(id_):
        complaint = f"must match pattern: ^{_CHANNEL_ID.pattern}$ [json-pointer:/channel_id]"
        raise Refusal("invalid_arguments", [complaint])
    # "bot membership is required", chat:write.public or not: #1359
    return workspace.channels.for_bot(id_)


def _blocks(workspace: Workspace, arguments: Arguments) -> tuple[Any, ...]:
    blocks = workspace.editor.blocks(arguments)
    if any(block.get("type") == "markdown" for block in blocks):
        raise Refusal("internal_error")  # #1756
    return blocks


def _thread(workspace: Workspace, arguments: Arguments, channels: tuple[Channel, ...]) -> str | None:
    ts = arguments.text("thread_ts")
    if not ts:
        return None
    if len(channels) != 1:
        raise Refusal("invalid_arguments", ["thread_ts needs exactly one channel [json-pointer:/thread_ts]"])
    return workspace.thread(channels[0], ts)
