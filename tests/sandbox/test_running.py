"""`wxqr sandbox` as a program: what it prints, where the bot may be, how it ends."""

import asyncio
import os
import signal
import socket
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from io import StringIO
from pathlib import Path

import httpx
import pytest
from dotenv import dotenv_values
from starlette.routing import Mount

import bot
from bot.sandbox.running import standing
from bot.sandbox.world import Door, served, with_bot
from bot.server import bound
from bot.settings import read_settings
from tests import forked
from tests.forked import Forked
from tests.plain_http import NO_TLS
from tests.sandbox.programs import running

ROOT = Path(bot.__file__).parents[1]
# a machine that is busy with other things may take half a minute to start a program
PATIENCE = 60


def program(*arguments: str, **more: str) -> AbstractAsyncContextManager[Process]:
    """Start the program as its users do, by a Python that has loaded nothing yet; it is gone when the block ends."""
    return running("-m", "bot", *arguments, env=environment(**more), cwd=more.get("TMPDIR", "/"))


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", **more}


@asynccontextmanager
async def forked_sandbox(folder: Path, *arguments: str) -> AsyncIterator[Forked]:
    """Start the sandbox in a process that need not load it; it is gone when the block ends."""
    process = await Forked.start(["sandbox", *arguments], environment(TMPDIR=str(folder)), folder)
    try:
        yield process
    finally:
        process.kill()
        await process.left()


async def printed(process: Process | Forked) -> tuple[str, str]:
    """Return the address the sandbox is at, and the rest of what it prints when it is ready."""
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        first = (await process.stdout.readline()).decode()
        rest = ""
        while "SLACK_APP_TOKEN=" not in rest:
            rest += (await process.stdout.readline()).decode()
    return first.split()[-1], rest


async def ended(process: Process | Forked) -> int:
    async with asyncio.timeout(PATIENCE):
        return await process.wait()


async def refused(*arguments: str, **more: str) -> tuple[int, str]:
    refusal = await forked.ended(["sandbox", *arguments], environment(**more))
    return refusal.returncode, refusal.stderr


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_at_once_and_well_when_asked_even_with_a_page_open(stop: signal.Signals, tmp_path: Path) -> None:
    async with program("sandbox", "--port", "0", TMPDIR=str(tmp_path)) as process:
        url, _ = await printed(process)
        async with (
            httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http,
            http.stream("GET", f"{url}/sandbox/changes") as changes,
        ):
            assert changes.status_code == 200
            process.send_signal(stop)
            async with asyncio.timeout(5):
                assert await process.wait() == 0
    assert left_in(tmp_path) == []


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_it_prints_settings_that_a_bot_can_start_with(tmp_path: Path) -> None:
    async with forked_sandbox(tmp_path, "--port", "0") as process:
        url, rest = await printed(process)
    settings = read_settings(settings_in(rest), lambda path: path)
    assert (settings.slack_url, settings.wechat_url) == (f"{url}/slack/api/", f"{url}/wechat")
    assert not settings.socket_mode


def settings_in(lines: str) -> dict[str, str]:
    return {name: value for name, value in dotenv_values(stream=StringIO(lines)).items() if value is not None}


@pytest.mark.parametrize(("data", "told"), [((), "is gone when it ends"), (("--data", "kept"), "keeps its database;")])
async def test_it_says_what_is_left_when_it_ends(tmp_path: Path, data: tuple[str, ...], told: str) -> None:
    async with forked_sandbox(tmp_path, "--port", "0", *data) as process:
        _, rest = await printed(process)
    assert told in rest


async def test_the_page_is_at_its_address(tmp_path: Path) -> None:
    async with forked_sandbox(tmp_path, "--port", "0") as process:
        url, _ = await printed(process)
        async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
            assert "<title>wxqr sandbox</title>" in (await http.get(url)).text


async def test_a_port_that_is_taken_is_told_in_one_sentence(listening: socket.socket) -> None:
    listening.listen()
    status, complaint = await refused("--port", str(listening.getsockname()[1]))
    assert (status, complaint.count("\n")) == (1, 1)
    assert "The sandbox cannot listen on 127.0.0.1:" in complaint


async def test_it_complains_in_the_language_of_the_machine(listening: socket.socket) -> None:
    listening.listen()
    _, complaint = await refused("--port", str(listening.getsockname()[1]), LANG="zh_CN.UTF-8")
    assert "沙盒无法监听" in complaint


async def test_a_bot_url_that_is_none_is_refused() -> None:
    assert (await refused("--bot-url", "localhost:3000")) == (
        2,
        "--bot-url is neither an http(s) address nor the word socket: localhost:3000\n",
    )


async def test_a_folder_for_data_keeps_the_bots_database(tmp_path: Path) -> None:
    data = tmp_path / "kept" / "here"
    async with forked_sandbox(tmp_path, "--port", "0", "--data", str(data)) as process:
        await printed(process)
        process.send_signal(signal.SIGTERM)
        assert await ended(process) == 0
    assert (data / "wxqr.db").stat().st_size > 0


async def test_data_that_is_no_folder_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, complaint = await refused("--port", "0", "--data", str(tmp_path / "file"))
    assert (status, complaint.count("\n")) == (1, 1)
    assert "wxqr cannot use the database" in complaint


async def test_a_bot_in_socket_mode_lives_in_it_with_nothing_but_what_was_printed(tmp_path: Path) -> None:
    async with program("sandbox", "--port", "0", "--bot-url", "socket", TMPDIR=str(tmp_path)) as sandbox:
        url, rest = await printed(sandbox)
        (tmp_path / ".env").write_text(f"{rest}\nWXQR_PORT=0\n", "utf-8")
        async with (
            program("run", TMPDIR=str(tmp_path)) as its_bot,
            httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http,
        ):
            await heard(its_bot, "ready")
            wish = {"person": "ana", "channel": "#general", "text": "help"}
            answer = await answered(http, f"{url}/sandbox/command", wish, lambda told: told["error"] is None)
            its_bot.terminate()
            assert await ended(its_bot) == 0
    assert answer["status"] == 200


async def heard(process: Process, word: str) -> None:
    assert process.stderr
    async with asyncio.timeout(PATIENCE):
        while word not in (await process.stderr.readline()).decode():
            assert not process.stderr.at_eof()


async def answered(
    http: httpx.AsyncClient, url: str, wish: dict[str, str], good: Callable[[dict[str, object]], bool]
) -> dict[str, object]:
    async with asyncio.timeout(PATIENCE):
        while not good(told := (await http.post(url, json=wish)).json()):
            pass
    return dict(told)


async def test_a_bot_at_another_address_gets_what_people_do(
    listening: socket.socket, door: Door, tmp_path: Path
) -> None:
    with bound("127.0.0.1", 0) as elsewhere:
        bot_url = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/there/"
        async with (
            served([Mount("/there", door)], elsewhere),
            standing(listening, tmp_path, bot_url) as world,
            with_bot(world, door, tmp_path / "elsewhere.db"),
        ):
            assert (await world.slack.command("ana", "#general", "help")).error is None


async def test_while_no_bot_is_there_people_are_told_so(listening: socket.socket, tmp_path: Path) -> None:
    async with standing(listening, tmp_path, "socket") as world:
        assert (await world.slack.command("ana", "#general", "help")).error == "dispatch_failed"
        assert "failed with the error" in world.slack.sees("ana", "#general")[-1].text
