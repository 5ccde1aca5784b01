"""Tell on-call, once, of scans that say a code was created wrongly somewhere: scene 0, or one beyond 32 bits."""

import sqlite3

from bot.context import Desk, Means
from bot.handler import Job
from bot.model import AppID
from bot.reply import Reply, say
from bot.scan import INVALID_SCENES
from storage import alerts, scans


async def watch(means: Means, desk: Desk) -> None:
    for name, wechat in means.official_accounts.items():
        for scene in await means.db.read(_invalid, wechat.account.app_id):
            if await means.db.write(alerts.begin, f"invalid scene:{wechat.account.app_id}:{scene}", means.now()):
                await desk.alert(Reply(say("alert.invalid_scene", account=name, scene=scene)))


def _invalid(connection: sqlite3.Connection, app_id: AppID) -> list[str]:
    return [scene for scene in sorted(INVALID_SCENES) if scans.found_scene(connection, app_id, scene)]


job = Job(watch, seconds=2)
