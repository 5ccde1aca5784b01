"""The three-step upload, taken apart so that it can be told afterwards whether the file was posted.

https://docs.slack.dev/messaging/working-with-files#upload
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from bot.errors import SlackError
from bot.slack.api import Slack

# a share may show seconds after Slack said ok: https://github.com/slackapi/python-slack-sdk/issues/1277
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)


async def put(slack: Slack, content: bytes, filename: str) -> str:
    """Bring a file's bytes to Slack and return its id; nobody sees it yet, so it may be repeated.

    No alt_txt: with it the file may silently never be shared (https://github.com/slackapi/python-slack-sdk/issues/1818).
    """
    place = await slack.call("files.getUploadURLExternal", repeatable=True, filename=filename, length=str(len(content)))
    await slack.upload(str(place["upload_url"]), content)
    return str(place["file_id"])


async def share(
    slack: Slack, file_id: str, title: str, channel_id: str, blocks: Sequence[Mapping[str, Any]], thread_ts: str
) -> None:
    """Post the file in a channel. Not repeatable: after DeliveryUnknown ask is_shared() first."""
    await slack.call(
        "files.completeUploadExternal",
        files=[{"id": file_id, "title": title}],
        channel_id=channel_id,
        blocks=list(blocks),
        thread_ts=thread_ts,
    )


async def shown_at(slack: Slack, file_id: str, channel_id: str) -> str | None:
    """Return the ts of the message that shows the file, "" where Slack has the file but no message yet, else None."""
    try:
        answer = await slack.call("files.info", repeatable=True, file=file_id)
    except SlackError as error:
        if error.error in {"file_not_found", "file_deleted"}:
            return None
        raise
    shares = answer.get("file", {}).get("shares", {})
    places = [place for kind in shares.values() for channel, place in kind.items() if channel == channel_id]
    return str(places[0][0].get("ts", "")) if places and places[0] else ""


async def is_shared(slack: Slack, file_id: str, channel_id: str, pauses: Sequence[float] = PAUSES) -> str:
    """Wait until the file shows in the channel and return its ts; "" if it does not, for as long as a share may take.

    A file that was never completed is unknown to files.info, so that answer comes at once.
    """
    for pause in pauses:
        ts = await shown_at(slack, file_id, channel_id)
        if ts or ts is None:
            return ts or ""
        await asyncio.sleep(pause)
    return await shown_at(slack, file_id, channel_id) or ""
