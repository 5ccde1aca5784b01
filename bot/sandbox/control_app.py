"""What can be known of the app without asking it: what its manifest says, and the usage of each subcommand."""

from dataclasses import asdict
from typing import Any

import handlers
from bot import words
from bot.grammar import usage
from bot.model import Language
from bot.reply import say
from bot.sandbox.control_wishes import Wish
from bot.sandbox.slack.installed import Installed


class App:
    """The app as the workspace has it installed."""

    def __init__(self, installed: Installed) -> None:
        self._installed = installed

    def manifest(self, _: Wish) -> dict[str, Any]:
        """Return what Slack knows of the app."""
        return asdict(self._installed)

    def usages(self, _: Wish) -> list[dict[str, Any]]:
        """Return each subcommand with its usage and its help, in the order of the usage hint."""
        table = handlers.subcommands()
        hinted = [name for name in self._installed.usage_hint.split(" | ") if name in table]
        return [
            {
                "name": name,
                "usage": f"{self._installed.command} {usage(table[name].takes, name)}",
                "help": {str(language): words.text(say(f"help.{name}"), language) for language in Language},
            }
            for name in dict.fromkeys((*hinted, *table))
        ]
