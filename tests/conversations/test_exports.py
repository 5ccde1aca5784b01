"""Figures and events leave as files for people, and as rows for other programs."""

import csv
import io
import json
import os
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.pictures import qr
from bot.sandbox.slack import Message
from bot.sandbox.world import World
from tests import forked
from tests.conversations.talk import ask, asked, next_message, picture, said, until

SPRING = "#campaign-spring"
KEYS = ["scene", "scans", "scanners", "new_follows", "returning_follows", "unfollows", "net"]
ABOUT = ["name", "owner", "kind", "first_day", "last_day"]
UNSETTLED = "select count(*) from scans, installation where scans.id > settled_up_to"


async def happened(world: World, database: Path) -> None:
    """Let three follow by spring, of whom one leaves, comes back and scans again; one by another system's code."""
    url = qr.decode(picture(await ask(world, "ana", SPRING, 'temp spring --name "=春天"')))
    assert url
    phones = [world.wechat.phone() for _ in range(3)]
    for phone in phones:
        await phone.scan(url)
    world.clock.advance(60)
    await phones[0].unfollow()
    world.clock.advance(60)
    await phones[0].scan(url)
    world.clock.advance(60)
    await phones[0].scan(url)
    await world.wechat.phone().scan(world.wechat.codes.mint_elsewhere("partner").url)
    await world.wechat.phone().follow()
    await until(lambda: not asked(database, UNSETTLED))


async def exported(world: World, person: str, text: str) -> Message:
    """Ask for an export and return the direct message with its files."""
    direct = world.slack.dm(person).id
    before = {message.ts for message in world.slack.sees(person, direct)}
    await world.slack.command(person, SPRING, text)
    return await next_message(world, person, direct, before)


def csv_of(message: Message) -> list[list[str]]:
    (content,) = (file.content for file in message.files if file.name.endswith(".csv"))
    assert content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


async def printed(database: Path, *arguments: str, status: int = 0) -> str:
    """Run `wxqr export` and return what it prints."""
    ended = await forked.ended(["export", *arguments], {**os.environ, "WXQR_DATABASE": str(database)})
    assert ended.returncode == status, ended.stderr
    return ended.stdout if status == 0 else ended.stderr


async def test_figures_come_as_csv_and_xlsx_to_the_callers_direct_messages(bot: World, tmp_path: Path) -> None:
    await happened(bot, tmp_path / "wxqr.db")
    message = await exported(bot, "ana", "export stats")
    assert "Figures of all codes, 20" in said(message)
    head, spring, partner = csv_of(message)
    assert head == [*KEYS, *ABOUT]
    assert spring[:7] == ["spring", "5", "3", "4", "1", "1", "3"]
    assert spring[7:10] == ["'=春天", "U0SBANA01", "temp"]
    assert (partner[0], partner[9]) == ("partner", "external")
    (book,) = (file.content for file in message.files if file.name.endswith(".xlsx"))
    assert book
    assert "=春天" in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()


async def test_scenes_and_days_are_chosen(bot: World, tmp_path: Path) -> None:
    await happened(bot, tmp_path / "wxqr.db")
    assert [row[0] for row in csv_of(await exported(bot, "ana", "export stats partner --days 1"))] == [
        "scene",
        "partner",
    ]
    bot.clock.advance(5 * 86_400)
    assert ": nothing happened" in said(await ask(bot, "ana", SPRING, "export stats --days 3"))


async def test_an_export_says_what_was_asked_for_in_its_message_and_in_the_names_of_its_files(
    bot: World, tmp_path: Path
) -> None:
    await happened(bot, tmp_path / "wxqr.db")
    today = datetime.fromtimestamp(bot.clock.now(), ZoneInfo("Asia/Shanghai")).date()
    whole = await exported(bot, "ana", "export stats --days 1")
    some = await exported(bot, "ana", "export stats spring part* --days 7")
    first = today - timedelta(days=6)
    assert [file.name for file in whole.files] == [f"wxqr-stats-{today}.{kind}" for kind in ("csv", "xlsx")]
    assert [file.name for file in some.files] == [
        f"wxqr-stats-spring+part-{first}_{today}.{kind}" for kind in ("csv", "xlsx")
    ]
    assert some.files[0].title == f"Figures of spring, part*, {first} to {today} (CSV)"
    assert "Figures of `spring, part*`" in said(some)
    assert said(some).count(f"{first} to {today}") == 1


