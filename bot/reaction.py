"""What is done about a WeChat event, in the transaction that keeps it: the third kind of handler."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.scan import Event, Happening, Scan, Welcome
from bot.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Reaction:
    """What is done about a WeChat event, in the transaction that keeps it: so it is quick, and writes nothing twice.

    It is called for a repeated push, too (`happening.is_new` is false), to give the same answer; then it only reads.
    What it returns is what the scanner reads. Where several do, one that `answers_first` is heard.

    `when` and `while_` are asked before, the second once for many scans: whether this scan is worth looking at, and
    whether there is anything to do at all.
    """

    to: frozenset[Event]
    does: Callable[[sqlite3.Connection, Happening, Settings], Welcome | None]
    answers_first: bool = False
    when: Callable[[Scan], bool] = lambda _: True
    while_: Callable[[sqlite3.Connection, Settings], bool] = lambda _connection, _settings: True


class Reactions:
    """All reactions as one. What is said is what the first of them says. A simulated scan changes nothing."""

    def __init__(self, every: Sequence[Reaction], settings: Settings) -> None:
        self._every = sorted(every, key=lambda reaction: not reaction.answers_first)
        self._settings = settings
        self._to = {event: [reaction for reaction in self._every if event in reaction.to] for event in Event}

    def awake(self, connection: sqlite3.Connection) -> "Awake":
        """Leave those out that can have nothing to do now."""
        return Awake(self, connection, self._settings)

    def asleep(self) -> "Reactions":
        """Return none of them."""
        return Reactions((), self._settings)

    def to(self, scan: Scan) -> list[Reaction]:
        """Return those that look at this scan."""
        return [reaction for reaction in self._to[scan.event] if reaction.when(scan)]

    def react(
        self, reactions: Sequence[Reaction], connection: sqlite3.Connection, happening: Happening
    ) -> Welcome | None:
        """Do what these do, and return what is said."""
        if happening.scan.is_simulated:
            happening = happening._replace(is_new=False)
        said = [reaction.does(connection, happening, self._settings) for reaction in reactions]
        return next((welcome for welcome in said if welcome), None)


class Awake:
    """Those of the reactions that can have anything to do in this transaction; each is asked at most once."""

    __slots__ = ("_asked", "_connection", "_every", "_settings")

    def __init__(self, every: Reactions, connection: sqlite3.Connection, settings: Settings) -> None:
        self._every, self._connection, self._settings = every, connection, settings
        self._asked: dict[Reaction, bool] = {}

    def to(self, scan: Scan) -> list[Reaction]:
        """Return those that look at this scan."""
        return [reaction for reaction in self._every.to(scan) if self._is_awake(reaction)]

    def _is_awake(self, reaction: Reaction) -> bool:
        is_awake = self._asked.get(reaction)
        if is_awake is None:
            is_awake = self._asked[reaction] = reaction.while_(self._connection, self._settings)
        return is_awake
