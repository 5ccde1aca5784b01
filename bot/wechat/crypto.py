"""WeChat's safe mode: AES-256-CBC over what is pushed and replied, and the signature that covers it. Pure, no I/O.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.md
"""

import hashlib
from base64 import b64decode, b64encode
from binascii import a2b_base64

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

KEY_CHARACTERS = 43
RANDOM_BYTES = 16

_KEY_BYTES = 32
_LENGTH_ENDS = RANDOM_BYTES + 4
# PKCS#7 over blocks of 32 bytes, not of AES's 16: 1 to 32 bytes, each of which says how many they are
_BLOCK = 32
_PADS = [bytes([count]) * count for count in range(_BLOCK + 1)]


class WrongKey(Exception):
    """It was sealed under another key."""


class WrongAccount(Exception):
    """It was sealed for another official account."""


class AesKey:
    """One EncodingAESKey, of 43 characters; opens what was sealed under it, and seals. It never shows in its repr."""

    def __init__(self, encoding_aes_key: str) -> None:
        # leniently: of 62 possible last characters 46 are not canonical base64, and WeChat gives them out
        key = b64decode(f"{encoding_aes_key}=")
        if len(encoding_aes_key) != KEY_CHARACTERS or len(key) != _KEY_BYTES:
            raise ValueError("an EncodingAESKey has 43 characters: letters and digits")
        self._cipher = Cipher(AES256(key), CBC(key[:16]))

    def open(self, encrypted: str | bytes, app_id: str) -> bytes:
        """Return the message. Raises ValueError for what is no ciphertext, WrongKey, and WrongAccount."""
        sealed = a2b_base64(encrypted, strict_mode=True)
        if not sealed or len(sealed) % _BLOCK:
            raise ValueError("no whole blocks")
        # whole blocks leave nothing for finalize() to give
        plain = self._cipher.decryptor().update(sealed)
        return _message(plain, app_id.encode())

    def seal(self, message: bytes, app_id: str, random16: bytes) -> str:
        """Return `message` sealed for `app_id`, in base64; `random16` are 16 random bytes, fresh for each message."""
        if len(random16) != RANDOM_BYTES:
            raise ValueError("16 random bytes begin each message")
        plain = random16 + len(message).to_bytes(4, "big") + message + app_id.encode()
        padded = plain + _PADS[_BLOCK - len(plain) % _BLOCK]
        return b64encode(self._cipher.encryptor().update(padded)).decode()


def signature(token: str, *parts: str) -> str:
    """Return what WeChat signs with: the SHA-1, in hexadecimal, of the sorted callback token and parts."""
    return hashlib.sha1("".join(sorted((token, *parts))).encode(), usedforsecurity=False).hexdigest()


def _message(plain: bytes, app_id: bytes) -> bytes:
    """Return what stands in `16 random bytes | length | message | app id | padding`."""
    pad = plain[-1]
    ends = _LENGTH_ENDS + int.from_bytes(plain[RANDOM_BYTES:_LENGTH_ENDS], "big")
    app_id_ends = len(plain) - pad
    # every byte of the padding counts: the signature guards it already, a wrong key shows here
    if not 1 <= pad <= _BLOCK or not plain.endswith(_PADS[pad]) or ends > app_id_ends:
        raise WrongKey
    if plain[ends:app_id_ends] != app_id:
        raise WrongAccount
    return plain[_LENGTH_ENDS:ends]
