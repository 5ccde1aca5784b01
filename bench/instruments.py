"""What the measuring of events needs besides Python; where one of them is not here, what it measures is left out."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path

from bench.contenders import PROJECT, Program

HERE = Path(__file__).parent
# made by `make bench` from requirements-bench.lock
PEERS = PROJECT / ".venv-bench/bin"
GUNICORN = ("-m", "gunicorn", "-c", "python:bench.peers.serving")
MODULES = {"wechatpy": "with_flask", "werobot": "with_werobot"}


@dataclass(frozen=True, slots=True)
class Instruments:
    """`wrk` sends as fast as it is answered, `pace` at a steady rate, `slow_sync` makes a disk of the cloud.

    What could not be had is None (or no peers), and `absent` says so and how to get it.
    """

    wrk: str | None
    pace: Path | None
    slow_sync: Path | None
    peers: dict[str, Program]
    absent: list[str]


async def found(folder: Path) -> Instruments:
    """Look for them, and compile into `folder` what is in C."""
    absent = []
    wrk = shutil.which("wrk")
    if not wrk:
        absent.append("Events in closed loop are not measured: that needs wrk (Debian's package wrk).")
    compiler = shutil.which("cc")
    if not compiler:
        absent.append("Events at a pace and slow disks are not measured: that needs cc (Debian's package gcc).")
    peers = _peers() if (PEERS / "gunicorn").exists() else {}
    if not peers:
        absent.append("wechatpy and WeRoBot are not measured: `make bench` installs them into .venv-bench.")
    return Instruments(
        wrk,
        await _compiled(compiler, folder / "pace"),
        await _compiled(compiler, folder / "slow_sync", "-shared", "-fPIC"),
        peers,
        absent,
    )


async def _compiled(compiler: str | None, program: Path, *options: str) -> Path | None:
    if not compiler:
        return None
    source = HERE / f"{program.name}.c"
    process = await asyncio.create_subprocess_exec(compiler, "-O2", *options, "-o", program, source)
    if await process.wait():
        raise RuntimeError(f"{source} does not compile")
    return program


def _peers() -> dict[str, Program]:
    return {
        name: Program((*GUNICORN, f"bench.peers.{module}:app"), str(PEERS / "python"))
        for name, module in MODULES.items()
    }
