"""What an operator can ask, and what the journal of the sandbox keeps."""

import re
from typing import TYPE_CHECKING

import httpx
import pytest

from bot.sandbox.wechat.api import wechat_app

if TYPE_CHECKING:
    from tests.sandbox.wechat_world import World

pytest_plugins = ["tests.sandbox.wechat_world"]

CREATE = "/cgi-bin/qrcode/create"
CHECK = "/cgi-bin/callback/check"
RID = "/cgi-bin/openapi/rid/get"
WEEK = 7 * 86_400


def test_a_refusal_is_http_200_with_an_errcode_and_a_request_id(wechat: "World") -> None:
    answer = wechat.http.get(f"{wechat.url}/cgi-bin/tags/get")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; encoding=utf-8"
    assert answer.json()["errcode"] == 41001
    assert re.search(r" rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", answer.json()["errmsg"])


def test_a_path_that_does_not_exist_is_http_404_in_wechats_words(wechat: "World") -> None:
    answer = wechat.http.get(f"{wechat.url}/cgi-bin/nothing")
    assert answer.status_code == 404
    assert answer.json()["errcode"] == 40066


def test_a_call_by_the_wrong_method_is_refused(wechat: "World") -> None:
    access_token = wechat.access_token()
    assert wechat.get(CREATE, access_token=access_token)["errcode"] == 43002
    assert wechat.post("/cgi-bin/tags/get", {}, access_token=access_token)["errcode"] == 43001
    assert wechat.get("/cgi-bin/stable_token")["errcode"] == 43002
    assert wechat.post("/cgi-bin/token", {})["errcode"] == 43001


@pytest.mark.parametrize("errcode", [48001, 48004, 50002])
def test_an_account_can_be_forbidden_a_path(wechat: "World", errcode: int) -> None:
    wechat.account.forbidden[CREATE] = errcode
    assert wechat.create({"action_name": "QR_SCENE"})["errcode"] == errcode
    assert wechat.accepts(wechat.access_token()) == 0


def test_a_request_id_tells_what_was_refused_without_its_secrets(wechat: "World") -> None:
    access_token = wechat.access_token()
    refused = wechat.post(CREATE, {"action_name": "QR_NONE"}, access_token=access_token)
    rid = refused["errmsg"].rpartition("rid: ")[2]
    told = wechat.post(RID, {"rid": rid}, access_token=access_token)["request"]
    assert told["request_body"] == '{"action_name": "QR_NONE"}'
    assert '"errcode": 40052' in told["response_body"]
    assert told["client_ip"] == "127.0.0.1"
    assert access_token not in told["request_url"]


def test_an_unknown_a_malformed_and_an_old_request_id_are_refused(wechat: "World") -> None:
    rid = wechat.create({})["errmsg"].rpartition("rid: ")[2]
    wechat.clock.advance(WEEK + 1)
    asked = [rid, "00000000-00000000-00000000", "nonsense", None]
    answers = [wechat.post(RID, {"rid": one}, access_token=wechat.access_token())["errcode"] for one in asked]
    assert answers == [76004, 76001, 76002, 76002]


def test_the_callback_is_checked_once_it_is_set(wechat: "World") -> None:
    asked = {"action": "all", "check_operator": "DEFAULT"}
    assert wechat.post(CHECK, asked, access_token=wechat.access_token())["errcode"] == 40201
    wechat.account.callback_url = "https://example.com/wechat/callback"
    assert set(wechat.post(CHECK, asked, access_token=wechat.access_token())) == {"dns", "ping"}
    only = wechat.post(CHECK, {**asked, "action": "ping"}, access_token=wechat.access_token())
    assert only["ping"][0]["package_loss"] == "0%"


@pytest.mark.parametrize(
    ("asked", "errcode"),
    [({"action": "walk", "check_operator": "DEFAULT"}, 40202), ({"action": "dns", "check_operator": ["CAP"]}, 40203)],
)
def test_a_check_of_nothing_known_is_refused(wechat: "World", asked: dict[str, object], errcode: int) -> None:
    assert wechat.post(CHECK, asked, access_token=wechat.access_token())["errcode"] == errcode


@pytest.mark.parametrize("path", ["/cgi-bin/getcallbackip", "/cgi-bin/get_api_domain_ip"])
def test_wechats_own_addresses_are_told(wechat: "World", path: str) -> None:
    assert wechat.get(path, access_token=wechat.access_token())["ip_list"]


def test_the_journal_keeps_what_was_asked_and_answered(wechat: "World") -> None:
    wechat.create({"action_name": "QR_NONE"})
    call = wechat.account.calls[-1]
    assert (call.method, call.path, call.errcode) == ("POST", CREATE, 40052)
    assert call.body == '{"action_name": "QR_NONE"}'
    assert abs(call.at - wechat.clock.now()) < 60
    assert call.milliseconds < 1000
    assert wechat.account.count(CREATE) == 1


def test_the_journal_holds_no_secret(wechat: "World") -> None:
    secrets = [wechat.account.app_secret, wechat.access_token(), wechat.fetch()["access_token"]]
    wechat.accepts(secrets[1])
    wechat.post("/cgi-bin/clear_quota/v2", {"appid": wechat.account.app_id, "appsecret": secrets[0]})
    written = repr(wechat.account.calls)
    assert [secret for secret in secrets if secret in written] == []
    assert wechat.account.app_id in written


def test_the_journal_keeps_the_last_ten_thousand_calls_and_counts_them_all(wechat: "World") -> None:
    wechat.access_token()
    fetched = wechat.account.calls[0]
    wechat.accepts("nonsense")
    refused = wechat.account.calls[1]
    for _ in range(10_000):
        wechat.account.journal.add(refused)
    assert wechat.account.calls == [refused] * 10_000
    assert wechat.account.count(refused.path) == 10_001
    assert wechat.account.count(fetched.path) == 1


def test_a_call_of_one_account_is_not_written_down_by_another(wechat: "World") -> None:
    other = wechat.open_account("wxffffffffffffffff", "f" * 32)
    wechat.access_token()
    wechat.picture(wechat.create({"action_name": "QR_SCENE", "action_info": {"scene": {"scene_id": 1}}})["ticket"])
    assert other.calls == []
    assert wechat.account.count("/cgi-bin/showqrcode") == 1


def test_a_call_that_names_nobody_is_written_down_by_everybody(wechat: "World") -> None:
    other = wechat.open_account("wxffffffffffffffff", "f" * 32)
    wechat.accepts("nonsense")
    assert other.count("/cgi-bin/tags/get") == wechat.account.count("/cgi-bin/tags/get") == 1


async def test_one_account_alone_can_be_served_without_a_prefix(wechat: "World") -> None:
    transport = httpx.ASGITransport(wechat_app(wechat.account))
    async with httpx.AsyncClient(transport=transport, base_url="http://wechat") as http:
        answer = await http.get("/cgi-bin/tags/get", params={"access_token": wechat.access_token()})
    assert answer.json()["tags"]
