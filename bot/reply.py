"""What the bot says, as a value: free of language and of Slack. bot/words and bot/slack/blocks make it speak."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True, slots=True)
class Moment:
    """A time, shown in the reader's own zone."""

    at: int


@dataclass(frozen=True, slots=True)
class Span:
    """A duration in seconds, shown in its largest whole units."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Person:
    """A Slack user, mentioned."""

    user_id: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A Slack channel, linked."""

    channel_id: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of bot/words by its key, and the facts that fill it."""

    key: str
    facts: "Mapping[str, Fact]" = field(default_factory=dict)


Fact = str | int | Moment | Span | Person | Channel | Sentence


def say(key: str, /, **facts: Fact) -> Sentence:
    """Return the sentence `key`, filled with `facts`."""
    return Sentence(key, facts)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Note:
    """Small print."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Two or more short facts side by side, each with its label."""

    cells: tuple[tuple[Sentence, Fact], ...]


@dataclass(frozen=True, slots=True)
class Button:
    """Does what typing `command` after `/wxqr` does."""

    label: Sentence
    command: str
    primary: bool = False
    confirm: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]


Part = Text | Note | Row | Buttons


@dataclass(frozen=True, slots=True)
class Picture:
    """A file to show: its bytes (empty where its address is enough), and its public address where it has one."""

    content: bytes = field(repr=False)
    filename: str
    title: Sentence
    image_url: str = ""


class Audience(Enum):
    """Who shall see a reply."""

    CALLER = "caller"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said: `headline` stands alone where nothing else can be shown (notifications, screen readers)."""

    headline: Sentence
    parts: tuple[Part, ...] = ()
    picture: Picture | None = None
    audience: Audience = Audience.CALLER
    allocation_id: int | None = None
    in_thread: bool = False
