"""What WeChat is asked about followers, and asked to do for them: tags, messages, who they are. Pure, as protocol."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.follower import Follower, OfficialDay
from bot.model import Group, OpenID
from bot.scan import Message
from bot.wechat.errcodes import unavailable
from bot.wechat.protocol import Ask

# https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_batchtagging
TAGGED_AT_ONCE = 50
# https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchuserinfo
LOOKED_UP_AT_ONCE = 100
# https://developers.weixin.qq.com/doc/offiaccount/Analytics/User_Analysis_Data_Interface.html
OFFICIAL_DAYS_AT_ONCE = 7

_FIRST_DAY = date(1970, 1, 1).toordinal()


def create_tag(name: str) -> Ask:
    """Ask for a new tag: https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_createtag."""
    return Ask("POST", "/cgi-bin/tags/create", body={"tag": {"name": name}})


def read_tag(ask: Ask, answer: Mapping[str, Any]) -> Group:
    """Read the answer to create_tag(): a tag that nobody has yet."""
    try:
        return Group(int(answer["tag"]["id"]), str(answer["tag"]["name"]), 0)
    except (KeyError, ValueError, TypeError):
        raise unavailable(ask.path, 200) from None


def tag_followers(tag_id: int, open_ids: Sequence[OpenID]) -> Ask:
    """Ask for a tag to be given to at most 50 followers; giving it again changes nothing.

    https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_batchtagging
    """
    return Ask("POST", "/cgi-bin/tags/members/batchtagging", body={"openid_list": list(open_ids), "tagid": tag_id})


def send_message(open_id: OpenID, message: Message) -> Ask:
    """Ask for a message to be delivered: a text, or one article. Not repeatable: twice is once too often.

    https://developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages.html
    """
    return Ask("POST", "/cgi-bin/message/custom/send", body={"touser": open_id, **_content(message)}, repeatable=False)


def look_up(open_ids: Sequence[OpenID]) -> Ask:
    """Ask who at most 100 people are; one open id that is none fails them all, with 40003.

    https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchuserinfo
    """
    wanted = [{"openid": open_id, "lang": "zh_CN"} for open_id in open_ids]
    return Ask("POST", "/cgi-bin/user/info/batchget", body={"user_list": wanted})


def read_followers(ask: Ask, answer: Mapping[str, Any]) -> list[Follower]:
    """Read the answer to look_up()."""
    try:
        return [_follower(told) for told in answer["user_info_list"]]
    except (KeyError, ValueError, TypeError, AttributeError):
        raise unavailable(ask.path, 200) from None


def ask_official_days(first: int, last: int) -> Ask:
    """Ask for WeChat's own count of the days `first` to `last`, both included: 7 at most, none before 08:00 next day.

    https://developers.weixin.qq.com/doc/offiaccount/Analytics/User_Analysis_Data_Interface.html
    """
    dates = {"begin_date": _date(first), "end_date": _date(last)}
    return Ask("POST", "/datacube/getusersummary", body=dates)


def read_official_days(ask: Ask, answer: Mapping[str, Any]) -> list[OfficialDay]:
    """Read the answer to ask_official_days(): a day and source where nothing happened are not in it."""
    try:
        return [_official_day(told) for told in answer["list"]]
    except (KeyError, ValueError, TypeError):
        raise unavailable(ask.path, 200) from None


def _content(message: Message) -> dict[str, Any]:
    if not message.title:
        return {"msgtype": "text", "text": {"content": message.text}}
    article = {"title": message.title, "description": message.text, "url": message.url, "picurl": message.picture_url}
    return {"msgtype": "news", "news": {"articles": [article]}}


def _follower(told: Mapping[str, Any]) -> Follower:
    open_id = OpenID(str(told["openid"]))
    if not told.get("subscribe"):
        return Follower(open_id, is_following=False)
    return Follower(
        open_id=open_id,
        is_following=True,
        followed_at=int(told.get("subscribe_time", 0)),
        # both are given: 0 and "" stand for none
        scene=str(told.get("qr_scene_str") or told.get("qr_scene") or ""),
        tag_ids=tuple(int(tag_id) for tag_id in told.get("tagid_list", [])),
    )


def _official_day(told: Mapping[str, Any]) -> OfficialDay:
    day = date.fromisoformat(told["ref_date"]).toordinal() - _FIRST_DAY
    return OfficialDay(day, int(told["user_source"]), int(told["new_user"]), int(told["cancel_user"]))


def _date(day: int) -> str:
    return date.fromordinal(day + _FIRST_DAY).isoformat()
