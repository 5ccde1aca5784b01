"""`wxqr sandbox`: a Slack workspace and a WeChat account at one port, with a page, and the bot between them."""

import contextlib
import os
import socket
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from starlette.routing import Mount

from bot import words
from bot.logs import set_up
from bot.model import Language
from bot.reply import say
from bot.sandbox.control import Control
from bot.sandbox.page import Page
from bot.sandbox.world import Door, World, served, with_bot
from bot.server import asked_to_stop, bound

SOCKET = "socket"
CANNOT_START = 1
WRONG_USAGE = 2
# a page cannot be opened at these: they mean every address of the machine
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared with, not listened on


async def run(host: str, port: int, data: Path | None, bot_url: str | None, *, with_tour: bool = False) -> int:
    """Serve the sandbox until SIGINT or SIGTERM; return 0, 1 where it cannot start, 2 for a wrong `bot_url`.

    `bot_url` is None (the sandbox has its own bot), the address of another one, or the word socket. `with_tour`: the
    tour begins with the page.
    """
    if bot_url not in (None, SOCKET) and urlsplit(bot_url).scheme not in ("http", "https"):
        return _refuse(WRONG_USAGE, "cli.sandbox.not_url", value=str(bot_url))
    try:
        listening = bound(host, port)
    except (OSError, OverflowError) as error:
        return _refuse(CANNOT_START, "cli.sandbox.port_taken", where=f"{host}:{port}", why=str(error))
    set_up("WARNING", ())
    stopping = asked_to_stop()
    try:
        with listening, _folder(data) as folder:
            async with standing(listening, folder, bot_url, with_tour=with_tour) as world:
                _introduce(world, bot_url, is_kept=data is not None)
                await stopping.wait()
    except (OSError, sqlite3.Error) as error:
        return _refuse(CANNOT_START, "cli.run.no_database", where=str(data or tempfile.gettempdir()), why=str(error))
    return 0


@contextlib.asynccontextmanager
async def standing(
    listening: socket.socket, folder: Path, bot_url: str | None = None, *, with_tour: bool = False, **settings: str
) -> AsyncIterator[World]:
    """Let the sandbox stand at a bound socket, with its own bot unless `bot_url` names another, until the block ends.

    The bot's database is in `folder`; it has the `settings` of this world, and these.
    """
    base_url = _base_url(listening)
    door = Door()
    own = None if bot_url else f"{base_url}/bot"
    world = World(base_url, None if bot_url == SOCKET else own or str(bot_url).rstrip("/"))
    if not own:
        # a bot elsewhere keeps the machine's time, and finds a signature of another stale
        world.wechat.pushes.now = time.time
    control = Control(world, tour_begins_itself=with_tour)
    routes = [*world.routes(), Mount("/bot", door), Mount("/sandbox", routes=control.routes())]
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(served([*routes, *Page().routes()], listening))
        stack.callback(control.close)
        await stack.enter_async_context(world)
        if own:
            await stack.enter_async_context(with_bot(world, door, folder / "wxqr.db", **settings))
        stack.push_async_callback(control.end_tour)
        yield world


def _base_url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    host = _EVERYWHERE.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextlib.contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    if data is None:
        with tempfile.TemporaryDirectory(prefix="wxqr-sandbox-") as folder:
            yield Path(folder)
    else:
        data.mkdir(parents=True, exist_ok=True)
        yield data


def _introduce(world: World, bot_url: str | None, *, is_kept: bool) -> None:
    """Print where everything is, and the settings of a bot that could live here."""
    door = "own" if bot_url is None else "socket" if bot_url == SOCKET else "http"
    environment = world.environment(Path("wxqr.db"), socket_mode=True)
    app_token = f"SLACK_APP_TOKEN={environment.pop('SLACK_APP_TOKEN')}"
    _print("cli.sandbox.ready", url=world.base_url)
    _print(f"cli.sandbox.ready.{door}", url=str(world.bot_url))
    if door == "own":
        _print("cli.sandbox.kept" if is_kept else "cli.sandbox.gone")
    print()
    _print("cli.sandbox.environment")
    print("\n".join(f"{name}={value}" for name, value in environment.items()))
    _print("cli.sandbox.socket_mode")
    print(app_token if door == "socket" else f"# {app_token}", flush=True)


def _refuse(status: int, key: str, **facts: str) -> int:
    print(_said(key, **facts), file=sys.stderr)
    return status


def _print(key: str, **facts: str) -> None:
    print(_said(key, **facts))


def _said(key: str, **facts: str) -> str:
    language = Language.of(os.environ.get("WXQR_LANGUAGE") or os.environ.get("LANG", ""))
    return words.text(say(key, **facts), language)
