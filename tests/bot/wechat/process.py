"""One process of a bot, as far as WeChat can tell: a database, an owner's name, a client. Two may share one file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import httpx

from bot.kept_tokens import KeptToken
from bot.model import Account, AppID
from bot.sandbox.world import APP_ID, APP_SECRET, World
from bot.wechat.client import WeChat
from bot.wechat.transport import AiohttpTransport
from storage.database import Database
from storage.migrations import migrate

ACCOUNT = Account("default", AppID(APP_ID), APP_SECRET)
CREATE, TAGS = "/cgi-bin/qrcode/create", "/cgi-bin/tags/get"
STABLE, LEGACY = "/cgi-bin/stable_token", "/cgi-bin/token"


@dataclass(frozen=True)
class Process:
    db: Database
    store: KeptToken
    wechat: WeChat


@asynccontextmanager
async def process(
    world: World, path: Path, *, owner: str = "one", account: Account = ACCOUNT, url: str = ""
) -> AsyncIterator[Process]:
    """Run one until the block ends; it tries again without pauses. `url`: where WeChat is, if not in the world."""
    url = url or f"{world.base_url}/wechat"
    async with (
        Database.opened(path, migrate=migrate) as db,
        aiohttp.ClientSession() as session,
        httpx.AsyncClient(transport=AiohttpTransport(session)) as http,
    ):
        store = KeptToken(db, account, owner, lambda: int(world.clock.now()))
        wechat = WeChat(
            account, http, store, url=url, mp_url=url, now=store.now, host=f"host-{owner}", pauses=(0, 0, 0)
        )
        yield Process(db, store, wechat)
