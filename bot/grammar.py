"""Words -> values. A frozen dataclass is the grammar: parse() reads it, usage() shows it, command_text() writes it."""

import dataclasses
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from bot import slips
from bot.errors import Usage
from bot.fields import PARTED, form_of, is_hidden, is_required, is_said
from bot.model import Lifetime
from bot.reading import OneOf
from bot.sorting import PLAIN, Sorting, Vocabulary
from bot.typing_habits import Word, quoted, words

T = TypeVar("T")

# of the 2000 characters of a button: https://docs.slack.dev/reference/block-kit/block-elements/button-element
MOST_CARRIED = 1900


def parse(
    kind: type[T], typed: Sequence[Word], command: str, vocabulary: Vocabulary = PLAIN, *, partly: bool = False
) -> T:
    """Return what was typed after `command` as a `kind`. Raises Usage, with `command`, where it cannot be read.

    `partly`: what is required and missing is None, for a form that asks for it.
    """
    try:
        values = _sorted(kind, typed, vocabulary).values
        missing = _missing(kind, values)
        if missing and not partly:
            raise _said_to_miss(missing[0])
        return kind(**dict.fromkeys(field.name for field in missing), **values)
    except Usage as error:
        error.command = error.command or command
        error.choices = (*error.choices, *_offered(error, kind, error.command, vocabulary))
        raise


def misplaced(
    kind: type[Any], typed: Sequence[Word], command: str, scene: str, vocabulary: Vocabulary = PLAIN
) -> Usage | None:
    """Return what to say of a `scene` nobody knows, where an option was meant; None where none was."""
    error = slips.misplaced(_sorted(kind, typed, vocabulary), scene)
    if error:
        error.command, error.choices = command, tuple(_offered(error, kind, command, vocabulary))
    return error


def usage(kind: type[Any], command: str) -> str:
    """Return the usage line, made from the dataclass itself: `temp [SCENE] [--ttl 30m|12h|7d] …`."""
    return " ".join([command, *(_shown(field) for field in dataclasses.fields(kind) if not is_hidden(field))])


def command_text(value: Any, command: str) -> str:
    """Return the text that parse() reads back as `value`: what a button carries."""
    fields = dataclasses.fields(value)
    said = [index for index, field in enumerate(fields) if is_said(value, field)]
    # a word is read by its place: what stands before one that is said has to be said, too
    last = max((index for index in said if form_of(fields[index]).positional), default=-1)
    shown = [field for index, field in enumerate(fields) if index in said or index < last]
    flags = {field.name for field in fields if form_of(field).read is None}
    return " ".join([command, *(_typed(field, getattr(value, field.name), flags) for field in shown)])


def _shown(field: "dataclasses.Field[Any]") -> str:
    form = form_of(field)
    text = form.metavar if form.positional else f"--{field.name} {form.metavar}".rstrip()
    return text if is_required(field) else f"[{text}]"


def _typed(field: "dataclasses.Field[Any]", value: Any, flags: Collection[str]) -> str:
    form = form_of(field)
    if form.read is None:
        return f"--{field.name}"
    text = " ".join(map(written, value)) if form.several else written(spelled(field, value))
    if form.verbatim and text in flags:  # a tag that is called "off"
        text = quoted(text)
    return text if form.positional else f"--{field.name} {text}"


def spelled(field: "dataclasses.Field[Any]", value: Any) -> str:
    """Return the value of a field as people write it in a form: without quotation marks."""
    form = form_of(field)
    if form.several or form.many:
        return (PARTED if form.many else " ").join(map(str, value))
    return f"{value.seconds}s" if isinstance(value, Lifetime) else str(value)


def written(value: Any) -> str:
    """Return a value as it is typed."""
    match value:
        case Lifetime(seconds):
            return f"{seconds}s"
        case str() if not re.fullmatch(r"\w[\w.-]*", value, re.ASCII):
            return quoted(value)
        case _:
            return str(value)


def _sorted(kind: type[Any], typed: Sequence[Word], vocabulary: Vocabulary) -> Sorting:
    sorting = Sorting(kind, typed, vocabulary)
    while sorting.at < len(typed):
        if nobodys := sorting.next():
            raise slips.unexpected(nobodys, sorting)
    return sorting


def _offered(error: Usage, kind: type[Any], command: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Return the commands that may have been meant, as far as they can be read and a button carries them."""
    meant = [f"{command} {text}" for text in error.instead if _can_be_read(kind, text, vocabulary)]
    return [("button.meant", text) for text in meant if len(text) <= MOST_CARRIED]


def _can_be_read(kind: type[Any], text: str, vocabulary: Vocabulary) -> bool:
    try:
        values = _sorted(kind, words(text), vocabulary).values
        return not _missing(kind, values) and bool(kind(**values))
    except Usage:
        return False


def _missing(kind: type[Any], values: Mapping[str, Any]) -> list["dataclasses.Field[Any]"]:
    return [field for field in dataclasses.fields(kind) if is_required(field) and field.name not in values]


def _said_to_miss(field: "dataclasses.Field[Any]") -> Usage:
    form = form_of(field)
    if isinstance(form.read, OneOf):
        return Usage("usage.which", allowed=" / ".join(form.read.choices))
    return Usage("usage.missing", missing=form.metavar)
