"""Log lines for people and machines; nothing secret is ever in one, whoever wrote it."""

import logging
import re
import sys
from collections.abc import Iterable

# as it stands in an address, in JSON, and in an address within another
_SLASH = r"(?:\\*/|%2f)"
_PATTERNS = (
    re.compile(
        r"(?i)((?:access_token|secret|appsecret|ticket|token|signature|authorization)[\"']?\s*(?:[=:]|%3[ad])\s*[\"']?"
        r"(?:bearer )?)[^\s&\"',}]+"
    ),
    re.compile(r"()\bx(?:ox[a-z]|app|wfp)-[\w%-]+"),
    re.compile(r"()\b\d{1,3}_[\w-]{60,}"),  # an access token of WeChat's
    # a response_url, a webhook, an upload_url: whoever has the address may use it. In the sandbox too
    re.compile(rf"(?i)(hooks\.slack(?:-gov)?\.com(?::\d+)?{_SLASH})[^\s\"'<>]+"),
    re.compile(rf"(?i)({_SLASH}(?:upload{_SLASH}v1|upload|response){_SLASH})[^\s\"'<>]+"),
)
# these log whole URLs (httpx) or every request
_TALKATIVE = ("httpx", "httpcore", "slack_sdk", "aiohttp", "uvicorn", "asyncio")


class Discreet(logging.Formatter):
    """A formatter that masks what it knows to be secret and what looks like it, in tracebacks too."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")
        self._secrets = tuple(secret for secret in secrets if len(secret) > 3)  # noqa: PLR2004 - shorter ones are words

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, masked."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "…")
        for pattern in _PATTERNS:
            line = pattern.sub(r"\1…", line)
        return line


def set_up(level: str, secrets: Iterable[str]) -> None:
    """Log to standard error from `level` up; libraries only what is a warning."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    # it warns where a job takes longer than its interval: then one run is left out, as it should be
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
