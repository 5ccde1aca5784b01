"""What a method of the Web API is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.workspace import Workspace

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """How a method answers, the bot scope it needs, and the kind of token (bot or app)."""

    answer: Callable[[Workspace, Arguments], Result]
    scope: str | None = None
    token: str = "bot"
    needs_membership: bool = False
