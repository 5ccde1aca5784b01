"""How often each path may be called: by day, by minute, and how often the counters may be cleared.

https://developers.weixin.qq.com/doc/service/Message_Management/API_Call_Limits.html
"""

from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

from bot.sandbox.clock import Clock
from bot.sandbox.wechat.refusal import Refusal

SHANGHAI = timezone(timedelta(hours=8))
MINUTE = 60
CLEARS_A_MONTH = 10
FORCED = "/cgi-bin/stable_token?force_refresh"

# No number is published for the tags and the tools of the trade; ours is one that no honest caller meets.
UNPUBLISHED = 1_000_000

DAILY = {
    "/cgi-bin/token": 2_000,
    "/cgi-bin/stable_token": 500_000,
    FORCED: 20,
    "/cgi-bin/qrcode/create": 100_000,
    "/cgi-bin/user/info": 5_000_000,
    "/cgi-bin/user/get": 500,
    "/cgi-bin/groups/get": 1_000,
    "/cgi-bin/message/custom/send": 500_000,
    "/cgi-bin/callback/check": 1_440,
}

BY_MINUTE = {"/cgi-bin/stable_token": 10_000}


class Quotas:
    """The counters of one account; `daily` and `by_minute` are limits by path and may be set."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.daily = dict(DAILY)
        self.by_minute = dict(BY_MINUTE)
        self._day = ""
        self._used: Counter[str] = Counter()
        self._minute = 0
        self._this_minute: Counter[str] = Counter()
        self._clears: Counter[str] = Counter()

    def spend(self, path: str) -> None:
        """Count one call to `path`; Refusal 45009 when the day's are used up, 45011 when the minute's are."""
        self._turn()
        if self._this_minute[path] >= self.by_minute.get(path, UNPUBLISHED):
            raise Refusal(45011)
        if self._used[path] >= self.limit(path):
            raise Refusal(45009)
        self._used[path] += 1
        self._this_minute[path] += 1

    def limit(self, path: str) -> int:
        """Return how many calls a day `path` may get."""
        return self.daily.get(path, UNPUBLISHED)

    def used(self, path: str) -> int:
        """Return how many calls `path` has had since 00:00 Asia/Shanghai, or since the counters were cleared."""
        self._turn()
        return self._used[path]

    def clear(self) -> None:
        """Set the day's counters to zero; Refusal 48006 when that was done ten times this month."""
        month = self._date()[:7]
        if self._clears[month] >= CLEARS_A_MONTH:
            raise Refusal(48006)
        self._clears[month] += 1
        self._used.clear()

    def _turn(self) -> None:
        if (day := self._date()) != self._day:
            self._day = day
            self._used.clear()
        if (minute := int(self._clock.now() // MINUTE)) != self._minute:
            self._minute = minute
            self._this_minute.clear()

    def _date(self) -> str:
        return datetime.fromtimestamp(self._clock.now(), UTC).astimezone(SHANGHAI).date().isoformat()
