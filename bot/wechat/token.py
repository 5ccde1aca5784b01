"""The one access token of an account: kept, shared, refreshed ahead of its end, replaced once when it is refused.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/AccessToken.html: one component alone fetches.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol, TypeGuard

from bot.errors import TokenRejected, WeChatError
from bot.model import AccessToken, TokenFailure
from bot.wechat.errcodes import unavailable
from bot.wechat.seal import digest

# stable_token renews within the last five minutes and lets old and new live side by side that long
AHEAD = 300
# longer than a fetch with all its tries takes
FETCH_SECONDS = 60
# how long it is remembered that WeChat gave again the token it had refused
SAME_AGAIN = 60
_LOOK_AGAIN = 0.05


class TokenStore(Protocol):
    """Where the token lies for all processes of one database."""

    async def load(self) -> tuple[AccessToken, str] | None:
        """Return the token and the digest of the one refused last."""

    async def claim(self, seconds: int) -> bool:
        """Become the only one to fetch, for `seconds`; False where another is at it."""

    async def store(self, token: AccessToken, refused: str) -> None:
        """Keep a token."""

    async def fail(self, failure: TokenFailure) -> None:
        """Keep why there is none."""

    async def release(self) -> None:
        """Let others fetch again."""


Fetch = Callable[[bool], Awaitable[AccessToken]]


class TokenKeeper:
    """Gives everybody the same access token. `fetch(force)` asks WeChat; `now` is seconds since 1970."""

    def __init__(self, fetch: Fetch, store: TokenStore, now: Callable[[], int], host: str) -> None:
        self._fetch, self._store, self._now, self._host = fetch, store, now, host
        self._token: AccessToken | None = None
        self._flights: dict[str, asyncio.Task[AccessToken]] = {}
        self._turn = asyncio.Lock()

    async def current(self) -> AccessToken:
        """Return a token that WeChat should take. Raises WeChatError where none can be had."""
        if self._lives(self._token):
            return self._token
        return await self._join("")

    async def replace(self, refused: AccessToken) -> AccessToken:
        """Return another token than the one WeChat refused; one fetch for all who saw the same one refused.

        Raises TokenRejected where WeChat keeps giving the refused one.
        """
        return await self._join(digest(refused.value))

    async def refresh_ahead(self) -> bool:
        """Fetch the next token where this one ends soon; until it is there the old one is served.

        Return whether there is one that lasts; False where another process is at it.
        """
        async with self._turn:
            if await self._lasts():
                return True
            if not await self._store.claim(FETCH_SECONDS):
                return False
            try:
                if not await self._lasts():  # another may have fetched between our look and our claim
                    await self._fetch_and_store(refused="")
            finally:
                await self._store.release()
            return True

    async def close(self) -> None:
        """Stop fetching for those who wait no more."""
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    async def force(self) -> AccessToken:
        """Fetch a new token at once, which ends the old one at once: 20 a day, 30 s apart, by WeChat's rule."""
        async with self._claimed():
            return await self._fetch_and_store(refused="", force=True)

    def _lives(self, token: AccessToken | None) -> TypeGuard[AccessToken]:
        return token is not None and token.seconds_left(self._now()) > 1

    async def _lasts(self) -> bool:
        kept = await self._store.load()
        if kept is None or not self._lives(kept[0]):
            return False
        self._token = kept[0]
        lifetime = self._token.expires_at - self._token.fetched_at
        return self._token.seconds_left(self._now()) > min(AHEAD, lifetime // 2)

    async def _join(self, refused: str) -> AccessToken:
        flight = self._flights.get(refused)
        if flight is None:
            flight = self._flights[refused] = asyncio.ensure_future(self._obtain(refused))
            flight.add_done_callback(lambda _: self._flights.pop(refused, None))
        return await asyncio.shield(flight)

    async def _obtain(self, refused: str) -> AccessToken:
        kept = await self._usable(refused)
        if kept:
            return kept
        async with self._claimed():
            kept = await self._usable(refused)  # another may have fetched while we waited for our turn
            return kept or await self._fetch_and_store(refused)

    async def _usable(self, refused: str) -> AccessToken | None:
        kept = await self._store.load()
        if kept is None or not self._lives(kept[0]):
            return None
        token, refused_before = kept
        if not refused or digest(token.value) != refused:
            self._token = token
            return token
        # asked for another, was given the same: asking at once again would be a loop
        if refused == refused_before and self._now() - token.fetched_at < SAME_AGAIN:
            raise TokenRejected("wechat.token_still_refused", path=token.source, errcode=40001)
        return None

    @asynccontextmanager
    async def _claimed(self) -> AsyncIterator[None]:
        """Be the only one to fetch: among the tasks of this process, then among all processes."""
        async with self._turn:
            await self._claim()
            try:
                yield
            finally:
                await self._store.release()

    async def _claim(self) -> None:
        deadline = asyncio.get_running_loop().time() + FETCH_SECONDS
        while not await self._store.claim(FETCH_SECONDS):
            if asyncio.get_running_loop().time() > deadline:
                raise unavailable("/cgi-bin/stable_token")
            await asyncio.sleep(_LOOK_AGAIN)

    async def _fetch_and_store(self, refused: str, *, force: bool = False) -> AccessToken:
        try:
            token = await self._fetch(force)
        except WeChatError as error:
            await self._store.fail(
                TokenFailure(self._now(), self._host, error.errcode, error.errmsg, error.rid, error.key)
            )
            raise
        self._token = token  # it is good, also where the database does not take it
        await self._store.store(token, refused)
        if refused and digest(token.value) == refused:
            raise TokenRejected("wechat.token_still_refused", path=token.source, errcode=40001)
        return token
