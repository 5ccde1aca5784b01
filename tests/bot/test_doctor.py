"""The doctor finds what is wrong, says what to do, and harms nobody."""

import asyncio
import socket
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.doctor import examine
from bot.sandbox.world import APP_ID, Door, World, with_bot
from bot.settings import read_settings
from storage.database import Database
from storage.migrations import migrate

Doctor = Callable[..., Awaitable[tuple[int, list[str]]]]
PAGE = 4096
LEGACY = {"WECHAT_TOKEN_API": "token"}


def seconds() -> int:
    return int(time.time())


@pytest.fixture
def doctor(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Doctor:
    """Let the doctor see the world; give the exit status and what was printed."""

    async def seen(*, now: Callable[[], int] = seconds, **changed: str) -> tuple[int, list[str]]:
        environment = {**world.environment(tmp_path / "wxqr.db"), "WXQR_PORT": "0", **changed}
        status = await examine(read_settings(environment, lambda path: Path(path).read_text("utf-8")), now=now)
        printed = capsys.readouterr()
        assert printed.err == ""
        return status, printed.out.splitlines()

    return seen


@pytest.fixture
def nowhere() -> Iterator[str]:
    """Give an address of this machine where nobody listens and nobody can begin to."""
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{kept.getsockname()[1]}"


def spoil(database: Path, page: int) -> None:
    """Overwrite a page of the file; the first is 0, negative ones are counted from its end."""
    content = bytearray(database.read_bytes())
    begin = page % (len(content) // PAGE) * PAGE
    content[begin : begin + PAGE] = b"\xa5" * PAGE
    database.write_bytes(content)


def page_of(database: Path, table: str) -> int:
    """Return at which page a table begins."""
    with closing(sqlite3.connect(database)) as connection:
        (root,) = connection.execute("select rootpage from sqlite_schema where name = ?", (table,)).fetchone()
    return int(root) - 1


def about(lines: list[str], what: str) -> str:
    (line,) = (line for line in lines if line[2:].startswith(what))
    return line


async def test_a_bot_that_lacks_nothing_is_told_so(world: World, doctor: Doctor) -> None:
    world.wechat.callback_url = "https://wxqr.example.com/wechat/callback"
    status, lines = await doctor()
    assert status == 0
    assert {line[0] for line in lines} == {"✓"}
    assert lines[0] == f"✓ Settings: official accounts default ({APP_ID}); Slack comes by HTTP, to POST /slack/events."
    assert lines[-1] == "✓ All is well."
    assert about(lines, "WeChat default: access token") == (
        "✓ WeChat default: access token from /cgi-bin/stable_token, 2 hours left."
    )


async def test_the_doctor_speaks_chinese_too(doctor: Doctor) -> None:
    status, lines = await doctor(WXQR_LANGUAGE="zh-CN")
    assert (status, lines[-1]) == (0, "✓ 一切正常。")


async def test_the_doctor_leaves_no_database_behind(doctor: Doctor, tmp_path: Path) -> None:
    _, lines = await doctor()
    assert "not there yet" in about(lines, "Database")
    assert not (tmp_path / "wxqr.db").exists()


async def test_nothing_secret_is_printed(world: World, doctor: Doctor, tmp_path: Path) -> None:
    environment = world.environment(tmp_path / "wxqr.db", socket_mode=True)
    _, well = await doctor(SLACK_APP_TOKEN=world.slack.app_token)
    world.faults.arm("errcode", times=None, code=99999, errmsg="odd")
    world.faults.arm("slack_error", times=None, error="account_inactive")
    _, ill = await doctor(SLACK_APP_TOKEN=world.slack.app_token)
    assert world.wechat.stable_tokens.latest
    secrets = [environment[name] for name in environment if name.endswith(("TOKEN", "SECRET", "KEY"))]
    printed = "\n".join(well + ill)
    assert [secret for secret in [*secrets, world.wechat.stable_tokens.latest.value] if secret in printed] == []


async def ask_status(world: World) -> None:
    """Let the bot need an access token."""
    await world.slack.command("ana", "C0SBGENERAL", "status")
    await world.slack.wait_for(lambda: world.wechat.count("/cgi-bin/callback/check"))


# Slack


@pytest.mark.parametrize("error", ["invalid_auth", "account_inactive", "token_revoked"])
async def test_a_refused_bot_token_is_told_with_slacks_own_word(world: World, doctor: Doctor, error: str) -> None:
    world.faults.arm("slack_error", where="auth.test", error=error)
    status, lines = await doctor()
    assert status == 1
    assert about(lines, "Slack bot token").startswith(f"✗ Slack bot token: refused (`{error}`).")
    assert "SLACK_BOT_TOKEN" in about(lines, "Slack bot token")


async def test_missing_scopes_are_named_with_the_way_to_get_them(world: World, doctor: Doctor) -> None:
    world.slack.scopes = ("commands", "chat:write", "files:read", "channels:read", "groups:read", "im:write")
    status, lines = await doctor()
    assert status == 1
    assert about(lines, "Slack scopes").startswith("✗ Slack scopes: missing files:write, users:read. Add them")
    assert about(lines, "Slack scopes").endswith("reinstall the app.")


async def test_scopes_beyond_those_wanted_are_no_fault(world: World, doctor: Doctor) -> None:
    world.slack.scopes += ("channels:join",)
    status, _ = await doctor()
    assert status == 0


async def test_an_app_token_is_tried_and_no_socket_opened(world: World, doctor: Doctor) -> None:
    status, lines = await doctor(SLACK_APP_TOKEN=world.slack.app_token)
    assert status == 0
    assert "Slack comes by Socket Mode." in lines[0]
    assert about(lines, "Slack app token").startswith("✓")
    assert world.slack.sockets.count == 0


async def test_a_wrong_app_token_is_found(doctor: Doctor) -> None:
    status, lines = await doctor(SLACK_APP_TOKEN="xapp-of-another-app")
    assert status == 1
    assert about(lines, "Slack app token").startswith("✗ Slack app token: refused (`invalid_auth`).")


async def test_a_slack_that_cannot_be_reached_is_told_with_its_address(doctor: Doctor, nowhere: str) -> None:
    status, lines = await doctor(SLACK_API_URL=f"{nowhere}/api/")
    assert status == 1
    assert about(lines, "Slack does not answer").startswith(f"✗ Slack does not answer auth.test at {nowhere}/api/.")


@pytest.mark.parametrize(
    ("operators", "mark", "found", "expected"),
    [
        ("", "!", "Operators: none", 0),
        ("@ben U0SBBEN002", "✗", "Operators: these are no Slack user IDs: @ben.", 1),
        ("U0SBBEN002 W0SBBEN003", "✓", "Operators: 2.", 0),
    ],
)
async def test_operators_are_slack_user_ids(
    doctor: Doctor, operators: str, mark: str, found: str, expected: int
) -> None:
    status, lines = await doctor(WXQR_OPERATORS=operators)
    assert status == expected
    assert about(lines, "Operators").startswith(f"{mark} {found}")


# WeChat


async def test_an_address_that_is_not_allowed_is_named(world: World, doctor: Doctor) -> None:
    world.wechat.ip_whitelist = {"192.0.2.1"}
    status, lines = await doctor()
    line = about(lines, "WeChat default")
    assert status == 1
    assert line.startswith("✗ WeChat default: WeChat does not let this server in: its address `127.0.0.1`")
    assert f"(errcode 40164, rid {world.wechat.calls[-1].rid})" in line


async def test_wrong_credentials_are_one_line_not_three(doctor: Doctor) -> None:
    status, lines = await doctor(WECHAT_APP_SECRET="of another account")
    assert status == 1
    assert "errcode 40125" in about(lines, "WeChat default")
    assert "WECHAT_APP_SECRET" in about(lines, "WeChat default")


async def test_a_used_up_quota_is_wrong(world: World, doctor: Doctor) -> None:
    world.wechat.quotas.daily["/cgi-bin/qrcode/create"] = 0
    status, lines = await doctor()
    assert (status, about(lines, "WeChat default: 0")) == (1, "✗ WeChat default: 0 of 0 codes left today.")


async def test_a_missing_callback_is_worth_a_note(world: World, doctor: Doctor) -> None:
    world.wechat.callback_url = ""
    status, lines = await doctor()
    assert status == 0
    assert about(lines, "WeChat default: no callback")[0] == "!"


async def test_a_wechat_that_answers_a_page_is_told_with_its_address(world: World, doctor: Doctor) -> None:
    world.faults.arm("http_502", times=None)
    status, lines = await doctor()
    expected = f"✗ WeChat default: no answer to /cgi-bin/stable_token at {world.base_url}/wechat."
    assert status == 1
    assert about(lines, "WeChat default").startswith(expected)


async def test_a_moments_trouble_of_wechat_is_no_finding(world: World, doctor: Doctor) -> None:
    world.faults.arm("busy", times=1)
    status, _ = await doctor()
    assert status == 0


async def test_every_account_is_asked(doctor: Doctor, tmp_path: Path) -> None:
    file = tmp_path / "accounts.toml"
    file.write_text('[accounts.second]\napp_id = "wx_another"\napp_secret = "s"\n')
    status, lines = await doctor(WXQR_ACCOUNTS=str(file))
    assert status == 1
    assert f"default ({APP_ID}), second (wx_another)" in lines[0]
    assert "errcode 40013" in about(lines, "WeChat second")
    assert about(lines, "WeChat default: access token")[0] == "✓"


async def test_a_running_bots_access_token_outlives_the_doctor(bot: World, doctor: Doctor) -> None:
    await ask_status(bot)
    before = bot.wechat.stable_tokens.latest
    status, _ = await doctor()
    assert status == 0
    assert bot.wechat.stable_tokens.latest is before


async def test_the_old_token_is_never_fetched_for_that_would_end_the_one_in_use(world: World, doctor: Doctor) -> None:
    status, lines = await doctor(**LEGACY)
    assert status == 0
    assert about(lines, "WeChat default").startswith("! WeChat default: not looked at.")
    assert world.wechat.count("/cgi-bin/token") == 0


async def test_the_old_token_that_the_bot_keeps_is_used(
    world: World, door: Door, doctor: Doctor, tmp_path: Path
) -> None:
    async with with_bot(world, door, tmp_path / "wxqr.db", **LEGACY):
        await ask_status(world)
        _, lines = await doctor(**LEGACY)
    assert about(lines, "WeChat default: access token").startswith("✓ WeChat default: access token from /cgi-bin/token")
    assert "codes left today" in about(lines, "WeChat default: 100,000")
    assert world.wechat.count("/cgi-bin/token") == 1


async def test_a_refused_old_token_is_left_to_the_bot_to_replace(
    world: World, door: Door, doctor: Doctor, tmp_path: Path
) -> None:
    async with with_bot(world, door, tmp_path / "wxqr.db", **LEGACY):
        await ask_status(world)
    world.wechat.revoke_tokens()
    _, lines = await doctor(**LEGACY)
    assert "! WeChat default: not looked at." in "\n".join(lines)
    assert world.wechat.count("/cgi-bin/token") == 1


# this machine


async def test_a_clock_that_runs_ahead_is_found(doctor: Doctor) -> None:
    status, lines = await doctor(now=lambda: seconds() + 600)
    found = [line for line in lines if line[2:].startswith("Clock")]
    assert status == 1
    assert [line[:36] for line in found] == [
        "✗ Clock: 10 minutes ahead of Slack. ",
        "✗ Clock: 10 minutes ahead of WeChat.",
    ]


async def test_a_clock_that_lags_behind_is_found(doctor: Doctor) -> None:
    # and some seconds more, which an answer may take
    status, lines = await doctor(now=lambda: seconds() - 10 * 86_400 - 30)
    assert status == 1
    assert any(line.startswith("✗ Clock: 10 days behind Slack.") for line in lines)


@pytest.mark.parametrize("off", [-55, 0, 55])
async def test_a_clock_within_a_minute_is_right(doctor: Doctor, off: int) -> None:
    _, lines = await doctor(now=lambda: seconds() + off)
    assert about(lines, "Clock") == "✓ Clock: right, by Slack, WeChat."


async def test_nobody_answering_leaves_the_clock_unjudged(doctor: Doctor, nowhere: str) -> None:
    status, lines = await doctor(SLACK_API_URL=nowhere, WECHAT_API_URL=nowhere)
    assert status == 1
    assert about(lines, "Clock")[0] == "!"


async def test_a_database_in_use_is_found_whole(doctor: Doctor, tmp_path: Path) -> None:
    async with Database.opened(tmp_path / "wxqr.db", migrate=migrate):
        status, lines = await doctor()
    assert status == 0
    assert "whole and writable" in about(lines, "Database")


async def test_a_database_that_is_none_is_found(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "wxqr.db").write_bytes(b"something else entirely " * 400)
    status, lines = await doctor()
    assert status == 1
    assert about(lines, "Database").startswith(f"✗ Database {tmp_path / 'wxqr.db'}: cannot be used: ")


@pytest.mark.parametrize("where", ["a table", "the list of tables"])
async def test_a_damaged_database_is_found_with_what_to_do(doctor: Doctor, tmp_path: Path, where: str) -> None:
    database = tmp_path / "wxqr.db"
    async with Database.opened(database, migrate=migrate):
        pass
    spoil(database, page_of(database, "audit") if where == "a table" else -1)
    status, lines = await doctor()
    assert status == 1
    assert ": damaged (" in about(lines, "Database")
    assert "wxqr backup" in about(lines, "Database")


async def test_a_folder_that_is_not_there_is_named(doctor: Doctor, tmp_path: Path) -> None:
    status, lines = await doctor(WXQR_DATABASE=str(tmp_path / "nowhere" / "wxqr.db"))
    assert status == 1
    assert about(lines, "Database").startswith(f"✗ Database: there is no folder {tmp_path / 'nowhere'}.")


async def test_a_port_of_another_program_is_wrong(world: World, doctor: Doctor) -> None:
    host, _, port = world.base_url.removeprefix("http://").partition(":")
    status, lines = await doctor(WXQR_PORT=port)
    assert status == 1
    assert f"✗ wxqr cannot listen on {host}:{port}: [Errno 98] Address already in use." in "\n".join(lines)


async def test_a_port_where_wxqr_answers_is_good(doctor: Doctor) -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0, family=socket.AF_INET) as wxqr:
        port = wxqr.sockets[0].getsockname()[1]
        status, lines = await doctor(WXQR_PORT=str(port))
    assert (status, about(lines, "Port")) == (0, f"✓ Port 127.0.0.1:{port}: a wxqr is running there.")
