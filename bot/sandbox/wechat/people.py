"""The followers of an account and the tags they are sorted by.

https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_userinfo
"""

from dataclasses import asdict, dataclass, field
from typing import Any

_FOLLOWED_AT = 1_700_000_000


@dataclass(slots=True)
class Tag:
    """A tag with how many followers it has; ids 0 to 2 are WeChat's own."""

    id: int
    name: str
    count: int = 0


@dataclass(slots=True)
class Follower:
    """A person by open id; one who has unfollowed has `subscribe` 0 and shows nothing else."""

    openid: str
    subscribe: int = 1
    subscribe_time: int = _FOLLOWED_AT
    unionid: str = ""
    remark: str = ""
    groupid: int = 0
    tagid_list: list[int] = field(default_factory=list)
    subscribe_scene: str = "ADD_SCENE_SEARCH"
    qr_scene: int = 0
    qr_scene_str: str = ""

    def shown(self) -> dict[str, Any]:
        """Return what user/info tells; name and picture have been gone since 2021-12-27."""
        if not self.subscribe:
            return {"subscribe": 0, "openid": self.openid}
        told = asdict(self) | {"language": "zh_CN"}
        return told if self.unionid else {name: value for name, value in told.items() if name != "unionid"}


def first_tags() -> list[Tag]:
    """Return the tags a new account of the sandbox has."""
    system = [Tag(0, "未分组", 72), Tag(1, "黑名单", 0), Tag(2, "星标组", 8)]
    return [*system, Tag(100, "春季活动", 36), Tag(101, "门店·上海", 12), Tag(102, "VIP", 4)]


def first_followers() -> dict[str, Follower]:
    """Return a few followers by open id: a searcher, two who scanned, one who left."""
    people = [
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2M"),
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2N", subscribe_scene="ADD_SCENE_QR_CODE", qr_scene_str="spring"),
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2O", subscribe_scene="ADD_SCENE_QR_CODE", qr_scene=42, tagid_list=[100]),
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2P", subscribe=0),
    ]
    return {person.openid: person for person in people}
