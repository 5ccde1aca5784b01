"""The program as it is started: by a name, its environment and nothing else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __version__
from bot.sandbox.wechat.tokens import AccessTokens
from bot.sandbox.world import World
from bot.server import bound
from tests import forked
from tests.conversations.bot_process import BotProcess, environment_of, started, surrounded
from tests.forked import Ended

CJK = re.compile(r"[\u4e00-\u9fff]")
SECRET_NAMES = ("TOKEN", "SECRET", "KEY")


def from_nothing(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the program in `folder` to its end, as its users do, by a Python that has loaded nothing yet."""
    ended = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=surrounded({"PYTHONUTF8": "1", **environment}),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended


async def wxqr(folder: Path, *arguments: str, **environment: str) -> Ended:
    """Run the program in `folder` to its end; it is the same, and need not be loaded for every test anew."""
    ended = await forked.ended(arguments, surrounded(environment), folder)
    assert "Traceback" not in ended.stderr, ended.stderr
    return ended


# usage and settings


def test_it_tells_its_version(tmp_path: Path) -> None:
    assert from_nothing(tmp_path, "--version").stdout == f"wxqr {__version__}\n"


@pytest.mark.parametrize("command", [(), ("run",), ("sandbox",), ("doctor",), ("backup",), ("export",)])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
async def test_help_needs_no_settings_and_speaks_the_readers_language(
    tmp_path: Path, command: tuple[str, ...], language: str
) -> None:
    ended = await wxqr(tmp_path, *command, "--help", WXQR_LANGUAGE=language)
    assert (ended.returncode, bool(CJK.search(ended.stdout))) == (0, language == "zh-CN")


