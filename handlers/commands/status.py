"""`/wxqr status`: what on-call needs to know. Never the token itself."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot import __version__
from bot.context import Context, Health
from bot.errors import TokenRejected, Unavailable, WeChatError
from bot.fields import account_name
from bot.handler import Subcommand
from bot.model import AccessToken, Quota, TokenFailure
from bot.reply import Button, Buttons, Moment, Note, Part, Reply, Sentence, Span, Text, say
from bot.wechat.client import WeChat
from bot.wechat.errcodes import ip_in
from bot.wechat.protocol import CREATE_CODE
from storage import allocations, inbox, scans, settling, tokens

T = TypeVar("T")

# on-call looks at the screen meanwhile: seconds for each question
PATIENCE = 8
QUOTAS = (CREATE_CODE, "/cgi-bin/stable_token", "/cgi-bin/token")


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Found:
    """How things are; `account` has no name where there is but one."""

    account: str
    token: AccessToken | WeChatError
    failure: TokenFailure | None
    forced: int
    quotas: Mapping[str, Quota | WeChatError]
    callback: tuple[bool, str] | WeChatError | None
    permanent_used: int
    health: Health
    socket_mode: bool
    waiting: int
    newest_scan: int
    unsettled: int
    callback_path: str
    now: int


async def look(_: Status, context: Context) -> Found:
    wechat, app_id, now = context.wechat, context.wechat.account.app_id, context.now()
    token = await _or_error(wechat.tokens.current())
    quotas, callback = await _asked(wechat, token)
    return Found(
        account=wechat.account.name if len(context.means.official_accounts) > 1 else "",
        token=token,
        failure=await context.db.read(tokens.last_failure, app_id),
        forced=len(await context.db.read(tokens.forced_since, app_id, now - 86_400)),
        quotas=quotas,
        callback=callback,
        permanent_used=await context.db.read(allocations.permanent_used, app_id),
        health=context.means.health(),
        socket_mode=context.means.settings.socket_mode,
        waiting=await context.db.read(inbox.waiting) - 1,
        newest_scan=await context.db.read(scans.newest),
        unsettled=await context.db.read(settling.unsettled),
        callback_path=context.means.settings.callback_path if wechat.account.callback_token else "",
        now=now,
    )


def told(found: Found) -> Reply:
    sentences = [
        _token(found),
        *_failure(found),
        *(_quota(path, quota) for path, quota in found.quotas.items() if not _is_of_another_family(quota)),
        say("status.permanent", used=found.permanent_used, left=100_000 - found.permanent_used),
        *_callback(found.callback),
        _scans(found),
        _slack(found),
        say("status.scheduler.up" if found.health.scheduler_running else "status.scheduler.down"),
        say("status.database", kilobytes=found.health.database_bytes // 1024, waiting=found.waiting),
    ]
    headline = say(_headline(found), whose=say("status.whose", account=found.account) if found.account else "")
    parts: tuple[Part, ...] = (
        Text(headline),
        *(Text(sentence) for sentence in sentences),
        Note((say("status.version", version=__version__),)),
        Buttons((Button(say("button.again"), "status"),)),
    )
    return Reply(headline, parts)


def _headline(found: Found) -> str:
    if isinstance(found.token, WeChatError):
        return "status.bad"
    if _is_refused(found.token, found):
        return "status.refused"
    health = found.health
    is_well = health.scheduler_running and (health.slack_connected or not found.socket_mode)
    is_reached = not isinstance(found.callback, tuple) or found.callback[0]
    # the next token cannot be had: this one serves until its end
    is_last = found.failure is not None and found.failure.at > found.token.fetched_at
    return "status.good" if is_well and is_reached and not is_last else "status.troubled"


def _is_refused(token: AccessToken, found: Found) -> bool:
    """Whether nothing can be asked of WeChat with this token, and none took its place."""
    has_failed = found.failure is not None and found.failure.at >= token.fetched_at
    refusals = [quota for quota in found.quotas.values() if isinstance(quota, WeChatError)]
    return any(isinstance(refusal, TokenRejected) for refusal in refusals) or (
        has_failed and len(refusals) == len(found.quotas)
    )


async def _asked(
    wechat: WeChat, token: AccessToken | WeChatError
) -> tuple[Mapping[str, Quota | WeChatError], tuple[bool, str] | WeChatError | None]:
    """Ask for the quotas and the callback at once; without a token there is no use in asking."""
    if isinstance(token, WeChatError):
        return {}, None
    quotas = asyncio.gather(*(_or_error(wechat.quota(path)) for path in QUOTAS))
    callback = await _or_error(wechat.callback())
    return dict(zip(QUOTAS, await quotas, strict=True)), callback


async def _or_error(asked: Awaitable[T]) -> T | WeChatError:
    try:
        async with asyncio.timeout(PATIENCE):
            return await asked
    except WeChatError as error:
        return error
    except TimeoutError:
        return Unavailable("wechat.slow", seconds=PATIENCE)


def _token(found: Found) -> Sentence:
    token = found.token
    if isinstance(token, WeChatError):
        return say("status.token.none", why=_why(token))
    return say(
        "status.token",
        left=Span(max(0, token.seconds_left(found.now))),
        age=Span(max(0, found.now - token.fetched_at)),
        source=token.source,
        host=token.host,
        at=Moment(token.fetched_at),
        forced=found.forced,
    )


def _failure(found: Found) -> list[Sentence]:
    failure = found.failure
    if failure is None:
        return []
    said_above = isinstance(found.token, WeChatError) and found.token.errcode == failure.errcode
    return [
        say(
            "status.failure.same" if said_above else "status.failure",
            at=Moment(failure.at),
            host=failure.host,
            errcode=str(failure.errcode),
            rid=failure.rid or "–",
            what=say(failure.key, errcode=str(failure.errcode), errmsg=failure.errmsg, ip=ip_in(failure.errmsg)),
        )
    ]


def _quota(path: str, quota: Quota | WeChatError) -> Sentence:
    if isinstance(quota, WeChatError):
        return say("status.quota.none", path=path, why=_why(quota))
    return say("status.quota", path=quota.path, used=quota.used, limit=quota.limit, remain=quota.remain)


def _is_of_another_family(quota: Quota | WeChatError) -> bool:
    return isinstance(quota, Quota) and quota.used == 0 and quota.path != CREATE_CODE


def _callback(callback: tuple[bool, str] | WeChatError | None) -> list[Sentence]:
    if callback is None:
        return []
    if isinstance(callback, WeChatError):
        return [say("status.callback.none", why=_why(callback))]
    reached, times = callback
    return [say("status.callback.reached" if reached else "status.callback.lost", times=times)]


def _scans(found: Found) -> Sentence:
    if not found.callback_path:
        return say("status.scans.off")
    if not found.newest_scan:
        return say("status.scans.none", path=found.callback_path)
    return say("status.scans", at=Moment(found.newest_scan), waiting=found.unsettled)


def _slack(found: Found) -> Sentence:
    if not found.socket_mode:
        return say("status.slack.http")
    return say("status.slack.up" if found.health.slack_connected else "status.slack.down")


def _why(error: WeChatError) -> Sentence:
    return say(error.key, **error.facts)


subcommand = Subcommand(Status, look, told, example="status")
