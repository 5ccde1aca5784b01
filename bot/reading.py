"""One word -> one value: a scene, a lifetime, a name. Each raises Usage where the word cannot be read."""

import re
from collections.abc import Callable

from bot.errors import Usage
from bot.model import DAY, HOUR, MINUTE, Lifetime, Scene

SHORTEST = MINUTE
# https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode: at most 30 days
LONGEST = 30 * DAY


def scene(text: str) -> Scene:
    """Read a scene: 1 to 9 digits are a number (leading zeros go), else 1 to 64 of `[A-Za-z0-9_.-]`, no `--` first.

    https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode names no characters for
    scene_str; what is outside these came back mangled for others, so it is refused here.
    """
    if re.fullmatch(r"[0-9]{1,9}", text):
        return Scene(str(int(text)))
    if len(text) > 64:  # noqa: PLR2004 - WeChat's limit, which it does not check for temporary codes
        raise Usage("usage.scene_long", typed=text, length=len(text))
    if not re.fullmatch(r"(?!--)[A-Za-z0-9_.-]{1,64}", text):
        raise Usage("usage.scene_characters", typed=text)
    return Scene(text)


_UNITS = {"s": 1, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
_LONG_UNITS = {
    "sec": "s", "second": "s", "seconds": "s", "秒": "s",
    "min": "m", "mins": "m", "minute": "m", "minutes": "m", "分": "m", "分钟": "m",
    "hr": "h", "hour": "h", "hours": "h", "小时": "h", "个小时": "h", "时": "h",
    "day": "d", "days": "d", "天": "d", "日": "d",
    "week": "w", "weeks": "w", "周": "w", "星期": "w",
}  # fmt: skip


def lifetime(text: str) -> Lifetime:
    """Read a lifetime: 30m, 12h, 7d, 90 (seconds), 7天; from one minute to 30 days."""
    match = re.fullmatch(r"([0-9]{1,9})\s*(\D*)", text.lower())
    unit = match and _LONG_UNITS.get(match[2], match[2] or "s")
    if not match or unit not in _UNITS:
        raise Usage("usage.ttl", typed=text)
    seconds = int(match[1]) * _UNITS[unit]
    if not SHORTEST <= seconds <= LONGEST:
        raise Usage("usage.ttl_range", typed=text)
    return Lifetime(seconds)


def label(text: str) -> str:
    """Read a name for people: one line of up to 80 characters."""
    name = " ".join(text.split())
    if len(name) > 80:  # noqa: PLR2004 - what fits above a picture in Slack
        raise Usage("usage.name_long", length=len(name))
    return name


def number(text: str) -> int:
    """Read a positive whole number."""
    if not re.fullmatch(r"[0-9]{1,12}", text) or int(text) == 0:
        raise Usage("usage.number", typed=text)
    return int(text)


def one_of(*choices: str) -> Callable[[str], str]:
    """Return a reader that takes one of `choices`, in any case."""

    def read(text: str) -> str:
        if text.lower() not in choices:
            raise Usage("usage.choice", typed=text, allowed=" ".join(choices))
        return text.lower()

    return read


def plain(text: str) -> str:
    """Read any one word."""
    return text
