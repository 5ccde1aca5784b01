"""The tags that followers are sorted by.

https://developers.weixin.qq.com/doc/service/api/usermanage/tag/api_createtag
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.wechat.people import Follower
from bot.sandbox.wechat.refusal import Refusal

MOST = 100
MOST_A_PERSON = 20
# WeChat's pages say 30 characters here and 30 bytes there: whoever relies on the larger shall see the smaller
LONGEST_NAME = 30
FIRST_ID = 100
STARRED = 2


@dataclass(slots=True)
class Tag:
    """A tag with how many followers it has; ids 0 to 2 are WeChat's own."""

    id: int
    name: str
    count: int = 0


class Tags:
    """Every tag of one account, and who has them."""

    def __init__(self) -> None:
        system = [Tag(0, "未分组", 72), Tag(1, "黑名单", 0), Tag(STARRED, "星标组", 8)]
        own = [Tag(FIRST_ID, "春季活动", 36), Tag(101, "门店·上海", 12), Tag(102, "VIP", 4)]
        self._by_id = {tag.id: tag for tag in (*system, *own)}

    def __iter__(self) -> Iterator[Tag]:
        return iter(self._by_id.values())

    def create(self, name: str) -> Tag:
        """Return a new tag; Refusal 45158 for its length, 45157 for a name there is, 45056 for one too many."""
        if not 1 <= len(name.encode()) <= LONGEST_NAME:
            raise Refusal(45158)
        if any(tag.name == name for tag in self):
            raise Refusal(45157)
        if len([tag for tag in self if tag.id >= FIRST_ID]) >= MOST:
            raise Refusal(45056)
        tag = Tag(max(FIRST_ID, *self._by_id) + 1, name)
        self._by_id[tag.id] = tag
        return tag

    def give(self, tag_id: int, people: list[Follower]) -> None:
        """Give the tag to all of them; Refusal 45159 or 45059, and then nobody gets it."""
        tag = self._find(tag_id)
        lacking = [person for person in people if tag.id not in person.tagid_list]
        if any(len(person.tagid_list) >= MOST_A_PERSON for person in lacking):
            raise Refusal(45059)
        for person in lacking:
            person.tagid_list.append(tag.id)
            tag.count += 1

    def take(self, tag_id: int, people: list[Follower]) -> None:
        """Take the tag from all who have it; Refusal 45159."""
        tag = self._find(tag_id)
        for person in people:
            if tag.id in person.tagid_list:
                person.tagid_list.remove(tag.id)
                tag.count -= 1

    def leave(self, person: Follower) -> None:
        """Take every tag from a person who unfollows."""
        for tag_id in list(person.tagid_list):
            self.take(tag_id, [person])

    def _find(self, tag_id: int) -> Tag:
        if tag_id not in self._by_id or tag_id < STARRED:
            raise Refusal(45159)
        return self._by_id[tag_id]
