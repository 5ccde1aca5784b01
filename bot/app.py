"""Puts the bot together: the only module that knows every other. One AsyncExitStack owns every lifetime."""

import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import httpx
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette

import handlers
from bot import words
from bot.context import Health, Means
from bot.handler import Commands
from bot.kept_tokens import KeptToken
from bot.reply import Reply
from bot.scheduler import running
from bot.settings import Settings
from bot.slack import files
from bot.slack.api import TIMEOUT, Slack
from bot.slack.confirmation import Confirmation
from bot.slack.delivery import Delivery
from bot.slack.doors import HttpDoor, SocketDoor, socket_door
from bot.slack.forms import Forms
from bot.slack.inbox import Inbox
from bot.slack.listeners import bolt
from bot.slack.readers import Readers
from bot.turns import Turns
from bot.web import web
from bot.wechat import client
from bot.wechat.client import WeChat
from bot.wechat.transport import AiohttpTransport
from storage.database import Database
from storage.liveness import Liveness
from storage.migrations import migrate

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
    alert_channel: str

    async def resume(self) -> None:
        await self.inbox.resume()

    async def confirm(self) -> None:
        await self.confirmation.confirm_some()

    async def alert(self, reply: Reply) -> None:
        if self.alert_channel:
            await self.confirmation.delivery.announce(self.alert_channel, reply)


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds between tries: of WeChat, and of looking whether Slack shows a file whose fate is in doubt."""

    wechat: tuple[float, ...] = client.PAUSES
    slack: tuple[float, ...] = files.PAUSES


@asynccontextmanager
async def assembled(
    settings: Settings, *, now: Now = clock, patience: Patience = Patience()
) -> AsyncIterator[Starlette]:
    """Open all that the bot needs, yield its web side, finish what is in hand, close everything in turn."""
    async with AsyncExitStack() as stack:
        database = Path(settings.database)
        db = await stack.enter_async_context(Database.opened(database, migrate=migrate))
        liveness = Liveness.claim(database)
        stack.callback(liveness.release)
        parts = _Parts(settings, stack, database)
        means = await parts.means(db, liveness, now, patience)
        slack = await parts.slack()
        readers = Readers(slack, db, now, settings.language)
        await readers.open()
        stack.push_async_callback(readers.close)
        names: dict[str, str] = {account.app_id: account.name for account in settings.accounts}
        delivery = Delivery(slack, db, now, settings.language, names, patience.slack)
        commands = Commands(handlers.subcommands(), words.ALIASES)
        inbox = Inbox(means, commands, delivery, readers, liveness.is_alive)
        stack.push_async_callback(inbox.drain, DRAIN_SECONDS)
        forms = Forms(slack, commands, readers, delivery.mention)
        app = bolt(slack.web, settings.signing_secret or UNSIGNED, inbox, forms, now)
        desk = _Desk(inbox, Confirmation(delivery, readers), settings.alert_channel)
        parts.scheduler = await stack.enter_async_context(running(handlers.scheduled_jobs(), means, desk))
        yield await parts.open_door(app)


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
        return Means(self._settings, db, accounts, now, host, liveness.owner, Turns(), self.health, liveness.is_alive)

    async def slack(self) -> Slack:
        url = self._settings.slack_url
        return Slack(self._settings.bot_token, url, await self.session(url))

    async def session(self, url: str) -> aiohttp.ClientSession:
        jar = aiohttp.DummyCookieJar()
        session = aiohttp.ClientSession(timeout=TIMEOUT, cookie_jar=jar, proxy=_proxy_for(url))
        return await self._stack.enter_async_context(session)

    async def open_door(self, app: AsyncApp) -> Starlette:
        if not self._settings.socket_mode:
            return web(self.health, HttpDoor(app, self._settings.signing_secret).answer)
        self._socket = await self._stack.enter_async_context(socket_door(app, self._settings.app_token))
        return web(self.health, None)

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
