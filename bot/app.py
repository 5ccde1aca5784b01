"""Puts the bot together: the only module that knows every other. One AsyncExitStack owns every lifetime."""

import logging
import socket
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from slack_bolt.async_app import AsyncApp
from starlette.types import ASGIApp

import handlers
from bot import outgoing, words
from bot.context import Health, Means
from bot.errors import DeliveryUnknown, SlackError, SlackUnavailable
from bot.funnel import Funnel
from bot.handler import Commands
from bot.kept_tokens import KeptToken
from bot.outgoing import Outgoing
from bot.pushes import Pushes
from bot.reaction import Reactions
from bot.reply import Reply
from bot.rush import Rush
from bot.scheduler import running
from bot.settings import Settings
from bot.slack import files
from bot.slack.announcements import Announcements
from bot.slack.api import TIMEOUT, Slack
from bot.slack.channels import standing
from bot.slack.confirmation import Confirmation
from bot.slack.delivery import Delivery
from bot.slack.doors import HttpDoor, SocketDoor, socket_door
from bot.slack.forms import Forms
from bot.slack.inbox import Inbox
from bot.slack.listeners import bolt
from bot.slack.notices import Notices
from bot.slack.readers import Readers
from bot.turns import Turns
from bot.web import Front, web
from bot.wechat import client
from bot.wechat.callback import Callback
from bot.wechat.client import WeChat
from bot.wechat.transport import AiohttpTransport
from storage import scans
from storage.database import Database
from storage.liveness import Liveness
from storage.migrations import migrate

log = logging.getLogger(__name__)

Now = Callable[[], int]

# what is in hand when the bot is asked to stop has this long; the rest is taken up at the next start
DRAIN_SECONDS = 20
# Bolt wants a secret, also in Socket Mode, whose payloads carry no signature
UNSIGNED = "socket-mode"


def clock() -> int:
    """Return seconds since 1970."""
    return int(time.time())


