"""Tell on-call, once, of scans that say a code was created wrongly somewhere: scene 0, or one beyond 32 bits."""

import json
import sqlite3

from bot import alerting
from bot.context import Desk, Means
from bot.handler import Job
from bot.model import AppID
from bot.reply import Reply, say
from bot.scan import INVALID_SCENES
from storage import alerts


async def watch(means: Means, desk: Desk) -> None:
    for name, wechat in means.official_accounts.items():
        for scene in await means.db.read(_invalid, wechat.account.app_id):
            trouble = f"invalid scene:{wechat.account.app_id}:{scene}"
            if await means.db.write(alerts.begin, trouble, means.now()):
                told = Reply(say("alert.invalid_scene", account=name, scene=scene))
                await alerting.tell(means, desk, told, trouble)


def _invalid(connection: sqlite3.Connection, app_id: AppID) -> list[str]:
    rows = connection.execute(
        """select scene from scenes where app_id = :app_id and scene in (select value from json_each(:invalid))
           and exists (select 1 from days where scene_id = scenes.id)""",
        {"app_id": app_id, "invalid": json.dumps(sorted(INVALID_SCENES))},
    )
    return [row["scene"] for row in rows]


job = Job(watch, seconds=2)
