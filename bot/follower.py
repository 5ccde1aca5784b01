"""Those who follow an official account, as WeChat itself tells of them."""

from dataclasses import dataclass

from bot.model import OpenID

# https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_createtag: of an account, of a person, of a name
MOST_TAGS = 100
MOST_TAGS_OF_A_FOLLOWER = 20
LONGEST_TAG = 30


@dataclass(frozen=True, slots=True)
class Follower:
    """One person; of one who does not follow WeChat tells nothing more. `scene` is the one they followed by, if any."""

    open_id: OpenID
    is_following: bool
    followed_at: int = 0
    scene: str = ""
    tag_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialDay:
    """WeChat's own count of one day (its number in Shanghai) and one source; 30 is who scanned a code."""

    day: int
    source: int
    follows: int
    unfollows: int
