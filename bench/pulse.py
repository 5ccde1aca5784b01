"""What the machine allows anybody just now: how long a sync takes, and how long the processor is taken away.

A p99 of a few milliseconds is out of everybody's reach where a sync's own takes as long.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter, sleep

from bench.stage import on_first_core

# a commit of a few events, as often as a bot under load commits
BYTES, PAUSE = 32 * 1024, 0.002
# seconds
FOR = 3
GAP = 0.0005


@dataclass(frozen=True, slots=True)
class Pulse:
    """Seconds that a sync takes; the part of its time, and the longest while, for which a busy program was stopped."""

    sync_p50: float
    sync_p99: float
    stopped: float
    longest_stop: float

    def __str__(self) -> str:
        return (
            f"Before, on the core of the contenders: a sync of {BYTES // 1024} KB took {self.sync_p50 * 1000:.2g} ms, "
            f"p99 {self.sync_p99 * 1000:.2g} ms; a program that does nothing but look at the clock was stopped for "
            f"{self.stopped:.1%} of its time, at most {self.longest_stop * 1000:.2g} ms at once."
        )


def felt() -> Pulse:
    """Measure for six seconds."""
    with on_first_core():
        syncs, stops = quantiles(_syncs(), n=100), _stops()
    return Pulse(syncs[49], syncs[98], sum(stops) / FOR, max(stops, default=0))


def _syncs() -> list[float]:
    """Return how long each took: the file's place on the disk is known from the first round on, as a log's is."""
    took, block = list[float](), os.urandom(BYTES)
    with tempfile.TemporaryFile() as file:
        for _ in _until(perf_counter() + FOR):
            began = perf_counter()
            os.pwrite(file.fileno(), block, len(took) % 256 * BYTES)
            os.fdatasync(file.fileno())
            took.append(perf_counter() - began)
            sleep(PAUSE)
    return took


def _stops() -> list[float]:
    """Return each while in which the clock went on without us."""
    stops, last = list[float](), perf_counter()
    for now in _until(last + FOR):
        if now - last > GAP:
            stops.append(now - last)
        last = now
    return stops


def _until(end: float) -> Iterator[float]:
    while (now := perf_counter()) < end:
        yield now
