"""What a job is handed, made of a process's own parts: a real database, and WeChat's client over real HTTP."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from bot.context import Desk, Health, Means
from bot.rush import Rush
from bot.sandbox.world import World
from bot.settings import read_settings
from bot.turns import Turns
from bot.wechat.client import WeChat
from tests.bot.wechat.process import Process

# these jobs ask nothing of it
NOBODY = cast(Desk, None)


def means(
    world: World, process: Process, *, owner: str = "one", is_alive: Callable[[str], bool] = lambda _: True
) -> Means:
    """Return the means of a process called `owner`, which holds the processes alive that `is_alive` says."""
    accounts: dict[str, WeChat] = {"default": process.wechat}
    return Means(
        settings=read_settings(world.environment(Path("wxqr.db")), lambda _: ""),
        db=process.db,
        official_accounts=accounts,
        now=lambda: int(world.clock.now()),
        host="here",
        owner=owner,
        turns=Turns(),
        rush=Rush(),
        health=lambda: Health(slack_connected=True, scheduler_running=True, database_bytes=0),
        is_alive=is_alive,
    )
