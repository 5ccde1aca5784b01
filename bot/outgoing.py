"""The way out to the one other system that is told of bindings and scans; the only module that calls it."""

import logging

import aiohttp

from bot import webhook
from bot.settings import Webhook

log = logging.getLogger(__name__)

# the standard says 15 to 30; whoever has not taken a message of 300 bytes after 5 gets it again
SECONDS = 5.0
# https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md: it wants no more
GONE = 410


class Outgoing:
    """Posts signed messages. `is_gone`: the receiver wants no more, which holds until the next start."""

    def __init__(self, session: aiohttp.ClientSession, to: Webhook, seconds: float = SECONDS) -> None:
        self._session, self._to = session, to
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self.is_gone = False

    async def post(self, id_: str, at: int, body: str) -> int:
        """Post one message and return the HTTP status; 0 where none came within `seconds`.

        A redirect is an answer like any other: what is signed for one address is shown to no second one. Of the answer
        no more is read than what comes with its head: at most 64 KB, aiohttp's own buffer.
        """
        headers = {**webhook.headers(self._to.secret, id_, at, body), "content-type": "application/json"}
        try:
            async with self._session.post(
                self._to.url, data=body.encode(), headers=headers, allow_redirects=False, timeout=self._timeout
            ) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("the webhook %s was not taken: %s", id_, type(error).__name__)
            return 0
        self.is_gone = self.is_gone or status == GONE
        return status
