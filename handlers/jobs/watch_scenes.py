"""Tell on-call, once, of scans that say a code was created wrongly somewhere: scene 0, or one beyond 32 bits."""

import json
import sqlite3

from bot import alerting
from bot.context import Desk, Means
from bot.handler import Job
from bot.model import AppID
from bot.reply import Reply, say
from bot.scan import INVALID_SCENES, day_of
from storage import alerts

# days without such a scan, after which the next one is news
QUIET = 30


async def watch(means: Means, desk: Desk) -> None:
    for name, wechat in means.official_accounts.items():
        app_id, since = wechat.account.app_id, day_of(means.now()) - QUIET
        scanned = await means.db.read(_scanned, app_id, since)
        for scene in scanned:
            if await alerting.has_begun(means, _trouble(app_id, scene)):
                told = Reply(say("alert.invalid_scene", account=name, scene=scene))
                await alerting.tell(means, desk, told, _trouble(app_id, scene))
        for scene in INVALID_SCENES.difference(scanned):
            if await means.db.read(alerts.lasts, _trouble(app_id, scene)):
                await means.db.write(alerts.end, _trouble(app_id, scene))


def _trouble(app_id: AppID, scene: str) -> str:
    return f"invalid scene:{app_id}:{scene}"


def _scanned(connection: sqlite3.Connection, app_id: AppID, since: int) -> list[str]:
    rows = connection.execute(
        """select scene from scenes where app_id = :app_id and scene in (select value from json_each(:invalid))
           and exists (select 1 from days where scene_id = scenes.id and day >= :since)""",
        {"app_id": app_id, "invalid": json.dumps(sorted(INVALID_SCENES)), "since": since},
    )
    return [row["scene"] for row in rows]


job = Job(watch, seconds=2)
