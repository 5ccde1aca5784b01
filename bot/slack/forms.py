"""A subcommand's dataclass as a modal, and a modal that was filled in as the same dataclass."""

import json
import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from bot import grammar
from bot.errors import Misfilled, SlackError
from bot.grammar import Blank
from bot.handler import FORM, Commands, refused
from bot.model import Arrival, Language
from bot.reply import say
from bot.slack.api import Slack
from bot.slack.blocks import message, plain
from bot.slack.readers import Readers

log = logging.getLogger(__name__)

View = dict[str, Any]
# block_id -> what is wrong there
Wrong = dict[str, str]

# https://docs.slack.dev/reference/views/modal-views
TITLE, BUTTON, HINT = 24, 24, 150


@dataclass(frozen=True, slots=True)
class Forms:
    """Opens forms and reads them."""

    slack: Slack
    commands: Commands
    readers: Readers
    tell: Callable[[Arrival, dict[str, Any]], Coroutine[Any, Any, None]]

    def wanted(self, text: str) -> str:
        """Return the command whose form `text` asks for; "" where it asks for none."""
        first, _, name = text.partition(" ")
        return name.strip() if first.lower() == FORM and name.strip() in self.commands.table else ""

    async def open(self, command: str, arrival: Arrival, trigger_id: str) -> None:
        """Show the form, or say that it did not open: its trigger is good for 3 s, and once."""
        language = await self.readers.language_of(arrival.team_id, arrival.user_id)
        shown = view(command, grammar.blanks(self.commands.table[command].takes), language, arrival.channel_id)
        try:
            await self.slack.call("views.open", trigger_id=trigger_id, view=shown)
        except SlackError as error:
            log.warning("a form was not opened: %s %s", error.method, error.error)
            await self.tell(arrival, message(refused(error), language))

    async def read(self, body: Mapping[str, Any], now: int) -> Arrival | Wrong:
        """Return the command that was filled in, or what is wrong with it, by block_id, in the reader's language."""
        filled, team_id, user_id = body["view"], str(body["team"]["id"]), str(body["user"]["id"])
        about = json.loads(filled["private_metadata"])
        try:
            value = grammar.filled(self.commands.table[about["command"]].takes, given(filled))
        except Misfilled as error:
            language = await self.readers.language_of(team_id, user_id)
            return {name: plain(say(wrong.key, **wrong.facts), language) for name, wrong in error.wrong.items()}
        return Arrival(
            id=f"{filled['id']}/{filled['hash']}",
            team_id=team_id,
            user_id=user_id,
            channel_id=about["channel"],
            text=grammar.command_text(value, about["command"]),
            received_at=now,
            is_click=True,
        )


def view(command: str, blanks: list[Blank], language: Language, channel_id: str) -> View:
    """Return the modal: one input a field, named by the field."""
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": json.dumps({"command": command, "channel": channel_id}),
        "title": _plain(plain(say("form.title", command=command), language), TITLE),
        "submit": _plain(plain(say("form.submit"), language), BUTTON),
        "close": _plain(plain(say("confirm.no"), language), BUTTON),
        "blocks": [_input(blank, language) for blank in blanks],
    }


def given(filled: Mapping[str, Any]) -> dict[str, str]:
    """Return what was filled in, by field; a flag that is not set and a blank that is empty are left out."""
    states = {name: next(iter(state.values())) for name, state in filled["state"]["values"].items()}
    texts = {name: state.get("value") or "" for name, state in states.items()}
    flags = {name: name for name, state in states.items() if state.get("selected_options")}
    return {name: text for name, text in {**texts, **flags}.items() if text}


def _input(blank: Blank, language: Language) -> View:
    return {
        "type": "input",
        "block_id": blank.name,
        "optional": not blank.is_required,
        "label": _plain(plain(say(f"form.{blank.name}"), language), HINT),
        "element": _checkbox(blank, language) if blank.is_flag else _text(blank),
    }


def _text(blank: Blank) -> View:
    return {"type": "plain_text_input", "action_id": blank.name, "placeholder": _plain(blank.metavar, HINT)}


def _checkbox(blank: Blank, language: Language) -> View:
    option = {"text": _plain(plain(say("confirm.yes"), language), HINT), "value": blank.name}
    return {"type": "checkboxes", "action_id": blank.name, "options": [option]}


def _plain(text: str, limit: int) -> View:
    return {"type": "plain_text", "text": text[:limit]}
