"""What more than one conversation needs beside the world and its bot."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.sandbox.world import World
from bot.server import bound
from tests.conversations.receiver import Receiver, receiving

AWAITED = (
    *("settle_scans", "repair_follows", "watch_scenes", "tag_followers", "send_messages"),
    *("resume_work", "confirm_posts", "confirm_bindings", "deliver_webhooks"),
)
# a counter or a digest in the midst of what a test prepares would tell half of it
ONCE = ("count_up", "send_digests")


@pytest.fixture
async def world(world: World) -> World:
    """Give a world whose bot starts those jobs often that the tests wait for, and the others when it comes."""
    world.patience = replace(world.patience, jobs=dict.fromkeys(AWAITED, 0.1) | dict.fromkeys(ONCE, 3600))
    return world


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """Give the other system, which is told of bindings and scans."""
    with bound("127.0.0.1", 0) as free:
        async with receiving(free) as one:
            yield one
