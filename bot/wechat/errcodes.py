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
CODE_PATHS = ("/cgi-bin/qrcode/create",)
# the caller's address is not registered; 40164 where tokens are fetched, the others where a platform stands between
ADDRESS_REFUSED = (40164, 45035, 61004)

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
    43004: WeChatError,
    44002: WeChatError,
    45002: WeChatError,
    45009: QuotaExhausted,
    45011: RateLimited,
    45015: WeChatError,
    45029: QuotaExhausted,
    45035: Misconfigured,
    45047: WeChatError,
    45056: WeChatError,
    45058: WeChatError,
    45059: WeChatError,
    45103: WeChatError,
    45157: WeChatError,
    45158: WeChatError,
    45159: WeChatError,
    47001: WeChatError,
    48001: Misconfigured,
    48002: WeChatError,
    48004: Misconfigured,
    48006: QuotaExhausted,
    49003: WeChatError,
    50002: Misconfigured,
    61004: Misconfigured,
    61500: WeChatError,
    61501: WeChatError,
    76003: WeChatError,
    76021: WeChatError,
    76022: WeChatError,
    89501: Misconfigured,
    89503: Misconfigured,
    89506: Misconfigured,
    89507: Misconfigured,
}

# errmsg ends in "rid: …" since 2020; of the rest only the address is looked for, and done without where it is not found
_RID = re.compile(r"rid: ?([0-9a-f-]+)")
_IP = re.compile(r"(?:invalid ip|requestIP:) ?([0-9a-fA-F.:]+)")


def refusal(path: str, errcode: int, errmsg: str) -> WeChatError:
    """Return the error for WeChat's answer `errcode` to a call of `path`."""
    ip = ip_in(errmsg)
    key = _key(path, errcode, ip)
    kind = Misconfigured if key == "wechat.40001_secret" else ERRCODES.get(errcode, WeChatError)
    return kind(key, path=path, errcode=errcode, errmsg=errmsg, rid=_found(_RID, errmsg), ip=ip)


def _key(path: str, errcode: int, ip: str) -> str:
    """Return the sentence's key: some errcodes mean one thing here and another there."""
    if errcode in ADDRESS_REFUSED and not ip:
        return "wechat.40164_unknown"
    match errcode:
        case 40001 if path in TOKEN_PATHS:
            return "wechat.40001_secret"
        case 48001 if path in CODE_PATHS:
            return "wechat.48001_code"
        case _:
            return f"wechat.{errcode}" if errcode in ERRCODES else "wechat.other"


def ip_in(errmsg: str) -> str:
    """Return the address that WeChat saw and refused (40164, 45035, 61004), or nothing."""
    return _found(_IP, errmsg)


def unavailable(path: str, status: int = 0) -> Unavailable:
    """Return the error for a WeChat that gave no answer, or a gateway's, and surely did nothing."""
    return Unavailable("wechat.unavailable", path=path, status=status)


def outcome_unknown(path: str, status: int = 0) -> OutcomeUnknown:
    """Return the error for a request that left, and of which WeChat told nothing."""
    key = "wechat.refresh_unknown" if path in TOKEN_PATHS else "wechat.outcome_unknown"
    return OutcomeUnknown(key, path=path, status=status)


def _found(pattern: re.Pattern[str], errmsg: str) -> str:
    match = pattern.search(errmsg)
    return match[1] if match else ""
