"""One thing that WeChat pushes, every attempt to deliver it, and what the person saw of it: as values."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

# what a person reads in WeChat
UNAVAILABLE = "该公众号提供的服务出现故障，请稍后再试"
EXPIRED = "该二维码已过期"
UNKNOWN = "未识别到有效的二维码"

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery: `at` in the sandbox's time, `status` 0 where no answer came (`failure` says why)."""

    at: float
    seconds: float
    status: int
    answer: str
    failure: str
    query: Mapping[str, str]
    body: str

    @property
    def is_answered(self) -> bool:
        """Whether WeChat is content with having been heard, whatever it was told: else it delivers again."""
        return bool(self.status) and self.status < 500  # noqa: PLR2004 - a server's error


@dataclass(frozen=True, slots=True)
class Article:
    """A picture and a link."""

    title: str
    description: str
    picture_url: str
    url: str


@dataclass(frozen=True, slots=True)
class Received:
    """One message on a person's phone: `by` is reply or custom (customer service), `kind` text or news or another."""

    at: float
    by: str
    kind: str
    text: str = ""
    articles: tuple[Article, ...] = ()
    is_encrypted: bool = False


@dataclass(slots=True)
class Push:
    """What was pushed because of what a person did; `message` is empty where nothing was to be.

    The person did it `at` that moment of the sandbox's time. `fate` is none (nothing to push, or nowhere to),
    under_way, held, lost, answered or failed. `shown` is what WeChat itself tells the person: nothing, that the code
    is EXPIRED or UNKNOWN, that the account is UNAVAILABLE (`fault` says why).
    """

    open_id: str
    message: Mapping[str, str | int] = field(default_factory=dict)
    at: float = 0
    shown: str = ""
    fate: str = "none"
    attempts: list[Attempt] = field(default_factory=list)
    reply: Received | None = None
    fault: str = ""
    id: int = field(default_factory=lambda: next(_numbers))

    @property
    def event(self) -> str:
        """Return subscribe, SCAN, unsubscribe; for a message its type; nothing where nothing was pushed."""
        return str(self.message.get("Event", self.message.get("MsgType", "")))

    @property
    def event_key(self) -> str:
        return str(self.message.get("EventKey", ""))

    @property
    def ticket(self) -> str:
        return str(self.message.get("Ticket", ""))

    @property
    def created_at(self) -> int:
        """Return its CreateTime."""
        return int(self.message.get("CreateTime", 0))

    @property
    def is_answered(self) -> bool:
        """Whether it was heard, and answered as WeChat wants it."""
        return self.fate == "answered"
