"""A process beside the world, for jobs that are started by hand."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sandbox.world import World
from tests.bot.wechat.process import Process, process


@pytest.fixture
async def one(world: World, database_file: Path) -> AsyncIterator[Process]:
    async with process(world, database_file) as started:
        yield started
