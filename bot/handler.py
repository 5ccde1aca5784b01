"""Two of the three kinds of handler (bot.reaction has the third), and where a command's text becomes a reply."""

import logging
import secrets
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from bot import grammar
from bot.blanks import begun, blanks, forgiven
from bot.context import Context, Desk, Means
from bot.errors import Conflict, Explainable, Forbidden, NotFound, NotKept, OutcomeUnknown, Usage
from bot.model import Arrival, Caller
from bot.naming import addressed, no_form, nobodys, plain_name, with_scene
from bot.reply import Button, Buttons, Note, Part, Reply, Sentence, Text, say
from bot.sorting import PLAIN, Vocabulary
from bot.typing_habits import words
from bot.words import has

log = logging.getLogger(__name__)

# typed or on a button, with a command's name after it: opens that command's form
FORM = "form"

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Subcommand(Generic[T, R]):
    """What it takes (a frozen dataclass), what it does, what it says.

    `local` tells whether an answer needs nothing from outside: it is then given within Slack's 3 seconds.
    `begins` returns what a form starts with, where it changes what there is already; Slack waits for that, too.
    `checks` raises what its form shall say beside a `field` while it is open, so that nobody types it again; it only
    reads, for Slack waits.
    """

    takes: type[T]
    does: Callable[[T, Context], Awaitable[R]]
    says: Callable[[R], Reply]
    example: str
    local: Callable[[T], bool] = lambda _: False
    operators_only: bool = False
    begins: Callable[[T, Context], Awaitable[T]] | None = None
    checks: Callable[[T, Context], Awaitable[None]] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Something the clock starts, at the start and then every `seconds`."""

    does: Callable[[Means, Desk], Awaitable[None]]
    seconds: float


@dataclass(frozen=True, slots=True)
class Understood:
    """A command text that was read: the subcommand, its name, the value it takes."""

    name: str
    subcommand: Subcommand[Any, Any]
    value: Any

    @property
    def is_local(self) -> bool:
        """Whether the answer needs nothing from outside."""
        return self.subcommand.local(self.value)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the audit keeps of a command: `key` is ok, or the key of the refusal."""

    command: str
    key: str = "ok"
    errcode: int = 0
    rid: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply, and how it came about."""

    reply: Reply
    outcome: Outcome


class Commands:
    """All subcommands by name, and by the Chinese names in `aliases`; `vocabulary`: what is typed after them."""

    def __init__(
        self, table: Mapping[str, Subcommand[Any, Any]], aliases: Mapping[str, str], vocabulary: Vocabulary = PLAIN
    ) -> None:
        self.table = table
        self.vocabulary = vocabulary
        self._aliases = aliases

    def understand(self, text: str) -> Understood | Answer:
        """Read a command text; where it cannot be read, return the answer that helps."""
        try:
            return self._read(text)
        except Usage as error:
            return Answer(self._helped(error, text), Outcome(error.command or "?", error.key))

    def named(self, typed: str) -> str:
        """Return the command name that `typed` stands for; whether there is such a command is not looked at."""
        return self._aliases.get(plain_name(typed), plain_name(typed))

    async def answer(self, understood: Understood, means: Means, arrival: Arrival, caller: Caller) -> Answer:
        """Do what was asked and say what came of it. Never raises."""
        try:
            reply = await self._do(understood, means, arrival, caller)
        except Explainable as refusal:
            error = self._meant(refusal, understood, arrival.text)
            errcode, rid = int(error.facts.get("errcode") or 0), str(error.facts.get("rid", ""))
            reply = self._helped(error, arrival.text) if isinstance(error, Usage) else refused(error, understood)
            return Answer(reply, Outcome(understood.name, error.key, errcode, rid))
        except sqlite3.Error as error:
            log.exception("the database refused")
            return Answer(refused(NotKept("not_kept.now", why=str(error))), Outcome(understood.name, "not_kept.now"))
        except Exception:  # the one broad except: a bug is logged in full, and its reference shown
            reference = secrets.token_hex(4)
            log.exception("bug %s in %s", reference, understood.name)
            return Answer(Reply(say("bug", reference=reference)), Outcome(understood.name, "bug"))
        return Answer(reply, Outcome(understood.name))

    async def begun(self, understood: Understood, means: Means, arrival: Arrival, caller: Caller) -> Any:
        """Return what the command's form starts with: what was typed, or what there is already. Raises Explainable."""
        begins = understood.subcommand.begins
        if begins is None:
            return understood.value
        try:
            return await begins(understood.value, self._context(understood, means, arrival, caller))
        except sqlite3.Error as error:
            raise NotKept("not_kept.busy") from error

    async def check(self, understood: Understood, means: Means, arrival: Arrival, caller: Caller) -> None:
        """Raise Explainable where what a form says cannot be done, as far as can be told without doing it."""
        if understood.subcommand.checks is None:
            return
        try:
            await understood.subcommand.checks(understood.value, self._context(understood, means, arrival, caller))
        except sqlite3.Error as error:
            raise NotKept("not_kept.busy") from error

    def _meant(self, error: Explainable, understood: Understood, text: str) -> Explainable:
        """Return what is truer than that there is no such scene: an option was meant."""
        if not isinstance(error, NotFound) or "scene" not in error.facts:
            return error
        takes, typed = understood.subcommand.takes, addressed(words(text))[1:]
        scene = str(error.facts["scene"])
        return grammar.misplaced(takes, typed, understood.name, scene, self.vocabulary) or error

    async def _do(self, understood: Understood, means: Means, arrival: Arrival, caller: Caller) -> Reply:
        subcommand = understood.subcommand
        if subcommand.operators_only and not caller.is_operator:
            raise Forbidden("forbidden.operators", command=understood.name)
        context = self._context(understood, means, arrival, caller)
        return subcommand.says(await subcommand.does(understood.value, context))

    def _context(self, understood: Understood, means: Means, arrival: Arrival, caller: Caller) -> Context:
        wechat = means.choose(getattr(understood.value, "account", ""), arrival.channel_id)
        return Context(means, self, caller, arrival.id, arrival.channel_id, wechat)

    def _read(self, text: str) -> Understood:
        typed = addressed(words(text))
        name = self._name(typed[0].text, text.split()[1:])
        subcommand = self.table[name]
        return Understood(name, subcommand, grammar.parse(subcommand.takes, typed[1:], name, self.vocabulary))

    def _name(self, typed: str, rest: list[str]) -> str:
        name = self.named(typed)
        if name in self.table:
            return name
        if name == FORM:
            with_form = [each for each, subcommand in self.table.items() if blanks(subcommand.takes)]
            raise no_form(self.named(" ".join(rest)), self.table, with_form, FORM)
        raise nobodys(typed, name, rest, self.table)

    def _helped(self, error: Usage, text: str) -> Reply:
        first, *typed = addressed(forgiven(text))
        if not error.command and self.named(first.text) in self.table:
            error.command = self.named(first.text)
        if error.command not in self.table:
            return refused(error)
        reply, takes = refused(error), self.table[error.command].takes
        usage = Note((say("usage.line", usage=grammar.usage(takes, error.command)),))
        form = Button(say("button.form"), f"{FORM} {begun(takes, typed, error.command, self.vocabulary)}", primary=True)
        ways = tuple(_with(form, part) if isinstance(part, Buttons) else part for part in reply.parts[1:])
        return replace(reply, parts=(reply.parts[0], usage, *(ways if blanks(takes) else reply.parts[1:])))


