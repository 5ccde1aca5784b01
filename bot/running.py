"""`wxqr run`: the bot from its settings to its end."""

import gc
import logging
import sqlite3
import sys
import time

from bot import __version__
from bot.app import assembled
from bot.logs import set_up
from bot.server import asked_to_stop, bound, serve
from bot.settings import Settings
from bot.terminal import sentence

log = logging.getLogger(__name__)

# seconds a thread may keep the others waiting: the one that writes is not to hold up the one that answers
SWITCH = 0.0005


async def run(settings: Settings) -> int:
    """Run the bot until it is asked to stop; return 0, or 1 where it cannot start."""
    sys.setswitchinterval(SWITCH)
    started, stopping = time.perf_counter(), asked_to_stop()
    set_up(settings.log_level, settings.secrets())
    try:
        listening = bound(settings.host, settings.port)
    except OSError as error:
        return _cannot("cli.run.port_taken", where=f"{settings.host}:{settings.port}", why=str(error))
    with listening:
        try:
            async with assembled(settings) as app:
                door = "Socket Mode" if settings.socket_mode else "HTTP"
                host, port = listening.getsockname()[:2]
                seconds = time.perf_counter() - started
                log.info("wxqr %s ready on %s:%s (%s) after %.2f s", __version__, host, port, door, seconds)
                gc.freeze()  # what the start has left stays: no collection walks it, which takes some 20 ms
                await serve(app, listening, stopping, app.lanes)
                log.info("stopping: finishing what is in hand")
        except (OSError, sqlite3.Error) as error:
            return _cannot("cli.run.no_database", where=settings.database, why=str(error))
    log.info("stopped")
    return 0


def _cannot(key: str, *, where: str, why: str) -> int:
    print(sentence(key, where=where, why=why), file=sys.stderr)
    return 1
