"""The official daily figures: how many people followed from where, and how many left.

https://developers.weixin.qq.com/doc/service/api/wedata/user/api_getusersummary
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.wechat.quotas import SHANGHAI

READY_AT = timedelta(hours=8)
OTHERS, SEARCH, CARD, CODE = 0, 1, 17, 30
# follows after a payment count among the others since June 2023
SOURCES = {"ADD_SCENE_SEARCH": SEARCH, "ADD_SCENE_PROFILE_CARD": CARD, "ADD_SCENE_QR_CODE": CODE}


class Figures:
    """What happened by day in Shanghai and by source; a person who leaves counts for the source she came from."""

    def __init__(self, clock: Clock, followers_before: int) -> None:
        self._clock = clock
        self._before = followers_before
        self._new: Counter[tuple[date, int]] = Counter()
        self._cancelled: Counter[tuple[date, int]] = Counter()

    def follow(self, at: float, how: str) -> None:
        """Count a follow by its subscribe_scene."""
        self._new[_day(at), SOURCES.get(how, OTHERS)] += 1

    def unfollow(self, at: float, how: str) -> None:
        """Count an unfollow by the subscribe_scene of the follow that it ends."""
        self._cancelled[_day(at), SOURCES.get(how, OTHERS)] += 1

    def skew(self, day: date, more: int, source: int = CODE) -> None:
        """Let WeChat count `more` follows (less, if below zero) on a day than there were."""
        self._new[day, source] += more

    def today(self) -> date:
        """Return the day it is in Shanghai."""
        return _day(self._clock.now())

    def is_ready(self, day: date) -> bool:
        """Say whether the figures of a day are there: from 08:00 of the next."""
        ready = datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(days=1) + READY_AT
        return self._clock.now() >= ready.timestamp()

    def summary(self, begin: date, end: date) -> list[dict[str, Any]]:
        """Return the rows of both days and those between; a day always has a row of the others."""
        days = [day for day in _days(begin, end) if self.is_ready(day)]
        return [self._row(day, source) for day in days for source in self._sources(day)]

    def cumulate(self, begin: date, end: date) -> list[dict[str, Any]]:
        """Return how many followers there were at the end of each day."""
        return [
            {"ref_date": day.isoformat(), "user_source": OTHERS, "cumulate_user": self._followers(day)}
            for day in _days(begin, end)
            if self.is_ready(day)
        ]

    def _sources(self, day: date) -> list[int]:
        return sorted({OTHERS} | {source for on, source in (*self._new, *self._cancelled) if on == day})

    def _row(self, day: date, source: int) -> dict[str, Any]:
        counted = {"new_user": self._new[day, source], "cancel_user": self._cancelled[day, source]}
        return {"ref_date": day.isoformat(), "user_source": source, **counted}

    def _followers(self, day: date) -> int:
        came = sum(count for (on, _), count in self._new.items() if on <= day)
        return self._before + came - sum(count for (on, _), count in self._cancelled.items() if on <= day)


def _day(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).astimezone(SHANGHAI).date()


def _days(begin: date, end: date) -> list[date]:
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
