"""Processes of the program that start in a tenth of a second: one that has loaded it is forked for each."""

import asyncio
import multiprocessing
import os
import pkgutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import cast

import bot
import handlers
import storage

# what the program loads sooner or later; none of it starts a thread or reads a setting
LOADED = [
    *(__name__, "uvloop"),
    *("apscheduler.executors.asyncio", "apscheduler.triggers.interval", "slack_bolt.listener_matcher.async_builtins"),
    *(
        module.name
        for package in (bot, handlers, storage)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ),
]
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(LOADED)


@dataclass(frozen=True, slots=True)
class Ended:
    """What a process left behind."""

    returncode: int
    stdout: str
    stderr: str


class Forked:
    """A process of its own from the fork on: its signals, its end and all that it opens are its alone."""

    def __init__(self, process: ForkServerProcess, stdout: asyncio.StreamReader, stderr: asyncio.StreamReader) -> None:
        self._process = process
        self.stdout: asyncio.StreamReader | None = stdout
        self.stderr: asyncio.StreamReader | None = stderr

    @classmethod
    async def start(cls, arguments: Sequence[str], environment: dict[str, str], folder: Path = Path()) -> "Forked":
        """Start `wxqr` with these arguments and this environment alone, in a folder."""
        (out, its_out), (err, its_err) = _context.Pipe(duplex=False), _context.Pipe(duplex=False)
        given = (list(arguments), environment, folder, its_out, its_err)
        process = _context.Process(target=_program, args=given, daemon=True)
        await asyncio.to_thread(process.start)  # the first waits until all is loaded
        its_out.close()
        its_err.close()
        return cls(process, await _reader(out), await _reader(err))

    @property
    def pid(self) -> int:
        """The number of the process."""
        return cast("int", self._process.pid)

    @property
    def returncode(self) -> int | None:
        """Its exit status; none while it runs, below 0 where a signal ended it."""
        return self._process.exitcode

    def send_signal(self, signal: int, /) -> None:
        """Send it a signal; it must not have been waited for."""
        os.kill(self.pid, signal)

    def kill(self) -> None:
        """Kill it as a power cut would, if it still runs."""
        self._process.kill()

    async def wait(self) -> int:
        """Wait for its end and return its exit status."""
        await asyncio.to_thread(self._process.join)
        return cast("int", self._process.exitcode)

    async def left(self) -> Ended:
        """Wait for its end and return what it left behind."""
        assert self.stdout
        assert self.stderr
        stdout, stderr = await asyncio.gather(self.stdout.read(), self.stderr.read())
        return Ended(await self.wait(), stdout.decode(), stderr.decode())


async def ended(arguments: Sequence[str], environment: dict[str, str], folder: Path = Path()) -> Ended:
    """Run `wxqr` to its end; it may take half a minute."""
    process = await Forked.start(arguments, environment, folder)
    try:
        async with asyncio.timeout(30):
            return await process.left()
    finally:
        process.kill()


async def _reader(pipe: Connection) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    return reader


def _program(
    arguments: list[str], environment: dict[str, str], folder: Path, stdout: Connection, stderr: Connection
) -> None:
    """Become the program: what pyproject.toml says that `wxqr` calls, with its output where the test reads."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for pipe, number in ((stdout, 1), (stderr, 2)):
        os.dup2(pipe.fileno(), number)
        pipe.close()
    # those that Python opened stood where the first process wrote, in its encoding
    sys.stdout, sys.stderr = os.fdopen(1, "w", encoding="utf-8"), os.fdopen(2, "w", 1, encoding="utf-8")
    sys.argv = ["wxqr", *arguments]

    from bot.__main__ import main

    sys.exit(main())
