"""What Slack makes of a command's text when the manifest says `should_escape`.

https://docs.slack.dev/interactivity/implementing-slash-commands#escaping_users_warning
"""

import re

from bot.sandbox.slack.channels import Channels
from bot.sandbox.slack.people import BOT_NAME, BOT_USER, People

_TOKEN = re.compile(r"(?P<url>https?://\S+)|@(?P<person>[\w.]+)|#(?P<channel>[\w-]+)")


def escaped(text: str, people: People, channels: Channels) -> str:
    """Return the text with `&`, `<`, `>` as entities, and people, channels and addresses as `<…>`."""

    def named(match: re.Match[str]) -> str:
        if match["url"]:
            return f"<{match['url']}>"
        if match["person"] == BOT_NAME:
            return f"<@{BOT_USER}|{BOT_NAME}>"
        if match["person"]:
            person = people.find(match["person"])
            return f"<@{person.id}|{person.name}>" if person else match[0]
        channel = channels.find(f"#{match['channel']}")
        return f"<#{channel.id}|{channel.name}>" if channel else match[0]

    entities = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _TOKEN.sub(named, entities)
