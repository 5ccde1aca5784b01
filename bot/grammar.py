"""Words -> values. A frozen dataclass is the grammar: parse() reads it, usage() shows it, command_text() writes it."""

import dataclasses
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass
from typing import Any, TypeVar

from bot.errors import Misfilled, Usage
from bot.model import Lifetime
from bot.reading import number, plain
from bot.typing_habits import Word, quoted

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form:
    """How one field is typed: by place (`positional`), as `--name VALUE`, or as a bare `--name` (no `read`)."""

    read: Callable[[str], Any] | None
    metavar: str = ""
    positional: bool = False
    free: bool = False


def word(read: Callable[[str], T], metavar: str, **default: Any) -> Any:
    """Return a dataclass field that is typed by its place; optional if it is given a `default`."""
    return dataclasses.field(metadata={"form": Form(read, metavar, positional=True)}, **default)


def option(read: Callable[[str], T], metavar: str, *, free: bool = False, hidden: bool = False, **default: Any) -> Any:
    """Return a dataclass field that is typed `--name VALUE`; `free` where any text will do."""
    return dataclasses.field(metadata={"form": Form(read, metavar, free=free), "hidden": hidden}, **default)


def flag(*, hidden: bool = False) -> Any:
    """Return a dataclass field that is typed `--name`, or not; `hidden` where only buttons say it."""
    return dataclasses.field(metadata={"form": Form(None), "hidden": hidden}, default=False)


def code_number() -> Any:
    """Return the field by which a button says which of a scene's codes it stands under."""
    return dataclasses.field(metadata={"form": Form(number, "N"), "hidden": True}, default=0)


def account_name() -> Any:
    """Return the field by which every command about an official account chooses one."""
    return dataclasses.field(metadata={"form": Form(plain, "NAME", free=True), "hidden": True}, default="")


@dataclass(frozen=True, slots=True)
class Blank:
    """One field as a form shows it."""

    name: str
    metavar: str
    is_required: bool
    is_flag: bool


def blanks(kind: type[Any]) -> list[Blank]:
    """Return what a form asks for, made from the dataclass itself."""
    fields = [field for field in dataclasses.fields(kind) if not _hidden(field)]
    return [Blank(f.name, _form(f).metavar, _required(f), _form(f).read is None) for f in fields]


def filled(kind: type[T], given: Mapping[str, str]) -> T:
    """Return what was filled in, by field name, as a `kind`. Raises Misfilled with what cannot be read, all at once."""
    values, wrong = {}, {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type] # every kind is a dataclass
        if field.name in given:
            try:
                values[field.name] = _read(field, given[field.name])
            except Usage as error:
                wrong[field.name] = error
    if wrong:
        raise Misfilled(wrong)
    return kind(**values)


def parse(kind: type[T], typed: Sequence[Word], command: str) -> T:
    """Return what was typed after `command` as a `kind`. Raises Usage, with `command`, where it cannot be read."""
    try:
        return kind(**_values(kind, list(typed)))
    except Usage as error:
        error.command = error.command or command
        raise


def usage(kind: type[Any], command: str) -> str:
    """Return the usage line, made from the dataclass itself: `temp [SCENE] [--ttl 30m|12h|7d] …`."""
    return " ".join([command, *(_shown(field) for field in dataclasses.fields(kind) if not _hidden(field))])


def command_text(value: Any, command: str) -> str:
    """Return the text that parse() reads back as `value`: what a button carries."""
    fields = dataclasses.fields(value)
    said = [index for index, field in enumerate(fields) if getattr(value, field.name) != field.default]
    # a word is read by its place: what stands before one that is said has to be said, too
    last = max((index for index in said if _form(fields[index]).positional), default=-1)
    shown = [field for index, field in enumerate(fields) if index in said or index < last]
    return " ".join([command, *(_typed(field, getattr(value, field.name)) for field in shown)])


def _form(field: "dataclasses.Field[Any]") -> Form:
    form: Form = field.metadata["form"]
    return form


def _hidden(field: "dataclasses.Field[Any]") -> bool:
    return bool(field.metadata.get("hidden"))


def _required(field: "dataclasses.Field[Any]") -> bool:
    return field.default is MISSING


def _shown(field: "dataclasses.Field[Any]") -> str:
    form = _form(field)
    text = form.metavar if form.positional else f"--{field.name} {form.metavar}".rstrip()
    return text if _required(field) else f"[{text}]"


def _typed(field: "dataclasses.Field[Any]", value: Any) -> str:
    form = _form(field)
    if form.read is None:
        return f"--{field.name}"
    text = written(value)
    return text if form.positional else f"--{field.name} {text}"


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
    places = [field for field in fields.values() if _form(field).positional]
    values: dict[str, Any] = {}
    while typed:
        taken = typed.pop(0)
        if taken.text.startswith("--") and not taken.quoted:
            name = _option_name(taken.text, fields)
            values[name] = _option_value(fields[name], typed)
        elif places:
            place = places.pop(0)
            values[place.name] = _read(place, taken.text)
        else:
            raise _unexpected(taken, fields)
    _nothing_missing(fields, values)
    return values


def _option_name(typed: str, fields: dict[str, "dataclasses.Field[Any]"]) -> str:
    name = typed.removeprefix("--").lower().replace("-", "_")
    options = [field.name for field in fields.values() if not _form(field).positional]
    if name in options:
        return name
    near = difflib.get_close_matches(name, options, 1)
    if near:
        raise Usage("usage.option_near", typed=typed, near=f"--{near[0]}")
    raise Usage("usage.option", typed=typed)


def _option_value(field: "dataclasses.Field[Any]", typed: list[Word]) -> Any:
    if _form(field).read is None:
        return True
    if not typed or (typed[0].text.startswith("--") and not typed[0].quoted):
        raise Usage("usage.option_empty", option=f"--{field.name}")
    return _read(field, typed.pop(0).text)


def _read(field: "dataclasses.Field[Any]", text: str) -> Any:
    read = _form(field).read
    return read(text) if read else True


def _unexpected(taken: Word, fields: dict[str, "dataclasses.Field[Any]"]) -> Usage:
    for field in fields.values():
        form = _form(field)
        if form.read and not form.positional and not form.free and _readable(form.read, taken.text):
            return Usage("usage.word_near", typed=taken.text, near=f"--{field.name} {taken.text}")
    return Usage("usage.word", typed=taken.text)


def _readable(read: Callable[[str], Any], text: str) -> bool:
    try:
        read(text)
    except Usage:
        return False
    return True


def _nothing_missing(fields: dict[str, "dataclasses.Field[Any]"], values: dict[str, Any]) -> None:
    for field in fields.values():
        if _required(field) and field.name not in values:
            raise Usage("usage.missing", missing=_form(field).metavar)
