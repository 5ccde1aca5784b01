"""The programs that are measured: wxqr as it is run, and what it is measured against. Each has the first core."""

import asyncio
import contextlib
import itertools
import os
import random
import shutil
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bench.stage import Stage, on_first_core
from bot.server import bound

PROJECT = Path(__file__).resolve().parent.parent
PATIENCE = 20  # seconds to become ready
LOOK_AGAIN = 0.002
# below those that Linux gives out by itself (net.ipv4.ip_local_port_range): nobody else gets one meanwhile
PORTS = range(20_000, 32_000)
TICKS = os.sysconf("SC_CLK_TCK")

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Program:
    """A program in Python; `told` is added to its environment."""

    arguments: tuple[str, ...]
    python: str = sys.executable
    told: Mapping[str, str] = field(default_factory=dict)

    def also_told(self, more: Mapping[str, str]) -> "Program":
        """Return it with more in its environment."""
        return Program(self.arguments, self.python, {**self.told, **more})


WXQR = Program(("-m", "bot", "run"))
NAIVE = Program(("-m", "bench.naive"))
BARE = Program(("-m", "bench.bare"))
LANE = Program(("-m", "bench.bare", "lane"))
LEAN = Program(("-m", "bench.lean"))


@dataclass(frozen=True, slots=True)
class Contender:
    """A running program; it was ready `ready_after` seconds from its process's start."""

    pid: int
    port: int
    database: Path
    ready_after: float

    def resident(self) -> float:
        """Return its resident memory in MB, as https://docs.kernel.org/filesystems/proc.html tells it in kB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def cpu_seconds(self) -> float:
        """Return the processor time it has used, of user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@asynccontextmanager
async def running(stage: Stage, program: Program, database: Path | None = None) -> AsyncIterator[Contender]:
    """Run a program by its environment alone until the block ends; then kill it and its children.

    Without a `database` it has a new one. Raises RuntimeError with the end of its log where it does not become ready.
    """
    number = next(_numbers)
    log, database = stage.folder / f"{number}.log", database or stage.folder / f"{number}.db"
    port = _free_port()
    began = perf_counter()
    process = await _start(program, _environment(stage, database, port), stage.folder, log)
    try:
        await _ready(process, port, log)
        yield Contender(process.pid, port, database, perf_counter() - began)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def copied(stage: Stage, database: Path) -> Path:
    """Return a copy for a contender. It is on the disk by then: nobody's sync has to wait for it."""
    copy = stage.folder / f"{next(_numbers)}-{database.name}"
    await asyncio.to_thread(shutil.copyfile, database, copy)
    await asyncio.to_thread(os.sync)
    return copy


async def at_rest(contender: Contender) -> None:
    """Return once it has answered what was still asked of it, also by those who have gone: it answers this one then.

    Raises RuntimeError after 20 seconds.
    """
    if not await _is_ready(contender.port, PATIENCE):
        raise RuntimeError(f"the program on port {contender.port} does not come to rest")


def _free_port() -> int:
    for port in random.sample(PORTS, len(PORTS)):
        with contextlib.suppress(OSError), bound("127.0.0.1", port):
            return port
    raise RuntimeError("no port is free")


def _environment(stage: Stage, database: Path, port: int) -> dict[str, str]:
    settings = stage.world.environment(database)
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), **settings, "WXQR_PORT": str(port)}


async def _start(program: Program, environment: dict[str, str], folder: Path, log: Path) -> Process:
    # in an empty folder: a developer's .env is none of its business
    with log.open("wb") as output, on_first_core():
        return await asyncio.create_subprocess_exec(
            program.python, *program.arguments, cwd=folder, env={**environment, **program.told}, stdout=output,
            stderr=output, start_new_session=True,
        )  # fmt: skip


async def _ready(process: Process, port: int, log: Path) -> None:
    deadline = perf_counter() + PATIENCE
    while not await _is_ready(port, deadline - perf_counter()):
        if process.returncode is not None or perf_counter() > deadline:
            raise RuntimeError(f"never ready: {_end_of(log)}")
        await asyncio.sleep(LOOK_AGAIN)


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]


async def _is_ready(port: int, seconds: float) -> bool:
    """Ask once, and wait `seconds` for the answer; it is no where there is none, or the program ends."""
    try:
        async with asyncio.timeout(seconds):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            with contextlib.closing(writer):
                writer.write(b"GET /readyz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
                return (await reader.read()).startswith(b"HTTP/1.1 200")
    except (ConnectionError, TimeoutError):
        return False
