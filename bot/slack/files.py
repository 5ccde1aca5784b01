"""The three-step upload, taken apart so that it can be told afterwards whether the file was posted.

https://docs.slack.dev/messaging/working-with-files#upload
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import DeliveryUnknown, SlackError, SlackUnavailable
from bot.slack.api import Slack

# a share may show seconds after Slack said ok: https://github.com/slackapi/python-slack-sdk/issues/1277
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 6.0, 8.0)


async def put(slack: Slack, content: bytes, filename: str) -> str:
    """Bring a file's bytes to Slack and return its id; nobody sees it yet, so it may be repeated.

    No alt_txt: with it the file may silently never be shared (https://github.com/slackapi/python-slack-sdk/issues/1818).
    """
    place = await slack.call("files.getUploadURLExternal", repeatable=True, filename=filename, length=str(len(content)))
    await slack.upload(str(place["upload_url"]), content)
    return str(place["file_id"])


async def share(
    slack: Slack, titles: Mapping[str, str], channel_id: str, blocks: Sequence[Mapping[str, Any]], thread_ts: str = ""
) -> None:
    """Post files, by their ids, in one message. Not repeatable: after DeliveryUnknown ask for the fate of the first."""
    await slack.call(
        "files.completeUploadExternal",
        files=[{"id": file_id, "title": title} for file_id, title in titles.items()],
        channel_id=channel_id,
        blocks=list(blocks),
        thread_ts=thread_ts,
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as Slack has it: `ts` of the message that shows it ("": none yet); whether it was looked into."""

    ts: str
    is_processed: bool


async def look_up(slack: Slack, file_id: str, channel_id: str) -> Seen | None:
    """Return what Slack has of the file; None where it has none. Raises SlackError."""
    try:
        answer = await slack.call("files.info", repeatable=True, file=file_id)
    except SlackError as error:
        if error.error in {"file_not_found", "file_deleted"}:
            return None
        raise
    file = answer.get("file", {})
    places = [shares for kind in file.get("shares", {}).values() for at, shares in kind.items() if at == channel_id]
    ts = str(places[0][0].get("ts", "")) if places and places[0] else ""
    return Seen(ts, is_processed=bool(file.get("mimetype")))


async def fate(slack: Slack, file_id: str, channel_id: str, pauses: Sequence[float] = PAUSES) -> str | None:
    """Return the ts of the message that shows the file; "" where Slack took it and shows it later; None: it did not.

    Whether files.info knows a file that was uploaded and never completed is not documented. One that is known, shows
    nowhere and was not even looked into (no mimetype) for as long as `pauses` last was not completed.
    Raises DeliveryUnknown where Slack does not let us look.
    """
    found = await _looked_up(slack, file_id, channel_id)
    for pause in pauses:
        if found is None or found.ts:
            break
        await asyncio.sleep(pause)
        found = await _looked_up(slack, file_id, channel_id)
    return found.ts if found and (found.ts or found.is_processed) else None


async def _looked_up(slack: Slack, file_id: str, channel_id: str) -> Seen | None:
    try:
        return await look_up(slack, file_id, channel_id)
    except SlackUnavailable:
        raise
    except SlackError as error:
        raise DeliveryUnknown("slack.unavailable", method="files.info") from error
