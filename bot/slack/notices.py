"""Tell one person what no command of theirs asked for just now."""

from dataclasses import dataclass
from typing import Any

from bot.errors import NotInChannel
from bot.reply import Reply
from bot.slack.api import Slack
from bot.slack.blocks import message
from bot.slack.readers import Readers


@dataclass(frozen=True, slots=True)
class Notices:
    """Where people are told, in the language each of them reads."""

    slack: Slack
    readers: Readers

    async def tell(self, team_id: str, user_id: str, channel_id: str, reply: Reply) -> None:
        """Tell them alone: in that channel, or (none, or the bot is no member there) directly. Raises SlackError."""
        said = message(reply, await self.readers.language_of(team_id, user_id))
        if not (channel_id and await self._whispered(channel_id, user_id, said)):
            direct = await self.slack.call("conversations.open", repeatable=True, users=user_id)
            await self.slack.call("chat.postMessage", channel=str(direct["channel"]["id"]), **said)

    async def _whispered(self, channel_id: str, user_id: str, said: dict[str, Any]) -> bool:
        try:
            await self.slack.call("chat.postEphemeral", channel=channel_id, user=user_id, **said)
        except NotInChannel:
            return False
        return True
