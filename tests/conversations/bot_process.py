"""The bot as it is run: a process of its own, by its environment alone; it can be killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar, Protocol

from bot.sandbox.world import World
from bot.server import bound
from tests.forked import Forked


class Process(Protocol):
    """What is asked of a process: asyncio's own can it, and one that was forked."""

    stdout: asyncio.StreamReader | None
    stderr: asyncio.StreamReader | None

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def send_signal(self, signal: int, /) -> None: ...

    async def wait(self) -> int: ...


class BotProcess:
    """One `wxqr run`."""

    _started: ClassVar[list["BotProcess"]] = []

    def __init__(self, process: Process) -> None:
        self._process = process
        self._started.append(self)
        self.log: list[str] = []

    @classmethod
    async def start(cls, environment: Mapping[str, str]) -> "BotProcess":
        """Start it and wait until it says that it is ready."""
        return await cls._ready(await Forked.start(["run"], surrounded(environment)))

    @classmethod
    async def start_from_nothing(cls, environment: Mapping[str, str]) -> "BotProcess":
        """Start it as its users do, by a Python that has loaded nothing yet: that takes a second more."""
        program = [sys.executable, "-m", "bot", "run"]
        stderr = asyncio.subprocess.PIPE
        return await cls._ready(
            await asyncio.create_subprocess_exec(*program, env=surrounded(environment), stderr=stderr)
        )

    @classmethod
    async def _ready(cls, process: Process) -> "BotProcess":
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
        self._process.send_signal(signal.SIGKILL)
        await self._gone()

    async def stop(self) -> int:
        """Ask it to stop and return its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return await self._gone()

    async def _gone(self) -> int:
        for left in (self._process.stderr, self._process.stdout):
            self.log.append((await left.read()).decode() if left else "")
        return await self._process.wait()


Start = Callable[[Mapping[str, str]], Coroutine[Any, Any, BotProcess]]


@asynccontextmanager
async def started(
    world: World, database: Path, start: Start = BotProcess.start, /, **more: str
) -> AsyncIterator[BotProcess]:
    """Run a bot in the world until the block ends."""
    environment = {**environment_of(world, database), **more}
    try:
        yield await start(environment)
    finally:
        await BotProcess.kill_all()


def environment_of(world: World, database: Path) -> dict[str, str]:
    """Return the environment of a bot on a free port of its own, and let Slack call it there."""
    with bound("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    world.slack.request_url = f"http://127.0.0.1:{port}/slack/events"
    return {**world.environment(database), "WXQR_PORT": str(port)}


def surrounded(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment of a process: what every one has, and its own."""
    return {**{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}, **environment}
