"""The bot as it is run: a process of its own, by its environment alone; it can be killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import ClassVar

from bot.sandbox.world import World
from bot.server import bound


class BotProcess:
    """One `wxqr run`."""

    _started: ClassVar[list["BotProcess"]] = []

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._started.append(self)
        self.log: list[str] = []

    @classmethod
    async def start(cls, environment: Mapping[str, str]) -> "BotProcess":
        """Start it and wait until it says that it is ready."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", "run"),
            env={**{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}, **environment},
            stderr=asyncio.subprocess.PIPE,
        )
        bot = cls(process)
        await bot.says(" ready on ")
        return bot

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    async def says(self, words: str) -> None:
        """Wait for a log line with these words."""
        assert self._process.stderr
        async with asyncio.timeout(60):
            while line := (await self._process.stderr.readline()).decode():
                self.log.append(line)
                if words in line:
                    return
        raise AssertionError("".join(self.log))

    @classmethod
    async def kill_all(cls) -> None:
        """Kill those that are left, as after a test that failed."""
        while cls._started:
            bot = cls._started.pop()
            if bot._process.returncode is None:
                await bot.kill()

    async def kill(self) -> None:
        """Kill it as a power cut would."""
        self._process.kill()
        await self._gone()

    async def stop(self) -> int:
        """Ask it to stop and return its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return await self._gone()

    async def _gone(self) -> int:
        _, errors = await self._process.communicate()
        self.log.append(errors.decode())
        return self._process.returncode or 0


@asynccontextmanager
async def started(world: World, database: Path, **more: str) -> AsyncIterator[BotProcess]:
    """Run a bot in the world until the block ends."""
    environment = {**environment_of(world, database), **more}
    try:
        yield await BotProcess.start(environment)
    finally:
        await BotProcess.kill_all()


def environment_of(world: World, database: Path) -> dict[str, str]:
    """Return the environment of a bot on a free port of its own, and let Slack call it there."""
    with bound("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    world.slack.request_url = f"http://127.0.0.1:{port}/slack/events"
    return {**world.environment(database), "WXQR_PORT": str(port)}
