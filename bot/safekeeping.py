"""`wxqr backup` and `wxqr export`: what there is, kept in safety and taken elsewhere, while the bot runs."""

import csv
import io
import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot.errors import Conflict, Explainable, NotFound, NotKept
from bot.reply import Fact, say
from bot.sheets import harmless
from bot.terminal import sentence
from storage.listing import every

PATIENCE = 15.0  # seconds for another process to let go of the file
TIMES = ("asked_at", "expires_at")

COLUMNS = (
    "app_id", "scene", "kind", "generation", "state", "name", "owner", "channel_id", "asked_at", "asked_at_utc",
    "lifetime", "expires_at", "expires_at_utc", "ticket", "url", "verified",
)  # fmt: skip

Row = dict[str, object]


def backup(database: Path, target: Path) -> int:
    """Copy the database to the new file `target`, its owner's only; return 0, or 1 where there is no sound copy."""
    try:
        rows = _copied(database, target)
    except Explainable as error:
        return refuse("cli.backup.no", say(error.key, **error.facts))
    except (OSError, sqlite3.Error) as error:
        return refuse("cli.backup.no", str(error))
    print(sentence("cli.backup.done", file=str(target), rows=rows))
    return 0


def export(database: Path, fmt: str) -> int:
    """Print all allocations as `csv` or `json`, in UTF-8; return 0, or 1 where the database cannot be read.

    In CSV a text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    try:
        with opened(database) as connection:
            rows = [_with_utc(row) for row in every(connection)]
    except Explainable as error:
        return refuse("cli.export.no", say(error.key, **error.facts))
    except (OSError, sqlite3.Error) as error:
        return refuse("cli.export.no", str(error))
    print_rows(rows, COLUMNS, fmt)
    return 0


def print_rows(rows: Iterable[Row], columns: Sequence[str], fmt: str) -> None:
    """Print rows as `csv` or `json`, in UTF-8, one after the other; whoever reads may stop reading."""
    sys.stdout.flush()
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")
    try:
        if fmt == "csv":
            _write_csv(out, rows, columns)
        else:
            _write_json(out, rows)
        out.flush()
    except BrokenPipeError:
        # whoever reads has read enough: https://docs.python.org/3/library/signal.html#note-on-sigpipe
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    out.detach()


@contextmanager
def opened(database: Path) -> Iterator[sqlite3.Connection]:
    """Open an existing database to look at. Raises NotFound, or sqlite3.Error where it is no database."""
    if not database.is_file():
        raise NotFound("safekeeping.no_database", database=str(database))
    # not mode=ro: after a crash the write-ahead log must be recovered first, https://www.sqlite.org/wal.html#recovery
    uri = f"{database.resolve().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("pragma query_only = on")
        yield connection


def damage(connection: sqlite3.Connection) -> str:
    """Return on one line what is wrong with the file, or nothing: https://www.sqlite.org/pragma.html#pragma_quick_check."""
    found = str(connection.execute("pragma quick_check(1)").fetchone()[0])
    return "" if found == "ok" else " ".join(found.split())


def _copied(database: Path, target: Path) -> int:
    with opened(database) as source, ExitStack() as undo:
        _create(target)
        undo.callback(target.unlink)
        rows = _fill(target, source)
        undo.pop_all()
    return rows


def _create(target: Path) -> None:
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Conflict("safekeeping.exists", file=str(target)) from None


def _fill(target: Path, source: sqlite3.Connection) -> int:
    """Copy in one step, so that the copy is of one moment however busy the bot is; return how many allocations."""
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        # one file, not one with a write-ahead log beside it
        copy.execute("pragma journal_mode = delete")
        found = damage(copy)
        if found:
            raise NotKept("safekeeping.damaged", found=found)
        return int(copy.execute("select count(*) from allocations").fetchone()[0])


def _with_utc(row: Mapping[str, object]) -> Row:
    """Put each time a second time beside it, as ISO 8601 in UTC."""
    wide: Row = {}
    for name, value in row.items():
        wide[name] = value
        if name in TIMES:
            wide[f"{name}_utc"] = datetime.fromtimestamp(value, UTC).isoformat() if isinstance(value, int) else None
    return wide


def _write_csv(out: TextIO, rows: Iterable[Row], columns: Sequence[str]) -> None:
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows({name: harmless(value) for name, value in row.items()} for row in rows)


def _write_json(out: TextIO, rows: Iterable[Row]) -> None:
    """Write a list with an object a line, none of which waits for the next."""
    before = "["
    for row in rows:
        out.write(f"{before}\n{json.dumps(row, ensure_ascii=False)}")
        before = ","
    out.write("[]\n" if before == "[" else "\n]\n")


def refuse(key: str, why: Fact) -> int:
    """Say why nothing was done; return the program's exit status."""
    print(sentence(key, why=why), file=sys.stderr)
    return 1
