"""bench/RESULTS.md: a chapter for each part, so that one part can be measured again without the others."""

import re
from datetime import UTC, datetime
from pathlib import Path

from bench.machine import described

RESULTS = Path(__file__).with_name("RESULTS.md")
INTRODUCTION = """\
# Figures

Made by `make bench`; `python -m bench --write` writes this file, `python -m bench receiving --write` one chapter of it.

Every program is a process of its own on one core, told by its environment alone, with a new database that syncs every
commit; wxqr is the real `wxqr run`. WeChat, Slack and the load share the other core. What is compared takes turns in
random order. Every figure is the median of several rounds; the ratio is the median of the ratios within a round, for a
machine's pace may change twofold from one minute to the next.
"""


def write(title: str, about: str, figures: str) -> None:
    """Put a chapter into the file, in the place of the one that has its title."""
    day = datetime.now(UTC).date().isoformat()
    chapter = f"\n## {title}\n\n{about}\n{figures}\n\nMeasured {day} on {described()}\n"
    chapters = dict(_chapters(RESULTS.read_text(encoding="utf-8")))
    RESULTS.write_text(INTRODUCTION + "".join({**chapters, title: chapter}.values()), encoding="utf-8")


def _chapters(document: str) -> list[tuple[str, str]]:
    return [(match[1], match[0]) for match in re.finditer(r"\n## (.+)\n(?s:.+?)(?=\n## |\Z)", document)]
