"""Who does something where, as a wish names it."""

from bot.sandbox.control_wishes import Wish, Wrong
from bot.sandbox.slack.channels import Channel
from bot.sandbox.slack.people import Person
from bot.sandbox.slack.workspace import Workspace

DIRECT = "@wxqr"


def place(workspace: Workspace, wish: Wish) -> tuple[Person, Channel]:
    """Return who does it where; Slack shows nobody a channel she is no member of."""
    person = workspace.people[wish.text("person")]
    name = wish.text("channel")
    channel = workspace.dm(person) if name == DIRECT else workspace.channels[name]
    if person.id not in channel.members:
        raise Wrong(f"{person.name} is not in {name}", 403)
    return person, channel