def _with(button: Button, buttons: Buttons) -> Buttons:
    return Buttons((button, *buttons.buttons))


def refused(error: Explainable, understood: Understood | None = None) -> Reply:
    """Return the reply for a "no": the sentence, the errcode and rid where WeChat said it, and what can be done."""
    told = _told(error)
    parts: list[Part] = [Text(told)]
    if error.facts.get("errcode"):
        parts.append(Note((say("wechat.code", **error.facts),)))
    buttons = tuple(_ways_out(error, understood))
    return Reply(told, (*parts, *((Buttons(buttons),) if buttons else ())))


def _told(error: Explainable) -> Sentence:
    """Return what is wrong; with the option after which it stood, where there is a sentence for that."""
    option = error.option if isinstance(error, Usage) else ""
    if option and has(f"{error.key}.option"):
        return say(f"{error.key}.option", option=option, **error.facts)
    return say(error.key, **error.facts)


def _ways_out(error: Explainable, understood: Understood | None) -> list[Button]:
    account = _same_account(understood)
    buttons = [Button(say(label, command=command), command + account, primary=True) for label, command in error.choices]
    if isinstance(error, Usage):
        return [*buttons, Button(say("button.help"), f"help {error.command}".strip())]
    if understood and "near" in error.facts:
        meant = with_scene(understood.value, error.facts["scene"], error.facts["near"])
        command = grammar.command_text(meant, understood.name)
        buttons.append(Button(say("button.meant", command=command), command, primary=True))
    if understood is None or not hasattr(understood.value, "anyway"):
        return buttons
    if isinstance(error, OutcomeUnknown):
        return [_anyway("conflict.unknown", understood)]  # as whoever asks later is asked
    if not isinstance(error, Conflict):
        return buttons
    if error.key == "conflict.live":
        buttons.append(Button(say("button.show"), f"show {error.facts['scene']}{account}", primary=True))
    if understood.value.anyway or error.final:
        return buttons
    return [*(button for button in buttons if button.command.startswith("show ")), _anyway(error.key, understood)]


def _anyway(key: str, understood: Understood) -> Button:
    again = grammar.command_text(replace(understood.value, anyway=True), understood.name)
    return Button(say(f"{key}.anyway"), again, confirm=say(f"{key}.confirm"))


def _same_account(understood: Understood | None) -> str:
    account = getattr(understood.value, "account", "") if understood else ""
    return f" --account {grammar.written(account)}" if account else ""
