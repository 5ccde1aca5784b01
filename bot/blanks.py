"""A subcommand's dataclass as blanks to fill in, and what was filled in, or nearly typed, as the dataclass: pure."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import chain
from typing import Any, TypeVar

from bot.errors import Misfilled, Usage
from bot.fields import Form, form_of, is_hidden, is_required, is_said
from bot.grammar import MOST_CARRIED, command_text, parse, spelled
from bot.reading import MENTIONED, OneOf, person
from bot.sorting import PLAIN, Vocabulary, plain, read_as
from bot.typing_habits import Word, words

T = TypeVar("T")

# of what was typed, so many words are looked at; so many options stand or fall together: those of a picture and link
MOST_WORDS, TOGETHER = 60, 3


class Asks(Enum):
    """What a blank takes."""

    LINE = auto()
    LINES = auto()
    FLAG = auto()
    CHOICE = auto()
    PERSON = auto()
    CHANNEL = auto()


@dataclass(frozen=True, slots=True)
class Blank:
    """One field as a form shows it: `label` is the key of its name there, `choices` are a menu's, `default` shows."""

    name: str
    label: str
    asks: Asks
    is_required: bool
    choices: tuple[str, ...] = ()
    default: str = ""


def blanks(kind: type[Any]) -> list[Blank]:
    """Return what a form asks for, made from the dataclass itself."""
    return [_blank(field) for field in dataclasses.fields(kind) if not is_hidden(field)]


def told(value: Any) -> dict[str, str]:
    """Return, by field name, what `value` says other than by default: the texts that filled() reads back."""
    fields = [field for field in dataclasses.fields(value) if is_said(value, field)]
    return {field.name: spelled(field, getattr(value, field.name)) for field in fields}


def partly_told(kind: type[Any], text: str, vocabulary: Vocabulary = PLAIN) -> dict[str, str]:
    """Return, by field name, what a command text says that lacks something; nothing where it cannot be read."""
    command, *typed = forgiven(text)
    try:
        return told(parse(kind, typed, command.text, vocabulary, partly=True))
    except Usage:
        return {}


def filled(kind: type[T], given: Mapping[str, str]) -> T:
    """Return what was filled in, by field name, as a `kind`. Raises Misfilled with what cannot be read, all at once.

    What a `kind` itself refuses, because it does not go together, is said beside the `field` it names, else the first.
    """
    values: dict[str, Any] = {}
    wrong = {blank.name: _empty(blank) for blank in blanks(kind) if blank.is_required and blank.name not in given}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type] # every kind is a dataclass
        if field.name in given:
            try:
                values[field.name] = read_as(field, plain(field, given[field.name]))
            except Usage as error:
                wrong[field.name] = error
    if wrong:
        raise Misfilled(wrong)
    try:
        return kind(**values)
    except Usage as error:
        raise Misfilled({error.facts.get("field") or blanks(kind)[0].name: error}) from None


def forgiven(text: str) -> list[Word]:
    """Return the words of a text; a quote that is never closed ends with it."""
    try:
        return words(text)
    except Usage as error:
        return words(text + error.facts["typed"][0])


def begun(kind: type[Any], typed: Sequence[Word], command: str, vocabulary: Vocabulary = PLAIN) -> str:
    """Return `command` with whatever can be read of what was typed after it: what its form begins with."""
    said, kept, groups = command, list[Word](), list(_groups(kind, typed[:MOST_WORDS], vocabulary))
    while groups:
        for count in range(1, TOGETHER + 1):
            these = [*kept, *chain(*groups[:count])]
            if text := _carried(kind, these, command, vocabulary):
                said, kept = text, these
                break
        else:
            count = 1
        groups = groups[count:]
    return said


def _groups(kind: type[Any], typed: Sequence[Word], vocabulary: Vocabulary) -> Iterator[list[Word]]:
    """Part words by place from options with their values; leave out what only buttons say, but for the account."""
    flags = {field.name for field in dataclasses.fields(kind) if form_of(field).read is None}
    hidden = {field.name for field in dataclasses.fields(kind) if is_hidden(field)} - {"account"}
    rest = list(typed)
    while rest:
        group = [rest.pop(0)]
        name = vocabulary.options.get(group[0].option, group[0].option)
        if name and name not in flags and not group[0].value and rest and not rest[0].option:
            group.append(rest.pop(0))
        if name not in hidden:
            yield group


def _carried(kind: type[Any], typed: Sequence[Word], command: str, vocabulary: Vocabulary) -> str:
    """Return the text by which a button says what was typed; "" where it cannot be read, or is too long for one."""
    try:
        text = command_text(parse(kind, typed, command, vocabulary, partly=True), command)
    except Usage:
        return ""
    return text if len(text) <= MOST_CARRIED else ""


def _blank(field: "dataclasses.Field[Any]") -> Blank:
    form = form_of(field)
    choices = form.read.choices if isinstance(form.read, OneOf) else ()
    return Blank(
        name=field.name,
        label=form.label or f"form.{field.name}",
        asks=_asks(form),
        is_required=form.asked or is_required(field),
        choices=choices,
        default=str(field.default) if field.default in choices or type(field.default) is int else "",
    )


def _asks(form: Form) -> Asks:
    if form.read is None:
        return Asks.FLAG
    if isinstance(form.read, OneOf):
        return Asks.CHOICE
    if form.read in MENTIONED:
        return Asks.PERSON if form.read is person else Asks.CHANNEL
    return Asks.LINES if form.lines else Asks.LINE


def _empty(blank: Blank) -> Usage:
    return Usage("usage.missing", missing=blank.name)
