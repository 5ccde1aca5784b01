"""The words of the trade as frozen values. Times are integer seconds since 1970; durations are seconds."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

AppID = NewType("AppID", str)
OpenID = NewType("OpenID", str)

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

NUMBER_DIGITS = 9


class Language(StrEnum):
    """The languages the bot speaks."""

    ENGLISH = "en"
    CHINESE = "zh-CN"

    @classmethod
    def of(cls, locale: str) -> "Language":
        """Return the language for a Slack locale such as `zh-CN`, `zh-TW` or `en-GB`."""
        return cls.CHINESE if locale.lower().startswith("zh") else cls.ENGLISH


@dataclass(frozen=True, slots=True)
class Account:
    """An official account (公众号/服务号), with what is needed to act for it."""

    name: str
    app_id: AppID
    app_secret: str = field(repr=False)
    callback_token: str = field(default="", repr=False)
    encoding_aes_key: str = field(default="", repr=False)
    previous_aes_key: str = field(default="", repr=False)
    stable: bool = True
    channels: tuple[str, ...] = ()

    def secrets(self) -> tuple[str, ...]:
        """Return what must never be seen; an empty one is not set."""
        return (self.app_secret, self.callback_token, self.encoding_aes_key, self.previous_aes_key)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the bot stands in a Slack channel: whether everybody may read it, and whether the bot is a member."""

    is_public: bool
    is_member: bool


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene (场景值). One of 1 to 9 digits is a number for WeChat, any other a string: so its text says all."""

    text: str

    @property
    def is_number(self) -> bool:
        """Whether WeChat is asked for a numeric scene."""
        return self.text.isascii() and self.text.isdigit() and len(self.text) <= NUMBER_DIGITS

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a temporary code lives, in seconds. A permanent code has none (`None`)."""

    seconds: int


class Kind(StrEnum):
    """The two kinds of code."""

    TEMPORARY = "temp"
    PERMANENT = "perm"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What WeChat gives for a scene: the ticket for its picture, the url in the picture, its end (None: never)."""

    ticket: str
    url: str
    expires_at: int | None


class State(StrEnum):
    """How far an allocation has come. UNKNOWN: WeChat was asked and whether it minted is not known."""

    RESERVED = "reserved"
    LIVE = "live"
    UNKNOWN = "unknown"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Allocation:
    """One ticket minted (or to be minted) for one scene: by whom, where, when, until when, for what."""

    id: int
    app_id: AppID
    scene: Scene
    kind: Kind
    generation: int
    state: State
    name: str
    owner: str
    channel_id: str
    asked_at: int
    lifetime: int | None
    ticket: Ticket | None
    verified: bool

    def is_live(self, now: int) -> bool:
        """Whether the code can be scanned at `now`."""
        return self.state is State.LIVE and (self.expires_at is None or self.expires_at > now)

    @property
    def expires_at(self) -> int | None:
        """When the code stops to work; None: never, or not minted."""
        return self.ticket.expires_at if self.ticket else None


@dataclass(frozen=True, slots=True)
class AccessToken:
    """An access token, and where it came from. `source` is the API's path."""

    value: str = field(repr=False)
    fetched_at: int
    expires_at: int
    source: str
    host: str

    def seconds_left(self, now: int) -> int:
        """Return the seconds until WeChat refuses it."""
        return self.expires_at - now


@dataclass(frozen=True, slots=True)
class TokenFailure:
    """The last time a token could not be had: when, on which host, what WeChat said."""

    at: int
    host: str
    errcode: int
    errmsg: str
    rid: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Quota:
    """What WeChat says of one API's daily quota."""

    path: str
    limit: int
    used: int
    remain: int


@dataclass(frozen=True, slots=True)
class Group:
    """A follower group (today: tag) and how many followers it has."""

    id: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Caller:
    """Who speaks to the bot. Rights hang on `user_id`, never on a name."""

    team_id: str
    user_id: str
    language: Language = Language.ENGLISH
    is_operator: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """One command that arrived from Slack: typed, or carried by a button. `id` is the same for each delivery of it."""

    id: str
    team_id: str
    user_id: str
    channel_id: str
    text: str
    received_at: int
    response_url: str = field(default="", repr=False)
    message_ts: str = ""
    from_private: bool = False
    is_click: bool = False
    is_stranger: bool = False
    tries: int = 0


class Via(StrEnum):
    """The ways a reply can reach people."""

    UPLOAD = "upload"
    RESPONSE_URL = "response_url"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Post:
    """One message that is being, or was, sent for an arrival. It is written down before it is sent."""

    request_id: str
    via: Via
    channel_id: str
    sent_at: int
    file_id: str = ""
    message_ts: str = ""
    allocation_id: int | None = None
    posted: bool = False
