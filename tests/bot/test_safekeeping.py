"""Backups are sound copies, exports say everything, and the bot runs on meanwhile."""

import asyncio
import csv
import io
import json
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.model import DAY, AppID, Kind, Scene, Ticket
from bot.safekeeping import backup, export
from bot.sandbox.world import World
from storage import allocations, listing
from storage.allocations import Wish
from storage.database import Database
from storage.migrations import migrate

ASKED_AT = 1_700_000_000


def wish(scene: str, name: str) -> Wish:
    return Wish(AppID("wx1"), Scene(scene), Kind.TEMPORARY, DAY, name, "U1", "C1", f"r-{scene}", ASKED_AT)


async def mint(db: Database, scene: str, name: str = "") -> None:
    reserved = await db.write(allocations.reserve, wish(scene, name))
    ticket = Ticket(f"gQ{scene}", f"http://weixin.qq.com/q/{scene}", ASKED_AT + DAY)
    await db.write(allocations.set_ticket, reserved.id, ticket)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give a place for a database."""
    return tmp_path / "wxqr.db"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program speak English."""
    monkeypatch.setenv("WXQR_LANGUAGE", "en")


def rows(file: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("select scene, name, ticket from allocations order by id").fetchall()


def spoil(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[-3 * 4096 :] = b"\xa5" * 3 * 4096
    database.write_bytes(content)


async def fill(database: Path, wishes: Iterable[Wish]) -> None:
    async with Database.opened(database, migrate=migrate) as db:
        for one in wishes:
            await db.write(allocations.reserve, one)


async def test_a_backup_is_made_while_the_bot_has_the_database_open(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "copy.db"
    async with Database.opened(database, migrate=migrate) as db:
        await mint(db, "spring", "Spring booth")
        assert backup(database, target) == 0
        await mint(db, "later")
    assert rows(target) == [("spring", "Spring booth", "gQspring")]
    assert capsys.readouterr().out == f"Backed up to {target}: 1 allocations.\n"


async def test_a_bot_starts_from_a_backup(database: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    async with Database.opened(database, migrate=migrate) as db:
        await mint(db, "spring")
    assert backup(database, target) == 0
    async with Database.opened(target, migrate=migrate) as db:
        found = await db.read(listing.look_up, listing.Wanted("wx1", Scene("spring"), ASKED_AT))
    assert found.ticket == Ticket("gQspring", "http://weixin.qq.com/q/spring", ASKED_AT + DAY)


async def test_a_backup_is_one_file_that_only_its_owner_may_read(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    async with Database.opened(database, migrate=migrate):
        assert backup(database, folder / "copy.db") == 0
    (only,) = folder.iterdir()
    assert stat.S_IMODE(only.stat().st_mode) == 0o600


async def test_a_backup_overwrites_nothing(database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "precious"
    target.write_text("precious")
    async with Database.opened(database, migrate=migrate):
        assert backup(database, target) == 1
    assert target.read_text() == "precious"
    assert "nothing is overwritten" in capsys.readouterr().err


def test_without_a_database_there_is_no_backup_and_none_is_made(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert backup(database, tmp_path / "copy.db") == 1
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err.startswith(f"No backup: there is no database {database}")


@pytest.mark.parametrize("content", [b"this is no database at all " * 400, b""], ids=["another file", "an empty file"])
def test_a_backup_of_what_is_no_database_of_ours_leaves_nothing_behind(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    database.write_bytes(content)
    assert backup(database, tmp_path / "copy.db") == 1
    assert list(tmp_path.iterdir()) == [database]
    assert capsys.readouterr().err.startswith("No backup: ")


async def test_a_damaged_database_is_not_taken_for_a_backup(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Database.opened(database, migrate=migrate) as db:
        for number in range(300):
            await mint(db, f"scene-{number}", "x" * 80)
    spoil(database)
    assert backup(database, tmp_path / "copy.db") == 1
    assert not (tmp_path / "copy.db").exists()
    assert "damaged" in capsys.readouterr().err


def test_a_backup_into_a_folder_that_is_not_there_says_so(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(database)):
        database.touch()
    assert backup(database, tmp_path / "nowhere" / "copy.db") == 1
    assert "No such file or directory" in capsys.readouterr().err


async def test_csv_has_one_line_an_allocation_under_a_header(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Database.opened(database, migrate=migrate) as db:
        await mint(db, "spring", '春季展台, "A"')
        assert export(database, "csv") == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""))
    assert row == {
        "app_id": "wx1", "scene": "spring", "kind": "temp", "generation": "1", "state": "live",
        "name": '春季展台, "A"', "owner": "U1", "channel_id": "C1",
        "asked_at": "1700000000", "asked_at_utc": "2023-11-14T22:13:20+00:00", "lifetime": "86400",
        "expires_at": "1700086400", "expires_at_utc": "2023-11-15T22:13:20+00:00",
        "ticket": "gQspring", "url": "http://weixin.qq.com/q/spring", "verified": "0",
    }  # fmt: skip


async def test_json_is_an_array_with_numbers_and_nulls_as_they_are(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Database.opened(database, migrate=migrate) as db:
        await db.write(allocations.reserve, wish("spring", "=春"))
        assert export(database, "json") == 0
    printed = capsys.readouterr().out
    (row,) = json.loads(printed)
    assert (row["asked_at"], row["asked_at_utc"]) == (ASKED_AT, "2023-11-14T22:13:20+00:00")
    assert (row["ticket"], row["expires_at"], row["expires_at_utc"]) == (None, None, None)
    assert '"=春"' in printed


async def test_both_formats_say_the_same(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with Database.opened(database, migrate=migrate) as db:
        await mint(db, "spring")
    assert (export(database, "csv"), export(database, "json")) == (0, 0)
    header, _, rest = capsys.readouterr().out.partition("\r\n")
    (row,) = json.loads(rest.partition("\r\n")[2])
    assert header.split(",") == list(row)


async def test_an_empty_database_gives_a_header_and_an_empty_array(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Database.opened(database, migrate=migrate):
        assert export(database, "csv") == 0
        assert capsys.readouterr().out.startswith("app_id,scene,kind,")
        assert export(database, "json") == 0
        assert capsys.readouterr().out == "[]\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
async def test_a_name_is_never_a_formula_in_a_spreadsheet(
    database: Path, capsys: pytest.CaptureFixture[str], start: str
) -> None:
    name = f'{start}HYPERLINK("http://evil.example")'
    async with Database.opened(database, migrate=migrate) as db:
        await mint(db, "spring", name)
    export(database, "csv")
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""))
    assert row["name"] == f"'{name}"


@pytest.mark.parametrize("fmt", ["csv", "json"])
def test_without_a_database_nothing_is_exported(database: Path, capsys: pytest.CaptureFixture[str], fmt: str) -> None:
    assert export(database, fmt) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"Nothing exported: there is no database {database}")
    assert not database.exists()


async def test_what_commands_allocated_is_exported_while_the_bot_runs(
    bot: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await bot.slack.command("ana", "C0SBGENERAL", "temp spring --ttl 7d")
    await bot.slack.wait_for(lambda: bot.slack.count("files.completeUploadExternal"))
    assert export(tmp_path / "wxqr.db", "json") == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["scene"], row["state"], row["lifetime"]) == ("spring", "live", 7 * DAY)


def test_whoever_reads_an_export_may_stop_reading(database: Path) -> None:
    asyncio.run(fill(database, [wish(f"s-{number}", "long " * 16) for number in range(300)]))
    command = [sys.executable, "-m", "bot", "export", "allocations"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"WXQR_DATABASE": str(database)}
    ) as exporting:
        assert exporting.stdout
        assert exporting.stderr
        # the pipe holds 64 KB, and the export is longer
        exporting.stdout.read(10)
        exporting.stdout.close()
        assert exporting.stderr.read() == b""
        assert exporting.wait() == 0


def test_an_export_is_utf_8_whatever_the_locale(database: Path) -> None:
    asyncio.run(fill(database, [wish("spring", "春季")]))
    environment = {"WXQR_DATABASE": str(database), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [sys.executable, "-m", "bot", "export", "allocations", "--format", "json"]
    printed = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    assert json.loads(printed.decode("utf-8"))[0]["name"] == "春季"
