"""Quotas: so many calls a day, so many a minute, and a day that begins in Shanghai."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

CREATE = "/cgi-bin/qrcode/create"
TAGS = "/cgi-bin/tags/get"
TOKEN = "/cgi-bin/token"
QUOTA = "/cgi-bin/openapi/quota/get"
DAY = 86_400
MONTH = 31 * DAY


def until_midnight_in_shanghai(now: float) -> float:
    return DAY - (now + 8 * 3600) % DAY


def test_a_path_is_refused_when_its_day_is_used_up(wechat: "World") -> None:
    wechat.account.quotas.daily[TAGS] = 2
    access_token = wechat.access_token()
    assert [wechat.accepts(access_token) for _ in range(3)] == [0, 0, 45009]
    assert "errcode" not in wechat.get("/cgi-bin/groups/get", access_token=access_token)


def test_the_day_begins_at_midnight_in_shanghai(wechat: "World") -> None:
    wechat.clock.advance(until_midnight_in_shanghai(wechat.clock.now()) + 60)
    wechat.account.quotas.daily[TAGS] = 1
    assert [wechat.accepts(wechat.access_token()) for _ in range(2)] == [0, 45009]
    wechat.clock.advance(DAY - 120)
    assert wechat.accepts(wechat.access_token()) == 45009
    wechat.clock.advance(61)
    assert datetime.fromtimestamp(wechat.clock.now(), UTC).hour == 16
    assert wechat.accepts(wechat.access_token()) == 0


def test_two_thousand_legacy_fetches_are_a_days_worth(wechat: "World") -> None:
    for _ in range(2000):
        wechat.account.quotas.spend(TOKEN)
    assert wechat.fetch()["errcode"] == 45009


def test_a_refused_fetch_with_wrong_credentials_costs_nothing(wechat: "World") -> None:
    wechat.fetch(secret="f" * 32)
    assert wechat.account.quotas.used(TOKEN) == 0


@pytest.mark.parametrize(
    ("path", "limit"),
    [(TOKEN, 2000), (CREATE, 100_000), ("/cgi-bin/user/info", 5_000_000), ("/cgi-bin/groups/get", 1000)],
)
def test_the_documented_quotas_are_told(wechat: "World", path: str, limit: int) -> None:
    answer = wechat.post(QUOTA, {"cgi_path": path}, access_token=wechat.access_token())
    assert answer == {
        "errcode": 0,
        "errmsg": "ok",
        "quota": {"daily_limit": limit, "used": 0, "remain": limit},
    }


def test_the_quota_that_is_told_counts_the_calls_and_the_rate(wechat: "World") -> None:
    access_token = wechat.access_token()
    answer = wechat.post(QUOTA, {"cgi_path": "/cgi-bin/stable_token"}, access_token=access_token)
    assert answer["quota"] == {"daily_limit": 500_000, "used": 1, "remain": 499_999}
    assert answer["rate_limit"] == {"call_count": 10_000, "refresh_second": 60}


@pytest.mark.parametrize(
    ("path", "errcode"),
    [
        ("cgi-bin/token", 76003),
        ("https://api.weixin.qq.com/cgi-bin/token", 76003),
        (None, 76003),
        ("/cgi-bin/nothing", 76021),
        ("/sns/userinfo", 76022),
    ],
)
def test_a_quota_of_a_wrong_path_is_refused(wechat: "World", path: str | None, errcode: int) -> None:
    assert wechat.post(QUOTA, {"cgi_path": path}, access_token=wechat.access_token())["errcode"] == errcode


def test_a_path_is_too_frequent_when_its_minute_is_used_up(wechat: "World") -> None:
    wechat.account.quotas.by_minute[TAGS] = 1
    wechat.clock.advance(60 - wechat.clock.now() % 60)
    access_token = wechat.access_token()
    assert [wechat.accepts(access_token), wechat.accepts(access_token)] == [0, 45011]
    wechat.clock.advance(60)
    assert wechat.accepts(access_token) == 0


def test_clearing_sets_the_counters_to_zero(wechat: "World") -> None:
    wechat.account.quotas.daily[TAGS] = 1
    access_token = wechat.access_token()
    assert [wechat.accepts(access_token), wechat.accepts(access_token)] == [0, 45009]
    answer = wechat.post("/cgi-bin/clear_quota", {"appid": wechat.account.app_id}, access_token=access_token)
    assert answer == {"errcode": 0, "errmsg": "ok"}
    assert wechat.accepts(access_token) == 0


def test_clearing_another_accounts_counters_is_refused(wechat: "World") -> None:
    answer = wechat.post("/cgi-bin/clear_quota", {"appid": "wxffff"}, access_token=wechat.access_token())
    assert answer["errcode"] == 40013


def test_clearing_by_secret_takes_the_credentials_in_the_body_or_in_the_query(wechat: "World") -> None:
    credentials = {"appid": wechat.account.app_id, "appsecret": wechat.account.app_secret}
    assert wechat.post("/cgi-bin/clear_quota/v2", credentials)["errcode"] == 0
    assert wechat.post("/cgi-bin/clear_quota/v2", b"", **credentials)["errcode"] == 0
    assert wechat.post("/cgi-bin/clear_quota/v2", {**credentials, "appsecret": "x"})["errcode"] == 40125


def test_clearing_both_ways_works_ten_times_a_month_in_all(wechat: "World") -> None:
    wechat.clock.advance(until_midnight_in_shanghai(wechat.clock.now()))
    credentials = {"appid": wechat.account.app_id, "appsecret": wechat.account.app_secret}
    access_token = wechat.access_token()
    for _ in range(5):
        assert wechat.post("/cgi-bin/clear_quota", credentials, access_token=access_token)["errcode"] == 0
        assert wechat.post("/cgi-bin/clear_quota/v2", credentials)["errcode"] == 0
    assert wechat.post("/cgi-bin/clear_quota/v2", credentials)["errcode"] == 48006
    wechat.clock.advance(MONTH)
    assert wechat.post("/cgi-bin/clear_quota/v2", credentials)["errcode"] == 0
