"""What a request to the Web API asks for, however it was put: query string, form, multipart or JSON."""

from collections.abc import Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from bot.sandbox.json_reading import read_json
from bot.sandbox.slack.refusals import Refusal

_YES = frozenset(("true", "1", "True"))


def read(query: bytes, content_type: str, body: bytes) -> dict[str, Any]:
    """Return the arguments of one request, those of the body over those of the query string."""
    arguments: dict[str, Any] = dict(parse_qsl(query.decode(), keep_blank_values=True))
    return arguments | _of_body(content_type, body)


def parts(content_type: str, body: bytes) -> dict[str, bytes]:
    """Return the parts of a multipart body by name."""
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    named = ((part.get_param("name", header="content-disposition"), part) for part in message.iter_parts())
    return {str(name): bytes(part.get_payload(decode=True) or b"") for name, part in named}


def _of_body(content_type: str, body: bytes) -> dict[str, Any]:
    if content_type.startswith("application/json"):
        return _of_json(body)
    if content_type.startswith("multipart/form-data"):
        return {name: part.decode() for name, part in parts(content_type, body).items()}
    return dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))


def _of_json(body: bytes) -> dict[str, Any]:
    try:
        value = read_json(body or b"{}")
    except ValueError:
        raise Refusal("invalid_json") from None
    if not isinstance(value, dict):
        raise Refusal("json_not_object")
    return value


class Arguments:
    """The arguments of one call, read as the kinds the method wants."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = {name: value for name, value in given.items() if value is not None}

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def text(self, name: str, otherwise: str = "") -> str:
        return str(self._given.get(name, otherwise))

    def required(self, name: str) -> str:
        """Return the argument, which must be there and not empty."""
        if not (value := self.text(name)):
            raise Refusal("invalid_arguments", [f"missing required field: {name}"])
        return value

    def number(self, name: str, otherwise: int = 0) -> int:
        try:
            return int(self._given.get(name, otherwise))
        except (TypeError, ValueError):
            raise Refusal("invalid_arguments", [f"must be a number [json-pointer:/{name}]"]) from None

    def flag(self, name: str) -> bool:
        return str(self._given.get(name, "")) in _YES

    def names(self, name: str) -> list[str]:
        """Return a list that was given as such or with commas."""
        value = self._given.get(name, ())
        found = value.split(",") if isinstance(value, str) else value
        return [str(one).strip() for one in found if str(one).strip()]

    def value(self, name: str, error: str = "invalid_arguments") -> Any:
        """Return what was given as JSON, or as a string that holds JSON; None if nothing was."""
        value = self._given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return read_json(value) if value else None
        except ValueError:
            raise Refusal(error, [f"must be valid JSON [json-pointer:/{name}]"]) from None
