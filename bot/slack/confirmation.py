"""Look whether Slack shows what it took: the completed upload tells neither that nor the message's ts.

https://github.com/slackapi/python-slack-sdk/issues/1277, https://github.com/slackapi/python-slack-sdk/issues/1818
"""

import logging
from dataclasses import dataclass

from bot.errors import DeliveryUnknown, SlackError, SlackUnavailable
from bot.model import DAY, MINUTE, Post
from bot.reply import Button, Buttons, Reply, Text, say
from bot.slack import files
from bot.slack.blocks import message
from bot.slack.delivery import Delivery
from bot.slack.readers import Readers
from storage import inbox, posts

log = logging.getLogger(__name__)

# files.info is a tier 4 method, 100 a minute: https://docs.slack.dev/apis/web-api/rate-limits
AT_ONCE = 3
YOUNG = DAY
# so long a share has never been seen to take
NEVER = MINUTE
# in place of a ts: Slack does not let us look (no files:read), or took the file and never showed it
NOT_TOLD, SWALLOWED = "not told", "never"
FOR_GOOD = {"missing_scope", "not_allowed_token_type"}


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Finds the messages of posted files, and tells callers whose file Slack swallowed."""

    delivery: Delivery
    readers: Readers

    async def confirm_some(self) -> None:
        """Look up the oldest few posts that are not confirmed."""
        db, now = self.delivery.db, self.delivery.now()
        for post in await db.read(posts.unconfirmed, now - YOUNG, AT_ONCE):
            try:
                seen = await files.look_up(self.delivery.slack, post.file_id, post.channel_id)
                ts = seen.ts if seen else ""
            except (SlackUnavailable, DeliveryUnknown):
                return
            except SlackError as error:
                log.warning("a post cannot be looked up: %s", error.error)
                ts = NOT_TOLD if error.error in FOR_GOOD else ""
            if ts:
                await db.write(posts.confirm, post.request_id, ts)
            elif now - post.sent_at > NEVER:
                await self._tell(post)

    async def _tell(self, post: Post) -> None:
        db = self.delivery.db
        is_ours = await db.write(posts.settle_for, post.request_id, SWALLOWED)
        arrival = await db.read(inbox.find, post.request_id)
        if arrival is None or not is_ours:
            return
        log.warning("Slack took a file and never showed it: %s", post.file_id)
        reader = await self.readers.language_of(arrival.team_id, arrival.user_id)
        again = await self.delivery.repeating(arrival, post)
        told = say("slack.never_shown", command=arrival.text)
        parts = (Text(told), Buttons((Button(say("slack.repeat"), again),)))
        await self.delivery.mention(arrival, message(Reply(told, parts), reader))
