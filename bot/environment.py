"""One environment variable -> one value; every problem is remembered, and told together."""

import base64
import binascii
import zoneinfo
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")

# what is wrong about these is said without them
_SECRETS = {"settings.not_webhook_secret", "settings.not_aes_key", "settings.not_app_token"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One setting that is missing or wrong; `key` names the sentence in bot/words that says how."""

    setting: str
    key: str
    value: str = ""


class Environment:
    """Reads one setting after another and remembers every problem."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.problems: list[Problem] = []

    def text(self, name: str, default: str | None = None) -> str:
        value = self.variables.get(name, "").strip()
        if not value and default is None:
            self.problems.append(Problem(name, "settings.missing"))
        return value or default or ""

    def parsed(self, name: str, default: str, parse: Callable[[str], T], key: str) -> T:
        value = self.text(name, default)
        try:
            return parse(value)
        except ValueError:
            self._note(name, value, key)
            return parse(default)

    def required(self, name: str, parse: Callable[[str], str], key: str) -> str:
        value = self.text(name)
        try:
            return parse(value) if value else ""
        except ValueError:
            self._note(name, value, key)
            return ""

    def _note(self, name: str, value: str, key: str) -> None:
        self.problems.append(Problem(name, key, "" if key in _SECRETS else value))


def app_token(text: str) -> str:
    if text and not text.startswith("xapp-"):
        raise ValueError(text)
    return text


def url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(text)
    return text.rstrip("/")


def port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:  # noqa: PLR2004 - 0 lets the machine choose
        raise ValueError(text)
    return port


def scene_range(text: str) -> tuple[int, int]:
    first, last = (int(end) for end in text.split("-"))
    if not 1 <= first < last <= 999_999_999:  # noqa: PLR2004 - nine digits: what a number may have
        raise ValueError(text)
    return first, last


def is_stable(text: str) -> bool:
    if text not in {"stable_token", "token"}:
        raise ValueError(text)
    return text == "stable_token"


def log_level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError(text)
    return text.upper()


def path(text: str) -> str:
    """Read a path such as /wechat/callback: it begins with a slash, has no query, and is nobody else's."""
    if not text.startswith("/") or text.endswith("/") or any(sign in text for sign in "?#% "):
        raise ValueError(text)
    if text in {"/slack/events", "/healthz", "/readyz", "/metrics"}:
        raise ValueError(text)
    return text


def private_url(text: str) -> str:
    """Read an address to which open ids may go: https, or this machine's own."""
    address = url(text)
    if urlsplit(address).scheme != "https" and urlsplit(address).hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError(text)
    return address


def webhook_events(text: str) -> str:
    """Read what a webhook is told of: bindings, scans, or both."""
    named = text.replace(",", " ").split()
    if not named or not set(named) <= {"bindings", "scans"}:
        raise ValueError(text)
    return " ".join(named)


def days(text: str) -> int:
    """Read a number of days, from 1."""
    return _from_one(text)


def seconds(text: str) -> int:
    """Read a number of seconds, from 1."""
    return _from_one(text)


def time_zone(text: str) -> str:
    """Read the name of a time zone, such as Asia/Shanghai."""
    try:
        return zoneinfo.ZoneInfo(text).key
    except (zoneinfo.ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(text) from error


def webhook_secret(text: str) -> str:
    """Read a secret as https://www.standardwebhooks.com writes it: whsec_ and base64 of 24 to 64 bytes."""
    if not 24 <= len(_decoded(text)) <= 64:  # noqa: PLR2004 - what the standard says
        raise ValueError(text)
    return text


def aes_key(text: str) -> str:
    """Read an EncodingAESKey: 43 letters and digits; or nothing."""
    if text and not (len(text) == 43 and text.isascii() and text.isalnum()):  # noqa: PLR2004 - WeChat's own length
        raise ValueError(text)
    return text


def _from_one(text: str) -> int:
    if int(text) < 1:
        raise ValueError(text)
    return int(text)


def _decoded(secret: str) -> bytes:
    if not secret.startswith("whsec_"):
        raise ValueError(secret)
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error as error:
        raise ValueError(secret) from error
