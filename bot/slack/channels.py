"""What Slack says of a channel."""

from bot.errors import NotInChannel
from bot.slack.api import Slack


async def is_public(slack: Slack, channel_id: str) -> bool:
    """Return whether everybody in the workspace may read a channel; False for one the bot cannot see.

    Raises SlackError where Slack does not say.
    """
    try:
        # https://docs.slack.dev/reference/methods/conversations.info
        answer = await slack.call("conversations.info", repeatable=True, channel=channel_id)
    except NotInChannel:
        return False
    # https://docs.slack.dev/reference/objects/conversation-object: a group message is private as well
    channel = answer.get("channel", {})
    return bool(channel.get("is_channel")) and channel.get("is_private") is False
