"""An access token at rest: sealed under the account's own secret, so that the database file alone is of no use."""

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


def seal(app_secret: str, value: str) -> bytes:
    """Return `value` sealed under `app_secret` (AES-256-GCM)."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(_key(app_secret)).encrypt(nonce, value.encode(), None)


def unseal(app_secret: str, sealed: bytes) -> str | None:
    """Return what was sealed; None where the secret has changed since or the bytes are damaged."""
    try:
        return AESGCM(_key(app_secret)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], None).decode()
    except (InvalidTag, ValueError):
        return None


def digest(value: str) -> str:
    """Return what a token can be recognised by without holding it."""
    return hashlib.sha256(value.encode()).hexdigest()[:32]


def _key(app_secret: str) -> bytes:
    return hashlib.blake2b(app_secret.encode(), digest_size=32, person=b"wxqr-token").digest()
