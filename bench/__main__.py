"""`python -m bench`: every figure in one run of less than four minutes, on this machine alone. Needs Linux."""

import argparse
import asyncio
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import uvloop

from bench.figures import missed, table
from bench.machine import Company, described
from bench.rounds import FULL, QUICK, measure
from bench.stage import stage

# seconds; it takes 200 on a machine that does nothing else
LONGEST = 600
RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Measure and print; return 1 where a target is missed."""
    chosen = _parser().parse_args()
    company = Company()
    figures, short = uvloop.run(_measured(quick=chosen.quick))
    figures += f"\n\nOther programs used {company.share():.0%} of the machine meanwhile."
    print(figures)
    for what in short:
        print(f"missed: {what}", file=sys.stderr)
    if chosen.write:
        RESULTS.write_text(_document(figures), encoding="utf-8")
    return 1 if short else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="short rounds, about half a minute: to see that it works")
    parser.add_argument("--write", action="store_true", help="write bench/RESULTS.md, too")
    return parser


async def _measured(*, quick: bool) -> tuple[str, list[str]]:
    plan = QUICK if quick else FULL
    measuring = asyncio.current_task()
    assert measuring
    # so that whoever stops this leaves no bot behind
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, measuring.cancel)
    async with asyncio.timeout(LONGEST), stage() as ready:
        record = await measure(ready, plan)
    return table(record, plan.commands), missed(record)


def _document(figures: str) -> str:
    day = datetime.now(UTC).date().isoformat()
    return f"{INTRODUCTION}\n{figures}\nMeasured {day} on {described()}\n"


INTRODUCTION = """\
# Figures

Made by `make bench`; `python -m bench --write` writes this file. It takes less than four minutes.

The bot is the real `wxqr run`: a process of its own on one core, told by its environment alone, with a new database
that syncs every commit. WeChat and Slack are the sandbox, over HTTP, on the other core, and answer at once; the load
shares that core with them: signed requests, written by hand. A code counts as posted when the last call of its upload
has come to Slack: by then it was minted, fetched, decoded and compared, and every step of it was written down. Each
command names a scene of its own. Where commands come at a pace, they come whether the last one is answered or not.

The naive bot (`bench/naive.py`) is Bolt as it comes, a SQLite connection and commit for each command in a thread, an
httpx client and a Slack session for each call; its server, its picture check and its kept access token are as good as
those of wxqr. It has no roles, records, repeats or restarts to pay for. Both take turns in random order.

Every figure is the median of several rounds; the ratio is the median of the ratios within a round, for a machine's
pace may change twofold from one minute to the next.
"""


if __name__ == "__main__":
    sys.exit(main())
