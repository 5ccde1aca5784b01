"""Which command a text begins with, and which was meant where there is none of that name."""

import dataclasses
import difflib
from collections.abc import Iterable, Sequence
from typing import Any

from bot.errors import Usage
from bot.reply import Either
from bot.typing_habits import Word, narrow

HELP = "help"
# --help is as good as help
DASHES = "-‐‑‒–—―−"
# after a command they ask for its help
ASKS_FOR_HELP = frozenset({"--help", "—help", "-h", "?"})


def addressed(typed: Sequence[Word]) -> list[Word]:
    """Return what was typed after the bot's own name: nothing is help, and so is a command with `--help` after it."""
    rest = list(typed)
    while rest and narrow(rest[0].text).lower() == "/wxqr":
        rest = rest[1:]
    if len(rest) > 1 and not rest[-1].quoted and narrow(rest[-1].text).lower() in ASKS_FOR_HELP:
        return [Word(HELP), rest[0]]
    return rest or [Word(HELP)]


def plain_name(typed: str) -> str:
    """Return a name as it stands in a table of commands, however it was typed."""
    return narrow(typed).lower().lstrip(DASHES)


def no_form(name: str, names: Iterable[str], with_form: Sequence[str], before: str) -> Usage:
    """Return what to say where a form is asked for, by `before`, of nothing, or of what has none."""
    if not name:
        return Usage("usage.form_which", which=Either(with_form))
    if name in names:
        return Usage("usage.form_none", command=name, typed=name, choices=[("button.meant", name)])
    return nobodys(name, name, [], with_form, before)


def nobodys(typed: str, named: str, rest: Iterable[str], names: Iterable[str], before: str = "") -> Usage:
    """Return what to say of a name that no command has; `before` stands before it in the command that is offered."""
    near = difflib.get_close_matches(named, list(names), 1)
    if not near:
        return Usage("usage.command", typed=typed, choices=[("button.meant", before)] if before else [])
    meant = " ".join([*before.split(), near[0], *rest])
    return Usage("usage.command_near", typed=typed, near=near[0], choices=[("button.meant", meant)])


def with_scene(value: Any, wrong: str, near: str) -> Any:
    """Return what a subcommand takes with the scene that was meant, wherever the one stands that there is none of."""
    held = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    # also a pattern that is this one scene
    one = {name: dataclasses.replace(each, text=near) for name, each in held.items() if _is_called(each, wrong)}
    several = {
        name: tuple(near if scene == wrong else scene for scene in scenes)
        for name, scenes in held.items()
        if isinstance(scenes, tuple)
    }
    return dataclasses.replace(value, **one, **several)


def _is_called(value: Any, scene: str) -> bool:
    return dataclasses.is_dataclass(value) and getattr(value, "text", None) == scene
