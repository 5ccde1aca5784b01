"""Only what WeChat sent, lately, to this account is let in; judged by WeChat's vectors and by wechatpy."""

import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from bot.model import Account, AppID, OpenID
from bot.scan import Event, Scan
from bot.wechat.callback import LARGEST_BODY, Callback, Push, Query, Refused, news_reply, read_query, text_reply

TOKEN, KEY, PREVIOUS, APP_ID = "AAAAA", "A" * 43, "B" * 43, AppID("wxba5fad812f8e6fb9")
NOW, NONCE, RANDOM = 1714112445, "415670741", b"0123456789abcdef"
OPEN_ID = "o9AgO5Kd5ggOC-bXrbNODIiE3bGY"
XML = (
    "<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>"
    f"<FromUserName><![CDATA[{OPEN_ID}]]></FromUserName><CreateTime>{NOW - 1}</CreateTime>"
    "<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[SCAN]]></Event>"
    "<EventKey><![CDATA[spring]]></EventKey><Ticket><![CDATA[gQ+/==]]></Ticket></xml>"
)
SCAN = Scan(APP_ID, OpenID(OPEN_ID), NOW - 1, Event.SCAN, "spring", "gQ+/==")

PLAIN_ACCOUNT = Account("default", APP_ID, "secret", callback_token=TOKEN)
SAFE_ACCOUNT = replace(PLAIN_ACCOUNT, encoding_aes_key=KEY, previous_aes_key=PREVIOUS)
PLAIN, SAFE = Callback(PLAIN_ACCOUNT), Callback(SAFE_ACCOUNT)


