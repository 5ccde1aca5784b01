"""What JSON must look like, said as a table: the language that block_rules, element_rules and view_rules are in.

A check takes a value and the JSON pointer it stands at, and reports what Slack would complain of.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Report:
    """What is wrong with one message or view; `surface` is message, modal or home."""

    surface: str
    file_ready: Callable[[str], bool] = lambda _: True
    problems: list[str] = field(default_factory=list)
    taken: dict[str, set[str]] = field(default_factory=dict)

    def add(self, at: str, complaint: str) -> None:
        self.problems.append(f"{complaint} [json-pointer:{at}]")

    def take(self, kind: str, name: str, at: str) -> None:
        """Note a name that may be given once only."""
        names = self.taken.setdefault(kind, set())
        if name in names:
            self.add(at, f'`{kind}` "{name}" already exists')
        names.add(name)


Check = Callable[[Any, str, Report], None]


def string(longest: int, shortest: int = 1) -> Check:
    """Require a string of `shortest` to `longest` characters."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report.add(at, "must be a string")
        elif len(value) > longest:
            report.add(at, f"must be less than {longest + 1} characters")
        elif len(value) < shortest:
            report.add(at, f"must be more than {shortest - 1} characters")

    return check


def name(kind: str, longest: int = 255) -> Check:
    """Require a string that no other `kind` in the same message or view has."""
    is_string = string(longest)

    def check(value: Any, at: str, report: Report) -> None:
        is_string(value, at, report)
        if isinstance(value, str):
            report.take(kind, value, at)

    return check


def number(lowest: float | None = None, highest: float | None = None) -> Check:
    """Require a number, not a boolean, between the two, both included."""

    def check(value: Any, at: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            report.add(at, "must be a number")
        elif (lowest is not None and value < lowest) or (highest is not None and value > highest):
            report.add(at, f"must be between {lowest} and {highest}")

    return check


def flag(value: Any, at: str, report: Report) -> None:
    """Require true or false."""
    if not isinstance(value, bool):
        report.add(at, "must be a boolean")


def anything(value: Any, at: str, report: Report) -> None:
    """Require nothing: what stands here is of no interest to the sandbox."""


def choice(*words: str) -> Check:
    """Require one of `words`."""

    def check(value: Any, at: str, report: Report) -> None:
        if value not in words:
            report.add(at, f"must be one of {', '.join(words)}")

    return check


def many(item: Check, most: int, least: int = 1) -> Check:
    """Require a list of `least` to `most`, each of which passes `item`."""

    def check(value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report.add(at, "must provide an array")
            return
        if len(value) > most:
            report.add(at, f"no more than {most} items allowed")
        if len(value) < least:
            report.add(at, f"no less than {least} items allowed")
        for position, one in enumerate(value):
            item(one, f"{at}/{position}", report)

    return check


@dataclass(frozen=True, slots=True)
class Shape:
    """An object: the fields it must have, those it may have, and what else must hold; any other field is refused."""

    must: Mapping[str, Check] = field(default_factory=dict)
    may: Mapping[str, Check] = field(default_factory=dict)
    also: tuple[Check, ...] = ()

    def __call__(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "must provide an object")
            return
        for missing in (field_ for field_ in self.must if field_ not in value):
            report.add(at, f"missing required field: {missing}")
        for key, part in value.items():
            self._check_field(key, part, at, report)
        for check in self.also:
            check(value, at, report)

    def _check_field(self, key: str, part: Any, at: str, report: Report) -> None:
        check = self.must.get(key) or self.may.get(key)
        if check is None:
            report.add(at, f"invalid additional property: {key}")
        else:
            check(part, f"{at}/{key}", report)


@dataclass(frozen=True, slots=True)
class OneOf:
    """An object whose `type` picks its shape from a table."""

    table: Mapping[str, Check]
    only: frozenset[str] | None = None

    def __call__(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report.add(at, "must provide an object")
            return
        kind = value.get("type")
        shape = self.table.get(kind) if isinstance(kind, str) and self._allows(kind) else None
        if shape is None:
            report.add(f"{at}/type", f"unsupported type: {kind}")
        else:
            shape(value, at, report)

    def _allows(self, kind: str) -> bool:
        return self.only is None or kind in self.only


def exactly_one(*fields: str) -> Check:
    """Require one of `fields`, and one alone."""

    def check(value: Any, at: str, report: Report) -> None:
        if sum(key in value for key in fields) != 1:
            report.add(at, f"must provide exactly one of {', '.join(fields)}")

    return check


def at_least_one(*fields: str) -> Check:
    """Require one of `fields` or more."""

    def check(value: Any, at: str, report: Report) -> None:
        if not any(key in value for key in fields):
            report.add(at, f"must provide one of {', '.join(fields)}")

    return check
