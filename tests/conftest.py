"""What every test may use."""

import gc
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import hypothesis
import pytest
import sqlite_utils
from starlette.routing import Mount

from bot.sandbox.world import Door, World, served, with_bot
from bot.server import bound
from storage.migrations import migrate

# the machine may be busy with anything, so no example has a deadline; more of them are for those who look for faults
hypothesis.settings.register_profile("suite", deadline=None, max_examples=25)
hypothesis.settings.load_profile("suite")


TESTS = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Let each worker begin with other files: what one has compiled in a fresh clone, the others need only read."""
    config = session.config
    workers = getattr(config, "workerinput", None)
    if workers and [Path(one).resolve() for one in config.args] == [TESTS]:
        files = sorted(str(path) for path in TESTS.rglob("test_*.py"))
        begin = len(files) * int(workers["workerid"].removeprefix("gw")) // workers["workercount"]
        config.args = files[begin:] + files[:begin]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give all workers one order, which xdist wants, with neighbours together."""
    items.sort(key=lambda item: item.path)


def pytest_collection_finish() -> None:
    """Look through no more for what is garbage than what tests make: all that is loaded by now, stays."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def anyio_backend() -> str:
    """Run asynchronous tests on asyncio, as the bot does."""
    return "asyncio"


@pytest.fixture(scope="session")
def newest_form() -> Iterator[sqlite3.Connection]:
    """Give an empty database of the newest form, to be copied: that is a hundred times as fast as to make one."""
    with closing(sqlite3.connect(":memory:")) as made:
        migrate(sqlite_utils.Database(made))
        made.commit()
        yield made


@pytest.fixture
def database_file(newest_form: sqlite3.Connection, tmp_path: Path) -> Path:
    """Give the file of a bot that has run before; how one begins is the business of storage and of the program."""
    path = tmp_path / "wxqr.db"
    path.touch(0o600)
    path.write_bytes(newest_form.serialize())
    return path


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """Give a bound socket of this machine."""
    with bound("127.0.0.1", 0) as one:
        yield one


@pytest.fixture
def door() -> Door:
    """Give the place where a bot may stand."""
    return Door()


@pytest.fixture
async def world(listening: socket.socket, door: Door) -> AsyncIterator[World]:
    """Serve a Slack workspace and a WeChat account over real HTTP; no bot lives there yet."""
    base_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    world = World(base_url, f"{base_url}/bot")
    async with served([*world.routes(), Mount("/bot", door)], listening), world:
        yield world


@pytest.fixture
async def bot(world: World, door: Door, database_file: Path) -> AsyncIterator[World]:
    """Let the real bot live in the world."""
    async with with_bot(world, door, database_file):
        yield world
