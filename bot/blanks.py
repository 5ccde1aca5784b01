"""A subcommand's dataclass as blanks to fill in, and what was filled in as the dataclass: pure."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.errors import Misfilled, Usage
from bot.grammar import form_of, is_hidden, is_required, read_as, spelled

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Blank:
    """One field as a form shows it; `label` is the key of what it is called there."""

    name: str
    label: str
    metavar: str
    is_required: bool
    is_flag: bool
    has_lines: bool


def blanks(kind: type[Any]) -> list[Blank]:
    """Return what a form asks for, made from the dataclass itself."""
    return [_blank(field) for field in dataclasses.fields(kind) if not is_hidden(field)]


def told(value: Any) -> dict[str, str]:
    """Return, by field name, what `value` says other than by default: the texts that filled() reads back."""
    fields = [field for field in dataclasses.fields(value) if getattr(value, field.name) != field.default]
    return {field.name: spelled(field, getattr(value, field.name)) for field in fields}


def filled(kind: type[T], given: Mapping[str, str]) -> T:
    """Return what was filled in, by field name, as a `kind`. Raises Misfilled with what cannot be read, all at once.

    What a `kind` itself refuses, because it does not go together, is said beside the `field` it names, else the first.
    """
    values, wrong = {}, {}
    for field in dataclasses.fields(kind):  # type: ignore[arg-type] # every kind is a dataclass
        if field.name in given:
            try:
                values[field.name] = read_as(field, given[field.name])
            except Usage as error:
                wrong[field.name] = error
    if wrong:
        raise Misfilled(wrong)
    try:
        return kind(**values)
    except Usage as error:
        raise Misfilled({error.facts.get("field") or blanks(kind)[0].name: error}) from None


def _blank(field: "dataclasses.Field[Any]") -> Blank:
    form = form_of(field)
    label = form.label or f"form.{field.name}"
    return Blank(field.name, label, form.metavar, is_required(field), form.read is None, form.lines)
