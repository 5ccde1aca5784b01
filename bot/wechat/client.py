"""The one client of an account: every call by one kept connection pool, one token, bounded retries."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

from bot.errors import RateLimited, TokenRejected, Unavailable
from bot.follower import Follower, OfficialDay
from bot.model import AccessToken, Account, Group, Lifetime, OpenID, Quota, Scene, Ticket
from bot.scan import Message
from bot.wechat import followers, protocol
from bot.wechat.errcodes import outcome_unknown, unavailable
from bot.wechat.protocol import Ask
from bot.wechat.token import TokenKeeper, TokenStore

TIMEOUT = httpx.Timeout(10, connect=5)
# a picture has a drawn stand-in, so it is not waited for as long
PICTURE_TIMEOUT = httpx.Timeout(4, connect=2)
PAUSES = (0.2, 0.8, 2.0)
# nothing left this machine, so nothing can have been done
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class WeChat:
    """An official account's API. Raises WeChatError; times out after 10 s; tries again where that is safe."""

    def __init__(
        self,
        account: Account,
        http: httpx.AsyncClient,
        store: TokenStore,
        *,
        url: str,
        mp_url: str,
        now: Callable[[], int],
        host: str,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self.account, self._http, self._url, self._mp_url = account, http, url, mp_url
        self._now, self._host, self._pauses = now, host, pauses
        self.tokens = TokenKeeper(self._fetch_token, store, now, host)

    async def create_code(self, scene: Scene, lifetime: Lifetime | None) -> Ticket:
        """Mint a code. Raises OutcomeUnknown where a permanent one may or may not have been minted."""
        ask = protocol.create_code(scene, lifetime)
        return protocol.read_ticket(ask, await self._call(ask), lifetime, self._now())

    async def picture(self, ticket: str) -> bytes:
        """Return WeChat's own picture of a ticket (JPEG, at most 1 MB). Raises Unavailable, also for a dead ticket."""
        path = protocol.picture_path(ticket)
        try:
            answer = await self._http.get(self._mp_url + path, timeout=PICTURE_TIMEOUT)
        except httpx.HTTPError:
            raise unavailable("/cgi-bin/showqrcode") from None
        if answer.status_code != httpx.codes.OK:
            raise unavailable("/cgi-bin/showqrcode", answer.status_code)
        return answer.content

    def picture_url(self, ticket: str) -> str:
        """Return the public address of a ticket's picture."""
        return self._mp_url + protocol.picture_path(ticket)

    async def groups(self) -> list[Group]:
        """Return the follower groups with their sizes."""
        return protocol.read_groups(await self._call(protocol.list_groups()))

    async def create_tag(self, name: str) -> Group:
        """Make a tag. Raises WeChatError 45056 where there are 100, 45157 where there is one of this name."""
        ask = followers.create_tag(name)
        return followers.read_tag(ask, await self._call(ask))

    async def tag(self, tag_id: int, open_ids: Sequence[OpenID]) -> None:
        """Give a tag to at most 50 followers: to all, or to none (40003, 49003, 45059: one of them is at fault)."""
        await self._call(followers.tag_followers(tag_id, open_ids))

    async def send(self, open_id: OpenID, message: Message) -> None:
        """Deliver a message, once. Raises OutcomeUnknown where it may or may not have arrived."""
        await self._call(followers.send_message(open_id, message))

    async def followers(self, open_ids: Sequence[OpenID]) -> list[Follower]:
        """Return who at most 100 people are, in any order. Raises WeChatError 40003 where one open id is none."""
        ask = followers.look_up(open_ids)
        return followers.read_followers(ask, await self._call(ask))

    async def official_days(self, first: int, last: int) -> list[OfficialDay]:
        """Return WeChat's own count of at most 7 days, by their numbers (bot.scan.day_of), `last` included."""
        ask = followers.ask_official_days(first, last)
        return followers.read_official_days(ask, await self._call(ask))

    async def quota(self, path: str) -> Quota:
        """Return how much of an API's daily quota is used."""
        return protocol.read_quota(path, await self._call(protocol.ask_quota(path)))

    async def callback(self) -> tuple[bool, str]:
        """Return whether WeChat can reach the callback URL, and how fast."""
        return protocol.read_callback(await self._call(protocol.check_callback()))

    async def _fetch_token(self, force: bool) -> AccessToken:  # noqa: FBT001 - the keeper's one question
        ask = protocol.fetch_token(self.account, force=force)
        answer = await self._patiently(ask, "")
        return protocol.read_token(ask, answer, self._now(), self._host)

    async def _call(self, ask: Ask) -> Mapping[str, Any]:
        token = await self.tokens.current()
        try:
            return await self._patiently(ask, token.value)
        except TokenRejected as refused:
            fresh = await self._replaced(token, refused)
        return await self._patiently(ask, fresh.value)

    async def _replaced(self, token: AccessToken, refused: TokenRejected) -> AccessToken:
        try:
            return await self.tokens.replace(token)
        except TokenRejected as same:  # the same one again: what WeChat said of it is what helps
            raise TokenRejected(
                same.key, path=refused.path, errcode=refused.errcode, errmsg=refused.errmsg, rid=refused.rid
            ) from None

    async def _patiently(self, ask: Ask, token: str) -> Mapping[str, Any]:
        for pause in self._pauses:
            try:
                return await self._send(ask, token)
            except (Unavailable, RateLimited):
                await asyncio.sleep(pause)
        return await self._send(ask, token)

    async def _send(self, ask: Ask, token: str) -> Mapping[str, Any]:
        query = {**ask.query, **({"access_token": token} if token else {})}
        try:
            answer = await self._http.request(
                ask.method, self._url + ask.path, params=query or None, content=ask.content, timeout=TIMEOUT
            )
        except _NEVER_LEFT:
            raise unavailable(ask.path) from None
        except httpx.HTTPError:
            raise (unavailable if ask.repeatable else outcome_unknown)(ask.path) from None
        return protocol.read(ask, answer.status_code, answer.content)
