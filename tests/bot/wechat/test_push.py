"""What WeChat writes is read as it was meant, in whichever spelling, and nothing else is read."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.model import AppID, OpenID
from bot.scan import Event, Scan
from bot.wechat.crypto import AesKey
from bot.wechat.push import Push, Refused, read_envelope, read_push

APP_ID = AppID("wxba5fad812f8e6fb9")
SCAN = {
    "ToUserName": "gh_97417a04a28d",
    "FromUserName": "o9AgO5Kd5ggOC-bXrbNODIiE3bGY",
    "CreateTime": "1714112445",
    "MsgType": "event",
    "Event": "SCAN",
    "EventKey": "spring",
    "Ticket": "gQH47joAAAAAAAAAASxodHRwOi8vd2Vp==",
}
WORDS = {name: value for name, value in SCAN.items() if not name.startswith(("Event", "Ticket"))} | {"MsgType": "text"}
MANDATORY = ("ToUserName", "FromUserName", "CreateTime", "MsgType")

open_ids = st.from_regex(r"[!-~]{1,128}", fullmatch=True)
# what XML can hold; a line's end is left out, since XML makes every kind of it the same
printable = st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\x7f\ufffe\uffff")
pushes = st.fixed_dictionaries({
    "ToUserName": open_ids,
    "FromUserName": open_ids,
    "CreateTime": st.integers(1, 253_402_300_799).map(str),
    "MsgType": st.just("event"),
    "Event": st.sampled_from(["SCAN", "scan", "subscribe", "unsubscribe", "VIEW", "LOCATION"]),
    "EventKey": st.text(printable, max_size=256),
    "Ticket": st.text(printable, max_size=512),
})  # fmt: skip
strangers = st.dictionaries(st.from_regex(r"X[a-z]{1,8}", fullmatch=True), st.text(printable), max_size=3)


def cdata(value: str) -> str:
    return f"<![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]>"


def document(fields: Mapping[str, str]) -> bytes:
    """Write as WeChat does: in its order, numbers bare."""
    written = "\n".join(f"<{n}>{v if n == 'CreateTime' else cdata(v)}</{n}>" for n, v in fields.items())
    return f"<xml>{written}\n</xml>".encode()


def values(push: Push) -> dict[str, str]:
    return {
        "ToUserName": push.to_user,
        "FromUserName": push.from_user,
        "CreateTime": str(push.created_at),
        "MsgType": push.kind,
        "Event": push.event,
        "EventKey": push.event_key,
        "Ticket": push.ticket,
    }


def expected(fields: Mapping[str, str]) -> dict[str, str]:
    return {**fields, "Event": fields["Event"].lower()}


def why(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read_push(content, None)
    assert refused.value.status == (400 if refused.value.why == "malformed" else 403)
    return refused.value.why


@given(pushes)
@example(SCAN)
def test_any_event_as_wechat_writes_it_reads_back_the_same(fields: dict[str, str]) -> None:
    assert values(read_push(document(fields), None)) == expected(fields)


@given(pushes, strangers, st.data())
def test_any_event_reads_back_the_same_in_any_order_between_unknown_fields_in_cdata_or_bare(
    fields: dict[str, str], unknown: dict[str, str], data: st.DataObject
) -> None:
    written = [
        f"<{name}>{cdata(value) if data.draw(st.booleans()) else escape(value)}</{name}>"
        for name, value in data.draw(st.permutations([*fields.items(), *unknown.items()]))
    ]
    space = data.draw(st.sampled_from(["", "\n", " \t\r\n  "]))
    assert values(read_push(f"<xml>{space.join(written)}</xml>".encode(), None)) == expected(fields)


@given(pushes, st.booleans())
def test_any_event_reads_back_the_same_from_json(fields: dict[str, str], is_number: bool) -> None:  # noqa: FBT001
    written: dict[str, Any] = {**fields, "CreateTime": int(fields["CreateTime"]) if is_number else fields["CreateTime"]}
    assert values(read_push(json.dumps({**written, "X": [1, {}], "Y": None}).encode(), None)) == expected(fields)


@given(st.binary())
@example(b"")
@example(b"{")
@example(b"<xml></xml>")
@example(b"{" * 60_000)
@example(b'{"a":' * 12_000)
@example(b"<a>" * 20_000)
@example(b'{"CreateTime": ' + b"9" * 60_000 + b"}")
@example(b"\xef\xbb\xbf<xml/>")
def test_garbage_is_malformed_and_nothing_else(garbage: bytes) -> None:
    assert why(garbage) == "malformed"


@given(st.integers(0, len(document(SCAN)) - 1), st.binary(max_size=4))
def test_a_damaged_document_is_read_or_refused_and_nothing_else(place: int, damage: bytes) -> None:
    damaged = document(SCAN)[:place] + damage + document(SCAN)[place + 1 :]
    with suppress(Refused):
        assert read_push(damaged, None).created_at > 0


@pytest.mark.parametrize(("name", "event"), [
    ("SCAN", Event.SCAN), ("scan", Event.SCAN), ("Scan", Event.SCAN), ("subscribe", Event.FOLLOW),
    ("SUBSCRIBE", Event.FOLLOW), ("unsubscribe", Event.UNFOLLOW),
])  # fmt: skip
def test_a_scan_a_follow_and_an_unfollow_are_known_in_any_case(name: str, event: Event) -> None:
    scan = read_push(document({**SCAN, "Event": name}), None).scan(APP_ID)
    assert scan == Scan(APP_ID, OpenID(SCAN["FromUserName"]), 1714112445, event, "spring", SCAN["Ticket"])


def test_a_follow_by_a_code_keeps_its_prefix_for_who_attributes_it() -> None:
    scan = read_push(document({**SCAN, "Event": "subscribe", "EventKey": "qrscene_qrscene_1"}), None).scan(APP_ID)
    assert scan is not None
    assert (scan.event_key, scan.scene) == ("qrscene_qrscene_1", "qrscene_1")


@pytest.mark.parametrize("left_out", [(), ("EventKey",), ("Ticket",), ("EventKey", "Ticket")])
def test_an_event_without_a_key_or_a_ticket_is_whole(left_out: tuple[str, ...]) -> None:
    fields = {name: value for name, value in SCAN.items() if name not in left_out}
    assert values(read_push(document(fields), None)) == expected(SCAN | dict.fromkeys(left_out, ""))


@pytest.mark.parametrize("name", ["VIEW", "CLICK", "LOCATION", "TEMPLATESENDJOBFINISH", "debug_demo", ""])
def test_another_event_is_no_scan(name: str) -> None:
    push = read_push(document({**SCAN, "Event": name}), None)
    assert (push.event, push.scan(APP_ID)) == (name.lower(), None)


def test_a_message_is_no_scan_even_when_it_says_so() -> None:
    push = read_push(document({**WORDS, "Content": "hello", "MsgId": "23", "Event": "SCAN"}), None)
    assert (push.kind, push.event, push.content, push.msg_id, push.scan(APP_ID)) == ("text", "", "hello", "23", None)


@pytest.mark.parametrize("typed", [
    "<FromUserName>victim</FromUserName><MsgType>event</MsgType><Event>subscribe</Event>",
    "</Content><FromUserName>victim</FromUserName><MsgType>event</MsgType><Event>SCAN</Event><Content>",
    f"]] {document(SCAN).decode()}",
    document({**SCAN, "FromUserName": "victim"}).decode(),
    "<!DOCTYPE html> <!ENTITY & &amp; ]]> ]",
])  # fmt: skip
def test_what_a_person_types_never_becomes_a_field(typed: str) -> None:
    push = read_push(document({**WORDS, "Content": typed}), None)
    assert (push.from_user, push.kind, push.content) == (SCAN["FromUserName"], "text", typed)


def test_an_event_of_the_documented_shape_cannot_be_ended_from_within() -> None:
    evil = "spring]]></EventKey><Ticket><![CDATA[other"
    push = read_push(document({**SCAN, "EventKey": evil}), None)
    assert (push.event_key, push.ticket) == (evil, SCAN["Ticket"])


def test_the_key_that_opened_a_push_stays_with_it() -> None:
    key = AesKey("A" * 43)
    assert read_push(document(SCAN), key).key is key
    assert read_push(json.dumps(SCAN).encode(), key).key is key
    assert read_push(document(SCAN), None).key is None


def test_characters_written_as_entities_are_read_as_meant() -> None:
    bare = document(SCAN).replace(b"<![CDATA[spring]]>", b"a&amp;b&lt;&#x4e2d;&gt;")
    assert read_push(bare, None).event_key == "a&b<中>"


@pytest.mark.parametrize("around", ["Deep", "Content"])
def test_what_stands_deeper_is_no_field(around: str) -> None:
    deep = f"<{around}>a<Event>SCAN</Event><FromUserName>victim</FromUserName>b</{around}></xml>".encode()
    push = read_push(document(WORDS).replace(b"</xml>", deep), None)
    assert (push.from_user, push.event) == (SCAN["FromUserName"], "")
    assert push.content == ("ab" if around == "Content" else "")


def test_of_a_field_that_stands_twice_the_last_is_read() -> None:
    twice = document(SCAN).replace(b"<xml>", b"<xml><FromUserName>first</FromUserName>")
    assert read_push(twice, None).from_user == SCAN["FromUserName"]
    assert (
        read_push(b'{"FromUserName":"first",' + json.dumps(SCAN).encode()[1:], None).from_user == SCAN["FromUserName"]
    )


@pytest.mark.parametrize("prologue", [
    b"<!DOCTYPE xml>",
    b'<!DOCTYPE xml SYSTEM "http://127.0.0.1/evil.dtd">',
    b'<!DOCTYPE xml [<!ENTITY a "aaaa">]>',
    b'<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    b'<!DOCTYPE xml [<!ENTITY % a SYSTEM "http://127.0.0.1/evil.dtd"> %a;]>',
    b'<!ENTITY a "aaaa">',
])  # fmt: skip
def test_a_document_type_is_refused_before_anything_is_expanded_or_fetched(prologue: bytes) -> None:
    assert why(prologue + document(SCAN)) == "malformed"
    assert why(prologue + document(SCAN).replace(b"<![CDATA[spring]]>", b"&a;")) == "malformed"


def test_a_bomb_of_entities_does_not_go_off() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE xml [<!ENTITY l0 "lol">{lol}]>'.encode()
    assert why(bomb + document(SCAN).replace(b"<![CDATA[spring]]>", b"&l11;")) == "malformed"


def test_an_entity_nobody_declared_is_malformed() -> None:
    assert why(document(SCAN).replace(b"<![CDATA[spring]]>", b"&unknown;")) == "malformed"


@pytest.mark.parametrize("name", MANDATORY)
def test_without_a_mandatory_field_a_push_is_malformed(name: str) -> None:
    without = {field: value for field, value in SCAN.items() if field != name}
    assert why(document(without)) == "malformed"
    assert why(json.dumps(without).encode()) == "malformed"
    assert why(document({**SCAN, name: ""})) == "malformed"
    assert why(json.dumps({**SCAN, name: [SCAN[name]]}).encode()) == "malformed"
    assert why(json.dumps({**SCAN, name: None}).encode()) == "malformed"


@pytest.mark.parametrize(("name", "value"), [
    ("CreateTime", "0"), ("CreateTime", str(2**40)), ("CreateTime", "9" * 5000), ("CreateTime", "-1"),
    ("CreateTime", "1.5"), ("CreateTime", "soon"), ("CreateTime", "1_000"), ("CreateTime", "١٢٣"),
    ("FromUserName", "x" * 129), ("FromUserName", "o 1"), ("FromUserName", "o\n1"), ("FromUserName", "用户"),
    ("ToUserName", "x" * 129), ("ToUserName", "公众号"),
    ("EventKey", "x" * 257), ("EventKey", "a\nb"), ("Ticket", "x" * 513), ("Ticket", "a\tb"),
])  # fmt: skip
def test_a_value_out_of_its_bounds_is_malformed(name: str, value: str) -> None:
    assert why(document({**SCAN, name: value})) == "malformed"
    assert why(json.dumps({**SCAN, name: value}).encode()) == "malformed"


@pytest.mark.parametrize("created_at", [True, 1.5, -1, 0, 2**40, 10**400])
def test_json_has_further_things_that_are_no_time(created_at: float) -> None:
    assert why(json.dumps({**SCAN, "CreateTime": created_at}).encode()) == "malformed"


def test_a_menus_long_link_is_no_scan_and_has_no_bounds() -> None:
    link = f"https://example.com/?{'x' * 900}&y"
    assert read_push(document({**SCAN, "Event": "VIEW", "EventKey": link}), None).event_key == link


@pytest.mark.parametrize("content", [
    document(SCAN).replace(b"spring", b"\xff"),
    document(SCAN).replace(b"spring", "春".encode("gbk")),
    b'<?xml version="1.0" encoding="gbk"?>' + document(SCAN).replace(b"spring", "春".encode("gbk")),
    document(SCAN).decode().encode("utf-16"),
    document(SCAN).replace(b"spring", b"a\0b"),
    document(WORDS | {"Content": "a\0b"}),
    json.dumps({**WORDS, "Content": "a\0b"}).encode(),
    json.dumps({**WORDS, "Content": "\ud800"}).encode(),
])  # fmt: skip
def test_what_is_no_utf_8_or_holds_nul_is_malformed(content: bytes) -> None:
    assert why(content) == "malformed"


@pytest.mark.parametrize("envelope", [
    "<xml><ToUserName><![CDATA[gh]]></ToUserName><Encrypt><![CDATA[QUJD+/==]]></Encrypt></xml>",
    "<xml>\n  <ToUserName><![CDATA[gh]]></ToUserName>\n  <Encrypt><![CDATA[QUJD+/==]]></Encrypt>\n</xml>\n",
    "<xml><Encrypt>QUJD+/==</Encrypt></xml>",
    '<?xml version="1.0"?><xml><AgentID/><Encrypt><![CDATA[QUJD+/==]]></Encrypt></xml>',
    '{"ToUserName": "gh", "Encrypt": "QUJD+/=="}',
    "<xml><Content><![CDATA[<Encrypt>AAAA</Encrypt>]]></Content><Encrypt><![CDATA[QUJD+/==]]></Encrypt></xml>",
])  # fmt: skip
def test_what_is_encrypted_is_found_in_any_envelope(envelope: str) -> None:
    assert read_envelope(envelope.encode()) == "QUJD+/=="


@pytest.mark.parametrize("envelope", [document(SCAN), json.dumps(SCAN).encode(), b"{}", b"<xml/>", b'{"Encrypt": ""}'])
def test_an_envelope_with_nothing_encrypted_is_plaintext(envelope: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_envelope(envelope)
    assert (refused.value.why, refused.value.status) == ("plaintext", 403)


def test_an_envelope_read_as_a_push_says_that_it_is_encrypted() -> None:
    assert why(b"<xml><ToUserName>gh</ToUserName><Encrypt>QUJD</Encrypt></xml>") == "encrypted"
    assert why(b'{"Encrypt": "QUJD"}') == "encrypted"
