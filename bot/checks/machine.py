"""What the bot needs of this machine: settings, a database it can write, room on the disk, a port."""

import errno
import os
import re
import shutil
import sqlite3
from pathlib import Path

import httpx

from bot.checks.finding import Finding, good, note, wrong
from bot.errors import NotFound
from bot.reply import say
from bot.safekeeping import damage, opened
from bot.server import bound
from bot.settings import Settings

LEAST_MEGABYTES = 100
MEGABYTE = 1 << 20
# https://docs.slack.dev/reference/objects/user-object: ids begin with U or W
USER_ID = re.compile(r"[UW][A-Z0-9]{7,}")
# where a bot that listens everywhere is met from this machine
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 - compared, not listened on


def check_settings(settings: Settings) -> list[Finding]:
    """Say what was read; who is no Slack user can be no operator."""
    accounts = ", ".join(f"{account.name} ({account.app_id})" for account in settings.accounts)
    door = say("doctor.door.socket" if settings.socket_mode else "doctor.door.http")
    return [good(say("doctor.settings", accounts=accounts, door=door)), _operators(settings.operators)]


def check_database(path: Path) -> list[Finding]:
    """Look at the file and its folder without changing either. Blocks."""
    folder = path.resolve().parent
    if not folder.is_dir():
        return [wrong(say("doctor.database.no_folder", folder=str(folder)))]
    if not os.access(folder, os.W_OK | os.X_OK):
        return [wrong(say("doctor.database.closed_folder", folder=str(folder)))]
    return [_file(path), _room(folder)]


async def check_port(host: str, port: int) -> Finding:
    """Look whether the address is free, or a bot's already."""
    where = f"{host}:{port}"
    try:
        bound(host, port).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE and await _is_ours(host, port):
            return good(say("doctor.port.running", where=where))
        return wrong(say("cli.run.port_taken", where=where, why=str(error)))
    return good(say("doctor.port.free", where=where))


def _operators(operators: frozenset[str]) -> Finding:
    nobody = sorted(one for one in operators if not USER_ID.fullmatch(one))
    if nobody:
        return wrong(say("doctor.operators.wrong", nobody=", ".join(nobody)))
    return good(say("doctor.operators", operators=len(operators))) if operators else note(say("doctor.operators.none"))


def _file(path: Path) -> Finding:
    if not path.exists():
        return good(say("doctor.database.new", database=str(path)))
    try:
        found = _damage(path)
    except NotFound as error:
        return wrong(say("doctor.database.unusable", database=str(path), why=say(error.key, **error.facts)))
    except sqlite3.Error as error:
        return wrong(say("doctor.database.unusable", database=str(path), why=str(error)))
    if found:
        return wrong(say("doctor.database.damaged", database=str(path), found=found))
    return good(say("doctor.database.whole", database=str(path), kilobytes=path.stat().st_size // 1024))


def _damage(path: Path) -> str:
    """Return what is wrong with the file. Raises sqlite3.Error where it cannot be read or written."""
    try:
        return _complaint(path)
    except sqlite3.DatabaseError as error:
        # where the list of tables itself is hit, nothing can be asked: https://www.sqlite.org/rescode.html#corrupt
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            return str(error)
        raise


def _complaint(path: Path) -> str:
    with opened(path) as connection:
        connection.execute("pragma query_only = off")
        connection.execute("begin immediate")  # the right to write, taken and given back
        connection.rollback()
        return damage(connection)


def _room(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < LEAST_MEGABYTES:
        return wrong(say("doctor.disk.full", folder=str(folder), free=free, least=LEAST_MEGABYTES))
    return good(say("doctor.disk.free", folder=str(folder), free=free))


async def _is_ours(host: str, port: int) -> bool:
    near = _EVERYWHERE.get(host, host)
    url = httpx.URL(scheme="http", host=near, port=port, path="/healthz")
    # a proxy of this machine does not know this machine's own addresses
    async with httpx.AsyncClient(timeout=2, trust_env=False) as http:
        try:
            return (await http.get(url)).text == "ok"
        except httpx.HTTPError:
            return False
