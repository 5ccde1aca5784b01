"""Settings, read once from the environment and, for further official accounts, from a TOML file."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from bot.model import Account, AppID, Language

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One setting that is missing or wrong; `key` names the sentence in bot/words that says how."""

    setting: str
    key: str
    value: str = ""


class WrongSettings(Exception):
    """All that is missing or wrong, at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.setting for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the bot was told. Secrets do not show in its repr."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(repr=False)
    slack_url: str
    accounts: tuple[Account, ...]
    wechat_url: str
    wechat_mp_url: str
    database: str
    host: str
    port: int
    operators: frozenset[str]
    alert_channel: str
    language: Language
    first_scene: int
    last_scene: int
    log_level: str

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is met by Socket Mode; otherwise it calls `POST /slack/events`."""
        return bool(self.app_token)

    def secrets(self) -> tuple[str, ...]:
        """Return all that must never be seen in a log line or a reply."""
        ours = (self.bot_token, self.signing_secret, self.app_token)
        theirs = (s for a in self.accounts for s in (a.app_secret, a.callback_token, a.encoding_aes_key))
        return tuple(secret for secret in (*ours, *theirs) if secret)


class _NotChannels(Exception):
    """An account's channels are no list of texts."""


class _Reader:
    """Reads one setting after another and remembers every problem."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.problems: list[Problem] = []

    def text(self, name: str, default: str | None = None) -> str:
        value = self.environment.get(name, "").strip()
        if not value and default is None:
            self.problems.append(Problem(name, "settings.missing"))
        return value or default or ""

    def parsed(self, name: str, default: str, parse: Callable[[str], T], key: str) -> T:
        value = self.text(name, default)
        try:
            return parse(value)
        except ValueError:
            self.problems.append(Problem(name, key, value))
            return parse(default)


def read_settings(environment: Mapping[str, str], read_file: Callable[[str], str]) -> Settings:
    """Return the settings in `environment`; `read_file` returns the text of the file WXQR_ACCOUNTS names.

    Raises WrongSettings with every problem at once.
    """
    reader = _Reader(environment)
    settings = _read(reader, read_file)
    if reader.problems:
        raise WrongSettings(reader.problems)
    return settings


def _read(reader: _Reader, read_file: Callable[[str], str]) -> Settings:
    app_token = reader.parsed("SLACK_APP_TOKEN", "", _app_token, "settings.not_app_token")
    first, last = reader.parsed("WXQR_SCENES", "500000000-999999999", _scene_range, "settings.not_scenes")
    return Settings(
        bot_token=reader.text("SLACK_BOT_TOKEN"),
        # https://docs.slack.dev/apis/events-api/using-socket-mode: a socket's payloads carry no signature
        signing_secret=reader.text("SLACK_SIGNING_SECRET", "" if app_token else None),
        app_token=app_token,
        slack_url=reader.parsed("SLACK_API_URL", "https://slack.com/api/", _url, "settings.not_url") + "/",
        accounts=_accounts(reader, read_file),
        wechat_url=reader.parsed("WECHAT_API_URL", "https://api.weixin.qq.com", _url, "settings.not_url"),
        wechat_mp_url=reader.parsed("WECHAT_MP_URL", "https://mp.weixin.qq.com", _url, "settings.not_url"),
        database=reader.text("WXQR_DATABASE", "wxqr.db"),
        host=reader.text("WXQR_HOST", "127.0.0.1"),
        port=reader.parsed("WXQR_PORT", "8080", _port, "settings.not_port"),
        operators=frozenset(reader.text("WXQR_OPERATORS", "").replace(",", " ").split()),
        alert_channel=reader.text("WXQR_ALERT_CHANNEL", ""),
        language=reader.parsed("WXQR_LANGUAGE", "en", Language, "settings.not_language"),
        first_scene=first,
        last_scene=last,
        log_level=reader.parsed("WXQR_LOG_LEVEL", "INFO", _log_level, "settings.not_log_level"),
    )


def _accounts(reader: _Reader, read_file: Callable[[str], str]) -> tuple[Account, ...]:
    accounts = _all_accounts(reader, read_file)
    names = [account.name for account in accounts]
    twice = sorted({name for name in names if names.count(name) > 1})
    reader.problems.extend(Problem("WXQR_ACCOUNTS", "settings.account_twice", name) for name in twice)
    return accounts


def _all_accounts(reader: _Reader, read_file: Callable[[str], str]) -> tuple[Account, ...]:
    path = reader.text("WXQR_ACCOUNTS", "")
    further = _further_accounts(reader, path, read_file) if path else ()
    if further and not reader.environment.get("WECHAT_APP_ID"):
        return further
    first = Account(
        name=reader.text("WECHAT_ACCOUNT_NAME", "default"),
        app_id=AppID(reader.text("WECHAT_APP_ID")),
        app_secret=reader.text("WECHAT_APP_SECRET"),
        callback_token=reader.text("WECHAT_CALLBACK_TOKEN", ""),
        encoding_aes_key=reader.text("WECHAT_ENCODING_AES_KEY", ""),
        stable=reader.parsed("WECHAT_TOKEN_API", "stable_token", _is_stable, "settings.not_token_api"),
    )
    return (first, *further)


def _further_accounts(reader: _Reader, path: str, read_file: Callable[[str], str]) -> tuple[Account, ...]:
    try:
        tables = tomllib.loads(read_file(path)).get("accounts", {})
        return tuple(_account(name, table) for name, table in tables.items())
    except _NotChannels as error:
        reader.problems.append(Problem("WXQR_ACCOUNTS", "settings.not_channels", f"{path}: {error}"))
        return ()
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError, ValueError) as error:
        reader.problems.append(Problem("WXQR_ACCOUNTS", "settings.bad_accounts", f"{path}: {error}"))
        return ()


def _account(name: str, table: Mapping[str, object]) -> Account:
    return Account(
        name=name,
        app_id=AppID(str(table["app_id"])),
        app_secret=str(table["app_secret"]),
        callback_token=str(table.get("callback_token", "")),
        encoding_aes_key=str(table.get("encoding_aes_key", "")),
        stable=_is_stable(str(table.get("token_api", "stable_token"))),
        channels=_channels(name, table.get("channels", [])),
    )


def _channels(name: str, channels: object) -> tuple[str, ...]:
    if not isinstance(channels, list) or not all(isinstance(channel, str) for channel in channels):
        raise _NotChannels(f"{name}: {channels!r}")
    return tuple(channels)


def _app_token(text: str) -> str:
    if text and not text.startswith("xapp-"):
        raise ValueError(text)
    return text


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(text)
    return text.rstrip("/")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:  # noqa: PLR2004 - 0 lets the machine choose
        raise ValueError(text)
    return port


def _scene_range(text: str) -> tuple[int, int]:
    first, last = (int(end) for end in text.split("-"))
    if not 1 <= first < last <= 999_999_999:  # noqa: PLR2004 - nine digits: what a number may have
        raise ValueError(text)
    return first, last


def _is_stable(text: str) -> bool:
    if text not in {"stable_token", "token"}:
        raise ValueError(text)
    return text == "stable_token"


def _log_level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError(text)
    return text.upper()