@pytest.mark.parametrize(
    "arguments", [(), ("walk",), ("backup",), ("export", "tokens"), ("export", "allocations", "--format", "xml")]
)
async def test_an_unknown_word_is_a_wrong_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ended = await wxqr(tmp_path, *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("usage: wxqr")


@pytest.mark.parametrize("command", ["run", "doctor"])
@pytest.mark.parametrize(
    ("language", "missing", "no_port"),
    [
        ("en", "SLACK_BOT_TOKEN is not set", "WXQR_PORT is no port (0–65535): http"),
        ("zh-CN", "SLACK_BOT_TOKEN 未设置", "WXQR_PORT 不是端口号（0–65535）：http"),
    ],
)
async def test_all_wrong_settings_are_named_at_once(
    tmp_path: Path, command: str, language: str, missing: str, no_port: str
) -> None:
    ended = await wxqr(tmp_path, command, WXQR_LANGUAGE=language, WXQR_PORT="http", WXQR_LOG_LEVEL="LOUD")
    named = [line.split()[0] for line in ended.stderr.splitlines()[1:]]
    assert (ended.returncode, ended.stdout) == (2, "")
    assert set(named) == {
        *("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "WECHAT_APP_ID", "WECHAT_APP_SECRET"),
        *("WXQR_PORT", "WXQR_LOG_LEVEL"),
    }
    assert missing in ended.stderr
    assert no_port in ended.stderr


def test_settings_may_stand_in_an_env_file_of_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("WXQR_DATABASE=of-the-file.db\nSLACK_BOT_TOKEN='xoxb-1'\n")
    assert "there is no database of-the-file.db" in from_nothing(tmp_path, "export", "allocations").stderr
    run = from_nothing(tmp_path, "run")
    assert run.returncode == 2
    assert "SLACK_BOT_TOKEN" not in run.stderr


async def test_the_environment_wins_over_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("WXQR_DATABASE=of-the-file.db\n")
    ended = await wxqr(tmp_path, "export", "allocations", WXQR_DATABASE="of-the-environment.db")
    assert "there is no database of-the-environment.db" in ended.stderr


def test_a_backup_without_a_database_fails_with_a_sentence(tmp_path: Path) -> None:
    ended = from_nothing(tmp_path, "backup", "copy.db")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("No backup: there is no database wxqr.db")


# running


async def test_it_runs_by_its_environment_alone_and_stops_with_0(world: World, tmp_path: Path) -> None:
    async with started(world, tmp_path / "wxqr.db", BotProcess.start_from_nothing) as bot:
        delivery = await world.slack.command("ana", "#general", "help")
        assert delivery.error is None
        assert "/wxqr" in delivery.body
        assert await bot.stop() == 0


async def test_a_forged_command_is_refused(world: World, tmp_path: Path) -> None:
    async with started(world, tmp_path / "wxqr.db"):
        world.slack.signing_secret = "of another app"
        delivery = await world.slack.command("ana", "#general", "help")
    assert (delivery.status, delivery.error) == (401, "dispatch_failed")


async def test_it_runs_in_socket_mode_without_a_signing_secret(world: World, tmp_path: Path) -> None:
    environment = world.environment(tmp_path / "wxqr.db", socket_mode=True) | {"WXQR_PORT": "0"}
    environment.pop("SLACK_SIGNING_SECRET")
    world.slack.request_url = None
    bot = await BotProcess.start_from_nothing(environment)
    await world.slack.wait_for(lambda: world.slack.sockets.count)
    delivery = await world.slack.command("ana", "#general", "help")
    assert "/wxqr" in delivery.body
    assert await bot.stop() == 0


async def test_a_taken_port_is_told_in_a_sentence(tmp_path: Path) -> None:
    with bound("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        ended = await wxqr(tmp_path, "run", **WELL, WXQR_PORT=port)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"wxqr cannot listen on 127.0.0.1:{port}: " in ended.stderr
    assert "WXQR_PORT" in ended.stderr


async def test_a_database_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    database = tmp_path / "nowhere" / "wxqr.db"
    ended = await wxqr(tmp_path, "run", **WELL, WXQR_PORT="0", WXQR_DATABASE=str(database))
    assert (ended.returncode, ended.stdout) == (1, "")
    assert f"wxqr cannot use the database {database}: " in ended.stderr


async def test_a_database_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "wxqr.db").write_bytes(b"something else entirely " * 400)
    ended = await wxqr(tmp_path, "run", **WELL, WXQR_PORT="0")
    assert ended.returncode == 1
    assert "wxqr cannot use the database wxqr.db: " in ended.stderr


WELL = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_SIGNING_SECRET": "signing-secret",
    "WECHAT_APP_ID": "wx1",
    "WECHAT_APP_SECRET": "app-secret",
}


# secrets


def issued(*families: AccessTokens) -> list[str]:
    return [value for family in families for value in family._issued]


async def talk(world: World) -> None:
    """Let all go well, then all go wrong."""
    await world.slack.command("ana", "#general", "temp spring")
    await world.slack.wait_for(lambda: world.slack.count("files.completeUploadExternal"), timeout=20)
    for fault in ("token_revoked", "busy", "not_json", "image_wrong"):
        world.faults.arm(fault)
    for fault in ("slack_internal_error", "slack_5xx_after", "slack_drop_after"):
        world.faults.arm(fault)
    asked = world.wechat.count("/cgi-bin/qrcode/create")
    await world.slack.command("ana", "#general", "perm spring-for-ever")
    await world.slack.command("ben", "#general", "refresh")
    await world.slack.command("ana", "#general", "status")
    await world.slack.wait_for(lambda: world.wechat.count("/cgi-bin/qrcode/create") > asked, timeout=20)


async def forge(world: World) -> None:
    """Knock with what a stranger, and then Slack's own mistake, could send."""
    ours, world.slack.signing_secret = world.slack.signing_secret, "of another app"
    await world.slack.command("ana", "#general", "temp forged")
    world.slack.signing_secret = ours
    await world.slack.command("ana", "#general", f"temp {world.slack.bot_token}")


async def test_no_secret_is_ever_logged_even_at_debug_level(world: World, tmp_path: Path) -> None:
    environment = environment_of(world, tmp_path / "wxqr.db") | {"WXQR_LOG_LEVEL": "DEBUG"}
    bot = await BotProcess.start(environment)
    await talk(world)
    await forge(world)
    assert await bot.stop() == 0
    log = "".join(bot.log)
    secrets = [value for name, value in environment.items() if name.endswith(SECRET_NAMES)]
    secrets += issued(world.wechat.stable_tokens, world.wechat.legacy_tokens)
    secrets += [world.slack.app_token, world.slack.verification_token]
    assert "INFO bot.running stopped" in log
    assert len(issued(world.wechat.stable_tokens)) >= 2
    assert [secret for secret in secrets if secret in log] == []
