"""Who is to be given a tag: by the rule of the scene they followed by."""

import sqlite3
from dataclasses import dataclass

from bot.model import DAY, AppID, OpenID
from storage import errands, tag_rules
from storage.errands import Errand

# a WeChat that is away, or whose quota is used up, comes back within a day
WITHIN = DAY


@dataclass(frozen=True, slots=True)
class Tagged:
    """Somebody who followed `at` that time by a scene, by its number here."""

    app_id: AppID
    person: bytes
    open_id: OpenID
    at: int
    scene_id: int


def ask_for(connection: sqlite3.Connection, who: Tagged, now: int) -> None:
    """Write down that they get the tag of the scene, if it has one and they have not left since."""
    rule = tag_rules.choose(connection, who.scene_id)
    if rule:
        detail = f"{rule.tag_id} {rule.scene}"
        errand = Errand(who.app_id, who.person, who.open_id, who.at, "tag", detail, now, now + WITHIN)
        errands.add(connection, errand)