async def test_two_files_are_said_to_be_two(bot: World, tmp_path: Path) -> None:
    await happened(bot, tmp_path / "wxqr.db")
    assert "The files are in our direct messages." in said(await ask(bot, "ana", SPRING, "export stats"))
    assert "这些文件已私信发给你" in said(await ask(bot, "li.wei", SPRING, "export scans"))


async def test_a_beginning_stands_for_many_scenes_and_what_nobody_heard_of_is_refused(
    bot: World, tmp_path: Path
) -> None:
    await happened(bot, tmp_path / "wxqr.db")
    assert [row[0] for row in csv_of(await exported(bot, "ana", "export stats part*"))[1:]] == ["partner"]
    assert "No code was ever made here" in said(await ask(bot, "ana", SPRING, "export stats sprong"))
    assert "`winter*`" in said(await ask(bot, "ana", SPRING, "export stats winter*"))


async def test_who_does_not_say_what_to_export_is_asked(bot: World) -> None:
    assert "Say which: stats / scans." in said(await ask(bot, "ana", SPRING, "export"))


async def test_one_day_is_said_as_one_date(bot: World, tmp_path: Path) -> None:
    await happened(bot, tmp_path / "wxqr.db")
    assert " to 20" not in said(await exported(bot, "ana", "export stats --days 1"))


async def test_events_are_for_operators_and_hold_pseudonyms_only(bot: World, tmp_path: Path) -> None:
    await happened(bot, tmp_path / "wxqr.db")
    assert "is for operators" in said(await ask(bot, "ana", SPRING, "export scans"))
    message = await exported(bot, "li.wei", "export scans")
    head, *rows = csv_of(message)
    assert head == ["time", "scene", "event", "person", "repaired"]
    assert [row[2] for row in rows] == ["follow"] * 3 + ["unfollow", "follow", "scan", "follow", "follow"]
    assert {row[0][19:] for row in rows} == {"+08:00"}
    assert not any(open_id in str(rows) for open_id in bot.wechat.followers)
    assert rows[3][3] == rows[4][3] == rows[5][3]


async def test_on_the_machine_there_is_a_row_a_scene_with_the_seven_keys(bot: World, tmp_path: Path) -> None:
    await happened(bot, tmp_path / "wxqr.db")
    rows = json.loads(await printed(tmp_path / "wxqr.db", "stats", "--format", "json"))
    assert [list(row) for row in rows] == [KEYS, KEYS]
    assert rows[0] == dict(zip(KEYS, ["spring", 5, 3, 4, 1, 1, 3], strict=True))
    assert rows[1] == dict(zip(KEYS, ["partner", 1, 1, 1, 0, 0, 1], strict=True))
    lines = (await printed(tmp_path / "wxqr.db", "stats", "--format", "csv")).splitlines()
    assert lines == [",".join(KEYS), "spring,5,3,4,1,1,3", "partner,1,1,1,0,0,1"]


async def test_on_the_machine_events_are_printed_too(bot: World, tmp_path: Path) -> None:
    await happened(bot, tmp_path / "wxqr.db")
    rows = json.loads(await printed(tmp_path / "wxqr.db", "scans", "--format", "json", "--days", "2"))
    assert [row["event"] for row in rows] == ["follow"] * 3 + ["unfollow", "follow", "scan", "follow", "follow"]
    assert {row["repaired"] for row in rows} == {False}
    assert {row["scene"] for row in rows} == {"spring", "partner", ""}


async def test_without_a_database_nothing_is_printed(tmp_path: Path) -> None:
    assert "there is no database" in await printed(tmp_path / "none.db", "stats", status=1)
