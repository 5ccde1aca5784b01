"""What the bot can say, and what Slack would say to it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.sandbox.slack.block_rules import problems

# made from Slack's own types (@slack/types), and too large to keep here
SCHEMA = Path(__file__).parents[4] / "shared/schemas/blockkit-SlackMessage.schema.json"


@pytest.fixture(scope="session")
def complaints() -> Callable[[list[dict[str, Any]]], list[str]]:
    """Give a function that returns all that is wrong with the blocks of a message: by limits, and by Slack's types."""
    if not SCHEMA.exists():
        return problems
    validator = jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

    def complain(blocks: list[dict[str, Any]]) -> list[str]:
        return [*problems(blocks), *(error.message for error in validator.iter_errors({"blocks": blocks}))]

    return complain
