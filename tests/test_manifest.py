"""The manifest makes the Slack app that the bot's code expects."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot.checks.slack import SCOPES
from bot.sandbox.slack.installed import Installed
from bot.sandbox.slack.workspace import GRANTED
from handlers import subcommands

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "../shared/schemas/manifest.schema.2.0.0.json"


@pytest.fixture
def manifest() -> Any:
    """Read the manifest as Slack does."""
    return yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))


@pytest.mark.skipif(not SCHEMA.exists(), reason="Slack's manifest schema is not beside the project")
def test_the_manifest_obeys_slacks_own_schema(manifest: Any) -> None:
    validator = Draft7Validator(json.loads(SCHEMA.read_text("utf-8")))
    assert [error.message for error in validator.iter_errors(manifest)] == []


def test_the_usage_hint_names_every_subcommand(manifest: Any) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert sorted(command["usage_hint"].split(" | ")) == sorted(subcommands())


def test_the_one_slash_command_comes_with_ids_for_names(manifest: Any) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert (command["command"], command["should_escape"]) == ("/wxqr", True)


def test_commands_and_clicks_go_to_the_same_address(manifest: Any) -> None:
    (command,) = manifest["features"]["slash_commands"]
    interactivity = manifest["settings"]["interactivity"]
    expected = "https://wxqr.example.com/slack/events"
    assert interactivity["is_enabled"]
    assert [command["url"], interactivity["request_url"]] == [expected, expected]


def test_the_doctor_asks_for_the_scopes_of_the_manifest(manifest: Any) -> None:
    assert sorted(SCOPES) == sorted(manifest["oauth_config"]["scopes"]["bot"])


def test_the_sandbox_grants_what_the_manifest_asks_for(manifest: Any) -> None:
    assert sorted(GRANTED) == sorted(manifest["oauth_config"]["scopes"]["bot"])


def test_the_sandbox_has_the_app_installed_that_the_manifest_makes(manifest: Any) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert Installed() == Installed(
        name=manifest["features"]["bot_user"]["display_name"],
        app_description=manifest["display_information"]["description"],
        command=command["command"],
        description=command["description"],
        usage_hint=command["usage_hint"],
        has_home=manifest["features"]["app_home"]["home_tab_enabled"],
        events=tuple(manifest["settings"].get("event_subscriptions", {}).get("bot_events", ())),
    )


def test_no_event_is_subscribed_to_that_nobody_listens_to(manifest: Any) -> None:
    assert "event_subscriptions" not in manifest["settings"]


def test_for_socket_mode_three_marked_lines_are_all_there_is_to_change(manifest: Any) -> None:
    text = (ROOT / "manifest.yml").read_text("utf-8")
    lines = text.replace("socket_mode_enabled: false", "socket_mode_enabled: true").splitlines()
    marks = [number for number, line in enumerate(lines) if line.strip() == "# Socket Mode: delete the next line"]
    changed = yaml.safe_load("\n".join(line for number, line in enumerate(lines) if number - 1 not in marks))
    assert len(marks) == 2
    assert changed["settings"]["socket_mode_enabled"]
    assert "wxqr.example.com" not in json.dumps(changed)
    assert changed["features"]["slash_commands"][0].keys() == manifest["features"]["slash_commands"][0].keys() - {"url"}
