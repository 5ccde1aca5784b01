"""What somebody asks of the control interface: fields read one by one, each refused with a sentence."""

from collections.abc import Mapping
from typing import Any


class Wrong(Exception):
    """A request that cannot be meant; `status` is the HTTP status of the answer."""

    def __init__(self, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.status = status


class Wish:
    """The fields of one request."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given

    def text(self, name: str, default: str | None = None) -> str:
        """Return a string; without a `default` it must be there."""
        value = self._given.get(name, default)
        if not isinstance(value, str):
            raise Wrong(f"{name} must be a string")
        return value

    def number(self, name: str, least: int, most: int, default: int | None = None) -> int:
        """Return a whole number from `least` to `most`, given as one or (in a query) as its digits."""
        value = self._given.get(name, default)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(most)):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong(f"{name} must be a whole number from {least} to {most}")
        return value

    def flag(self, name: str) -> bool:
        """Return true or false; false where it is not there."""
        value = self._given.get(name, False)
        if not isinstance(value, bool):
            raise Wrong(f"{name} must be true or false")
        return value

    def table(self, name: str) -> Mapping[str, Any]:
        """Return an object; empty where it is not there."""
        value = self._given.get(name, {})
        if not isinstance(value, dict):
            raise Wrong(f"{name} must be an object")
        return value

    def get(self, name: str) -> Any:
        """Return whatever is there."""
        return self._given.get(name)

    def has(self, name: str) -> bool:
        return name in self._given
