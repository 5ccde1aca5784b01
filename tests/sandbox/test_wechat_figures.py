"""The official daily figures: what really happened, by source, from eight in the morning of the next day."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

SHANGHAI = timezone(timedelta(hours=8))
SUMMARY, CUMULATE = "/datacube/getusersummary", "/datacube/getusercumulate"


def now(wechat: "World") -> datetime:
    return datetime.fromtimestamp(wechat.clock.now(), UTC).astimezone(SHANGHAI)


def turn_to(wechat: "World", hour: int, minute: int = 0) -> date:
    """Move the clock to this time of tomorrow in Shanghai, and return that day."""
    tomorrow = now(wechat) + timedelta(days=1)
    wechat.clock.advance((tomorrow.replace(hour=hour, minute=minute, second=0) - now(wechat)).total_seconds())
    return now(wechat).date()


def ask(wechat: "World", begin: object, end: object, path: str = SUMMARY) -> Any:
    wish = {"begin_date": str(begin), "end_date": str(end)}
    answer = wechat.post(path, wish, access_token=wechat.access_token())
    return answer.get("list", answer.get("errcode"))


def row(day: date, source: int, new: int, cancelled: int) -> dict[str, Any]:
    return {"ref_date": str(day), "user_source": source, "new_user": new, "cancel_user": cancelled}


def a_day(wechat: "World") -> date:
    """Let five people come in four ways, and two of them leave."""
    day, code = turn_to(wechat, 23, 59), wechat.account.codes.mint_elsewhere("spring")
    phones = [wechat.account.phone() for _ in range(5)]
    phones[0].scanned(code.url)
    phones[1].scanned(code.url)
    phones[1].scanned(code.url)
    phones[2].followed("ADD_SCENE_SEARCH", "")
    phones[3].followed("ADD_SCENE_PROFILE_CARD", "")
    phones[4].followed("ADD_SCENE_PAID", "last_trade_no_1")
    phones[1].unfollowed()
    phones[4].unfollowed()
    return day


def test_people_are_counted_by_where_they_came_from_and_so_are_those_who_leave(wechat: "World") -> None:
    day = a_day(wechat)
    turn_to(wechat, 8)
    assert ask(wechat, day, day) == [row(day, 0, 1, 1), row(day, 1, 1, 0), row(day, 17, 1, 0), row(day, 30, 2, 1)]


def test_a_day_without_people_has_a_row_of_noughts(wechat: "World") -> None:
    day = turn_to(wechat, 12)
    turn_to(wechat, 12)
    assert ask(wechat, day, day) == [row(day, 0, 0, 0)]


def test_a_day_is_not_there_before_eight_in_the_morning(wechat: "World") -> None:
    day = a_day(wechat)
    turn_to(wechat, 7, 59)
    assert ask(wechat, day, day) == []
    assert {one["ref_date"] for one in ask(wechat, day - timedelta(days=1), day)} == {str(day - timedelta(days=1))}


def test_followers_at_the_end_of_each_day_are_those_there_were_and_what_came(wechat: "World") -> None:
    day = a_day(wechat)
    turn_to(wechat, 8)
    before, after = ask(wechat, day - timedelta(days=1), day, CUMULATE)
    assert before["cumulate_user"] == 3
    assert after == {"ref_date": str(day), "user_source": 0, "cumulate_user": 3 + 5 - 2}


def test_wechat_can_count_otherwise_than_it_was(wechat: "World") -> None:
    day = a_day(wechat)
    turn_to(wechat, 8)
    wechat.account.figures.skew(day, 5)
    assert row(day, 30, 7, 1) in ask(wechat, day, day)


def test_seven_days_are_given_at_once_and_no_more(wechat: "World") -> None:
    yesterday = turn_to(wechat, 12) - timedelta(days=1)
    assert len(ask(wechat, yesterday - timedelta(days=6), yesterday)) == 7
    assert ask(wechat, yesterday - timedelta(days=7), yesterday) == 61501


@pytest.mark.parametrize("path", [SUMMARY, CUMULATE])
def test_today_and_a_span_that_ends_before_it_begins_are_refused(wechat: "World", path: str) -> None:
    today = turn_to(wechat, 12)
    yesterday = today - timedelta(days=1)
    assert [ask(wechat, yesterday, today, path), ask(wechat, yesterday, yesterday - timedelta(days=1), path)] == [
        61501
    ] * 2


@pytest.mark.parametrize("wrong", ["", "20260101", "2026-1-1", "2026-02-30", "yesterday", None])
def test_a_date_that_is_none_is_refused(wechat: "World", wrong: object) -> None:
    assert ask(wechat, wrong, "2026-01-02") == 61500
    assert ask(wechat, "2026-01-02", wrong) == 61500
