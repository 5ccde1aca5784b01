"""What is said in a channel without a command that asked for it, and changed there later."""

from dataclasses import dataclass, replace

from bot.errors import NotInChannel, SlackError
from bot.model import Language
from bot.reply import Note, Reply, say
from bot.slack import files
from bot.slack.api import Slack
from bot.slack.blocks import blocks, message
from bot.slack.data_blocks import asks_slack_to_draw
from bot.slack.delivery import UNSHOWN
from bot.slack.enclosures import has_enclosures, put_all, uploadable


@dataclass(frozen=True, slots=True)
class Announcements:
    """`language` is the one of what a whole channel reads."""

    slack: Slack
    language: Language

    async def post(self, channel_id: str, reply: Reply, thread_ts: str = "") -> str:
        """Post, and return the message's ts; "" where it goes with files, whose message Slack tells of later.

        Raises SlackError: DeliveryUnknown where nobody can tell whether it was posted, for any other it was not.
        """
        try:
            return await self._post(channel_id, reply, thread_ts)
        except SlackError as error:
            if error.error not in UNSHOWN or not asks_slack_to_draw(reply):
                raise
        return await self._post(channel_id, replace(reply, self_drawn=True), thread_ts)

    async def edit(self, channel_id: str, ts: str, reply: Reply) -> None:
        """Say `reply` in the place of what was said. Raises SlackError; it may be repeated."""
        # https://docs.slack.dev/reference/methods/chat.update
        said = message(reply, self.language)
        await self.slack.call("chat.update", repeatable=True, channel=channel_id, ts=ts, **said)

    async def _post(self, channel_id: str, reply: Reply, thread_ts: str) -> str:
        if has_enclosures(reply):
            if await self._is_uploaded(channel_id, reply, thread_ts):
                return ""
            reply = replace(reply, parts=(*reply.parts, Note((say("chart.not_here"),))))
        said = message(reply, self.language)
        answer = await self.slack.call("chat.postMessage", channel=channel_id, thread_ts=thread_ts, **said)
        return str(answer.get("ts", ""))

    async def _is_uploaded(self, channel_id: str, reply: Reply, thread_ts: str) -> bool:
        whole = uploadable(reply)
        titles = await put_all(self.slack, whole, self.language)
        try:
            await files.share(self.slack, titles, channel_id, blocks(whole, self.language, picture=False), thread_ts)
        except NotInChannel:
            return False
        return True
