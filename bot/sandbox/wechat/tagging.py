"""Where followers are sorted by tags.

https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_batchtagging
"""

from typing import Any

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.people import Follower, is_open_id
from bot.sandbox.wechat.refusal import Refusal

BATCH = 50
_DONE = {"errcode": 0, "errmsg": "ok"}


def create(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/tags/create."""
    wanted = asked.document().get("tag")
    name = wanted.get("name") if isinstance(wanted, dict) else None
    if not isinstance(name, str):
        raise Refusal(47001)
    tag = account.tags.create(name)
    return {"tag": {"id": tag.id, "name": tag.name}}


def give(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/tags/members/batchtagging: at most 50 people."""
    account.tags.give(*_wish(account, asked))
    return _DONE


def take(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/tags/members/batchuntagging: at most 50 people."""
    account.tags.take(*_wish(account, asked))
    return _DONE


def _wish(account: OfficialAccount, asked: Asked) -> tuple[int, list[Follower]]:
    document = asked.document()
    tag_id, open_ids = document.get("tagid"), document.get("openid_list")
    if not isinstance(tag_id, int) or isinstance(tag_id, bool) or not isinstance(open_ids, list):
        raise Refusal(47001)
    if not 1 <= len(open_ids) <= BATCH:
        raise Refusal(40032)
    return tag_id, [_follower(account, open_id) for open_id in open_ids]


def _follower(account: OfficialAccount, open_id: Any) -> Follower:
    """Return who follows; Refusal 40003 for what is no open id or follows no longer, 49003 for somebody else's."""
    if not is_open_id(open_id):
        raise Refusal(40003)
    person = account.followers.get(open_id)
    if person is None:
        raise Refusal(49003)
    if not person.subscribe:
        raise Refusal(40003)
    return person
