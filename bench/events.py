"""Loads of events: as fast as they are answered, by wrk, or at a steady rate, by bench/pace.c."""

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.instruments import HERE

# seconds: longer than the slowest peer lets 256 connections wait
PATIENCE = 30


@dataclass(frozen=True, slots=True)
class Told:
    """How it went; `p50` and `p99` are seconds from a request to its answer."""

    answered: int
    seconds: float
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Events answered a second."""
        return self.answered / self.seconds


async def flood(wrk: str, port: int, connections: int, seconds: int, pushes: str, *, may_repeat: bool) -> Told:
    """Send on all connections, each as soon as the last one is answered. Raises RuntimeError where one is refused."""
    options = ("-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={PATIENCE}s", "-s", str(HERE / "pushes.lua"))
    told = await _told(wrk, *options, f"http://127.0.0.1:{port}", "--", pushes)
    if told.pop("again") and not may_repeat:
        raise RuntimeError(f"there were too few pushes: {told}")
    return _sound(told)


async def flow(pace: Path, port: int, rate: int, seconds: float, pushes: str) -> Told:
    """Send at a steady rate, timed from when each was due. Raises RuntimeError where one is refused or lost."""
    return _sound(await _told(str(pace), str(port), str(rate), str(seconds), pushes))


async def _told(*command: str) -> dict[str, Any]:
    """Run a generator and return the line of JSON it ends with."""
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    told: dict[str, Any] = json.loads(output.splitlines()[-1])
    return told


def _sound(told: dict[str, Any]) -> Told:
    if told["broken"] or told["refused"] or not told["answered"]:
        raise RuntimeError(f"not every event was answered: {told}")
    return Told(told["answered"], told["seconds"], told["p50"], told["p99"])
