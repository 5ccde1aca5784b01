"""One request to WeChat, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.json_reading import read_json
from bot.sandbox.wechat.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Asked:
    """What arrived: `path` begins with /cgi-bin or /datacube, `ip` is the caller's address."""

    method: str
    path: str
    query: Mapping[str, str]
    body: bytes
    ip: str

    def document(self) -> dict[str, Any]:
        """Return the JSON object of the body; Refusal 44002 when there is none, 47001 when it is no JSON object."""
        if not self.body.strip():
            raise Refusal(44002)
        try:
            found = read_json(self.body.decode("utf-8"))
        except ValueError as broken:
            raise Refusal(47001) from broken
        if not isinstance(found, dict):
            raise Refusal(47001)
        return found

    def field(self, name: str) -> str:
        """Return a text field of the body or else of the query: "" when it is in neither."""
        try:
            value = self.document().get(name)
        except Refusal:
            value = None
        return value if isinstance(value, str) else self.query.get(name, "")
