"""Slack's Web API by one kept session, and what its refusals mean for whoever must not post twice."""

import json
from collections.abc import Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.errors import DeliveryUnknown, NotInChannel, SlackError, SlackUnavailable

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)

_NO_MEMBER = {"not_in_channel", "channel_not_found", "user_not_in_channel", "is_archived", "restricted_action",
              "posting_to_channel_denied", "invalid_channel", "messages_tab_disabled"}  # fmt: skip
# https://docs.slack.dev/reference/methods/files.completeUploadExternal: "it's possible some aspect of the operation
# succeeded before the error was raised"
_PERHAPS = {"internal_error", "fatal_error", "request_timeout"}
_LATER = {"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org"}
_OK, _TOO_MANY, _SERVER_ERRORS = 200, 429, 500
# what a response_url may answer with status 200; that it took something is the bare word ok
_REFUSED = '{"ok":false'


class Slack:
    """The workspace's API. Raises SlackError; waits for a rate limit twice, then raises SlackUnavailable."""

    def __init__(self, token: str, url: str, session: aiohttp.ClientSession) -> None:
        # a connection that broke may have delivered (trap T4), so the library's own retry of it is left out;
        # one session for all calls (T6)
        self._waits = [AsyncRateLimitErrorRetryHandler(max_retry_count=2)]
        self.web = AsyncWebClient(token, base_url=url, session=session, retry_handlers=list(self._waits))
        self._session = session

    async def call(self, method: str, *, repeatable: bool = False, **arguments: Any) -> Mapping[str, Any]:
        """Call `method` with a form body (T2). `repeatable`: an unknown outcome is as good as none."""
        form = {name: _plain(value) for name, value in arguments.items() if value not in (None, "")}
        try:
            answer = await self.web.api_call(method, data=form)
        except SlackApiError as error:
            raise _refusal(method, error, repeatable=repeatable) from None
        except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError) as error:
            raise _lost(method, never_left=isinstance(error, aiohttp.ClientConnectorError) or repeatable) from None
        except (aiohttp.ClientError, TimeoutError, ValueError):
            raise _lost(method, never_left=repeatable) from None
        data = answer.data
        return data if isinstance(data, Mapping) else {}

    async def upload(self, url: str, content: bytes) -> None:
        """Send a file's bytes to the address Slack gave for them (T17); harmless to repeat."""
        try:
            async with self._session.post(url, data=content) as answer:
                if answer.status != _OK:
                    raise _lost("upload", never_left=True)
        except (aiohttp.ClientError, TimeoutError):
            raise _lost("upload", never_left=True) from None

    async def respond(self, url: str, body: Mapping[str, Any]) -> bool:
        """Answer by a response_url; False where it is used up, too old, or refuses what is said (T7)."""
        webhook = AsyncWebhookClient(url, session=self._session, retry_handlers=list(self._waits))
        try:
            answer = await webhook.send_dict(dict(body))
        except aiohttp.ClientConnectorError:
            raise _lost("response_url", never_left=True) from None
        except (aiohttp.ClientError, TimeoutError):
            raise _lost("response_url", never_left=False) from None
        if answer.status_code == _TOO_MANY:
            raise _lost("response_url", never_left=True)
        if answer.status_code >= _SERVER_ERRORS:
            raise _lost("response_url", never_left=False)
        return answer.status_code == _OK and not answer.body.startswith(_REFUSED)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _refusal(method: str, error: SlackApiError, *, repeatable: bool) -> SlackError:
    status = getattr(error.response, "status_code", 200)
    word = str(error.response.get("error", "")) if isinstance(getattr(error.response, "data", None), dict) else ""
    if word in _NO_MEMBER:
        return NotInChannel("slack.not_in_channel", method=method, error=word)
    if status == _TOO_MANY or word in _LATER:
        return _lost(method, never_left=True)
    if status >= _SERVER_ERRORS or word in _PERHAPS or not word:
        return _lost(method, never_left=repeatable)
    return SlackError("slack.refused", method=method, error=word)


def _lost(method: str, *, never_left: bool) -> SlackError:
    if never_left:
        return SlackUnavailable("slack.unavailable", method=method)
    return DeliveryUnknown("slack.unavailable", method=method)
