"""From many scans to few writes: a bug about one scan costs nobody theirs."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.funnel import Funnel
from bot.model import AppID, OpenID
from bot.reaction import Reaction, Reactions
from bot.rush import Rush
from bot.scan import Event, Happening, Scan
from bot.settings import Settings, read_settings
from storage import errands
from storage.database import Database
from storage.errands import Errand
from storage.migrations import migrate
from storage.scans import Arrived

APP = AppID("wx1")
SETTINGS = read_settings(
    {"SLACK_BOT_TOKEN": "b", "SLACK_SIGNING_SECRET": "s", "WECHAT_APP_ID": "wx1", "WECHAT_APP_SECRET": "a"}, str
)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with Database.opened(tmp_path / "wxqr.db", migrate=migrate) as opened:
        yield opened


def arrived(open_id: str) -> Arrived:
    return Arrived(Scan(APP, OpenID(open_id), 1_800_000_000, Event.SCAN, "spring"), open_id.encode(), 1_800_000_000)


def stumble(connection: sqlite3.Connection, happening: Happening, _: Settings) -> None:
    """Write something down about everybody, and break over one of them."""
    open_id = happening.scan.open_id
    errands.add(connection, Errand(APP, happening.person, open_id, happening.scan.at, "repair", "", 1, 2))
    if open_id == "oPoison":
        raise KeyError(open_id)


def kept(connection: sqlite3.Connection) -> list[bytes]:
    return [row["person"] for row in connection.execute("select person from scans order by person")]


def noted(connection: sqlite3.Connection) -> list[str]:
    return [row["open_id"] for row in connection.execute("select open_id from errands order by open_id")]


async def test_a_bug_in_a_reaction_costs_no_scan_and_leaves_nothing_half_done(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    funnel = Funnel(db, Reactions((Reaction(frozenset(Event), stumble),), SETTINGS), Rush())
    await asyncio.gather(*(funnel.keep(arrived(who)) for who in ("oAda", "oPoison", "oZoe")))
    await funnel.close()
    assert await db.read(kept) == [b"oAda", b"oPoison", b"oZoe"]
    assert await db.read(noted) == ["oAda", "oZoe"]
    assert [record.message for record in caplog.records] == ["a bug in a reaction"]
    assert await funnel.keep(arrived("oLater")) is None
    await funnel.close()
