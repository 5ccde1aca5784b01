"""Words -> values. A frozen dataclass is the grammar: parse() reads it, usage() shows it, command_text() writes it."""

import dataclasses
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from bot.errors import Usage
from bot.fields import PARTED, form_of, is_hidden, is_required, is_said
from bot.model import Lifetime
from bot.reading import MENTIONED, OneOf
from bot.typing_habits import Word, quoted

T = TypeVar("T")


def parse(kind: type[T], typed: Sequence[Word], command: str, *, partly: bool = False) -> T:
    """Return what was typed after `command` as a `kind`. Raises Usage, with `command`, where it cannot be read.

    `partly`: what is required and missing is None, for a form that asks for it.
    """
    try:
        values = _values(kind, list(typed))
        missing = _missing(kind, values)
        if missing and not partly:
            raise _said_to_miss(missing[0])
        return kind(**dict.fromkeys(field.name for field in missing), **values)
    except Usage as error:
        error.command = error.command or command
        raise


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
    return " ".join([command, *(_typed(field, getattr(value, field.name)) for field in shown)])


def _shown(field: "dataclasses.Field[Any]") -> str:
    form = form_of(field)
    text = form.metavar if form.positional else f"--{field.name} {form.metavar}".rstrip()
    return text if is_required(field) else f"[{text}]"


def _typed(field: "dataclasses.Field[Any]", value: Any) -> str:
    form = form_of(field)
    if form.read is None:
        return f"--{field.name}"
    text = " ".join(map(written, value)) if form.several else written(spelled(field, value))
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


def _values(kind: type[Any], typed: list[Word]) -> dict[str, Any]:
    fields = {field.name: field for field in dataclasses.fields(kind)}
    places = [field for field in fields.values() if form_of(field).positional]
    values: dict[str, Any] = {}
    before: tuple[dataclasses.Field[Any], Word] | None = None
    while typed:
        taken = typed.pop(0)
        if taken.text.startswith("--") and not taken.quoted:
            name = _option_name(taken.text, fields)
            before = (fields[name], typed[0]) if typed and form_of(fields[name]).read else None
            value = _option_value(fields[name], typed)
            values[name] = (*values.get(name, ()), *value) if form_of(fields[name]).many else value
        elif places:
            place = places[0] if form_of(places[0]).several else places.pop(0)
            before = (place, taken)
            read = read_as(place, _said(place, taken))
            values[place.name] = (*values.get(place.name, ()), *read) if form_of(place).several else read
        else:
            raise _unexpected(taken, fields, before)
    return values


def _option_name(typed: str, fields: dict[str, "dataclasses.Field[Any]"]) -> str:
    name = typed.removeprefix("--").lower().replace("-", "_")
    options = [field.name for field in fields.values() if not form_of(field).positional]
    if name in options:
        return name
    near = difflib.get_close_matches(name, options, 1)
    if near:
        raise Usage("usage.option_near", typed=typed, near=f"--{near[0]}")
    raise Usage("usage.option", typed=typed)


def _option_value(field: "dataclasses.Field[Any]", typed: list[Word]) -> Any:
    if form_of(field).read is None:
        return True
    if not typed or (typed[0].text.startswith("--") and not typed[0].quoted):
        raise Usage("usage.option_empty", option=f"--{field.name}")
    return read_as(field, _said(field, typed.pop(0)))


def _said(field: "dataclasses.Field[Any]", word: Word) -> str:
    """Return what the field's reader takes: of whom or where a mention names, the id."""
    return word.mention if word.mention and form_of(field).read in MENTIONED else word.text


def read_as(field: "dataclasses.Field[Any]", text: str) -> Any:
    """Return what `text` means for the field. Raises Usage."""
    form = form_of(field)
    if form.read is None:
        return True
    # a form has one blank for all of them
    return tuple(form.read(each) for each in text.split()) if form.several else form.read(text)


def _unexpected(
    taken: Word, fields: dict[str, "dataclasses.Field[Any]"], before: "tuple[dataclasses.Field[Any], Word] | None"
) -> Usage:
    for field in fields.values():
        form = form_of(field)
        if form.read and not form.positional and not form.free and _readable(form.read, taken.text):
            return Usage("usage.word_near", typed=taken.text, near=f"--{field.name} {taken.text}")
    near = (_together(*before, taken) if before else "") or _roomy(fields)
    return Usage("usage.word_quotes", typed=taken.text, near=near) if near else Usage("usage.word", typed=taken.text)


def _together(field: "dataclasses.Field[Any]", before: Word, taken: Word) -> str:
    """Return how a word and the one before it are typed as one, where they can be."""
    form, both = form_of(field), f"{before.text} {taken.text}"
    if is_hidden(field) or not form.read or not _readable(form.read, both):
        return ""
    text = '"…"' if before.quoted else f'"{both}"'
    return text if form.positional else f"--{field.name} {text}"


def _roomy(fields: dict[str, "dataclasses.Field[Any]"]) -> str:
    """Return how a text with spaces is typed, where the command takes one."""
    roomy = (field.name for field in fields.values() if form_of(field).free and not is_hidden(field))
    return next((f'--{name} "…"' for name in roomy), "")


def _readable(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except Usage:
        return False
    return True


def _missing(kind: type[Any], values: Mapping[str, Any]) -> list["dataclasses.Field[Any]"]:
    return [field for field in dataclasses.fields(kind) if is_required(field) and field.name not in values]


def _said_to_miss(field: "dataclasses.Field[Any]") -> Usage:
    form = form_of(field)
    if isinstance(form.read, OneOf):
        return Usage("usage.which", allowed=" / ".join(form.read.choices))
    return Usage("usage.missing", missing=form.metavar)
