"""Ask WeChat by which code those came whose follow was pushed without one.

https://developers.weixin.qq.com/doc/service/api/usermanage/userinfo/api_batchuserinfo
"""

import sqlite3
from collections.abc import Sequence

from bot.context import Desk, Means
from bot.counting import up_to_date
from bot.errors import WeChatError
from bot.follower import Follower
from bot.handler import Job
from bot.model import MINUTE
from bot.scan import is_for_binding
from bot.wechat.client import WeChat
from storage import errands, scans, settling, tagging
from storage.errands import Errand
from storage.settling import Repair
from storage.tagging import Tagged

AT_ONCE = 100
# WeChat may be slow to know of a follow: asked again after so many seconds, then left as it is
AGAIN = (5, MINUTE, 10 * MINUTE)
# the push and user/info need not have been stamped by the same clock
APART = 2
UNKNOWN_OPEN_ID = 40003


async def repair(means: Means, _: Desk) -> None:
    taken = await means.db.write(errands.take, "repair", means.owner, means.is_alive, means.now(), AT_ONCE)
    accounts = {str(wechat.account.app_id): wechat for wechat in means.official_accounts.values()}
    gone = [errand for errand in taken if errand.app_id not in accounts]
    if gone:  # an account that is not in the settings any more: nobody can ask for it
        await means.db.write(errands.settle, gone)
    for app_id, wechat in accounts.items():
        theirs = [errand for errand in taken if errand.app_id == app_id]
        if theirs:
            await _repair(means, wechat, theirs)


async def _repair(means: Means, wechat: WeChat, waiting: Sequence[Errand]) -> None:
    try:
        followers = await _looked_up(wechat, waiting)
    except WeChatError:
        await means.db.write(errands.postpone, waiting, means.now() + 5 * MINUTE)
        raise
    await up_to_date(means.db)
    await means.db.write(_apply, waiting, followers, means.now())


async def _looked_up(wechat: WeChat, waiting: Sequence[Errand]) -> dict[str, Follower]:
    """Return what WeChat knows by open id; one that it does not know makes it refuse all that are asked with it."""
    try:
        found = await wechat.followers([errand.open_id for errand in waiting])
    except WeChatError as error:
        if error.errcode != UNKNOWN_OPEN_ID:
            raise
        if len(waiting) == 1:
            return {}
        half = len(waiting) // 2
        return {**await _looked_up(wechat, waiting[:half]), **await _looked_up(wechat, waiting[half:])}
    return {follower.open_id: follower for follower in found}


def _apply(connection: sqlite3.Connection, waiting: Sequence[Errand], followers: dict[str, Follower], now: int) -> None:
    for errand in waiting:
        follower = followers.get(errand.open_id)
        if follower and follower.is_following and abs(follower.followed_at - errand.at) <= APART:
            # who unfollowed meanwhile was erased, and is not brought back
            if errands.settle(connection, [errand]) and _is_counted(follower.scene):
                _give(connection, errand, follower.scene, now)
        elif errand.tries < len(AGAIN):
            errands.postpone(connection, [errand], now + AGAIN[errand.tries])
        else:
            errands.settle(connection, [errand])


def _is_counted(scene: str) -> bool:
    return bool(scene) and not is_for_binding(scene)


def _give(connection: sqlite3.Connection, errand: Errand, scene: str, now: int) -> None:
    """Give the follow its scene, and the follower the scene's tag."""
    if settling.repair(connection, Repair(errand.app_id, errand.person, errand.at, scene, now)):
        scene_id = scans.scene_number(connection, errand.app_id, scene, now)
        tagging.ask_for(connection, Tagged(errand.app_id, errand.person, errand.open_id, errand.at, scene_id), now)


job = Job(repair, seconds=2)
