"""What the scanner of a code is told, and for which codes: one scene, all that begin alike, or the whole account."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import NewType
from urllib.parse import urlsplit

from bot import reading
from bot.errors import Usage
from bot.scan import Event, Message, Welcome

# https://developers.weixin.qq.com/doc/service/en/guide/product/message/Passive_user_reply_message.html
MOST_BYTES = 2048
LONGEST_TITLE = 64
# https://developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages.html: within one minute
MOST_FURTHER = 3
LONGEST_URL = 1024
# what one field of Slack's forms holds: https://docs.slack.dev/reference/block-kit/block-elements
LONGEST_IN_FORM = 3000

# typed in a text's place: nothing is said
NOTHING = "none"

# a text of several lines, as people wrote it
Passage = NewType("Passage", str)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which codes: a scene, the beginning of some (`activity_*`), or `*`: all, and who follows without a code."""

    text: str

    @property
    def is_scene(self) -> bool:
        """Whether it means one scene only."""
        return not self.text.endswith("*")

    def __str__(self) -> str:
        return self.text


EVERY = Pattern("*")


@dataclass(frozen=True, slots=True)
class Greeting:
    """What is said to who has just followed, and to who followed already; None: the same to both."""

    newcomers: Welcome = ()
    followers: Welcome | None = None

    @property
    def is_silent(self) -> bool:
        """Whether nobody is told anything: so it is where a welcome was taken away."""
        return not self.newcomers and not self.followers

    def said_on(self, event: Event) -> Welcome:
        """Return what is said when somebody follows (a newcomer) or scans (a follower)."""
        if event is Event.FOLLOW or self.followers is None:
            return self.newcomers
        return self.followers


@dataclass(frozen=True, slots=True)
class Version:
    """A greeting as it was once decided: for which codes, by whom, when. Numbers count from 1 for each pattern."""

    pattern: Pattern
    number: int
    greeting: Greeting
    made_by: str
    made_at: int


def pattern(text: str) -> Pattern:
    """Read a scene, or the beginning of some and a `*`."""
    if not text.endswith("*"):
        return Pattern(reading.scene(text).text)
    if not re.fullmatch(r"(?!--)[A-Za-z0-9_.-]{0,63}\*", text):
        several = reading.no_scene(text)
        raise several if several.instead else Usage("usage.pattern", typed=text)
    return Pattern(text)


def passage(text: str) -> Passage:
    """Read a text for a scanner: line breaks stay; at most 2048 bytes, which are 682 Chinese characters."""
    passage = text.strip()
    if not passage:
        raise Usage("usage.passage_empty")
    if passage.lower() == NOTHING:
        return Passage(NOTHING)
    size = len(passage.encode())
    if size > MOST_BYTES:
        raise Usage("usage.passage_long", bytes=size, most=MOST_BYTES)
    return Passage(passage)


def passages(text: str) -> tuple[Passage, ...]:
    """Read further messages: one, or several with a line of three dashes between them."""
    return tuple(passage(part) for part in re.split(r"^---+[ \t]*$", text, flags=re.MULTILINE) if part.strip())


def title(text: str) -> str:
    """Read the title of a picture and link: one line of at most 64 characters."""
    title = " ".join(text.split())
    if len(title) > LONGEST_TITLE:
        raise Usage("usage.title_long", length=len(title), most=LONGEST_TITLE)
    return title


def address(text: str) -> str:
    """Read the address of a picture or of a page: WeChat opens no other than https."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise Usage("usage.address", typed=text) from None
    if parts.scheme != "https" or not parts.hostname or len(text) > LONGEST_URL or re.search(r"\s", text):
        raise Usage("usage.address", typed=text)
    return text


def written(welcome: Welcome) -> str:
    """Return messages as they are kept."""
    return json.dumps([asdict(message) for message in welcome], ensure_ascii=False)


@lru_cache(maxsize=256)
def read(kept: str) -> Welcome:
    """Return the messages that were kept; the same few are read at every scan."""
    return tuple(map(message, json.loads(kept)))


def message(kept: Mapping[str, str]) -> Message:
    """Return one message that was kept."""
    return Message(**kept)
