"""A push as it goes over the wire: the body, sealed once, and the query that is signed anew for each delivery.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/push
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot.sandbox.wechat.documents import Fields, written
from bot.sandbox.wechat.sealing import Seal, signature

Mode = Literal["plain", "compat", "safe"]
MODES: tuple[Mode, ...] = ("plain", "compat", "safe")


@dataclass(frozen=True, slots=True)
class Envelope:
    """`seal` is None and `encrypted` empty in plain mode."""

    mode: Mode
    token: str
    seal: Seal | None
    open_id: str
    encrypted: str
    body: str

    def query(self, timestamp: int, nonce: str) -> Mapping[str, str]:
        """Return what a delivery at this moment has after the address."""
        when = {"timestamp": str(timestamp), "nonce": nonce}
        signed = {"signature": signature(self.token, str(timestamp), nonce), **when, "openid": self.open_id}
        if self.seal is None:
            return signed
        # `signature` never covers the body, `msg_signature` does
        sealed = signature(self.token, str(timestamp), nonce, self.encrypted)
        return {**signed, "encrypt_type": "aes", "msg_signature": sealed}

    def forged(self) -> "Envelope":
        """Return it as somebody would send it who does not know the callback token."""
        return replace(self, token=self.token[::-1] + "!")


def enveloped(mode: Mode, token: str, seal: Seal | None, open_id: str, message: Fields) -> Envelope:
    """Return a message ready to be delivered; `seal` must be there in compat and safe mode."""
    plain = written(message)
    if mode == "plain" or seal is None:
        return Envelope("plain", token, None, open_id, "", plain)
    encrypted = seal.sealed(plain)
    shown = message if mode == "compat" else {"ToUserName": message["ToUserName"]}
    return Envelope(mode, token, seal, open_id, encrypted, written({**shown, "Encrypt": encrypted}))
