"""Settings, read once from the environment and, for further official accounts, from a TOML file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.accounts import ReadFile, accounts
from bot.environment import (
    Environment,
    Problem,
    app_token,
    days,
    log_level,
    path,
    port,
    private_url,
    scene_range,
    seconds,
    time_zone,
    url,
    webhook_events,
    webhook_secret,
)
from bot.model import Account, Language


class WrongSettings(Exception):
    """All that is missing or wrong, at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(problem.setting for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where other systems are told what happened: `events` holds bindings, scans or both; `secret` signs it."""

    url: str
    secret: str = field(repr=False)
    events: frozenset[str]


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
    callback_path: str
    callback_max_age: int
    keep_scans_days: int
    time_zone: str
    webhook: Webhook | None

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is met by Socket Mode; otherwise it calls `POST /slack/events`."""
        return bool(self.app_token)

    def secrets(self) -> tuple[str, ...]:
        """Return all that must never be seen in a log line or a reply."""
        ours = (self.bot_token, self.signing_secret, self.app_token, self.webhook.secret if self.webhook else "")
        theirs = (
            s for a in self.accounts for s in (a.app_secret, a.callback_token, a.encoding_aes_key, a.previous_aes_key)
        )
        return tuple(secret for secret in (*ours, *theirs) if secret)


def read_settings(environment: Mapping[str, str], read_file: ReadFile) -> Settings:
    """Return the settings in `environment`; `read_file` returns the text of the file WXQR_ACCOUNTS names.

    Raises WrongSettings with every problem at once.
    """
    reader = Environment(environment)
    settings = _read(reader, read_file)
    if reader.problems:
        raise WrongSettings(reader.problems)
    return settings


def _read(reader: Environment, read_file: ReadFile) -> Settings:
    socket_token = reader.parsed("SLACK_APP_TOKEN", "", app_token, "settings.not_app_token")
    first, last = reader.parsed("WXQR_SCENES", "500000000-999999999", scene_range, "settings.not_scenes")
    return Settings(
        bot_token=reader.text("SLACK_BOT_TOKEN"),
        # https://docs.slack.dev/apis/events-api/using-socket-mode: a socket's payloads carry no signature
        signing_secret=reader.text("SLACK_SIGNING_SECRET", "" if socket_token else None),
        app_token=socket_token,
        slack_url=reader.parsed("SLACK_API_URL", "https://slack.com/api/", url, "settings.not_url") + "/",
        accounts=accounts(reader, read_file),
        wechat_url=reader.parsed("WECHAT_API_URL", "https://api.weixin.qq.com", url, "settings.not_url"),
        wechat_mp_url=reader.parsed("WECHAT_MP_URL", "https://mp.weixin.qq.com", url, "settings.not_url"),
        database=reader.text("WXQR_DATABASE", "wxqr.db"),
        host=reader.text("WXQR_HOST", "127.0.0.1"),
        port=reader.parsed("WXQR_PORT", "8080", port, "settings.not_port"),
        operators=frozenset(reader.text("WXQR_OPERATORS", "").replace(",", " ").split()),
        alert_channel=reader.text("WXQR_ALERT_CHANNEL", ""),
        language=reader.parsed("WXQR_LANGUAGE", "en", Language, "settings.not_language"),
        first_scene=first,
        last_scene=last,
        log_level=reader.parsed("WXQR_LOG_LEVEL", "INFO", log_level, "settings.not_log_level"),
        callback_path=reader.parsed("WXQR_CALLBACK_PATH", "/wechat/callback", path, "settings.not_path"),
        callback_max_age=reader.parsed("WXQR_CALLBACK_MAX_AGE", "300", seconds, "settings.not_number"),
        keep_scans_days=reader.parsed("WXQR_KEEP_SCANS_DAYS", "180", days, "settings.not_number"),
        time_zone=reader.parsed("WXQR_TIME_ZONE", "Asia/Shanghai", time_zone, "settings.not_time_zone"),
        webhook=_webhook(reader),
    )


def _webhook(reader: Environment) -> Webhook | None:
    """Read where other systems are told of bindings and, if wanted, of scans; unsigned is not offered."""
    if not reader.text("WXQR_WEBHOOK_URL", ""):
        return None
    return Webhook(
        url=reader.required("WXQR_WEBHOOK_URL", private_url, "settings.not_private_url"),
        secret=reader.required("WXQR_WEBHOOK_SECRET", webhook_secret, "settings.not_webhook_secret"),
        events=frozenset(
            reader.parsed("WXQR_WEBHOOK_EVENTS", "bindings", webhook_events, "settings.not_webhook_events").split()
        ),
    )
