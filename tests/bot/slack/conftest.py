"""What the bot can say, and what Slack would say to it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.sandbox.slack.block_rules import problems

# made from Slack's own types (@slack/types), and too large to keep here
SCHEMA = Path(__file__).parents[4] / "shared/schemas/blockkit-SlackMessage.schema.json"


def validator_of(schema: dict[str, Any]) -> Any:
    """Return jsonschema's validator, but one that tries only those alternatives that are of the type at hand.

    A block is one of 20, most of which hold elements that are one of 15: to try all of them takes ten times as long.
    """

    def is_of_its_type(alternative: dict[str, Any], instance: object) -> bool:
        named = schema["definitions"].get(alternative.get("$ref", "").rpartition("/")[2], alternative)
        const = named.get("properties", {}).get("type", {}).get("const")
        return const is None or not isinstance(instance, dict) or instance.get("type", const) == const

    def any_of(validator: Any, wanted: list[dict[str, Any]], instance: object, within: Any) -> Iterator[Any]:
        likely = [one for one in wanted if is_of_its_type(one, instance)]
        if not any(validator.evolve(schema=one).is_valid(instance) for one in likely):
            yield from jsonschema.Draft7Validator.VALIDATORS["anyOf"](validator, wanted, instance, within)

    known: Any = jsonschema.validators
    return known.extend(jsonschema.Draft7Validator, {"anyOf": any_of})(schema)


@pytest.fixture(scope="session")
def complaints() -> Callable[[list[dict[str, Any]]], list[str]]:
    """Give a function that returns all that is wrong with the blocks of a message: by limits, and by Slack's types."""
    if not SCHEMA.exists():
        return problems
    validator = validator_of(json.loads(SCHEMA.read_text(encoding="utf-8")))

    def complain(blocks: list[dict[str, Any]]) -> list[str]:
        return [*problems(blocks), *(error.message for error in validator.iter_errors({"blocks": blocks}))]

    return complain
