"""The methods of the Web API, one family a file."""

from collections.abc import Mapping

from bot.sandbox.slack.methods import blocks, chat, conversations, files, team, users, views
from bot.sandbox.slack.methods.method import Method

FAMILIES = (blocks, chat, conversations, files, team, users, views)
METHODS: Mapping[str, Method] = {name: method for family in FAMILIES for name, method in family.METHODS.items()}
