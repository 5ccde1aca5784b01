"""What an operator asks WeChat about: quotas, refused calls, addresses, the way to the callback."""

import re
from collections.abc import Collection
from typing import Any

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.journal import Call
from bot.sandbox.wechat.quotas import MINUTE
from bot.sandbox.wechat.refusal import Refusal

_RID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}")
_RID_KEPT = 7 * 86_400
_OPERATORS = ("DEFAULT", "CHINANET", "UNICOM", "CAP")
_ACTIONS = ("all", "dns", "ping")
# Addresses set aside for documentation (RFC 5737): nobody shall put the sandbox's on a firewall's list.
_PUSH_IPS = ["192.0.2.10", "192.0.2.11", "198.51.100.0/25"]
_API_IPS = ["203.0.113.10", "203.0.113.11"]


def quota(account: OfficialAccount, asked: Asked, known_paths: Collection[str]) -> dict[str, Any]:
    """POST /cgi-bin/openapi/quota/get.

    https://developers.weixin.qq.com/doc/service/api/apimanage/api_getapiquota
    """
    path = _checked(asked.document().get("cgi_path"), known_paths)
    limit, used = account.quotas.limit(path), account.quotas.used(path)
    counted = {"daily_limit": limit, "used": used, "remain": max(limit - used, 0)}
    by_minute = account.quotas.by_minute.get(path)
    rate = {"rate_limit": {"call_count": by_minute, "refresh_second": MINUTE}} if by_minute else {}
    return {"errcode": 0, "errmsg": "ok", "quota": counted, **rate}


def clear_quota(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/clear_quota: ten times a month, together with the one by secret."""
    if asked.document().get("appid") != account.app_id:
        raise Refusal(40013)
    account.quotas.clear()
    return {"errcode": 0, "errmsg": "ok"}


def refused_call(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/openapi/rid/get: what a request id stood for, for seven days."""
    rid = asked.document().get("rid")
    if not isinstance(rid, str) or not _RID.fullmatch(rid):
        raise Refusal(76002)
    call = account.journal.find(rid)
    if call is None:
        raise Refusal(76001)
    if account.clock.now() - call.at > _RID_KEPT:
        raise Refusal(76004)
    return {"errcode": 0, "errmsg": "ok", "request": _told(call)}


def callback_check(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/callback/check: whether WeChat finds and reaches the callback."""
    document = asked.document()
    if document.get("action") not in _ACTIONS:
        raise Refusal(40202)
    if document.get("check_operator") not in _OPERATORS:
        raise Refusal(40203)
    if not account.callback_url:
        raise Refusal(40201)
    found = {
        "dns": [{"ip": _API_IPS[0], "real_operator": "UNICOM"}],
        "ping": [{"ip": _API_IPS[0], "from_operator": "UNICOM", "package_loss": "0%", "time": "23.079ms"}],
    }
    return found if document["action"] == "all" else {document["action"]: found[document["action"]]}


def push_addresses(_: OfficialAccount, __: Asked) -> dict[str, Any]:
    """GET /cgi-bin/getcallbackip: where events come from."""
    return {"ip_list": _PUSH_IPS}


def api_addresses(_: OfficialAccount, __: Asked) -> dict[str, Any]:
    """GET /cgi-bin/get_api_domain_ip: where the API is."""
    return {"ip_list": _API_IPS}


def _checked(path: Any, known_paths: Collection[str]) -> str:
    if not isinstance(path, str) or not path.startswith("/"):
        raise Refusal(76003)
    if path.startswith("/sns/"):
        raise Refusal(76022)
    if path not in known_paths:
        raise Refusal(76021)
    return path


def _told(call: Call) -> dict[str, Any]:
    query = "&".join(f"{name}={value}" for name, value in call.query_without_secrets.items())
    return {
        "invoke_time": int(call.at),
        "cost_in_ms": round(call.milliseconds),
        "request_url": query,
        "request_body": call.body,
        "response_body": call.answer,
        "client_ip": call.ip,
    }
