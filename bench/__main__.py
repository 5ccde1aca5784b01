"""`python -m bench`: every figure in one run of a few minutes, on this machine alone. Needs Linux."""

import argparse
import asyncio
import signal
import sys

import uvloop

from bench import parts, results
from bench.machine import Company
from bench.pulse import felt

# seconds for a part; each takes some 200 on a machine that does nothing else, and 600 more where scans are made first
LONGEST = 3600


def main() -> int:
    """Measure and print; return 1 where a target is missed."""
    chosen = _parser().parse_args()
    missed = [what for part in chosen.parts or parts.PARTS.values() for what in _measure(part, chosen)]
    for what in missed:
        print(f"missed: {what}", file=sys.stderr)
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    named = f"{', '.join(parts.PARTS)}; all of them if none is named"
    parser.add_argument("parts", nargs="*", metavar="part", type=_part, help=named)
    parser.add_argument("--quick", action="store_true", help="short rounds: to see that it works")
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md, too")
    return parser


def _part(name: str) -> parts.Part:
    if name not in parts.PARTS:
        raise argparse.ArgumentTypeError(f"there is no part {name}")
    return parts.PARTS[name]


def _measure(part: parts.Part, chosen: argparse.Namespace) -> list[str]:
    allowed, company = felt(), Company()
    figures, missed = uvloop.run(_measured(part, quick=chosen.quick))
    figures += f"\n\n{allowed} Meanwhile other programs used {company.share():.0%} of the machine."
    print(f"## {part.title}\n\n{figures}\n", flush=True)
    if chosen.write:
        results.write(part.title, part.about, figures)
    return missed


async def _measured(part: parts.Part, *, quick: bool) -> tuple[str, list[str]]:
    measuring = asyncio.current_task()
    assert measuring
    # so that whoever stops this leaves no bot behind
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, measuring.cancel)
    async with asyncio.timeout(LONGEST):
        return await part.measured(quick=quick)


if __name__ == "__main__":
    sys.exit(main())
