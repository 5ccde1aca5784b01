"""Every errcode WeChat is known to give, and what kind of "no" it is. The sentences stand in bot/words.

https://developers.weixin.qq.com/doc/service/guide/dev/errorcode/errorCode.html
"""

import re
from collections.abc import Mapping

from bot.errors import (
    Misconfigured,
    OutcomeUnknown,
    QuotaExhausted,
    RateLimited,
    TokenRejected,
    Unavailable,
    WeChatError,
)

TOKEN_PATHS = ("/cgi-bin/token", "/cgi-bin/stable_token")

ERRCODES: Mapping[int, type[WeChatError]] = {
    -1: Unavailable,
    40001: TokenRejected,
    40003: WeChatError,
    40013: Misconfigured,
    40014: TokenRejected,
    40032: WeChatError,
    40033: WeChatError,
    40052: WeChatError,
    40053: WeChatError,
    40125: Misconfigured,
    40164: Misconfigured,
    40201: Misconfigured,
    40202: WeChatError,
    40203: WeChatError,
    40243: Misconfigured,
    41001: WeChatError,
    41002: Misconfigured,
    41004: Misconfigured,
    42001: TokenRejected,
    43002: WeChatError,
    44002: WeChatError,
    45009: QuotaExhausted,
    45011: RateLimited,
    45015: WeChatError,
    45029: QuotaExhausted,
    45047: WeChatError,
    45059: WeChatError,
    45103: WeChatError,
    45158: WeChatError,
    45159: WeChatError,
    47001: WeChatError,
    48001: Misconfigured,
    48004: Misconfigured,
    48006: QuotaExhausted,
    50002: Misconfigured,
    76003: WeChatError,
    76021: WeChatError,
    76022: WeChatError,
    89503: Misconfigured,
}

# errmsg ends in "rid: …" since 2020; nothing else of it is stable, so nothing else is matched
_RID = re.compile(r"rid: ?([0-9a-f-]+)")
_IP = re.compile(r"invalid ip ([0-9a-fA-F.:]+)")


def refusal(path: str, errcode: int, errmsg: str) -> WeChatError:
    """Return the error for WeChat's answer `errcode` to a call of `path`."""
    kind = ERRCODES.get(errcode, WeChatError)
    key = f"wechat.{errcode}" if errcode in ERRCODES else "wechat.other"
    if errcode == 40001 and path in TOKEN_PATHS:  # noqa: PLR2004 - there it is the AppSecret that is wrong
        kind, key = Misconfigured, "wechat.40001_secret"
    return kind(key, path=path, errcode=errcode, errmsg=errmsg, rid=_found(_RID, errmsg), ip=ip_in(errmsg))


def ip_in(errmsg: str) -> str:
    """Return the address that WeChat saw and refused (40164), or nothing."""
    return _found(_IP, errmsg)


def unavailable(path: str, status: int = 0) -> Unavailable:
    """Return the error for a WeChat that gave no answer, or a gateway's, and surely did nothing."""
    return Unavailable("wechat.unavailable", path=path, status=status)


def outcome_unknown(path: str, status: int = 0) -> OutcomeUnknown:
    """Return the error for a request that left, and of which WeChat told nothing."""
    return OutcomeUnknown("wechat.outcome_unknown", path=path, status=status)


def _found(pattern: re.Pattern[str], errmsg: str) -> str:
    match = pattern.search(errmsg)
    return match[1] if match else ""
