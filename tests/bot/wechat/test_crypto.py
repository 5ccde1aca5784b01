"""Safe mode as WeChat documents it, judged by its own vectors and by wechatpy, which knows nothing of us."""

import string
from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import assume, given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException

from bot.wechat.crypto import AesKey, WrongAccount, WrongKey, signature

# the key and account of WeChat's own example
TEXT, APP_ID = "A" * 43, "wxba5fad812f8e6fb9"
EXAMPLE = (
    b'{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,'
    b'"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
)
RANDOM = bytes(range(16))
KEY = AesKey(TEXT)

texts = st.text(string.ascii_letters + string.digits, min_size=43, max_size=43)
randoms = st.binary(min_size=16, max_size=16)


def peer(encoding_aes_key: str = TEXT) -> PrpCrypto:
    return PrpCrypto(b64decode(f"{encoding_aes_key}="))


def encrypted(plain: bytes) -> str:
    """Encrypt what need not be a message."""
    key = b64decode(f"{TEXT}=")
    return b64encode(Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor().update(plain)).decode()


def whole(length: int = 2, message: bytes = b"hi", app_id: str = APP_ID) -> bytes:
    return RANDOM + length.to_bytes(4, "big") + message + app_id.encode()


@pytest.mark.parametrize(("timestamp", "nonce", "expected"), [
    ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
    ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
    ("1714112445", "415670741", "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
])  # fmt: skip
def test_a_signature_is_as_in_wechats_examples(timestamp: str, nonce: str, expected: str) -> None:
    assert signature("AAAAA", timestamp, nonce) == expected


@given(st.permutations(["AAAAA", "1714036504", "1514711492"]))
def test_a_signature_does_not_hang_on_the_order_of_its_parts(parts: list[str]) -> None:
    assert signature(*parts) == "f464b24fc39322e44b38aa78f5edd27bd1441696"


def test_wechats_example_sealed_by_wechatpy_is_opened() -> None:
    assert KEY.open(peer().encrypt(EXAMPLE, APP_ID), APP_ID) == EXAMPLE


def test_wechats_example_sealed_by_us_is_opened_by_wechatpy() -> None:
    assert peer().decrypt(KEY.seal(EXAMPLE, APP_ID, RANDOM), APP_ID) == EXAMPLE.decode()


@given(texts, st.text(), randoms)
def test_whatever_is_sealed_is_opened_again(text: str, message: str, random16: bytes) -> None:
    key = AesKey(text)
    assert key.open(key.seal(message.encode(), APP_ID, random16), APP_ID) == message.encode()


@given(texts, st.text(), randoms)
def test_whatever_is_sealed_here_is_opened_by_wechatpy(text: str, message: str, random16: bytes) -> None:
    assert peer(text).decrypt(AesKey(text).seal(message.encode(), APP_ID, random16), APP_ID) == message


@given(texts, st.text())
def test_whatever_wechatpy_seals_is_opened_here(text: str, message: str) -> None:
    assert AesKey(text).open(peer(text).encrypt(message, APP_ID), APP_ID) == message.encode()


@given(st.integers(0, 70))
def test_a_message_of_any_length_is_padded_to_whole_blocks_of_32(length: int) -> None:
    sealed = KEY.seal(b"x" * length, APP_ID, RANDOM)
    assert len(b64decode(sealed)) % 32 == 0
    assert KEY.open(sealed.encode(), APP_ID) == b"x" * length


@pytest.mark.parametrize("last", string.ascii_letters + string.digits)
def test_a_key_may_end_in_any_letter_or_digit_though_most_are_not_canonical_base64(last: str) -> None:
    text = "x" * 42 + last
    assert AesKey(text).open(peer(text).encrypt("hi", APP_ID), APP_ID) == b"hi"


@pytest.mark.parametrize("text", ["", "A" * 42, "A" * 44, "A" * 42 + "!", "A" * 42 + "键", "A" * 42 + "="])
def test_a_key_that_has_not_43_characters_of_base64_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"43 characters|padding|ASCII"):
        AesKey(text)


@given(texts, texts)
def test_another_key_opens_nothing(text: str, other: str) -> None:
    assume(b64decode(f"{text}=") != b64decode(f"{other}="))
    with pytest.raises(WrongKey):
        AesKey(other).open(AesKey(text).seal(EXAMPLE, APP_ID, RANDOM), APP_ID)


@pytest.mark.parametrize("app_id", ["wxba5fad812f8e6fb8", "", "wxba5fad812f8e6fb", "xwxba5fad812f8e6fb9"])
def test_what_was_sealed_for_another_account_is_not_opened(app_id: str) -> None:
    with pytest.raises(WrongAccount):
        KEY.open(KEY.seal(EXAMPLE, app_id, RANDOM), APP_ID)
    with pytest.raises(InvalidAppIdException):
        peer().decrypt(KEY.seal(EXAMPLE, app_id, RANDOM), APP_ID)


@pytest.mark.parametrize(
    "pad", [b"\0" * 24, b"\x21" * 24, b"\xff" * 24, b"\x17" + b"\x18" * 23, b"\x17" * 23 + b"\x18"]
)
def test_padding_is_checked_in_every_byte(pad: bytes) -> None:
    with pytest.raises(WrongKey):
        KEY.open(encrypted(whole() + pad), APP_ID)
    assert KEY.open(encrypted(whole() + b"\x18" * 24), APP_ID) == b"hi"


@pytest.mark.parametrize("length", [21, 1000, 2**32 - 1])
def test_a_length_beyond_the_end_is_noticed(length: int) -> None:
    with pytest.raises(WrongKey):
        KEY.open(encrypted(whole(length) + b"\x18" * 24), APP_ID)


@pytest.mark.parametrize("length", [0, 1, 3, 20])
def test_a_length_that_cuts_elsewhere_leaves_no_app_id(length: int) -> None:
    with pytest.raises(WrongAccount):
        KEY.open(encrypted(whole(length) + b"\x18" * 24), APP_ID)


@pytest.mark.parametrize("sealed", [
    "", "AAAA", "A" * 22 + "==", "not base64!", "键", b"\xff\xfe", b64encode(b"x" * 48), b64encode(b"x" * 32) + b"\n",
])  # fmt: skip
def test_what_is_no_base64_or_no_whole_blocks_is_no_ciphertext(sealed: str | bytes) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        KEY.open(sealed, APP_ID)
    assert not isinstance(refused.value, WrongKey | WrongAccount)


@given(st.integers(1, 6).flatmap(lambda blocks: st.binary(min_size=blocks * 32, max_size=blocks * 32)))
def test_garbage_of_whole_blocks_is_sealed_under_another_key(garbage: bytes) -> None:
    with pytest.raises((WrongKey, WrongAccount)):
        KEY.open(b64encode(garbage), APP_ID)


@pytest.mark.parametrize("random16", [b"", b"x" * 15, b"x" * 17])
def test_a_message_begins_with_16_random_bytes_and_no_other_number(random16: bytes) -> None:
    with pytest.raises(ValueError, match="16 random bytes"):
        KEY.seal(b"hi", APP_ID, random16)


def test_a_key_does_not_show() -> None:
    assert TEXT not in repr(KEY)


def test_a_whole_envelope_of_wechatpy_is_understood() -> None:
    crypto = WeChatCrypto("AAAAA", TEXT, APP_ID)
    sealed = KEY.seal(b"<xml><a>1</a></xml>", APP_ID, RANDOM)
    signed = signature("AAAAA", "1714112445", "415670741", sealed)
    envelope = f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
    assert crypto.decrypt_message(envelope, signed, "1714112445", "415670741") == "<xml><a>1</a></xml>"
