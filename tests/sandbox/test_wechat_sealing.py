"""WeChat's signatures and seals, held to the official vectors and to wechatpy's own."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from wechatpy.crypto import WeChatCrypto

from bot.sandbox.wechat.sealing import Broken, Seal, signature

# https://developers.weixin.qq.com/doc/oplatform/developers/dev/push
TOKEN, KEY, APP_ID = "AAAAA", "A" * 43, "wxba5fad812f8e6fb9"


@pytest.mark.parametrize(
    ("timestamp", "nonce", "expected"),
    [
        ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
        ("1714112445", "415670741", "6c5c811b55cc85e0e1b54100749188c20beb3f5d"),
    ],
)
def test_a_signature_is_the_one_in_wechats_examples(timestamp: str, nonce: str, expected: str) -> None:
    assert signature(TOKEN, timestamp, nonce) == expected


@pytest.mark.parametrize("text", ["", "x", "你好 ]]>", *("x" * length for length in range(30, 64))])
def test_what_is_sealed_opens_again_here_and_in_wechatpy(text: str) -> None:
    sealed = Seal(KEY, APP_ID).sealed(text)
    assert Seal(KEY, APP_ID).opened(sealed) == text
    signed = signature(TOKEN, "1", "2", sealed)
    opened = WeChatCrypto(TOKEN, KEY, APP_ID).decrypt_message(
        f"<xml><Encrypt>{sealed}</Encrypt></xml>", signed, "1", "2"
    )
    assert opened == text


def test_what_is_sealed_twice_looks_different() -> None:
    seal = Seal(KEY, APP_ID)
    assert seal.sealed("x") != seal.sealed("x")


@pytest.mark.parametrize("key", ["", "A" * 42, "A" * 44])
def test_a_key_of_another_length_is_none(key: str) -> None:
    with pytest.raises(ValueError, match="43 characters"):
        Seal(key, APP_ID)


def test_the_last_character_of_a_key_may_be_any() -> None:
    keys = {Seal("A" * 42 + last, APP_ID).sealed("x") for last in "ABCDabcd0189"}
    assert len(keys) == 12


# as they came once: what is random in them would give each run tests of other names
SEALED_UNDER_ANOTHER_KEY = (
    "xDeDTMo6F1tkub78nteJmWeNlctmfYApqIrwA+6az1UM3rzm+j7mWyI+oCWMsNd7i+Joj1Un0ye5gqcWMs9pc7z9"
    "gfwtqq/02he7isPWhjOTMg394LbZ3zx/v+xbePJB"
)
SEALED_FOR_ANOTHER_ACCOUNT = "94mTBACaBAgcFS8Iv4RdMmqIE3etbF6XisLH8fr/CAtN+JRL4tn+5XBL2CFxjqsCDQzrW9LNdP0resVtOkvFog=="


def raw(plain: bytes) -> str:
    """Return bytes encrypted as they are: what somebody careless would seal."""
    key = base64.b64decode(KEY + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


@pytest.mark.parametrize(
    ("encrypted", "why"),
    [
        ("", "blocks"),
        ("no base64!", "no base64"),
        ("é", "no base64"),
        (base64.b64encode(b"x" * 33).decode(), "blocks"),
        (raw(bytes(32)), "padding"),
        (raw(bytes(31) + b"\x21"), "padding"),
        (raw(bytes(30) + b"\x01\x02"), "padding"),
        (SEALED_UNDER_ANOTHER_KEY, "padding"),
        (SEALED_FOR_ANOTHER_ACCOUNT, "app id"),
        (raw(bytes(16) + b"\xff\xff\xff\xff" + b"x" * 11 + b"\x01"), "app id"),
        (raw(bytes(16) + b"\x00\x00\x00\x01\xff" + APP_ID.encode() + b"\x19" * 25), "UTF-8"),
    ],
)
def test_what_is_not_sealed_as_it_should_be_says_why(encrypted: str, why: str) -> None:
    with pytest.raises(Broken, match=why):
        Seal(KEY, APP_ID).opened(encrypted)
