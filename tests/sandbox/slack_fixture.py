"""The stage as a fixture; apart from slack_stage, for pytest wants to be the first to import what it registers."""

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.slack_stage import Stage, staged


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Serve a workspace whose app is reached over HTTP."""
    async with staged() as ready:
        yield ready
