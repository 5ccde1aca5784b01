"""The codes an account has minted: tickets, the addresses inside them, and the slots permanent ones take."""

import base64
import random
import string
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from bot.sandbox.clock import Clock
from bot.sandbox.wechat.refusal import Refusal
from bot.sandbox.wechat.wanted import Wanted

PERMANENT_LIMIT = 100_000
ADDRESS = "http://weixin.qq.com/q/02"
_LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Code:
    """One minted code; times are seconds since 1970 and `expires_at` is None for a permanent one."""

    ticket: str
    url: str
    scene: int | str
    created_at: float
    expires_at: float | None


class Codes:
    """Every code of one account.

    WeChat does not document what a second call for the same permanent scene does: `permanent_reissue` is "new"
    (another ticket, another slot) so that a client that asks twice is caught, or "same".
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_ticket: dict[str, Code] = {}
        self._by_url: dict[str, Code] = {}
        self._permanent: dict[int | str, Code] = {}
        self.permanent_used = 0
        self.permanent_limit = PERMANENT_LIMIT
        self.permanent_reissue: Literal["same", "new"] = "new"

    def __contains__(self, ticket: str) -> bool:
        return ticket in self._by_ticket

    def mint(self, asked_for: Wanted) -> Code:
        """Return a new code; Refusal 45029 when every permanent slot is taken."""
        if asked_for.lifetime is not None:
            return self._add(asked_for.scene, asked_for.lifetime)
        known = self._permanent.get(asked_for.scene)
        if known is not None and self.permanent_reissue == "same":
            return known
        if self.permanent_used >= self.permanent_limit:
            raise Refusal(45029)
        self.permanent_used += 1
        code = self._permanent[asked_for.scene] = self._add(asked_for.scene, None)
        return code

    def find(self, ticket: str) -> Code | None:
        """Return the living code of this ticket."""
        code = self._by_ticket.get(ticket)
        return code if code and self.is_living(code) else None

    def in_picture(self, text: str) -> Code | None:
        """Return the code, living or not, with this url (what its picture holds), picture's address or ticket."""
        return self._by_url.get(text) or self._by_ticket.get(_ticket_in(text))

    def is_living(self, code: Code) -> bool:
        """Say whether a code can still be scanned."""
        return code.expires_at is None or self._clock.now() < code.expires_at

    def mint_elsewhere(self, scene: int | str, lifetime: int | None = None) -> Code:
        """Return a code that another system minted, for any scene: 0 is what one has that was created without."""
        return self._add(scene, lifetime)

    def _add(self, scene: int | str, lifetime: int | None) -> Code:
        now = self._clock.now()
        url = ADDRESS + "".join(random.choices(_LETTERS, k=20))
        expires_at = None if lifetime is None else now + lifetime
        code = Code(ticket_for(url, int(now), lifetime or 0), url, scene, now, expires_at)
        self._by_ticket[code.ticket] = self._by_url[code.url] = code
        return code


def _ticket_in(text: str) -> str:
    return parse_qs(urlsplit(text).query).get("ticket", [text])[0]


def ticket_for(url: str, now: int, lifetime: int) -> str:
    """Return a ticket built as WeChat's are: address, time and lifetime in base64 that begins with gQ.

    The bytes are laid so that each one holds `+`, `/` and `=`: a client that does not encode it is caught.
    """
    head = b"\x81\x01" + random.randbytes(1) + b"\xfb\xff" + random.randbytes(5)
    address = bytes([0x01, len(url)]) + url.encode()
    times = b"\x00\x02\x04" + now.to_bytes(4, "little") + b"\x03\x04" + lifetime.to_bytes(4, "little")
    spare = b"\x00" * ((1 - len(head + address + times)) % 3)
    return base64.b64encode(head + spare + address + times).decode()
