"""How WeChat signs what it pushes, and seals it in compat and safe mode; written anew here, to judge the bot by.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.md
"""

import base64
import binascii
import hashlib
import random

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

# 32 bytes, and not AES's own 16: padding is 1 to 32 bytes
BLOCK = 32
NOISE = 16
LENGTH = 4
KEY_CHARACTERS = 43


class Broken(Exception):
    """What was to be opened is not sealed as WeChat seals; the text says what is wrong."""


def signature(*parts: str) -> str:
    """Return the hexadecimal SHA-1 of the parts, sorted and joined."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 - WeChat's own choice


class Seal:
    """One EncodingAESKey of one account; ValueError where it does not have 43 characters of base64."""

    def __init__(self, encoding_aes_key: str, app_id: str) -> None:
        if len(encoding_aes_key) != KEY_CHARACTERS:
            raise ValueError(f"an EncodingAESKey has {KEY_CHARACTERS} characters")
        key = base64.b64decode(encoding_aes_key + "=")
        self._app_id = app_id.encode()
        self._cipher = Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def sealed(self, text: str) -> str:
        """Return the text encrypted, in base64."""
        message = text.encode()
        length = len(message).to_bytes(LENGTH, "big")
        plain = random.randbytes(NOISE) + length + message + self._app_id
        padding = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([padding]) * padding) + encryptor.finalize()).decode()

    def opened(self, encrypted: str) -> str:
        """Return the text; Broken for wrong base64, blocks, padding, length, app id or encoding."""
        plain = self._unpadded(encrypted)
        end = NOISE + LENGTH + int.from_bytes(plain[NOISE : NOISE + LENGTH], "big")
        if plain[end:] != self._app_id:
            raise Broken("the app id at its end is another")
        try:
            return plain[NOISE + LENGTH : end].decode()
        except UnicodeDecodeError as broken:
            raise Broken("it is no UTF-8") from broken

    def _unpadded(self, encrypted: str) -> bytes:
        try:
            content = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError) as broken:
            raise Broken("it is no base64") from broken
        if not content or len(content) % BLOCK:
            raise Broken(f"it is not made of blocks of {BLOCK} bytes")
        decryptor = self._cipher.decryptor()
        plain = decryptor.update(content) + decryptor.finalize()
        padding = plain[-1]
        if not 1 <= padding <= BLOCK or plain[-padding:] != bytes([padding]) * padding:
            raise Broken("its padding is wrong: the key may be another")
        return plain[:-padding]
