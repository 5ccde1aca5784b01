"""The sandbox's page is looked at in a real browser: Debian's Chromium."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright

from bot.sandbox.running import standing
from tests.sandbox.page.desk import CHROMIUM, Desk

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
    """Give one for all: every world has its own port, so a page keeps nothing of the test before, but starts warm."""
    async with await browser.new_context(viewport={"width": 1400, "height": 900}) as context:
        yield context


@pytest.fixture
async def desk(listening: socket.socket, context: BrowserContext, database_file: Path) -> AsyncIterator[Desk]:
    async with standing(listening, database_file.parent) as world:
        desk = Desk(world, context)
        yield desk
        complaints = [*desk.complaints]
        await context.unroute_all()
        for page in context.pages:
            await page.close()
        assert complaints == []
