"""What WeChat says of each official account, asked so that a running bot does not notice."""

import socket
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx

from bot.checks.clock import Watch
from bot.checks.finding import Finding, Mark, good, note, wrong
from bot.errors import Explainable, NotFound, WeChatError
from bot.model import AccessToken, Account, Quota, TokenFailure
from bot.reply import Span, say
from bot.safekeeping import opened
from bot.settings import Settings
from bot.wechat.client import WeChat
from bot.wechat.protocol import CREATE_CODE
from bot.wechat.seal import unseal
from storage import tokens

T = TypeVar("T")

NO_CALLBACK = 40201
PAUSES = (0.5,)


class NotAsked(Explainable):
    """WeChat was not asked for an access token, because that would end another's."""


@dataclass(slots=True)
class Pocket:
    """A TokenStore that keeps nothing beyond this run, and lets fetch only where that is harmless.

    stable_token gives the running bot's own access token again; token ends it for everybody:
    https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
    """

    token: AccessToken | None
    may_fetch: bool
    refused: str = ""

    async def load(self) -> tuple[AccessToken, str] | None:
        """Return what there is."""
        return (self.token, self.refused) if self.token else None

    async def claim(self, _: int) -> bool:
        """Let fetch. Raises NotAsked where that would harm."""
        if not self.may_fetch:
            raise NotAsked("doctor.wechat.not_asked")
        return True

    async def store(self, token: AccessToken, refused: str) -> None:
        """Keep it for the next question."""
        self.token, self.refused = token, refused

    async def fail(self, _: TokenFailure) -> None:
        """Leave the failure to whoever asked."""

    async def release(self) -> None:
        """Keep nobody from fetching: nobody else has this pocket."""


async def check_accounts(settings: Settings, watch: Watch) -> list[Finding]:
    """Ask for an access token, the quota and the callback of every account."""

    async def hear(answer: httpx.Response) -> None:
        watch.saw("WeChat", answer.headers.get("Date"))

    async with httpx.AsyncClient(event_hooks={"response": [hear]}) as http:
        accounts = [_client(account, http, settings, watch.now) for account in settings.accounts]
        return [finding for wechat in accounts for finding in await _check(wechat, settings.wechat_url, watch.now)]


def kept_token(database: Path, account: Account) -> AccessToken | None:
    """Return the access token in the database, where there is one that can be read."""
    try:
        with opened(database) as connection:
            kept = tokens.find(connection, account.app_id)
    except (NotFound, OSError, sqlite3.Error):
        return None
    value = unseal(account.app_secret, kept.sealed) if kept else None
    return AccessToken(value, kept.fetched_at, kept.expires_at, kept.source, kept.host) if kept and value else None


def _client(account: Account, http: httpx.AsyncClient, settings: Settings, now: Callable[[], int]) -> WeChat:
    kept = None if account.stable else kept_token(Path(settings.database), account)
    return WeChat(
        account,
        http,
        Pocket(kept, may_fetch=account.stable),
        url=settings.wechat_url,
        mp_url=settings.wechat_mp_url,
        now=now,
        host=socket.gethostname(),
        pauses=PAUSES,
    )


async def _check(wechat: WeChat, url: str, now: Callable[[], int]) -> list[Finding]:
    name = wechat.account.name
    token = await _asked(name, url, wechat.tokens.current(), lambda token: _token(name, token, now()))
    if token.mark is not Mark.GOOD:
        return [token]
    return [
        token,
        await _asked(name, url, wechat.quota(CREATE_CODE), lambda quota: _quota(name, quota)),
        await _asked(name, url, wechat.callback(), lambda callback: _callback(name, *callback)),
    ]


async def _asked(name: str, url: str, asked: Awaitable[T], tell: Callable[[T], Finding]) -> Finding:
    try:
        return tell(await asked)
    except NotAsked as error:
        return note(say(error.key, account=name))
    except WeChatError as error:
        return _refused(name, url, error)


def _refused(name: str, url: str, error: WeChatError) -> Finding:
    if not error.errcode:
        return wrong(say("doctor.wechat.silent", account=name, url=url, path=error.path))
    what, rid = say(error.key, **error.facts), error.rid or "–"
    sentence = say("doctor.wechat.refused", account=name, what=what, errcode=str(error.errcode), rid=rid)
    # codes work without a callback; only scans are not heard of
    return note(sentence) if error.errcode == NO_CALLBACK else wrong(sentence)


def _token(name: str, token: AccessToken, now: int) -> Finding:
    return good(say("doctor.wechat.token", account=name, source=token.source, left=Span(token.seconds_left(now))))


def _quota(name: str, quota: Quota) -> Finding:
    sentence = say("doctor.wechat.quota", account=name, remain=quota.remain, limit=quota.limit)
    return good(sentence) if quota.remain > 0 else wrong(sentence)


def _callback(name: str, reached: bool, times: str) -> Finding:  # noqa: FBT001 - as the client gives it
    if reached:
        return good(say("doctor.wechat.callback", account=name, times=times))
    return wrong(say("doctor.wechat.callback.lost", account=name, times=times))
