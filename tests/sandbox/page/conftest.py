"""The sandbox's page is looked at in a real browser: Debian's Chromium."""

import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bot.sandbox.running import standing
from bot.server import bound
from tests.sandbox.page.desk import CHROMIUM, VIEWPORT, Desk

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Run all of them in one loop, so that a worker starts one browser only."""
    return "asyncio"


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET) as browser,
    ):
        yield browser


@pytest.fixture(scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """Give one for all, which starts warm."""
    async with await browser.new_context(viewport=VIEWPORT) as context:
        yield context


@pytest.fixture(scope="session")
def cleared() -> list[Page]:
    """Keep a page from test to test: to open one takes as long as to load what is on it."""
    return []


@pytest.fixture(scope="session")
def address() -> Iterator[socket.socket]:
    """Give one to all worlds of a worker, one after another: so the browser has the page's files from then on."""
    with bound("127.0.0.1", 0) as one:
        yield one


@pytest.fixture
def listening(address: socket.socket) -> Iterator[socket.socket]:
    with address.dup() as one:
        yield one


@pytest.fixture
async def desk(
    listening: socket.socket, context: BrowserContext, cleared: list[Page], database_file: Path
) -> AsyncIterator[Desk]:
    async with standing(listening, database_file.parent) as world:
        desk = Desk(world, context, cleared)
        yield desk
        complaints = [*desk.complaints]
        await context.unroute_all()
        await _clear(context.pages, cleared)
        assert complaints == []


async def _clear(pages: Sequence[Page], cleared: list[Page]) -> None:
    """Keep one of them, with nothing of this test on it or at its address: the next test is at the same."""
    for page in pages:
        if page in cleared:
            continue
        await page.evaluate("localStorage.clear(), sessionStorage.clear()")
        if cleared:
            await page.close()
            continue
        await page.goto("about:blank")
        await page.set_viewport_size(VIEWPORT)
        await page.emulate_media(color_scheme="null")
        await page.mouse.move(0, 0)
        cleared.append(page)
