"""The process that most tests of WeChat need."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.world import World
from tests.bot.wechat.process import Process, process


@pytest.fixture
def path(database_file: Path) -> Path:
    return database_file


@pytest.fixture
async def one(world: World, path: Path) -> AsyncIterator[Process]:
    async with process(world, path, owner="one") as started:
        yield started


@pytest.fixture
async def other(world: World, path: Path) -> AsyncIterator[Process]:
    """Run a second process beside the first, on the same file."""
    async with process(world, path, owner="other") as started:
        yield started
