"""What the figures were measured on."""

import os
import platform
import sqlite3
from importlib.metadata import version
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
LIBRARIES = ("slack-bolt", "slack-sdk", "aiohttp", "httpx", "starlette", "uvicorn", "uvloop", "zxing-cpp", "pillow")


def described() -> str:
    """Return the processor, the system, and the versions that matter."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{os.cpu_count()} cores of {_processor()}, {platform.system()} {platform.release()}, {python}, {libraries}."


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.machine()


class Company:
    """How much of the cores was used by what is no business of ours, from now on."""

    def __init__(self) -> None:
        self._used, self._total, self._ours = *_cores(), _ours()

    def share(self) -> float:
        """Return it as a part of 1, once everything we started has ended."""
        used, total = _cores()
        return max(0, (used - self._used - (_ours() - self._ours)) / (total - self._total))


def _cores() -> tuple[float, float]:
    """Return the seconds that all cores were used, and used or idle: https://docs.kernel.org/filesystems/proc.html."""
    fields = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]
    user, nice, system, idle, iowait, irq, softirq, steal = (int(field) / TICKS for field in fields)
    used = user + nice + system + irq + softirq + steal
    return used, used + idle + iowait


def _ours() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system
