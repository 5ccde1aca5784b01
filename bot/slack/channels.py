"""What Slack says of a channel."""

from bot.errors import NotInChannel
from bot.model import Standing
from bot.slack.api import Slack


async def standing(slack: Slack, channel_id: str) -> Standing:
    """Return how the bot stands in a channel; one it cannot see is not public, and it is no member.

    Raises SlackError where Slack does not say.
    """
    try:
        # https://docs.slack.dev/reference/methods/conversations.info
        answer = await slack.call("conversations.info", repeatable=True, channel=channel_id)
    except NotInChannel:
        return Standing(is_public=False, is_member=False)
    # https://docs.slack.dev/reference/objects/conversation-object: a group message is private as well
    channel = answer.get("channel", {})
    is_public = bool(channel.get("is_channel")) and channel.get("is_private") is False
    # only of a channel it is told; whatever else the bot can see it is in
    return Standing(is_public=is_public, is_member=channel.get("is_member") is not False)
