"""What WeChat is asked and what it answers: pure, no I/O. One function a request, one a reading of its answer."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from bot.errors import WeChatError
from bot.model import AccessToken, Account, Group, Lifetime, Quota, Scene, Ticket
from bot.wechat.errcodes import outcome_unknown, refusal, unavailable

CREATE_CODE = "/cgi-bin/qrcode/create"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. `repeatable`: asking again after an unknown outcome does no harm."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: Mapping[str, Any] | None = field(default=None, repr=False)
    repeatable: bool = True

    @property
    def content(self) -> bytes | None:
        """The body as WeChat reads it: UTF-8 as it is, for escapes are refused (errcode 40033)."""
        return None if self.body is None else json.dumps(self.body, ensure_ascii=False).encode()


def fetch_token(account: Account, *, force: bool = False) -> Ask:
    """Ask for an access token: stable_token, or the old family where the account says so.

    https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
    """
    who = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.app_secret}
    if not account.stable:
        return Ask("GET", "/cgi-bin/token", query=who)
    # a forced one is not repeatable: 20 a day, 30 s apart
    body = {**who, "force_refresh": True} if force else who
    return Ask("POST", "/cgi-bin/stable_token", body=body, repeatable=not force)


def read_token(ask: Ask, answer: Mapping[str, Any], now: int, host: str) -> AccessToken:
    """Read the answer to fetch_token(); `host` is who asked."""
    try:
        return AccessToken(str(answer["access_token"]), now, now + int(answer["expires_in"]), ask.path, host)
    except (KeyError, ValueError, TypeError):
        raise _silence(ask, 200) from None


def create_code(scene: Scene, lifetime: Lifetime | None) -> Ask:
    """Ask for a code. A permanent one is not repeatable: whether asking twice costs two of 100,000 is undocumented.

    https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode
    """
    name = f"QR_{'' if lifetime else 'LIMIT_'}{'' if scene.is_number else 'STR_'}SCENE"
    which = {"scene_id": int(scene.text)} if scene.is_number else {"scene_str": scene.text}
    body: dict[str, Any] = {"action_name": name, "action_info": {"scene": which}}
    if lifetime:
        # the documented default is 30 s in one place and 60 s in another, so it is always sent
        body["expire_seconds"] = lifetime.seconds
    return Ask("POST", CREATE_CODE, body=body, repeatable=lifetime is not None)


def read_ticket(ask: Ask, answer: Mapping[str, Any], lifetime: Lifetime | None, now: int) -> Ticket:
    """Read the answer to create_code(); one without a ticket is an unknown outcome, not a bug."""
    try:
        seconds = int(answer.get("expire_seconds", lifetime.seconds)) if lifetime else None
        return Ticket(str(answer["ticket"]), str(answer["url"]), None if seconds is None else now + seconds)
    except (KeyError, ValueError, TypeError):
        raise _silence(ask, 200) from None


def picture_path(ticket: str) -> str:
    """Return where the ticket's picture is: no access token, and a ticket holds + / = that must be escaped."""
    return f"/cgi-bin/showqrcode?ticket={quote(ticket, safe='')}"


def list_groups() -> Ask:
    """Ask for the follower groups, which WeChat calls tags today."""
    return Ask("GET", "/cgi-bin/tags/get")


def read_groups(answer: Mapping[str, Any]) -> list[Group]:
    """Read the answer to list_groups(), largest group first."""
    groups = [Group(int(tag["id"]), str(tag["name"]), int(tag.get("count", 0))) for tag in answer.get("tags", [])]
    return sorted(groups, key=lambda group: (-group.size, group.id))


def ask_quota(path: str) -> Ask:
    """Ask how much of an API's daily quota is used: https://developers.weixin.qq.com/doc/service/api/apimanage/."""
    return Ask("POST", "/cgi-bin/openapi/quota/get", body={"cgi_path": path})


def read_quota(path: str, answer: Mapping[str, Any]) -> Quota:
    """Read the answer to ask_quota()."""
    quota = answer.get("quota", {})
    return Quota(path, int(quota.get("daily_limit", 0)), int(quota.get("used", 0)), int(quota.get("remain", 0)))


def check_callback() -> Ask:
    """Ask WeChat to look up and reach the callback URL; 1,440 times a day at most."""
    return Ask("POST", "/cgi-bin/callback/check", body={"action": "all", "check_operator": "DEFAULT"})


def read_callback(answer: Mapping[str, Any]) -> tuple[bool, str]:
    """Return whether WeChat reaches the callback URL, and the slowest ping or the packet loss it saw."""
    pings = [ping for ping in answer.get("ping", []) if isinstance(ping, Mapping)]
    lost = [str(ping.get("package_loss", "0%")) for ping in pings]
    reached = bool(pings) and all(loss in {"0%", "0.0%", "0"} for loss in lost)
    return reached, ", ".join(sorted({_rounded(str(ping.get("time", ""))) for ping in pings}))


def _rounded(time: str) -> str:
    """Return a ping's time as people say it: WeChat tells 23.079ms."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*ms", time)
    return f"{float(match[1]):.0f} ms" if match else time


def read(ask: Ask, status: int, content: bytes) -> Mapping[str, Any]:
    """Return WeChat's answer. Raises the WeChatError it stands for: by errcode, by status, or for what is no JSON."""
    if status != 200:  # noqa: PLR2004 - WeChat itself answers 200, also when it says no
        raise _silence(ask, status)
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        raise _silence(ask, status) from None
    if not isinstance(answer, Mapping) or not isinstance(answer.get("errcode", 0), int):
        raise _silence(ask, status)
    if answer.get("errcode"):
        raise refusal(ask.path, answer["errcode"], str(answer.get("errmsg", "")))
    return answer


def _silence(ask: Ask, status: int) -> WeChatError:
    return unavailable(ask.path, status) if ask.repeatable else outcome_unknown(ask.path, status)
