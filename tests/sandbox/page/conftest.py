"""The sandbox's page is looked at in a real browser: Debian's Chromium."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from bot.sandbox.running import standing
from tests.sandbox.page.desk import CHROMIUM, Desk

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Run the whole module in one loop, so that one browser serves all its tests."""
    return "asyncio"


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine")
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET) as browser,
    ):
        yield browser


@pytest.fixture
async def desk(listening: socket.socket, browser: Browser, tmp_path: Path) -> AsyncIterator[Desk]:
    async with (
        standing(listening, tmp_path) as world,
        await browser.new_context(viewport={"width": 1400, "height": 900}) as context,
    ):
        desk = Desk(world, context)
        yield desk
        assert desk.complaints == []
