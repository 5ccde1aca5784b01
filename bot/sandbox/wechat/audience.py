"""Who can be asked about: tags, and the followers who have them."""

from typing import Any

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.people import Follower
from bot.sandbox.wechat.refusal import Refusal
from bot.sandbox.wechat.tags import Tag

PAGE = 10_000
BATCH = 100


def tags(account: OfficialAccount, _: Asked) -> dict[str, Any]:
    """GET /cgi-bin/tags/get."""
    return {"tags": [_tag(tag) for tag in account.tags]}


def groups(account: OfficialAccount, _: Asked) -> dict[str, Any]:
    """GET /cgi-bin/groups/get: what tags were called; gone from the documents, with a quota still."""
    return {"groups": [_tag(tag) for tag in account.tags]}


def follower(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/user/info.

    https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_userinfo
    """
    return _find(account, asked.query.get("openid")).shown()


def followers(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/user/info/batchget: at most 100.

    https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchuserinfo
    """
    people = asked.document().get("user_list")
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        raise Refusal(47001)
    if not 1 <= len(people) <= BATCH:
        raise Refusal(40032)
    return {"user_info_list": [_find(account, person.get("openid")).shown() for person in people]}


def open_ids(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/user/get: those who follow, 10,000 at a time, after `next_openid`."""
    everybody = [person.openid for person in account.followers.values() if person.subscribe]
    after = asked.query.get("next_openid")
    if after and after not in everybody:
        raise Refusal(40003)
    begin = everybody.index(after) + 1 if after else 0
    some = everybody[begin : begin + PAGE]
    data = {"data": {"openid": some}} if some else {}
    return {"total": len(everybody), "count": len(some), **data, "next_openid": some[-1] if some else ""}


def _find(account: OfficialAccount, open_id: Any) -> Follower:
    if not isinstance(open_id, str) or open_id not in account.followers:
        raise Refusal(40003)
    return account.followers[open_id]


def _tag(tag: Tag) -> dict[str, Any]:
    return {"id": tag.id, "name": tag.name, "count": tag.count}
