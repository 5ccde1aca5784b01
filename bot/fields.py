"""How a field of a subcommand's dataclass is typed, and what a form shows of it."""

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, dataclass
from typing import Any, TypeVar

from bot.reading import number, plain

T = TypeVar("T")

# how several texts stand in one
PARTED = "\n---\n"


@dataclass(frozen=True, slots=True)
class Form:
    """How one field is typed: by place (`positional`), as `--name VALUE`, or as a bare `--name` (no `read`).

    `several`: all further words by place belong to it, too. `free`: any text will do. `verbatim`: full-width
    signs stay as they were typed, for people read them.
    """

    read: Callable[[str], Any] | None
    metavar: str = ""
    positional: bool = False
    free: bool = False
    verbatim: bool = False
    several: bool = False
    lines: bool = False
    many: bool = False
    label: str = ""
    asked: bool = False


def word(
    read: Callable[[str], T],
    metavar: str,
    *,
    verbatim: bool = False,
    label: str = "",
    asked: bool = False,
    **default: Any,
) -> Any:
    """Return a dataclass field that is typed by its place; optional if it is given a `default`.

    `verbatim`: it is kept as it was typed. `asked`: a form wants it even so, for without it the command only looks.
    """
    form = Form(read, metavar, positional=True, verbatim=verbatim, label=label, asked=asked)
    return dataclasses.field(metadata={"form": form}, **default)


def several_words(read: Callable[[str], T], metavar: str) -> Any:
    """Return a dataclass field that takes every word typed by its place, as a tuple; the last of the positional."""
    return dataclasses.field(metadata={"form": Form(read, f"{metavar} …", positional=True, several=True)}, default=())


def option(
    read: Callable[[str], T],
    metavar: str,
    *,
    free: bool = False,
    verbatim: bool = False,
    hidden: bool = False,
    label: str = "",
    **default: Any,
) -> Any:
    """Return a dataclass field that is typed `--name VALUE`; `free` where any text will do, which is kept `verbatim`.

    `label` is the key of what a form calls it, where that is not form.NAME.
    """
    form = Form(read, metavar, free=free, verbatim=free or verbatim, label=label)
    return dataclasses.field(metadata={"form": form, "hidden": hidden}, **default)


def passage(read: Callable[[str], T], *, many: bool = False, label: str = "", **default: Any) -> Any:
    """Return a dataclass field for a text of several lines; `many`: it may be typed again, and `read` gives a tuple."""
    form = Form(read, '"…"', free=True, verbatim=True, lines=True, many=many, label=label)
    return dataclasses.field(metadata={"form": form, "hidden": False}, **default)


def flag(*, hidden: bool = False) -> Any:
    """Return a dataclass field that is typed `--name`, or not; `hidden` where only buttons say it."""
    return dataclasses.field(metadata={"form": Form(None), "hidden": hidden}, default=False)


def code_number() -> Any:
    """Return the field by which a button says which of a scene's codes it stands under."""
    return dataclasses.field(metadata={"form": Form(number, "N"), "hidden": True}, default=0)


def account_name() -> Any:
    """Return the field by which every command about an official account chooses one."""
    return dataclasses.field(
        metadata={"form": Form(plain, "NAME", free=True, verbatim=True), "hidden": True}, default=""
    )


def form_of(field: "dataclasses.Field[Any]") -> Form:
    """Return how a field is typed."""
    form: Form = field.metadata["form"]
    return form


def is_hidden(field: "dataclasses.Field[Any]") -> bool:
    """Whether only buttons say the field."""
    return bool(field.metadata.get("hidden"))


def is_required(field: "dataclasses.Field[Any]") -> bool:
    """Whether nothing goes without the field."""
    return field.default is MISSING


def is_said(value: Any, field: "dataclasses.Field[Any]") -> bool:
    """Whether `value` says other than by default in this field; what is required and None is still missing."""
    said = getattr(value, field.name)
    return said is not None if is_required(field) else bool(said != field.default)
