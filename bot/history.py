"""What one person did, and what that adds to the figures. The figures of all are the sums over all histories.

A new event changes a history, and the figures by the difference: so it does not matter in which order events come.
What each figure means: docs/METRICS.md.
"""

import json
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from bot.scan import Event, beginning_of, day_of

# days on which somebody scanned one scene that are remembered singly; an event that comes later than all of them
# still counts as a scan, and WeChat itself gives up after some seconds
DAYS_REMEMBERED = 16
_write = json.JSONEncoder(separators=(",", ":")).encode
JOINED = -1


class What(StrEnum):
    """The figures that hang on who it was."""

    FIRST_FOLLOW = "first_follow"
    UNFOLLOW = "unfollow"
    SCANNER = "scanner"
    COHORT = "cohort"
    LOST = "lost"


class Figure(NamedTuple):
    """One figure of a scene. `detail`: for SCANNER the day before on which they scanned, for COHORT the age in days."""

    what: What
    scene_id: int
    day: int = 0
    detail: int = 0


class Move(NamedTuple):
    """A follow (by which scene) or an unfollow (`scene_id` is then that of no scene)."""

    at: int
    scene_id: int
    is_follow: bool


@dataclass(slots=True)
class History:
    """One person's moves, and on which days they scanned which scene; a negative day is only looked back at."""

    first_seen: int | None = None
    moves: list[Move] = field(default_factory=list)
    days: dict[int, list[int]] = field(default_factory=dict)

    def add(self, event: Event, at: int, scene_id: int, *, by_code: bool) -> None:
        """Take one event in, wherever in time it belongs."""
        self.first_seen = at if self.first_seen is None else min(self.first_seen, at)
        if event is not Event.SCAN:
            self.moves.append(Move(at, scene_id, event is Event.FOLLOW))
        if by_code:
            self._scanned(scene_id, day_of(at))

    def attribute(self, at: int, from_scene: int, to_scene: int) -> None:
        """Give the follow of that moment, which came without a scene, the one it was by."""
        move = Move(at, from_scene, is_follow=True)
        if move in self.moves:
            self.moves[self.moves.index(move)] = Move(at, to_scene, is_follow=True)
            self._scanned(to_scene, day_of(at))

    def shorten(self) -> None:
        """Leave out days long past; what they added to the figures stays there, and is never looked at again."""
        for scene_id, days in self.days.items():
            if len(days) > DAYS_REMEMBERED:
                base, *later = days[-DAYS_REMEMBERED:]
                self.days[scene_id] = [-abs(base), *later]

    def coarsen(self, day: int) -> None:
        """Round what happened before a day to its own day: what came first still does, and no figure asks for more."""
        coarse: dict[int | None, int] = {}
        last = 0
        for at in sorted({self.first_seen or 0, *(move.at for move in self.moves)}):
            if day_of(at) < day:
                coarse[at] = last = max(beginning_of(day_of(at)), last + 1)
        self.first_seen = coarse.get(self.first_seen, self.first_seen)
        self.moves = [move._replace(at=coarse.get(move.at, move.at)) for move in self.moves]

    def figures(self) -> list[Figure]:
        """Return what this history adds to the figures, one each."""
        return [*self._spells(), *self._scanners()] if self.moves else list(self._scanners())

    def _scanned(self, scene_id: int, day: int) -> None:
        days = self.days.setdefault(scene_id, [])
        if days and days[0] < 0 and day <= -days[0]:
            return
        place = bisect_left(days, day)
        if place == len(days) or days[place] != day:
            days.insert(place, day)

    def _scanners(self) -> Iterator[Figure]:
        for scene_id, days in self.days.items():
            before = 0
            for day in days:
                if day > 0:
                    yield Figure(What.SCANNER, scene_id, day, before)
                before = abs(day)

    def _spells(self) -> Iterator[Figure]:
        joined: dict[int, int] = {}
        spell: Move | None = None
        for move in self._in_order():
            if spell:
                yield from self._ended(spell, move, joined)
            elif not move.is_follow:
                yield Figure(What.UNFOLLOW, move.scene_id, day_of(move.at))
            if move.is_follow:
                yield from self._begun(move, joined)
            spell = move if move.is_follow else None
        if spell is None:
            yield from (Figure(What.LOST, scene_id) for scene_id in joined)

    def _begun(self, move: Move, joined: dict[int, int]) -> Iterator[Figure]:
        if move.at == self.first_seen and not joined:
            yield Figure(What.FIRST_FOLLOW, move.scene_id, day_of(move.at))
        if move.scene_id not in joined:
            joined[move.scene_id] = move.at
            yield Figure(What.COHORT, move.scene_id, day_of(move.at), JOINED)

    def _ended(self, spell: Move, move: Move, joined: dict[int, int]) -> Iterator[Figure]:
        """End a spell; where a follow ends it, WeChat never told of the unfollow, and none is made up."""
        if not move.is_follow:
            yield Figure(What.UNFOLLOW, spell.scene_id, day_of(move.at))
        if joined[spell.scene_id] == spell.at:
            age = day_of(move.at) - day_of(spell.at)
            yield Figure(What.COHORT, spell.scene_id, day_of(spell.at), age)

    def _in_order(self) -> list[Move]:
        """Sort by time. Within one second, who follows can only unfollow first, and who does not can only follow."""
        waiting = sorted(self.moves, key=_rank)
        if all(one.at < other.at for one, other in pairwise(waiting)):
            return waiting
        ordered: list[Move] = []
        while waiting:
            follows = bool(ordered) and ordered[-1].is_follow
            now = [move for move in waiting if move.at == waiting[0].at]
            chosen = next((move for move in now if move.is_follow is not follows), now[0])
            waiting.remove(chosen)
            ordered.append(chosen)
        return ordered


def _rank(move: Move) -> tuple[int, bool, int]:
    return (move.at, not move.is_follow, move.scene_id)


def written(history: History) -> str:
    """Return a history as the database keeps it."""
    return _write([history.first_seen, history.moves, list(history.days.items())])


@lru_cache(maxsize=4096)
def of_one(event: Event, at: int, scene_id: int, *, by_code: bool) -> tuple[tuple[Figure, ...], str]:
    """Return what a history of a single event adds to the figures, and how it is kept.

    Most people have no other, and what many do in one second is remembered.
    """
    history = History()
    history.add(event, at, scene_id, by_code=by_code)
    return tuple(history.figures()), written(history)


def read(text: str) -> History:
    """Return the history that was written."""
    first_seen, moves, days = json.loads(text)
    return History(first_seen, [Move(*move) for move in moves], dict(days))
