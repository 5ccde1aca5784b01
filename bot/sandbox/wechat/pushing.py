"""The way from the account to the callback: three deliveries of five seconds each, and what came of them.

https://developers.weixin.qq.com/doc/service/Account_Management/Wechat_Accreditation_Event_Push.html
"""

import asyncio
import random
from collections import deque
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import TYPE_CHECKING

import aiohttp

from bot.sandbox.wechat import push_trouble
from bot.sandbox.wechat.envelope import Envelope
from bot.sandbox.wechat.push import UNAVAILABLE, Attempt, Push
from bot.sandbox.wechat.replies import Odd, replied

if TYPE_CHECKING:
    from bot.sandbox.wechat.account import OfficialAccount

KEPT = 10_000
KEPT_ALIVE = 4
_HEADERS = {"Content-Type": "text/xml", "Accept": "*/*", "Pragma": "no-cache", "User-Agent": "Mozilla/4.0"}


class Pushes:
    """What an account pushed, and how: set `deadline` and `pause` (seconds), `deliveries`, `repeats_nonce`.

    WeChat says "three retries in all"; three deliveries are what people see. Whether a retry has a new timestamp and
    nonce is not documented: `repeats_nonce` is for those that have not. `now` is what timestamps are taken from.
    """

    def __init__(self, account: "OfficialAccount") -> None:
        self._account = account
        self.deadline = 5.0
        self.pause = 0.05
        self.deliveries = 3
        self.repeats_nonce = False
        self.now: Callable[[], float] = account.clock.now
        self.journal: deque[Push] = deque(maxlen=KEPT)
        self.held: list[Push] = []
        self._client: aiohttp.ClientSession | None = None

    async def deliver(self, push: Push) -> Push:
        """Deliver what is to be delivered, unless a fault befalls it, and return it when it was answered."""
        if not push.message:
            return push
        self.journal.append(push)
        push_trouble.change(push, self._account.faults)
        if push_trouble.is_lost(push, self._account.faults):
            push.fate = "lost"
        elif push_trouble.is_held(push, self._account.faults):
            push.fate = "held"
            self.held.append(push)
            if not push_trouble.holds_more(self._account.faults):
                await self.release()
        else:
            await self._delivered(push)
        return push

    async def release(self) -> list[Push]:
        """Deliver what was held back, the latest first, and return it."""
        released, self.held = self.held[::-1], []
        for push in released:
            await self._delivered(push)
        return released

    async def close(self) -> None:
        """Close the client that deliveries go through."""
        if self._client:
            await self._client.close()

    async def _delivered(self, push: Push) -> None:
        if not self._account.callback_url:
            push.fate = "none"
            return
        await self._attempted(push, self._account.envelope(push))
        self._account.happenings.tell()

    async def _attempted(self, push: Push, envelope: Envelope) -> None:
        push.fate = "under_way"
        sent = envelope.forged() if push_trouble.is_forged(push, self._account.faults) else envelope
        is_stubborn = push_trouble.is_repeated(push, self._account.faults)
        stamp = self._stamp()
        for number in range(self.deliveries):
            if number:
                await asyncio.sleep(self.pause)
                stamp = stamp if self.repeats_nonce else self._stamp()
            push.attempts.append(await self._attempt(sent, *stamp))
            if push.attempts[-1].is_answered and not is_stubborn:
                break
        self._conclude(push, envelope)

    def _conclude(self, push: Push, envelope: Envelope) -> None:
        """Let the person see the first answer there was; nobody sees what comes of an unfollow."""
        answered = next((attempt for attempt in push.attempts if attempt.is_answered), push.attempts[-1])
        is_seen = push.event != "unsubscribe"
        try:
            reply = replied(push, envelope, answered)
        except Odd as odd:
            push.fate, push.fault, push.shown = "failed", str(odd), UNAVAILABLE if is_seen else ""
            return
        push.fate = "answered"
        if reply and is_seen:
            push.reply = reply
            self._account.receive(push.open_id, reply)

    async def _attempt(self, envelope: Envelope, timestamp: int, nonce: str) -> Attempt:
        query, at, began = envelope.query(timestamp, nonce), self._account.clock.now(), perf_counter()
        status, answer, failure = 0, "", ""
        try:
            async with asyncio.timeout(self.deadline):
                status, answer = await self._posted(envelope, query)
        except TimeoutError:
            failure = f"no answer within {self.deadline:g} s"
        except aiohttp.ClientError as error:
            failure = f"{type(error).__name__}: {error}"
        return Attempt(at, perf_counter() - began, status, answer, failure, query, envelope.body)

    async def _posted(self, envelope: Envelope, query: Mapping[str, str]) -> tuple[int, str]:
        posting = self.client().post(
            self._account.callback_url,
            params=query,
            data=envelope.body.encode(),
            headers=_HEADERS,
            allow_redirects=False,
        )
        async with posting as answer:
            return answer.status, (await answer.read()).decode("utf-8", "replace")

    def _stamp(self) -> tuple[int, str]:
        return int(self.now()), str(random.randrange(10**9, 10**10))

    def client(self) -> aiohttp.ClientSession:
        """Return the one client, which opens as many connections as there are pushes under way.

        It forgets a connection before uvicorn does, which would lose a push for a reason that is the sandbox's own.
        """
        if self._client is None or self._client.closed:
            connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=KEPT_ALIVE)
            # each attempt limits its time itself
            self._client = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=None))
        return self._client
