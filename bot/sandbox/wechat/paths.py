"""Every path of the API, and the order in which a call to it is checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.wechat import audience, credentials, datacube, minting, operations, tagging, trouble, writing
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.refusal import Refusal

Answer = Callable[[OfficialAccount, Asked], dict[str, Any]]
_WRONG_METHOD = {"GET": 43001, "POST": 43002}


@dataclass(frozen=True, slots=True)
class Path:
    """How a path is called; the ones that take the secret take no access token, and count their own quota."""

    method: str
    answer: Answer
    takes_secret: bool = False


def _quota(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    return operations.quota(account, asked, PATHS)


PATHS = {
    "/cgi-bin/token": Path("GET", credentials.access_token, takes_secret=True),
    "/cgi-bin/stable_token": Path("POST", credentials.stable_token, takes_secret=True),
    "/cgi-bin/clear_quota/v2": Path("POST", credentials.clear_quota, takes_secret=True),
    "/cgi-bin/qrcode/create": Path("POST", minting.create_code),
    "/cgi-bin/tags/get": Path("GET", audience.tags),
    "/cgi-bin/tags/create": Path("POST", tagging.create),
    "/cgi-bin/tags/members/batchtagging": Path("POST", tagging.give),
    "/cgi-bin/tags/members/batchuntagging": Path("POST", tagging.take),
    "/cgi-bin/groups/get": Path("GET", audience.groups),
    "/cgi-bin/user/info": Path("GET", audience.follower),
    "/cgi-bin/user/info/batchget": Path("POST", audience.followers),
    "/cgi-bin/user/get": Path("GET", audience.open_ids),
    "/cgi-bin/message/custom/send": Path("POST", writing.send),
    "/datacube/getusersummary": Path("POST", datacube.user_summary),
    "/datacube/getusercumulate": Path("POST", datacube.user_cumulate),
    "/cgi-bin/clear_quota": Path("POST", operations.clear_quota),
    "/cgi-bin/openapi/quota/get": Path("POST", _quota),
    "/cgi-bin/openapi/rid/get": Path("POST", operations.refused_call),
    "/cgi-bin/callback/check": Path("POST", operations.callback_check),
    "/cgi-bin/getcallbackip": Path("GET", operations.push_addresses),
    "/cgi-bin/get_api_domain_ip": Path("GET", operations.api_addresses),
}


def answered(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """Return what WeChat answers; a Refusal where it refuses (40066: there is no such path)."""
    path = PATHS.get(asked.path)
    if path is None:
        raise Refusal(40066)
    trouble.refuse_anything(account.faults, asked.path)
    if not path.takes_secret:
        _admit(account, asked)
    if asked.method != path.method:
        raise Refusal(_WRONG_METHOD[path.method])
    # Clearing the counters must work when they are used up.
    if not path.takes_secret and asked.path != "/cgi-bin/clear_quota":
        account.quotas.spend(asked.path)
    return path.answer(account, asked)


def _admit(account: OfficialAccount, asked: Asked) -> None:
    trouble.spoil_tokens(account, asked.path)
    account.admit(asked.query.get("access_token", ""))
    trouble.refuse_call(account, asked.path)
