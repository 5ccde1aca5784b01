"""One word -> one value: a scene, a lifetime, a name. Each raises Usage where the word cannot be read."""

import re
from dataclasses import dataclass

from bot.errors import Usage
from bot.model import DAY, HOUR, MINUTE, Lifetime, Scene
from bot.reply import Either

SHORTEST = MINUTE
# https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode: at most 30 days
LONGEST = 30 * DAY

_SCENE = r"(?!--)[A-Za-z0-9_.-]{1,64}"
# what parts scenes: none of these can stand in one
_COMMAS = "[,，、;；]"
SEPARATORS = re.compile(rf"(?:\s|{_COMMAS})+")


def scene(text: str) -> Scene:
    """Read a scene: 1 to 9 digits are a number (leading zeros go), else 1 to 64 of `[A-Za-z0-9_.-]`, no `--` first.

    https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode names no characters for
    scene_str; what is outside these came back mangled for others, so it is refused here.
    """
    if re.fullmatch(r"[0-9]{1,9}", text):
        return Scene(str(int(text)))
    if len(text) > 64:  # noqa: PLR2004 - WeChat's limit, which it does not check for temporary codes
        raise Usage("usage.scene_long", typed=text, length=len(text))
    if not re.fullmatch(_SCENE, text):
        raise no_scene(text)
    return Scene(text)


def no_scene(text: str) -> Usage:
    """Return why a text is no scene: it has other characters, or it is several."""
    several = [each for each in SEPARATORS.split(text) if each]
    if re.search(_COMMAS, text) and several and all(re.fullmatch(rf"{_SCENE}\*?", each) for each in several):
        return Usage("usage.scene_one", typed=text, instead=several)
    return Usage("usage.scene_characters", typed=text)


def new_scene(text: str) -> Scene:
    """Read the scene of a code that is asked for: what cannot be one may have been meant as its name.

    None begins with a hyphen, for then it is an option mistyped, or a slip.
    """
    if text.startswith("-"):
        raise Usage("usage.scene_dash", typed=text)
    try:
        return scene(text)
    except Usage as error:
        if error.key != "usage.scene_characters":
            raise
        raise Usage("usage.scene_or_name", **error.facts) from None


_UNITS = {"s": 1, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY}
_LONG_UNITS = {
    "sec": "s", "second": "s", "seconds": "s", "秒": "s",
    "min": "m", "mins": "m", "minute": "m", "minutes": "m", "分": "m", "分钟": "m",
    "hr": "h", "hour": "h", "hours": "h", "小时": "h", "个小时": "h", "时": "h",
    "day": "d", "days": "d", "天": "d", "日": "d",
    "week": "w", "weeks": "w", "周": "w", "星期": "w", "个星期": "w",
}  # fmt: skip
_NUMERALS = {
    "一": "1", "两": "2", "二": "2", "三": "3", "四": "4", "五": "5", "六": "6", "七": "7", "八": "8", "九": "9",
    "十": "10", "十五": "15", "二十": "20", "三十": "30",
}  # fmt: skip
_MEASURE = re.compile(rf"([0-9]{{1,9}}|{'|'.join(sorted(_NUMERALS, key=len, reverse=True))})\s*(\D*)")


def lifetime(text: str) -> Lifetime:
    """Read a lifetime: 30m, 12h, 7d, 7天, 两天; from one minute to 30 days. A number alone is asked back."""
    number, unit = _measured(text)
    if number and not unit:
        raise _of_what(text, number)
    if unit not in _UNITS:
        raise Usage("usage.ttl", typed=text)
    seconds = number * _UNITS[unit]
    if not SHORTEST <= seconds <= LONGEST:
        raise Usage("usage.ttl_range", typed=text)
    return Lifetime(seconds)


def _measured(text: str) -> tuple[int, str]:
    """Return a number and its unit, of one letter; 0 and "" where it is none."""
    match = _MEASURE.fullmatch(text.lower())
    return (int(_NUMERALS.get(match[1], match[1])), _LONG_UNITS.get(match[2], match[2])) if match else (0, "")


def _of_what(text: str, number: int) -> Usage:
    likely = [f"{number}{unit}" for unit in "mhds" if SHORTEST <= number * _UNITS[unit] <= LONGEST]
    if not likely:
        return Usage("usage.ttl_range", typed=text)
    return Usage("usage.ttl_unit", typed=text, likely=Either(likely), instead=likely)


def pattern(text: str) -> str:
    """Read a scene, or the beginning of many: `activity_*`; `*` alone are all."""
    if text == "*":
        return text
    return f"{scene(text[:-1]).text}*" if text.endswith("*") else scene(text).text


def person(text: str) -> str:
    """Read a Slack user as Slack escapes a mention, `<@U123|li>`, or by the bare user ID.

    https://docs.slack.dev/interactivity/implementing-slash-commands#escaping
    """
    match = re.fullmatch(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>|([UW][A-Z0-9]{6,})", text)
    if not match:
        raise Usage("usage.person", typed=text)
    return match[1] or match[2]


def channel(text: str) -> str:
    """Read a Slack channel as Slack escapes one, `<#C123|news>`, or by the bare channel ID."""
    match = re.fullmatch(r"<#([CG][A-Z0-9]+)(?:\|[^>]*)?>|([CG][A-Z0-9]{6,})", text)
    if not match:
        raise Usage("usage.channel", typed=text)
    return match[1] or match[2]


# these read a mention rather than the name in it
MENTIONED = frozenset({person, channel})


def days(text: str) -> int:
    """Read a number of days, from 1 to 400: 14, 14d, 14天, 2w."""
    number, unit = _measured(text)
    found = number * {"": 1, "d": 1, "w": 7}.get(unit, 0)
    if not 1 <= found <= 400:  # noqa: PLR2004 - a year, and the same days of the year before
        raise Usage("usage.days", typed=text)
    return found


# these read a number and its unit, which may be words of their own: 7 days
MEASURED = frozenset({lifetime, days})


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


@dataclass(frozen=True, slots=True)
class OneOf:
    """Reads one of `choices`, in any case; a form offers them as a menu. `or_else`: any other word will do as well."""

    choices: tuple[str, ...]
    or_else: bool = False

    def __call__(self, text: str) -> str:
        if text.lower() in self.choices:
            return text.lower()
        if not self.or_else:
            raise Usage("usage.choice", typed=text, allowed=Either(self.choices))
        return text


def one_of(*choices: str) -> OneOf:
    """Return a reader that takes one of `choices`, in any case."""
    return OneOf(choices)


def plain(text: str) -> str:
    """Read any one word."""
    return text
