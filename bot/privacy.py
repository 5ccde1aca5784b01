"""`wxqr forget OPENID`: a person's traces go; the daily figures, in which nobody can be found, stay."""

import itertools
import sqlite3
import sys
from pathlib import Path

from bot import binding
from bot.model import AppID
from bot.settings import Settings
from bot.terminal import now, sentence
from storage import errands, forgetting, scans
from storage.database import Database
from storage.migrations import migrate


async def forget(settings: Settings, open_id: str) -> int:
    """Forget a person in every account; return 0, or 1 where the database cannot be used. The bot may be running."""
    try:
        async with Database.opened(Path(settings.database), migrate=migrate) as db:
            key = await db.read(scans.person_key)
            people = {account.app_id: key.person(account.app_id, open_id) for account in settings.accounts}
            changed = 0
            for app_id, person in people.items():
                changed += await _forget(db, settings, app_id, person)
    except (OSError, sqlite3.Error) as error:
        return _refuse(str(error))
    print(sentence("cli.forget.done" if changed else "cli.forget.unknown", rows=changed))
    return 0


async def _forget(db: Database, settings: Settings, app_id: AppID, person: bytes) -> int:
    at = now()
    await db.write(errands.erase, person)
    await db.write(binding.forget, app_id, person, settings, why="forgotten", at=at, now=at)
    changed = await db.write(forgetting.history, person)
    for step in itertools.count():
        rows, more = await db.write(forgetting.events, person, step * forgetting.STEP)
        changed += rows
        if not more:
            break
    return changed


def _refuse(why: str) -> int:
    print(sentence("cli.forget.no", why=why), file=sys.stderr)
    return 1
