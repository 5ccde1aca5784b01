"""A subcommand's dataclass as a modal, and a modal that was filled in as the same dataclass."""

import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from bot import grammar, words
from bot.blanks import Asks, Blank, blanks, filled, partly_told, told
from bot.errors import Explainable, Misfilled, SlackError
from bot.handler import FORM, Commands, Understood, refused
from bot.model import Arrival, Language
from bot.reply import Sentence, say
from bot.slack.api import Slack
from bot.slack.blocks import message
from bot.slack.mrkdwn import plain
from bot.slack.readers import Readers

log = logging.getLogger(__name__)

View = dict[str, Any]
# block_id -> what is wrong there
Wrong = dict[str, str]

# https://docs.slack.dev/reference/views/modal-views
TITLE, BUTTON, PLACEHOLDER = 24, 24, 150
# https://docs.slack.dev/reference/block-kit/blocks/input-block
LABEL, HINT = 2000, 2000
# https://docs.slack.dev/reference/block-kit/composition-objects/option-object
OPTION = 75
# both are lists where Slack offers people's names, or channels'
PICKED = {Asks.PERSON: "user", Asks.CHANNEL: "conversation"}
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
    check: Callable[[Understood, Arrival], Awaitable[None]]

    def wanted(self, text: str) -> str:
        """Return the command, with what is known of it, whose form `text` asks for; "" where it asks for none."""
        first, _, command = text.partition(" ")
        asked = self.commands.table.get(self._named(command)) if first.lower() == FORM else None
        return command.strip() if asked and blanks(asked.takes) else ""

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
        """Return what the form starts with, by field: what there is; or as much of it as was typed."""
        understood = self.commands.understand(command)
        if isinstance(understood, Understood):
            return told(await self.begun(understood, arrival))
        return partly_told(self.commands.table[self._named(command)].takes, command, self.commands.vocabulary)

    async def read(self, body: Mapping[str, Any], now: int) -> Arrival | Wrong:
        """Return the command that was filled in, or what is wrong with it, by block_id, in the reader's language."""
        modal = body["view"]
        about = json.loads(modal["private_metadata"])
        command, subcommand = about["command"], self.commands.table[about["command"]]
        try:
            value = filled(subcommand.takes, {**about["kept"], **given(modal)})
            arrival = _arrival(body, about["channel"], grammar.command_text(value, command), now)
            await self.check(Understood(command, subcommand, value), arrival)
        except Explainable as error:
            wrong = error.wrong if isinstance(error, Misfilled) else {_at_fault(error, modal): error}
            language = await self.readers.language_of(str(body["team"]["id"]), str(body["user"]["id"]))
            return {name: plain(_beside(one), language) for name, one in wrong.items()}
        return arrival


def _arrival(body: Mapping[str, Any], channel_id: str, text: str, now: int) -> Arrival:
    return Arrival(
        id=f"{body['view']['id']}/{body['view']['hash']}",
        team_id=str(body["team"]["id"]),
        user_id=str(body["user"]["id"]),
        channel_id=channel_id,
        text=text,
        received_at=now,
        is_click=True,
    )


def _at_fault(error: Explainable, modal: Mapping[str, Any]) -> str:
    return str(error.facts.get("field") or modal["blocks"][0]["block_id"])


def _beside(error: Explainable) -> Sentence:
    """Return what is wrong as it stands beside a blank: there nobody types options."""
    there = f"{error.key}.form"
    return say(there if words.has(there) else error.key, **error.facts)


def view(form: Form, asked: list[Blank], language: Language) -> View:
    """Return the modal: one input a field, named by the field. What nobody is asked for is kept as it was typed."""
    names = {blank.name for blank in asked}
    kept = {name: text for name, text in form.begun.items() if name not in names}
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": json.dumps({"command": form.command, "channel": form.channel_id, "kept": kept}),
        "title": _said(f"form.title.{form.command}", language, TITLE),
        "submit": _said(f"form.submit.{form.command}", language, BUTTON),
        "close": _said("form.close", language, BUTTON),
        "blocks": [_input(blank, form.begun.get(blank.name, ""), language) for blank in asked],
    }


def given(modal: Mapping[str, Any]) -> dict[str, str]:
    """Return what was filled in, by field; a flag that is not set and a blank that is empty are left out."""
    states = {name: next(iter(state.values())) for name, state in modal["state"]["values"].items()}
    return {name: text for name, state in states.items() if (text := _held(name, state))}


def _held(name: str, state: Mapping[str, Any]) -> str:
    if state.get("selected_options"):
        return name
    option = state.get("selected_option") or {}
    picked = (state.get(f"selected_{kind}") for kind in PICKED.values())
    return state.get("value") or option.get("value") or next(filter(None, picked), "")


def _input(blank: Blank, begun: str, language: Language) -> View:
    return {
        "type": "input",
        "block_id": blank.name,
        "optional": not blank.is_required,
        "label": _said(blank.label, language, LABEL),
        "element": {"action_id": blank.name, **_element(blank, begun, language)},
        **_if_said("hint", f"{blank.label}.hint", language, HINT),
    }


def _element(blank: Blank, begun: str, language: Language) -> View:
    match blank.asks:
        case Asks.FLAG:
            return _checkbox(blank, begun, language)
        case Asks.CHOICE:
            return _menu(blank, begun or blank.default, language)
        case Asks.PERSON | Asks.CHANNEL:
            return _picker(PICKED[blank.asks], begun)
        case _:
            return _text(blank, begun or blank.default, language)


def _text(blank: Blank, begun: str, language: Language) -> View:
    return {
        "type": "plain_text_input",
        **_if_said("placeholder", f"{blank.label}.example", language, PLACEHOLDER),
        **({"multiline": True} if blank.asks is Asks.LINES else {}),
        **({"initial_value": begun[:LONGEST]} if begun else {}),
    }


def _checkbox(blank: Blank, begun: str, language: Language) -> View:
    option = {"text": _said("form.yes", language, OPTION), "value": blank.name}
    return {"type": "checkboxes", "options": [option], **({"initial_options": [option]} if begun else {})}


def _menu(blank: Blank, begun: str, language: Language) -> View:
    texts = {choice: _said(f"choice.{blank.name}.{choice}", language, OPTION) for choice in blank.choices}
    options = {choice: {"text": text, "value": choice} for choice, text in texts.items()}
    initial = {"initial_option": options[begun]} if begun in options else {}
    return {"type": "static_select", "options": list(options.values()), **initial}


def _picker(kind: str, begun: str) -> View:
    """Return a list of people, or of channels: those that a command takes, so no direct messages."""
    channels = {"filter": {"include": ["public", "private"]}} if kind == "conversation" else {}
    return {"type": f"{kind}s_select", **channels, **({f"initial_{kind}": begun} if begun else {})}


def _if_said(name: str, key: str, language: Language, limit: int) -> View:
    """Return a text of a form where there is a sentence for it."""
    return {name: _said(key, language, limit)} if words.has(key) else {}


def _said(key: str, language: Language, limit: int) -> View:
    """Return a form's own text as it stands: a star in it is one that people type."""
    return _plain(words.text(say(key), language), limit)


def _plain(text: str, limit: int) -> View:
    return {"type": "plain_text", "text": text[:limit]}
