"""How long, and how often, an account may write to a person who has done something.

https://developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages.html
"""

from collections import defaultdict
from dataclasses import dataclass

from bot.sandbox.wechat.refusal import Refusal

MINUTE, HOUR = 60, 3600
# how many messages, within how many seconds
RULES = {"follow": (3, MINUTE), "scan": (3, MINUTE), "message": (5, 48 * HOUR)}


@dataclass(slots=True)
class Window:
    """Open until `ends_at`, for `left` messages more."""

    ends_at: float
    left: int


class Windows:
    """The windows of everybody, by open id: each kind of act has its own, and a new act of the kind a new one."""

    def __init__(self) -> None:
        self._by_person: dict[str, dict[str, Window]] = defaultdict(dict)

    def open(self, open_id: str, act: str, now: float) -> None:
        """Let the account write: `act` is follow, scan or message."""
        count, seconds = RULES[act]
        self._by_person[open_id][act] = Window(now + seconds, count)

    def spend(self, open_id: str, now: float) -> None:
        """Count one message on the window that closes first; Refusal 45015 when all are closed, 45047 when used up."""
        opened = [window for window in self._by_person[open_id].values() if now < window.ends_at]
        if not opened:
            raise Refusal(45015)
        usable = [window for window in opened if window.left]
        if not usable:
            raise Refusal(45047)
        min(usable, key=lambda window: window.ends_at).left -= 1
