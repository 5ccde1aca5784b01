"""What the bot says, as a value: free of language and of Slack. bot/words and bot/slack/blocks make it speak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

# people of whom no percentage is told
FEW = 30


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
class Share:
    """A part of a whole: a percentage and its numbers; of a whole below 30, where one person is 3 %, these alone."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """The percentage, 0 for none only and 100 for all only; None where the whole is too small for one."""
        if self.whole < FEW:
            return None
        near = round(100 * self.part / self.whole)
        return near if self.part in {0, self.whole} else max(1, min(99, near))


@dataclass(frozen=True, slots=True)
class Either:
    """Words of which one is to be typed: `hour, day or week`."""

    words: Sequence[str]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote, shown whole and as it is: no mark in it does anything."""

    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of bot/words by its key, and the facts that fill it."""

    key: str
    facts: "Mapping[str, Fact]" = field(default_factory=dict)


Fact = str | int | Moment | Span | Person | Channel | Share | Either | Sentence | Quote


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
    """Short facts side by side, each with its label."""

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


class ChartKind(Enum):
    """How a chart is drawn."""

    LINE = "line"
    BAR = "bar"


@dataclass(frozen=True, slots=True)
class Series:
    """One number for each label of its chart; None where there is none (a gap, which is not 0)."""

    name: Sentence | str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Some series over the same labels (days, hours, scenes), in their order."""

    title: Sentence
    kind: ChartKind
    labels: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """A number for each row and column, as colours: hours over weekdays."""

    title: Sentence
    rows: tuple[Sentence | str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Triangle:
    """Who of each cohort was still there: a row is its day, its people, and (kept, of) by column; None: not yet due."""

    title: Sentence
    columns: tuple[str, ...]
    rows: tuple[tuple[str, int, tuple[tuple[int, int] | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of facts under a head. A number stays one, so that readers can sort by it. `left_out`: rows beyond these."""

    caption: Sentence
    head: tuple[Sentence, ...]
    rows: tuple[tuple[Fact, ...], ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Points:
    """Each number of a chart that stands beside it, in writing."""

    figure: Chart | HeatMap


Figure = Chart | HeatMap | Triangle
Part = Text | Note | Row | Buttons | Table | Points | Figure


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over: its bytes, its name, what people read above it."""

    content: bytes = field(repr=False)
    filename: str
    title: Sentence


@dataclass(frozen=True, slots=True)
class Picture(File):
    """A file to show: its bytes are empty where its public address is enough; not every picture has an address."""

    image_url: str = ""


class Audience(Enum):
    """Who shall see a reply."""

    CALLER = "caller"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said: `headline` stands alone where nothing else can be shown (notifications, screen readers).

    What a figure shows also stands beside it, in writing: as Points, or in a table. `self_drawn`: figures are drawn as
    pictures and tables are written out, because who shows the reply refused to do that.
    """

    headline: Sentence
    parts: tuple[Part, ...] = ()
    picture: Picture | None = None
    files: tuple[File, ...] = ()
    audience: Audience = Audience.CALLER
    allocation_id: int | None = None
    in_thread: bool = False
    self_drawn: bool = False
