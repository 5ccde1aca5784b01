"""A journal of what the app asked of Slack: every request, answered or not."""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One request. `at` is seconds since 1970, `ms` what it took; `error` says how Slack refused or failed."""

    at: float
    method: str
    arguments: Mapping[str, Any]
    status: int
    error: str | None
    ms: float

    @property
    def ok(self) -> bool:
        return self.error is None


class Journal:
    """The last `KEPT` requests, and how many there were of each kind since the beginning.

    Each of `listeners` is called after every request.
    """

    def __init__(self) -> None:
        self.entries: deque[Entry] = deque(maxlen=KEPT)
        self._counts: Counter[str] = Counter()
        self.listeners: list[Callable[[], None]] = []

    def write(self, entry: Entry) -> None:
        self.entries.append(entry)
        self._counts[entry.method] += 1
        for hear in self.listeners:
            hear()

    def count(self, method: str) -> int:
        """Return how often `method` was asked for, whatever came of it."""
        return self._counts[method]

    def of(self, method: str) -> list[Entry]:
        """Return the entries of `method` that are still kept, oldest first."""
        return [entry for entry in self.entries if entry.method == method]
