"""A subcommand's dataclass as a modal, and a modal that was filled in as the same dataclass."""

import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from bot import grammar
from bot.blanks import Blank, blanks, filled, told
from bot.errors import Explainable, Misfilled, SlackError
from bot.handler import FORM, Commands, Understood, refused
from bot.model import Arrival, Language
from bot.reply import say
from bot.slack.api import Slack
from bot.slack.blocks import message
from bot.slack.mrkdwn import plain
from bot.slack.readers import Readers

log = logging.getLogger(__name__)

View = dict[str, Any]
# block_id -> what is wrong there
Wrong = dict[str, str]

# https://docs.slack.dev/reference/views/modal-views
TITLE, BUTTON, HINT = 24, 24, 150
# https://docs.slack.dev/reference/block-kit/blocks/input-block
LABEL = 2000
# https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
LONGEST = 3000


@dataclass(frozen=True, slots=True)
class Form:
    """A command's form: the channel it was asked for in, and what it begins with, by field."""

    command: str
    channel_id: str
    begun: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Forms:
    """Opens forms and reads them."""

    slack: Slack
    commands: Commands
    readers: Readers
    tell: Callable[[Arrival, dict[str, Any]], Coroutine[Any, Any, None]]
    begun: Callable[[Understood, Arrival], Awaitable[Any]]

    def wanted(self, text: str) -> str:
        """Return the command, with what is known of it, whose form `text` asks for; "" where it asks for none."""
        first, _, command = text.partition(" ")
        return command.strip() if first.lower() == FORM and self._named(command) in self.commands.table else ""

    async def open(self, command: str, arrival: Arrival, trigger_id: str) -> None:
        """Show the form, or say that it did not open: its trigger is good for 3 s, and once."""
        language = await self.readers.language_of(arrival.team_id, arrival.user_id)
        try:
            form = Form(self._named(command), arrival.channel_id, await self._begun(command, arrival))
            takes = self.commands.table[form.command].takes
            shown = view(form, blanks(takes), language)
            await self.slack.call("views.open", trigger_id=trigger_id, view=shown)
        except Explainable as error:
            if isinstance(error, SlackError):
                log.warning("a form was not opened: %s %s", error.method, error.error)
            await self.tell(arrival, message(refused(error), language))

    def _named(self, command: str) -> str:
        return self.commands.named(command.strip().partition(" ")[0])

    async def _begun(self, command: str, arrival: Arrival) -> Mapping[str, str]:
        """Return what the form starts with, by field: nothing where too little was typed to tell."""
        understood = self.commands.understand(command)
        if not isinstance(understood, Understood):
            return {}
        return told(await self.begun(understood, arrival))

    async def read(self, body: Mapping[str, Any], now: int) -> Arrival | Wrong:
        """Return the command that was filled in, or what is wrong with it, by block_id, in the reader's language."""
        modal, team_id, user_id = body["view"], str(body["team"]["id"]), str(body["user"]["id"])
        about = json.loads(modal["private_metadata"])
        try:
            value = filled(self.commands.table[about["command"]].takes, {**about["kept"], **given(modal)})
        except Misfilled as error:
            language = await self.readers.language_of(team_id, user_id)
            return {name: plain(say(wrong.key, **wrong.facts), language) for name, wrong in error.wrong.items()}
        return Arrival(
            id=f"{modal['id']}/{modal['hash']}",
            team_id=team_id,
            user_id=user_id,
            channel_id=about["channel"],
            text=grammar.command_text(value, about["command"]),
            received_at=now,
            is_click=True,
        )


def view(form: Form, asked: list[Blank], language: Language) -> View:
    """Return the modal: one input a field, named by the field. What nobody is asked for is kept as it was typed."""
    names = {blank.name for blank in asked}
    kept = {name: text for name, text in form.begun.items() if name not in names}
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": json.dumps({"command": form.command, "channel": form.channel_id, "kept": kept}),
        "title": _plain(plain(say("form.title", command=form.command), language), TITLE),
        "submit": _plain(plain(say("form.submit"), language), BUTTON),
        "close": _plain(plain(say("form.close"), language), BUTTON),
        "blocks": [_input(blank, form.begun.get(blank.name, ""), language) for blank in asked],
    }


def given(modal: Mapping[str, Any]) -> dict[str, str]:
    """Return what was filled in, by field; a flag that is not set and a blank that is empty are left out."""
    states = {name: next(iter(state.values())) for name, state in modal["state"]["values"].items()}
    texts = {name: state.get("value") or "" for name, state in states.items()}
    flags = {name: name for name, state in states.items() if state.get("selected_options")}
    return {name: text for name, text in {**texts, **flags}.items() if text}


def _input(blank: Blank, begun: str, language: Language) -> View:
    return {
        "type": "input",
        "block_id": blank.name,
        "optional": not blank.is_required,
        "label": _plain(plain(say(blank.label), language), LABEL),
        "element": _checkbox(blank, begun, language) if blank.is_flag else _text(blank, begun),
    }


def _text(blank: Blank, begun: str) -> View:
    element = {"type": "plain_text_input", "action_id": blank.name, "placeholder": _plain(blank.metavar, HINT)}
    return {
        **element,
        **({"multiline": True} if blank.has_lines else {}),
        **({"initial_value": begun[:LONGEST]} if begun else {}),
    }


def _checkbox(blank: Blank, begun: str, language: Language) -> View:
    option = {"text": _plain(plain(say("confirm.yes"), language), HINT), "value": blank.name}
    element = {"type": "checkboxes", "action_id": blank.name, "options": [option]}
    return {**element, **({"initial_options": [option]} if begun else {})}


def _plain(text: str, limit: int) -> View:
    return {"type": "plain_text", "text": text[:limit]}