@dataclass(frozen=True, slots=True)
class _Desk:
    inbox: Inbox
    confirmation: Confirmation
    notices: Notices
    announcements: Announcements
    alert_channel: str

    async def resume(self) -> None:
        await self.inbox.resume()

    async def confirm(self) -> None:
        await self.confirmation.confirm_some()

    async def alert(self, reply: Reply) -> bool:
        if self.alert_channel:
            try:
                await self.announcements.post(self.alert_channel, reply)
            except (SlackUnavailable, DeliveryUnknown) as error:  # told twice it does no harm, never told it does
                log.warning("an alert has to wait for Slack: %s", error.method)
                return False
            except SlackError as error:
                log.warning("an alert was lost: %s", error.error or error.method)
        return True

    async def tell(self, team_id: str, user_id: str, channel_id: str, reply: Reply) -> None:
        await self.notices.tell(team_id, user_id, channel_id, reply)

    async def post(self, channel_id: str, reply: Reply, thread_ts: str = "") -> str:
        return await self.announcements.post(channel_id, reply, thread_ts)

    async def edit(self, channel_id: str, ts: str, reply: Reply) -> None:
        await self.announcements.edit(channel_id, ts, reply)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited. Users set none of this: near worlds, as the sandbox's, hurry the bot.

    Seconds between tries of WeChat, and between looks whether Slack shows a file whose fate is in doubt; seconds for
    the other system to answer; seconds between two runs of those jobs that do not come as often as they say.
    """

    wechat: tuple[float, ...] = client.PAUSES
    slack: tuple[float, ...] = files.PAUSES
    webhook: float = outgoing.SECONDS
    jobs: Mapping[str, float] = field(default_factory=dict)


@asynccontextmanager
async def assembled(settings: Settings, *, now: Now = clock, patience: Patience = Patience()) -> AsyncIterator[Front]:
    """Open all that the bot needs, yield its web side, finish what is in hand, close everything in turn."""
    async with AsyncExitStack() as stack:
        database = Path(settings.database)
        db = await stack.enter_async_context(Database.opened(database, migrate=migrate))
        liveness = Liveness.claim(database)
        stack.callback(liveness.release)
        parts = _Parts(settings, stack, database)
        slack = await parts.slack()
        means = replace(await parts.means(db, liveness, now, patience), standing=partial(standing, slack))
        readers = Readers(slack, db, now, settings.language)
        await readers.open()
        stack.push_async_callback(readers.close)
        names: dict[str, str] = {account.app_id: account.name for account in settings.accounts}
        delivery = Delivery(slack, db, now, settings.language, names, patience.slack)
        commands = Commands(handlers.subcommands(), words.ALIASES, words.VOCABULARY)
        inbox = Inbox(means, commands, delivery, readers, liveness.is_alive)
        stack.push_async_callback(inbox.drain, DRAIN_SECONDS)
        forms = Forms(slack, commands, readers, delivery.mention, inbox.begun, inbox.check)
        app = bolt(slack.web, settings.signing_secret or UNSIGNED, inbox, forms, now)
        announcements = Announcements(slack, settings.language)
        confirmation, notices = Confirmation(delivery, readers), Notices(slack, readers)
        desk = _Desk(inbox, confirmation, notices, announcements, settings.alert_channel)
        parts.scheduler = await stack.enter_async_context(
            running(handlers.scheduled_jobs(), means, desk, patience.jobs)
        )
        callbacks = await parts.callbacks(means)
        lanes = {path.encode(): pushes.take for path, pushes in callbacks.items()}
        yield Front({**callbacks, **await parts.doors(app)}, web(parts.health), lanes)


class _Parts:
    """What is opened on the way, and how it is doing."""

    def __init__(self, settings: Settings, stack: AsyncExitStack, database: Path) -> None:
        self._settings, self._stack, self._database = settings, stack, database
        self._socket: SocketDoor | None = None
        self.scheduler: object | None = None

    async def means(self, db: Database, liveness: Liveness, now: Now, patience: Patience) -> Means:
        transport = AiohttpTransport(await self.session(self._settings.wechat_url))
        http = await self._stack.enter_async_context(httpx.AsyncClient(transport=transport))
        host = socket.gethostname()
        accounts = {
            account.name: WeChat(
                account,
                http,
                KeptToken(db, account, liveness.owner, now, liveness.is_alive),
                url=self._settings.wechat_url,
                mp_url=self._settings.wechat_mp_url,
                now=now,
                host=host,
                pauses=patience.wechat,
            )
            for account in self._settings.accounts
        }
        for wechat in accounts.values():
            self._stack.push_async_callback(wechat.tokens.close)
        shared = (
            liveness.owner,
            Turns(),
            Rush(),
            self.health,
            liveness.is_alive,
            await self.outgoing(patience.webhook),
        )
        return Means(self._settings, db, accounts, now, host, *shared)

    async def outgoing(self, seconds: float) -> Outgoing | None:
        webhook = self._settings.webhook
        return Outgoing(await self.session(webhook.url), webhook, seconds) if webhook else None

    async def slack(self) -> Slack:
        url = self._settings.slack_url
        return Slack(self._settings.bot_token, url, await self.session(url))

    async def session(self, url: str) -> aiohttp.ClientSession:
        jar = aiohttp.DummyCookieJar()
        session = aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=jar, proxy=_proxy_for(url))
        return await self._stack.enter_async_context(session)

    async def callbacks(self, means: Means) -> dict[str, Pushes]:
        """Return what answers at each callback URL; the first account has the plain one, too."""
        settings, key = self._settings, await means.db.read(scans.person_key)
        funnel = Funnel(means.db, Reactions(tuple(handlers.reactions().values()), settings), means.rush)
        self._stack.push_async_callback(funnel.close)
        every: dict[str, Pushes] = {}
        for account in settings.accounts:
            if account.callback_token:
                callback = Callback(account, settings.callback_max_age)
                pushes = Pushes(account, callback, funnel, key, means.now)
                every[f"{settings.callback_path}/{account.name}"] = pushes
                if account is settings.accounts[0]:
                    every[settings.callback_path] = pushes
        return every

    async def doors(self, app: AsyncApp) -> dict[str, ASGIApp]:
        """Open the door that Slack comes through; return what answers where it comes by HTTP."""
        if not self._settings.socket_mode:
            return {"/slack/events": HttpDoor(app, self._settings.signing_secret)}
        self._socket = await self._stack.enter_async_context(socket_door(app, self._settings.app_token))
        return {}

    def health(self) -> Health:
        return Health(
            slack_connected=self._socket.is_open if self._socket else not self._settings.socket_mode,
            scheduler_running=bool(getattr(self.scheduler, "running", False)),
            database_bytes=self._database.stat().st_size if self._database.exists() else 0,
        )


def _proxy_for(url: str) -> str | None:
    """Return the environment's proxy, read once: aiohttp's trust_env looks it up, and ~/.netrc, at every call."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)
