"""What an account was asked and what it said, without its secrets."""

import re
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

from bot.sandbox.wechat.asked import Asked

KEPT = 10_000
LONGEST = 20_000
MASK = "***"
_SECRET_NAMES = {"access_token", "secret", "appsecret"}
_SECRET_FIELDS = re.compile(r'("(?:secret|appsecret|access_token)"\s*:\s*")[^"]*')


@dataclass(frozen=True, slots=True)
class Call:
    """One call; `errcode` is None where the answer had none: an image, an HTML page, a dropped connection.

    `status` is HTTP's, 0 where the connection was dropped.
    """

    at: float
    method: str
    path: str
    query_without_secrets: Mapping[str, str]
    body: str
    errcode: int | None
    status: int
    milliseconds: float
    ip: str = ""
    rid: str = ""
    answer: str = ""


class Journal:
    """The last 10,000 calls, and how many there ever were to each path."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._counts: Counter[str] = Counter()

    @property
    def calls(self) -> list[Call]:
        """Return the calls that are kept, oldest first."""
        return list(self._calls)

    def add(self, call: Call) -> None:
        """Write a call down."""
        self._calls.append(call)
        self._counts[call.path] += 1

    def count(self, path: str) -> int:
        """Return how many calls this path has ever had."""
        return self._counts[path]

    def find(self, rid: str) -> Call | None:
        """Return the call that was refused under this request id."""
        return next((call for call in self._calls if call.rid == rid), None)


def masked_query(asked: Asked) -> dict[str, str]:
    """Return the query with its secrets covered."""
    return {name: MASK if name in _SECRET_NAMES else value for name, value in asked.query.items()}


def masked(text: str) -> str:
    """Return what was asked or answered with its secrets covered; of a list of thousands, the beginning."""
    return _SECRET_FIELDS.sub(rf"\1{MASK}", text[:LONGEST])
