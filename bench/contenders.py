"""The programs that are measured: wxqr as it is run, and the naive bot. Each is a process on the first core."""

import asyncio
import contextlib
import itertools
import os
import random
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.stage import CORES, Stage
from bot.server import bound

WXQR = ("-m", "bot", "run")
NAIVE = ("-m", "bench.naive")
PROJECT = Path(__file__).resolve().parent.parent
PATIENCE = 20  # seconds to become ready
LOOK_AGAIN = 0.002
# below those that Linux gives out by itself (net.ipv4.ip_local_port_range): nobody else gets one meanwhile
PORTS = range(20_000, 32_000)
TICKS = os.sysconf("SC_CLK_TCK")

_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Contender:
    """A running program; it was ready `ready_after` seconds from its process's start."""

    pid: int
    port: int
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
async def running(stage: Stage, program: Sequence[str]) -> AsyncIterator[Contender]:
    """Run a program by its environment alone, on a new database, until the block ends; then kill it.

    Raises RuntimeError with the end of its log where it does not become ready.
    """
    number = next(_numbers)
    log = stage.folder / f"{number}.log"
    port = _free_port()
    began = perf_counter()
    process = await _start(program, _environment(stage, number, port), stage.folder, log)
    try:
        await _ready(process, port, log)
        yield Contender(process.pid, port, perf_counter() - began)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _free_port() -> int:
    for port in random.sample(PORTS, len(PORTS)):
        with contextlib.suppress(OSError), bound("127.0.0.1", port):
            return port
    raise RuntimeError("no port is free")


def _environment(stage: Stage, number: int, port: int) -> dict[str, str]:
    settings = stage.world.environment(stage.folder / f"{number}.db")
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), **settings, "WXQR_PORT": str(port)}


async def _start(program: Sequence[str], environment: dict[str, str], folder: Path, log: Path) -> Process:
    # in an empty folder: a developer's .env is none of its business
    with log.open("wb") as output, _on_first_core():
        return await asyncio.create_subprocess_exec(
            sys.executable, *program, cwd=folder, env=environment, stdout=output, stderr=output
        )


@contextmanager
def _on_first_core() -> Iterator[None]:
    """Let what is started in the block inherit the contenders' core."""
    ours = os.sched_getaffinity(0)
    os.sched_setaffinity(0, CORES[:1])
    try:
        yield
    finally:
        os.sched_setaffinity(0, ours)


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
