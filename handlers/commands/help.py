"""`/wxqr help`: made from the commands themselves."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from bot import words
from bot.context import Context
from bot.fields import word
from bot.grammar import usage
from bot.handler import Subcommand
from bot.naming import nobodys
from bot.reading import plain
from bot.reply import Button, Buttons, Fact, Note, Reply, Sentence, Text, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    command: str = word(plain, "COMMAND", default="")


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    usage: str
    example: str


@dataclass(frozen=True, slots=True)
class Found:
    lines: tuple[Line, ...]
    accounts: tuple[str, ...]


async def look_up(wanted: Help, context: Context) -> Found:
    table = context.commands.table
    names = [context.commands.named(wanted.command)] if wanted.command else sorted(table, key=_place)
    if names[0] not in table:
        raise nobodys(wanted.command, names[0], [], table, "help")
    return Found(tuple(_line(name, table[name]) for name in names), tuple(context.means.official_accounts))


@cache
def _line(name: str, of: Subcommand[Any, Any]) -> Line:
    return Line(name, usage(of.takes, name), of.example)


@cache
def explained(found: Found) -> Reply:
    lines = found.lines
    if len(lines) == 1:
        return _one(lines[0])
    about = say("help.about")
    entries = tuple(Text(say("help.entry", usage=line.usage, what=say(f"help.{line.name}"))) for line in lines)
    buttons = Buttons((Button(say("button.mine"), "list mine"), Button(say("button.status"), "status")))
    return Reply(about, (Text(about), *entries, Note(_small_print(found.accounts)), buttons))


def _small_print(accounts: tuple[str, ...]) -> tuple[Sentence, ...]:
    several = (say("help.accounts", names=", ".join(accounts)),) if len(accounts) > 1 else ()
    return (say("help.scene"), say("help.footer"), *several)


def _one(line: Line) -> Reply:
    what = say(f"help.{line.name}")
    parts = (
        Text(say("help.entry", usage=line.usage, what=what)),
        Text(say(f"help.{line.name}.more")),
        Note((say("help.example", example=_example(line)),)),
    )
    return Reply(what, parts)


def _example(line: Line) -> Fact:
    """Return the example; one in which people write sentences, in the language of who reads it."""
    key = f"help.{line.name}.example"
    return say(key) if words.has(key) else line.example


# the most wanted first; what is not named here comes after them
ORDER = (
    "temp", "perm", "renew", "show", "draw", "list", "stats", "top", "watch", "digest", "export", "reply", "tag",
    "adopt", "groups", "bind", "whoami", "unbind", "status", "refresh", "help",
)  # fmt: skip


def _place(name: str) -> tuple[int, str]:
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


subcommand = Subcommand(Help, look_up, explained, example="help temp", local=lambda _: True)
