"""Each errcode of WeChat is one kind of "no"; nothing else of its answer is relied on."""

import pytest

from bot import words
from bot.errors import (
    Misconfigured,
    OutcomeUnknown,
    QuotaExhausted,
    RateLimited,
    TokenRejected,
    Unavailable,
    WeChatError,
)
from bot.model import Language
from bot.reply import say
from bot.sandbox.wechat.refusal import ERRMSG
from bot.wechat.errcodes import ERRCODES, ip_in, outcome_unknown, refusal, unavailable

CREATE = "/cgi-bin/qrcode/create"
TAGS = "/cgi-bin/tags/get"

KINDS = {
    TokenRejected: {40001, 40014, 42001},
    RateLimited: {45011},
    QuotaExhausted: {45009, 45029, 48006},
    Misconfigured: {
        40013, 40125, 40164, 40201, 40243, 41002, 41004, 45035, 48001, 48004, 50002, 61004, 89501, 89503, 89506, 89507,
    },
    Unavailable: {-1},
    WeChatError: {
        40003, 40032, 40033, 40052, 40053, 40202, 40203, 41001, 43002, 43004, 44002, 45002, 45015, 45047, 45056, 45058,
        45059, 45103, 45157, 45158, 45159, 47001, 48002, 49003, 61500, 61501, 76003, 76021, 76022,
    },
}  # fmt: skip
TABLE = [(errcode, kind) for kind, errcodes in KINDS.items() for errcode in sorted(errcodes)]


@pytest.mark.parametrize(("errcode", "kind"), TABLE)
def test_each_errcode_is_its_own_kind_of_no(errcode: int, kind: type[WeChatError]) -> None:
    error = refusal(TAGS, errcode, "invalid ip 203.0.113.9, whatever else it says rid: 66b1-02-ff")
    assert type(error) is kind
    assert (error.key, error.errcode, error.path, error.rid) == (f"wechat.{errcode}", errcode, TAGS, "66b1-02-ff")


def test_every_known_errcode_is_in_this_table() -> None:
    assert set(ERRCODES) == {errcode for errcode, _ in TABLE}


@pytest.mark.parametrize("errcode", sorted({*ERRCODES, *ERRMSG, 99999}))
@pytest.mark.parametrize("language", Language)
def test_every_no_can_be_said_in_every_language(errcode: int, language: Language) -> None:
    error = refusal(CREATE, errcode, f"{ERRMSG.get(errcode, 'nobody knows')} rid: 1-2-3")
    assert words.text(say(error.key, **error.facts), language)
    assert str(errcode) in words.text(say("wechat.code", **error.facts), language)


@pytest.mark.parametrize("path", ["/cgi-bin/token", "/cgi-bin/stable_token"])
def test_40001_where_tokens_are_fetched_is_a_wrong_secret(path: str) -> None:
    error = refusal(path, 40001, "invalid credential")
    assert type(error) is Misconfigured
    assert error.key == "wechat.40001_secret"


def test_48001_for_a_code_is_about_codes_and_elsewhere_about_the_api() -> None:
    assert [refusal(path, 48001, "api unauthorized").key for path in (CREATE, TAGS)] == [
        "wechat.48001_code",
        "wechat.48001",
    ]


@pytest.mark.parametrize("errcode", [40164, 45035, 61004])
def test_an_address_that_is_not_named_has_a_sentence_without_one(errcode: int) -> None:
    error = refusal(CREATE, errcode, "access clientip is not registered, not in ip-white-list")
    assert (type(error), error.key, error.errcode) == (Misconfigured, "wechat.40164_unknown", errcode)


def test_an_errcode_nobody_knows_is_shown_as_wechat_said_it() -> None:
    error = refusal(CREATE, 61450, "system error rid: 5f-01-aa")
    assert (type(error), error.key, error.facts["errmsg"]) == (
        WeChatError,
        "wechat.other",
        "system error rid: 5f-01-aa",
    )


@pytest.mark.parametrize(("errmsg", "rid"), [
    ("invalid credential rid: 66b1c2d3-1a2b3c4d-5e6f7a8b", "66b1c2d3-1a2b3c4d-5e6f7a8b"),
    ("invalid credential, rid:66b1c2d3-1a2b3c4d-5e6f7a8b", "66b1c2d3-1a2b3c4d-5e6f7a8b"),
    ("invalid credential hint: [abc]", ""),
    ("", ""),
])  # fmt: skip
def test_the_rid_is_found_where_there_is_one(errmsg: str, rid: str) -> None:
    assert refusal(CREATE, 45009, errmsg).rid == rid


@pytest.mark.parametrize(("errmsg", "ip"), [
    ("invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 1-2-3", "203.0.113.9"),
    ("invalid ip 2001:db8::7, not in whitelist", "2001:db8::7"),
    ("access clientip is not registered hint: [a] requestIP: 198.51.100.7", "198.51.100.7"),
    ("invalid ip, not in whitelist", ""),
    ("busy", ""),
])  # fmt: skip
def test_the_address_wechat_saw_is_found_in_40164(errmsg: str, ip: str) -> None:
    assert ip_in(errmsg) == ip
    assert refusal("/cgi-bin/stable_token", 40164, errmsg).facts["ip"] == ip


def test_silence_is_told_from_a_request_that_may_have_been_done() -> None:
    assert (type(unavailable(CREATE, 502)), unavailable(CREATE, 502).facts["status"]) == (Unavailable, 502)
    assert type(outcome_unknown(CREATE)) is OutcomeUnknown
    assert unavailable(CREATE).errcode == outcome_unknown(CREATE).errcode == 0
