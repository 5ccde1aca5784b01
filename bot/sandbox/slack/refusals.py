"""How Slack says no."""

from collections.abc import Iterable
from typing import Any


class Refusal(Exception):
    """`ok: false` with one of the documented errors, and what else stands beside it in the answer."""

    def __init__(self, error: str, messages: Iterable[str] = (), **beside: Any) -> None:
        super().__init__(error)
        self.error = error
        self.messages = tuple(messages)
        self.beside = beside

    def body(self) -> dict[str, Any]:
        """Return the answer as Slack words it."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.beside}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return body


def invalid_blocks(problems: Iterable[str]) -> Refusal:
    """Return the refusal of blocks, in which each problem ends with the place it stands at."""
    problems = list(problems)
    return Refusal("invalid_blocks", problems, errors=problems)
