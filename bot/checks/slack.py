"""What Slack says of the tokens, and of what the app may do."""

from types import SimpleNamespace

import aiohttp

from bot.checks.clock import Watch
from bot.checks.finding import Finding, good, wrong
from bot.errors import SlackError
from bot.reply import say
from bot.settings import Settings
from bot.slack.api import TIMEOUT, Slack

# those of manifest.yml; a test holds the two together
SCOPES = (
    "commands",
    "chat:write",
    "files:write",
    "files:read",
    "users:read",
    "channels:read",
    "groups:read",
    "im:write",
)


class _Ear:
    """Hears every answer's headers: the time, and the scopes of auth.test."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.scopes: str | None = None
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_end.append(self._hear)

    async def _hear(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, answered: aiohttp.TraceRequestEndParams
    ) -> None:
        headers = answered.response.headers
        self._watch.saw("Slack", headers.get("Date"))
        # https://docs.slack.dev/apis/web-api: X-OAuth-Scopes are those of the token that asked
        if answered.url.path.endswith("/auth.test"):
            self.scopes = headers.get("X-OAuth-Scopes")


async def check_slack(settings: Settings, watch: Watch) -> list[Finding]:
    """Ask who the bot token is, what it may do, and whether the app token opens a socket; none is opened."""
    ear = _Ear(watch)
    async with aiohttp.ClientSession(timeout=TIMEOUT, trace_configs=[ear.trace]) as session:
        findings = [await _bot_token(Slack(settings.bot_token, settings.slack_url, session), settings.slack_url)]
        if ear.scopes is not None:
            findings.append(_scopes(ear.scopes))
        if settings.socket_mode:
            slack = Slack(settings.app_token, settings.slack_url, session)
            findings.append(await _app_token(slack, settings.slack_url))
    return findings


async def _bot_token(slack: Slack, url: str) -> Finding:
    try:
        who = await slack.call("auth.test", repeatable=True)
    except SlackError as error:
        return _refused(error, "doctor.slack.bot_token.refused", url)
    if not who.get("bot_id"):
        return wrong(say("doctor.slack.bot_token.person"))
    return good(say("doctor.slack.bot_token", user=str(who.get("user")), team=str(who.get("team"))))


async def _app_token(slack: Slack, url: str) -> Finding:
    try:
        await slack.call("apps.connections.open", repeatable=True)
    except SlackError as error:
        return _refused(error, "doctor.slack.app_token.refused", url)
    return good(say("doctor.slack.app_token"))


def _scopes(header: str) -> Finding:
    missing = [scope for scope in SCOPES if scope not in header.replace(" ", "").split(",")]
    if missing:
        return wrong(say("doctor.slack.scopes.missing", missing=", ".join(missing)))
    return good(say("doctor.slack.scopes", scopes=", ".join(SCOPES)))


def _refused(error: SlackError, key: str, url: str) -> Finding:
    if not error.error:
        return wrong(say("doctor.slack.silent", method=error.method, url=url))
    return wrong(say(key, error=error.error))
