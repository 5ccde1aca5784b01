"""What WeChat tells of people and codes: a scan, a follow, an unfollow. Days and hours are Shanghai's, as WeChat's own.

https://developers.weixin.qq.com/doc/service/Account_Management/Wechat_Accreditation_Event_Push.html
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.model import DAY, HOUR, AppID, OpenID

# Shanghai has kept this distance from UTC since 1991
SHANGHAI = 8 * HOUR

FOLLOWED_BY_CODE = "qrscene_"
# https://github.com/wechatpy/wechatpy/issues/178: a follow after a payment; undocumented
FOLLOWED_BY_PAYMENT = "last_trade_no_"
# what WeChat sends where a code was created without a scene, or with one that did not fit 32 bits
INVALID_SCENES = frozenset({"0", "4294967295"})
# so begin the scenes of account binding, and others' that have nothing to do with it: see is_for_binding()
BINDING = "bind_"
_FOR_BINDING = re.compile(rf"{BINDING}[\w-]{{12}}", re.ASCII)
# who is not a person: `wxqr simulate` scans under such an open id, and it counts for nothing
SIMULATED = "wxqr_simulated_"


class Event(StrEnum):
    """The events that count, as WeChat names them in lower case."""

    SCAN = "scan"
    FOLLOW = "subscribe"
    UNFOLLOW = "unsubscribe"


# named tuples, since one of each is made for every push: a frozen dataclass takes three times as long
class Scan(NamedTuple):
    """One event of one person. `at` is WeChat's CreateTime; `ticket` is empty where there was none."""

    app_id: AppID
    open_id: OpenID
    at: int
    event: Event
    event_key: str
    ticket: str = ""

    @property
    def scene(self) -> str:
        """The scene as its text; empty for a follow without a code, and for an unfollow."""
        event, key = self.event, self.event_key
        if event is Event.SCAN:
            return key
        if event is Event.FOLLOW and key.startswith(FOLLOWED_BY_CODE):
            return key[len(FOLLOWED_BY_CODE) :]  # once only: a scene may begin so itself
        return ""

    @property
    def counted_scene(self) -> str:
        """The scene it counts for; empty where it counts for none."""
        scene = self.scene
        return "" if is_for_binding(scene) else scene

    @property
    def is_simulated(self) -> bool:
        """Whether on-call sent it to see that all is well."""
        return self.open_id.startswith(SIMULATED)


def is_for_binding(scene: str) -> bool:
    """Whether a scene has the shape of those that `/wxqr bind` makes: whoever scans one is asked who they are."""
    # the beginning first: it is asked of every push
    return scene.startswith(BINDING) and _FOR_BINDING.fullmatch(scene) is not None


class PersonKey:
    """The installation's key, under which people are known; without it a person leads to nobody.

    HMAC-SHA256 as https://www.rfc-editor.org/rfc/rfc2104 section 4 says it is done for many messages under one key:
    both blocks of the key are digested once. The library's own takes three times as long for each push.
    """

    def __init__(self, key: bytes) -> None:
        block = key.ljust(64, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))

    def person(self, app_id: str, open_id: str) -> bytes:
        """Return the 16 bytes by which somebody is known here."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(f"{app_id}\0{open_id}".encode())
        outer.update(inner.digest())
        return outer.digest()[:16]


def day_of(at: int) -> int:
    """Return the number of the day in Shanghai, counted from 1970-01-01."""
    return (at + SHANGHAI) // DAY


def week_of(day: int) -> int:
    """Return the number of the week in which a day lies, from Monday to Sunday; 1970-01-01 was a Thursday."""
    return (day + 3) // 7


def monday_of(week: int) -> int:
    """Return the first day of a week."""
    return week * 7 - 3


def hour_of(at: int) -> int:
    """Return the number of the hour in Shanghai, counted from the first of 1970-01-01."""
    return (at + SHANGHAI) // HOUR


def beginning_of(day: int) -> int:
    """Return the second at which a day began in Shanghai."""
    return day * DAY - SHANGHAI


class Happening(NamedTuple):
    """A scan as it was kept: who, which code. `is_new` is false for a push that was kept before."""

    scan: Scan
    person: bytes
    received_at: int
    scene_id: int
    allocation_id: int | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Message:
    """What a scanner reads: a text, or (where there is a title) a picture and a link."""

    text: str
    title: str = ""
    picture_url: str = ""
    url: str = ""


# the first is the answer to the push itself; up to three more follow within a minute
Welcome = tuple[Message, ...]