def signed(*parts: str) -> str:
    """Sign as wechatpy does."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def plain_query(timestamp: object = NOW, **changed: str) -> Query:
    at = str(timestamp)
    return Query(signed(TOKEN, at, NONCE), at, NONCE, OPEN_ID)._replace(**changed)


def encrypted(content: str = XML, key: str = KEY, app_id: str = APP_ID) -> str:
    """Seal as wechatpy does."""
    envelope = WeChatCrypto(TOKEN, key, app_id).encrypt_message(content, NONCE, str(NOW))
    return str(ET.fromstring(envelope).findtext("Encrypt"))  # noqa: S314 - wechatpy wrote it


def envelope(sealed: str, beside: str = "") -> bytes:
    return f"<xml><ToUserName><![CDATA[gh]]></ToUserName>{beside}<Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()


def safe_query(sealed: str, timestamp: object = NOW, **changed: str) -> Query:
    by_message = signed(TOKEN, str(timestamp), NONCE, sealed)
    return plain_query(timestamp, encrypt_type="aes", msg_signature=by_message)._replace(**changed)


def why(callback: Callback, query: Query, body: bytes = XML.encode(), now: int = NOW) -> tuple[str, int]:
    with pytest.raises(Refused) as refused:
        callback.opened(query, body, now)
    return refused.value.why, refused.value.status


def why_not_verified(callback: Callback, query: Query) -> str:
    with pytest.raises(Refused) as refused:
        callback.verify(query, NOW)
    return refused.value.why


def test_a_plain_push_with_wechats_signature_is_read() -> None:
    push = PLAIN.opened(plain_query(), XML.encode(), NOW)
    assert (push.scan(APP_ID), push.key) == (SCAN, None)


def test_a_push_sealed_by_wechatpy_is_read() -> None:
    sealed = encrypted()
    assert SAFE.opened(safe_query(sealed), envelope(sealed), NOW).scan(APP_ID) == SCAN


@pytest.mark.parametrize(("timestamp", "nonce", "signature"), [
    ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
    ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
    ("1714112445", "415670741", "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
])  # fmt: skip
def test_wechats_example_requests_are_let_in(timestamp: str, nonce: str, signature: str) -> None:
    query = read_query(f"signature={signature}&timestamp={timestamp}&nonce={nonce}&openid=o&echostr=4375120".encode())
    assert PLAIN.opened(query, XML.encode(), int(timestamp)).scan(APP_ID) == SCAN
    assert PLAIN.verify(query, int(timestamp)) == b"4375120"


def test_wechats_example_event_is_read_from_json_in_safe_mode() -> None:
    sealed = encrypted(
        f'{{"ToUserName":"gh_97417a04a28d","FromUserName":"{OPEN_ID}","CreateTime":1714112445,'
        '"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
    )
    push = SAFE.opened(safe_query(sealed), f'{{"ToUserName":"gh","Encrypt":"{sealed}"}}'.encode(), NOW)
    assert (push.from_user, push.created_at, push.event, push.scan(APP_ID)) == (OPEN_ID, NOW, "debug_demo", None)


@pytest.mark.parametrize(
    "signature", ["", "0" * 40, "签名", "é" * 40, signed(TOKEN, str(NOW), NONCE).upper(), "a\ud800"]
)
def test_a_wrong_signature_is_refused_whatever_it_is_made_of(signature: str) -> None:
    sealed = encrypted()
    assert why(PLAIN, plain_query(signature=signature)) == ("signature", 403)
    assert why(SAFE, safe_query(sealed, msg_signature=signature), envelope(sealed)) == ("signature", 403)
    assert why_not_verified(PLAIN, plain_query(signature=signature, echostr="1")) == "signature"


@pytest.mark.parametrize("changed", [{"timestamp": str(NOW + 1)}, {"nonce": "1"}, {"nonce": "随机"}])
def test_a_signature_counts_for_its_own_timestamp_and_nonce_only(changed: dict[str, str]) -> None:
    sealed = encrypted()
    assert why(PLAIN, plain_query()._replace(**changed)) == ("signature", 403)
    assert why(SAFE, safe_query(sealed)._replace(**changed), envelope(sealed)) == ("signature", 403)


def test_in_safe_mode_the_signature_that_does_not_cover_the_body_is_not_enough() -> None:
    sealed, other = encrypted(), encrypted(XML.replace("spring", "autumn"))
    assert why(SAFE, safe_query(sealed), envelope(other)) == ("signature", 403)


def test_in_safe_mode_the_signature_over_the_body_is_enough() -> None:
    sealed = encrypted()
    assert SAFE.opened(safe_query(sealed, signature="0" * 40), envelope(sealed), NOW).scan(APP_ID) == SCAN


@pytest.mark.parametrize("timestamp", [
    NOW - 301, NOW + 301, 0, -NOW, 10**13, 10**400, "", "soon", f"{NOW}.0", f" {NOW}", "１７１４",
    "1_714_112_445",
])  # fmt: skip
def test_a_signed_request_that_is_not_of_these_minutes_is_stale(timestamp: object) -> None:
    sealed = encrypted()
    assert why(PLAIN, plain_query(timestamp)) == ("stale", 403)
    assert why(SAFE, safe_query(sealed, timestamp), envelope(sealed)) == ("stale", 403)
    assert why_not_verified(PLAIN, plain_query(timestamp, echostr="1")) == "stale"


@pytest.mark.parametrize("away", [-300, -1, 0, 1, 300])
def test_five_minutes_either_way_are_fresh(away: int) -> None:
    assert PLAIN.opened(plain_query(NOW + away), XML.encode(), NOW).scan(APP_ID) == SCAN


def test_how_old_a_request_may_be_can_be_set() -> None:
    callback = Callback(PLAIN_ACCOUNT, oldest=10)
    assert callback.opened(plain_query(NOW - 10), XML.encode(), NOW).scan(APP_ID) == SCAN
    assert why(callback, plain_query(NOW - 11)) == ("stale", 403)


@pytest.mark.parametrize("encrypt_type", ["", "raw", "AES", "aes2"])
def test_with_a_key_what_does_not_come_encrypted_is_refused(encrypt_type: str) -> None:
    assert why(SAFE, plain_query(encrypt_type=encrypt_type)) == ("plaintext", 403)
    sealed = encrypted()
    assert why(SAFE, safe_query(sealed, encrypt_type=encrypt_type), envelope(sealed)) == ("plaintext", 403)


def test_with_a_key_plaintext_that_claims_to_be_encrypted_is_refused() -> None:
    query = plain_query(encrypt_type="aes", msg_signature=signed(TOKEN, str(NOW), NONCE))
    assert why(SAFE, query) == ("plaintext", 403)
    assert why(SAFE, query, b"<xml><Encrypt></Encrypt></xml>") == ("plaintext", 403)


def test_with_only_a_previous_key_plaintext_is_refused_too() -> None:
    assert why(Callback(replace(PLAIN_ACCOUNT, previous_aes_key=KEY)), plain_query()) == ("plaintext", 403)


def test_without_a_key_what_comes_encrypted_is_refused() -> None:
    sealed = encrypted()
    assert why(PLAIN, safe_query(sealed), envelope(sealed)) == ("encrypted", 403)


def test_in_compatible_mode_only_the_encrypted_part_is_read() -> None:
    sealed = encrypted()
    beside = XML.removeprefix("<xml>").removesuffix("</xml>").replace("spring", "autumn").replace(OPEN_ID, "victim")
    assert SAFE.opened(safe_query(sealed), envelope(sealed, beside), NOW).scan(APP_ID) == SCAN


def test_in_compatible_mode_an_account_without_a_key_reads_the_plain_part() -> None:
    sealed = encrypted()
    beside = XML.removeprefix("<xml>").removesuffix("</xml>")
    assert PLAIN.opened(safe_query(sealed), envelope(sealed, beside), NOW).scan(APP_ID) == SCAN


def test_a_push_for_another_account_is_refused() -> None:
    sealed = encrypted(app_id="wx0000000000000000")
    assert why(SAFE, safe_query(sealed), envelope(sealed)) == ("app_id", 403)


def test_a_push_under_the_previous_key_is_read_and_answered_under_it() -> None:
    sealed = encrypted(key=PREVIOUS)
    push = SAFE.opened(safe_query(sealed), envelope(sealed), NOW)
    reply = SAFE.sealed("<xml/>", push, NOW, NONCE, RANDOM)
    assert push.scan(APP_ID) == SCAN
    assert opened_by_wechatpy(reply, PREVIOUS) == "<xml/>"


def test_a_push_under_a_key_nobody_knows_is_refused() -> None:
    sealed = encrypted(key="C" * 43)
    assert why(SAFE, safe_query(sealed), envelope(sealed)) == ("aes_key", 403)


@pytest.mark.parametrize("sealed", ["AAAA", "!", "=", "密"])
def test_a_signed_ciphertext_that_is_none_is_malformed(sealed: str) -> None:
    assert why(SAFE, safe_query(sealed), envelope(sealed)) == ("malformed", 400)


@pytest.mark.parametrize("content", ["", "hello", "<xml></xml>", "{}", "<!DOCTYPE xml>" + XML])
def test_a_signed_push_that_cannot_be_read_is_malformed(content: str) -> None:
    sealed = encrypted(content)
    assert why(PLAIN, plain_query(), content.encode()) == ("malformed", 400)
    assert why(SAFE, safe_query(sealed), envelope(sealed)) == ("malformed", 400)


def test_a_body_of_more_than_64_kib_is_too_large() -> None:
    assert why(PLAIN, plain_query(), XML.encode().ljust(LARGEST_BODY + 1)) == ("too_large", 413)
    assert PLAIN.opened(plain_query(), XML.encode().ljust(LARGEST_BODY), NOW).scan(APP_ID) == SCAN


def test_an_account_without_a_callback_token_has_no_callback() -> None:
    with pytest.raises(ValueError, match="callback token"):
        Callback(replace(PLAIN_ACCOUNT, callback_token=""))


def test_an_account_with_half_a_key_has_no_callback() -> None:
    with pytest.raises(ValueError, match="43 characters"):
        Callback(replace(PLAIN_ACCOUNT, encoding_aes_key="A" * 40))


def test_a_refusal_tells_nothing_of_what_was_sent() -> None:
    with pytest.raises(Refused) as refused:
        PLAIN.opened(plain_query(), XML.replace("CreateTime", "Time").encode(), NOW)
    assert OPEN_ID not in f"{refused.value!r} {vars(refused.value)}"


@given(st.data(), st.integers(1, 255))
def test_one_changed_byte_of_a_sealed_push_is_noticed(data: st.DataObject, change: int) -> None:
    sealed = encrypted()
    text = sealed.encode()
    place = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:place] + bytes([text[place] ^ change]) + text[place + 1 :]
    with pytest.raises(Refused):
        SAFE.opened(safe_query(sealed), envelope(sealed).replace(text, damaged), NOW)


@given(st.sampled_from(["timestamp", "nonce", "msg_signature", "encrypt_type"]), st.data())
def test_one_changed_character_of_a_sealed_pushs_query_is_noticed(name: str, data: st.DataObject) -> None:
    sealed = encrypted()
    query = safe_query(sealed)
    value: str = getattr(query, name)
    place, other = data.draw(st.integers(0, len(value) - 1)), data.draw(st.characters(codec="utf-8"))
    assume(value[place] != other)
    with pytest.raises(Refused):
        SAFE.opened(query._replace(**{name: value[:place] + other + value[place + 1 :]}), envelope(sealed), NOW)


@given(st.binary(), st.binary(), st.booleans())
def test_garbage_is_refused_and_nothing_else(query_string: bytes, body: bytes, is_safe: bool) -> None:  # noqa: FBT001
    with pytest.raises(Refused):
        (SAFE if is_safe else PLAIN).opened(read_query(query_string), body, NOW)


@given(st.builds(Query, *[st.text()] * 7), st.binary())
@example(Query(encrypt_type="aes"), b'{"Encrypt": "\\ud800"}')
def test_any_query_with_any_body_is_refused_and_nothing_else(query: Query, body: bytes) -> None:
    for callback in (PLAIN, SAFE):
        with pytest.raises(Refused):
            callback.opened(query, body, NOW)
        with pytest.raises(Refused):
            callback.verify(query, NOW)


@given(st.binary())
def test_garbage_under_a_right_signature_is_refused_and_nothing_else(body: bytes) -> None:
    with pytest.raises(Refused):
        PLAIN.opened(plain_query(), body, NOW)


@pytest.mark.parametrize("callback", [PLAIN, SAFE])
@pytest.mark.parametrize("echostr", ["4375120948345356249", "a b+c/=", "<回声>"])
def test_an_echostr_is_returned_as_it_is_also_where_there_is_a_key(callback: Callback, echostr: str) -> None:
    assert callback.verify(plain_query(echostr=echostr), NOW) == echostr.encode()
    assert callback.verify(plain_query(echostr=echostr, msg_signature="0" * 40), NOW) == echostr.encode()


def test_an_echostr_that_is_signed_as_encrypted_is_returned_opened() -> None:
    sealed = encrypted("4375120948345356249")
    query = safe_query(sealed, echostr=sealed)
    assert SAFE.verify(query, NOW) == b"4375120948345356249"
    assert SAFE.verify(query._replace(signature=""), NOW) == b"4375120948345356249"
    assert PLAIN.verify(query, NOW) == sealed.encode()


@pytest.mark.parametrize("content", [XML, '{"FromUserName": "o"}', "x" * 257, ""])
def test_a_push_that_an_eavesdropper_sends_as_an_echostr_is_not_opened_for_him(content: str) -> None:
    sealed = encrypted(content)
    assert why_not_verified(SAFE, safe_query(sealed, echostr=sealed)) == "malformed"


def test_a_verification_without_an_echostr_is_malformed() -> None:
    assert why_not_verified(PLAIN, plain_query()) == "malformed"
    assert why_not_verified(SAFE, plain_query()) == "malformed"


def test_an_encrypted_echostr_of_another_account_or_key_is_refused() -> None:
    other, unknown = encrypted("1", app_id="wx0000000000000000"), encrypted("1", key="C" * 43)
    assert why_not_verified(SAFE, safe_query(other, echostr=other)) == "app_id"
    assert why_not_verified(SAFE, safe_query(unknown, echostr=unknown)) == "aes_key"


def test_a_query_as_wechat_sends_it_is_read() -> None:
    assert read_query(b"signature=5f&timestamp=17&nonce=4&openid=o-_1&encrypt_type=aes&msg_signature=9a") == Query(
        signature="5f", timestamp="17", nonce="4", openid="o-_1", encrypt_type="aes", msg_signature="9a"
    )
    assert read_query(b"signature=5f&timestamp=17&nonce=4") == Query("5f", "17", "4")
    assert read_query(b"signature=5f&echostr=43&timestamp=17&nonce=4") == Query("5f", "17", "4", echostr="43")


@given(st.builds(Query, *[st.text()] * 7), st.permutations(Query._fields), st.sampled_from([quote, None]))
def test_any_query_reads_back_the_same_in_any_order_and_escaping(query: Query, order: list[str], escape: Any) -> None:
    fields = {name: getattr(query, name) for name in order} | {"of_the_owner": "a=b"}
    written = urlencode(fields, quote_via=escape) if escape else urlencode(fields)
    assert read_query(written.encode()) == query


def test_base64_is_read_from_a_query_with_its_padding() -> None:
    assert read_query(b"echostr=a%2Bb/c==&nonce=1") == Query(echostr="a+b/c==", nonce="1")


@pytest.mark.parametrize("query_string", [b"", b"&&", b"=", b"signature", b"other=1&other=2", b"%zz=%zz"])
def test_an_odd_query_is_an_empty_one(query_string: bytes) -> None:
    assert read_query(query_string) == Query()


@pytest.mark.parametrize("query_string", [b"nonce=1&nonce=2", b"nonce=1&nonce=1", b"\xff", "nonce=随".encode()])
def test_a_parameter_that_stands_twice_and_what_is_not_ascii_are_malformed(query_string: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_query(query_string)
    assert (refused.value.why, refused.value.status) == ("malformed", 400)


def plain_push() -> Push:
    return PLAIN.opened(plain_query(), XML.encode(), NOW)


def sealed_push() -> Push:
    sealed = encrypted()
    return SAFE.opened(safe_query(sealed), envelope(sealed), NOW)


def opened_by_wechatpy(reply: str, key: str = KEY) -> str:
    fields = {child.tag: child.text or "" for child in ET.fromstring(reply)}  # noqa: S314 - our own reply
    assert set(fields) == {"Encrypt", "MsgSignature", "TimeStamp", "Nonce"}
    crypto = WeChatCrypto(TOKEN, key, APP_ID)
    return str(crypto.decrypt_message(reply, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]))


def test_a_text_goes_back_to_who_scanned_in_the_documented_shape() -> None:
    assert text_reply(plain_push(), "欢迎 <你>", NOW) == (
        f"<xml><ToUserName><![CDATA[{OPEN_ID}]]></ToUserName><FromUserName><![CDATA[gh_97417a04a28d]]></FromUserName>"
        f"<CreateTime>{NOW}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        "<Content><![CDATA[欢迎 <你>]]></Content></xml>"
    )


def test_a_picture_and_a_link_go_back_in_the_documented_shape() -> None:
    reply = news_reply(plain_push(), "Title", "Words", "https://example.com/a.png", "https://example.com/?a=1&b=2", NOW)
    assert reply.endswith(
        "<MsgType><![CDATA[news]]></MsgType><ArticleCount>1</ArticleCount><Articles><item>"
        "<Title><![CDATA[Title]]></Title><Description><![CDATA[Words]]></Description>"
        "<PicUrl><![CDATA[https://example.com/a.png]]></PicUrl><Url><![CDATA[https://example.com/?a=1&b=2]]></Url>"
        "</item></Articles></xml>"
    )


xml_texts = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"))


@given(xml_texts)
@example("]]>")
@example("]]]]>>")
@example("<![CDATA[]]>")
def test_any_text_arrives_as_it_was_written(content: str) -> None:
    reply = ET.fromstring(text_reply(plain_push(), content, NOW))  # noqa: S314 - our own reply
    assert (reply.findtext("Content") or "") == content
    assert len(reply) == 5


@given(st.text(st.characters(max_codepoint=31)))
def test_characters_that_xml_cannot_hold_are_left_out(content: str) -> None:
    reply = ET.fromstring(text_reply(plain_push(), f"a{content}\ud800\uffffb", NOW))  # noqa: S314 - our own reply
    assert re.fullmatch(r"a[\t\r\n]*b", reply.findtext("Content") or "")


@given(xml_texts)
def test_a_reply_to_a_sealed_push_is_sealed_and_wechatpy_opens_it(content: str) -> None:
    push = sealed_push()
    reply = text_reply(push, content, NOW)
    assert opened_by_wechatpy(SAFE.sealed(reply, push, NOW, NONCE, RANDOM)) == reply


def test_a_reply_to_a_plain_push_goes_as_it_is() -> None:
    assert PLAIN.sealed("<xml/>", plain_push(), NOW, NONCE, RANDOM) == "<xml/>"


def test_no_two_replies_look_alike() -> None:
    push = sealed_push()
    first, second = (SAFE.sealed("<xml/>", push, NOW, NONCE, random16) for random16 in (RANDOM, RANDOM[::-1]))
    assert first != second


def test_what_happens_after_tomorrow_is_refused() -> None:
    tomorrow = XML.replace(f"<CreateTime>{NOW - 1}<", f"<CreateTime>{NOW + 86_400}<")
    later = XML.replace(f"<CreateTime>{NOW - 1}<", f"<CreateTime>{NOW + 86_401}<")
    assert PLAIN.opened(plain_query(), tomorrow.encode(), NOW).created_at == NOW + 86_400
    assert why(PLAIN, plain_query(), later.encode()) == ("future", 400)
