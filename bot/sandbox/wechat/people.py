"""The people whom an account knows by open id: those who follow it, and those who do not or no longer.

https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_userinfo
"""

import random
import re
import string
from dataclasses import asdict, dataclass, field
from typing import Any

_FOLLOWED_AT = 1_700_000_000
_LETTERS = string.ascii_letters + string.digits + "_-"
_OPEN_ID = re.compile(r"o[A-Za-z0-9_-]{27}")


@dataclass(slots=True)
class Follower:
    """A person by open id; one who does not follow (now) has `subscribe` 0 and shows nothing else."""

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

    def follow(self, at: int, how: str, scene: int | str = 0) -> None:
        """Begin to follow; `scene` is the code's, which stays what it is whatever is scanned later."""
        self.subscribe, self.subscribe_time, self.subscribe_scene = 1, at, how
        self.qr_scene = scene if isinstance(scene, int) else 0
        self.qr_scene_str = scene if isinstance(scene, str) else ""

    def unfollow(self) -> None:
        """Follow no longer; that tags end with it is not documented, so a client must not count on them."""
        self.subscribe = 0
        self.tagid_list.clear()


def first_followers() -> dict[str, Follower]:
    """Return a few people by open id: a searcher, two who scanned, one who left, two who have not come yet."""
    people = [
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2M"),
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2N", subscribe_scene="ADD_SCENE_QR_CODE", qr_scene_str="spring"),
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2O", subscribe_scene="ADD_SCENE_QR_CODE", qr_scene=42, tagid_list=[100]),
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2P", subscribe=0),
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2Q", subscribe=0, subscribe_time=0),
        Follower("o6_bmjrPTlm6_2sgVt7hMZOPfL2R", subscribe=0, subscribe_time=0),
    ]
    return {person.openid: person for person in people}


def newcomer(dice: random.Random) -> Follower:
    """Return somebody who does not follow yet."""
    return Follower("o" + "".join(dice.choices(_LETTERS, k=27)), subscribe=0, subscribe_time=0)


def is_open_id(text: object) -> bool:
    """Say whether this could be somebody's open id."""
    return isinstance(text, str) and _OPEN_ID.fullmatch(text) is not None
