"""`wxqr forget OPENID`: a person's traces go; the daily figures, in which nobody can be found, stay."""

import itertools
import sqlite3
import sys
from pathlib import Path

from bot import binding
from bot.counting import up_to_date
from bot.model import AppID
from bot.settings import Settings
from bot.terminal import now, sentence
from storage import errands, forgetting, outbox, scans
from storage.database import Database
from storage.migrations import migrate

# whatever was done, was done before
END_OF_TIME = 1 << 40
# to empty the write-ahead log
TRIES = 20


async def forget(settings: Settings, open_id: str) -> int:
    """Forget a person in every account there is or was; return 0, or 1 where the database cannot be used.

    The bot may be running.
    """
    try:
        async with Database.opened(Path(settings.database), migrate=migrate) as db:
            key = await db.read(scans.person_key)
            changed = 0
            for app_id in await db.read(forgetting.app_ids):
                changed += await _forget(db, settings, app_id, key.person(app_id, open_id))
            is_gone = await _is_log_empty(db)
    except (OSError, sqlite3.Error) as error:
        return _refuse(str(error))
    print(sentence("cli.forget.done" if changed else "cli.forget.unknown", rows=changed))
    if not is_gone:
        print(sentence("cli.forget.log"))
    return 0


async def _forget(db: Database, settings: Settings, app_id: AppID, person: bytes) -> int:
    """Unlink the events, then forget the rest at once: what the bot counts meanwhile was still theirs."""
    await up_to_date(db)
    changed = 0
    for step in itertools.count():
        rows, more = await db.write(forgetting.events, person, step * forgetting.STEP)
        changed += rows
        if not more:
            break
    return changed + await db.write(_forget_rest, settings, app_id, person)


async def _is_log_empty(db: Database) -> bool:
    """Empty it; a bot beside us may read from it again and again."""
    for _ in range(TRIES):
        if await db.empty_log():
            return True
    return False


def _forget_rest(connection: sqlite3.Connection, settings: Settings, app_id: AppID, person: bytes) -> int:
    errands.erase(connection, person, END_OF_TIME)
    binding.forget(connection, app_id, person, settings, why="forgotten", at=END_OF_TIME, now=now())
    outbox.forget(connection, person)
    return forgetting.history(connection, person)


def _refuse(why: str) -> int:
    print(sentence("cli.forget.no", why=why), file=sys.stderr)
    return 1
