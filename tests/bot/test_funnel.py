"""From many scans to few writes: a bug about one scan costs nobody theirs."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.funnel import FEW, FOR_EACH_MORE, TO_BE_COUNTED, Funnel
from bot.model import AppID, OpenID
from bot.reaction import Reaction, Reactions
from bot.rush import MANY, Rush
from bot.scan import Event, Happening, Scan, Welcome
from bot.settings import Settings, read_settings
from storage import errands, settling
from storage.database import Database
from storage.errands import Errand
from storage.migrations import migrate
from storage.scans import Arrived
from storage.writer import Write

R = TypeVar("R")

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


async def keep(funnel: Funnel, scan: Arrived) -> Welcome | None:
    """Return what a scan is answered once it is kept."""
    told: asyncio.Future[Welcome | None] = asyncio.get_running_loop().create_future()
    funnel.keep(scan, lambda welcome, error: told.set_exception(error) if error else told.set_result(welcome))
    return await told


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
    await asyncio.gather(*(keep(funnel, arrived(who)) for who in ("oAda", "oPoison", "oZoe")))
    await funnel.close()
    assert await db.read(kept) == [b"oAda", b"oPoison", b"oZoe"]
    assert await db.read(noted) == ["oAda", "oZoe"]
    assert [record.message for record in caplog.records] == ["a bug in a reaction"]
    assert await keep(funnel, arrived("oLater")) is None
    await funnel.close()


class Crowds(Rush):
    """Remembers how many scans each commit kept."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []

    def kept(self, scans: int) -> None:
        self.sizes.append(scans)
        super().kept(scans)


async def test_after_a_commit_for_many_the_next_push_waits_for_company(db: Database) -> None:
    funnel, loop = Funnel(db, Reactions((), SETTINGS), Rush()), asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(keep(funnel, arrived(f"o{number}")) for number in range(FEW + 4)))
    await keep(funnel, arrived("oLater"))
    assert loop.time() - began >= 4 * FOR_EACH_MORE
    await funnel.close()


class Watched(Database):
    """Remembers how long each write might wait for company."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.waits: list[float] = []

    def begin(self, patience: float, may_wait: float, fn: Callable[[sqlite3.Connection], R]) -> Write[R]:
        self.waits.append(may_wait)
        return super().begin(patience, may_wait, fn)


async def test_pushes_that_come_one_by_one_wait_for_nobody(tmp_path: Path) -> None:
    async with Watched.opened(tmp_path / "wxqr.db", migrate=migrate) as db:
        funnel = Funnel(db, Reactions((), SETTINGS), Rush())
        for number in range(3):
            await keep(funnel, arrived(f"o{number}"))
        await funnel.close()
        assert len(db.waits) == 3
        assert max(db.waits) <= 0


async def test_a_crowd_that_was_answered_and_comes_back_in_drops_is_kept_together(db: Database) -> None:
    rush = Crowds()
    funnel = Funnel(db, Reactions((), SETTINGS), rush)

    async def scan_twice(number: int) -> None:
        await keep(funnel, arrived(f"first{number}"))
        await asyncio.gather(*(asyncio.sleep(0) for _ in range(number % 3)))  # some come a turn of the loop later
        await keep(funnel, arrived(f"second{number}"))

    await asyncio.gather(*map(scan_twice, range(MANY)))
    await funnel.close()
    assert rush.sizes == [MANY, MANY]


async def test_the_people_of_a_steady_stream_are_counted_by_the_commits_that_keep_it(db: Database) -> None:
    funnel = Funnel(db, Reactions((), SETTINGS), Rush())
    for number in range(2 * TO_BE_COUNTED + 1):
        await keep(funnel, arrived(f"o{number}"))
    await funnel.close()
    assert await db.read(settling.unsettled) == 1


async def test_who_breaks_when_told_keeps_it_from_nobody_else(db: Database) -> None:
    broken: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, about: broken.append(about["exception"]))
    funnel = Funnel(db, Reactions((), SETTINGS), Rush())
    funnel.keep(arrived("oBroken"), lambda *_: 1 / 0)  # type: ignore[arg-type]
    await keep(funnel, arrived("oZoe"))
    assert [type(one) for one in broken] == [ZeroDivisionError]
    await funnel.close()
