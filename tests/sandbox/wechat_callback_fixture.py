"""The fixture of what is pushed to a callback; apart, so that tests may import the names beside it."""

import socket
from collections.abc import AsyncIterator

import pytest

from tests.sandbox.wechat_callback import Callback, heard_at


@pytest.fixture
async def callback(listening: socket.socket) -> AsyncIterator[Callback]:
    """Give an account, and what hears it."""
    async with heard_at(listening) as callback:
        yield callback
