"""WeRoBot with its sessions in SQLite, as its documentation has it: https://werobot.readthedocs.io/zh-cn/latest/."""

import logging
import os
from typing import Any

from bottle import Bottle  # type: ignore[import-not-found]  # the peers' libraries are in a venv of their own
from werobot import WeRoBot  # type: ignore[import-not-found]  # see above
from werobot.contrib.bottle import make_view  # type: ignore[import-not-found]  # see above
from werobot.replies import SuccessReply  # type: ignore[import-not-found]  # see above
from werobot.session.sqlitestorage import SQLiteStorage  # type: ignore[import-not-found]  # see above

from bench.peers.events import Events

logging.getLogger("werobot").setLevel(logging.ERROR)
events = Events()
robot = WeRoBot(
    token=os.environ["WECHAT_CALLBACK_TOKEN"],
    app_id=os.environ["WECHAT_APP_ID"],
    encoding_aes_key=os.environ["WECHAT_ENCODING_AES_KEY"] or None,
    enable_session=True,
    session_storage=SQLiteStorage(f"{os.environ['WXQR_DATABASE']}-sessions.db"),
)


def keep(message: Any) -> SuccessReply:
    """Keep an event."""
    events.keep(
        open_id=message.source,
        created_at=message.time,
        event=message.type.removesuffix("_event"),
        event_key=getattr(message, "key", None) or "",
        ticket=getattr(message, "ticket", None) or "",
    )
    return SuccessReply(message=message)


def readyz() -> str:
    """Say that it is up."""
    return "ok"


robot.add_handler(keep)
app = Bottle()
app.route("/wechat/callback", "POST", make_view(robot))
app.route("/readyz", "GET", readyz)
