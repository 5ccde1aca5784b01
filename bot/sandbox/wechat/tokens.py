"""The two families of access tokens, which never touch one another.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/AccessToken.html
"""

import itertools
import re
import secrets
from dataclasses import dataclass

from bot.sandbox.clock import Clock
from bot.sandbox.wechat.refusal import Refusal

LIFETIME = 7200
OVERLAP = 300
FORCE_PAUSE = 30

_numbers = itertools.count(60)
_SHAPE = re.compile(r"\d+_[A-Za-z0-9_-]{80,500}")


def well_formed(value: str) -> bool:
    """Say whether this text could be an access token at all."""
    return _SHAPE.fullmatch(value) is not None


@dataclass(slots=True)
class Issued:
    """An access token in the world: `ends_at` is earlier than `expires_at` once a newer one took its place."""

    value: str
    expires_at: float
    ends_at: float


class AccessTokens:
    """One family: what was issued, and which one is the latest."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, Issued] = {}
        self.latest: Issued | None = None

    def __contains__(self, value: str) -> bool:
        return value in self._issued

    def check(self, value: str) -> None:
        """Refuse an access token past its lifetime with 42001, one that is not the latest with 40001."""
        issued, now = self._issued[value], self._clock.now()
        if now >= issued.expires_at:
            raise Refusal(42001)
        if now >= issued.ends_at:
            raise Refusal(40001)

    def revoke(self) -> None:
        """Make every access token one that is "not latest", at once."""
        for issued in self._issued.values():
            issued.ends_at = min(issued.ends_at, self._clock.now())
        self.latest = None

    def expire(self) -> None:
        """Let every access token's lifetime be over."""
        for issued in self._issued.values():
            issued.expires_at = min(issued.expires_at, self._clock.now())

    def _issue(self, overlap: int) -> Issued:
        now = self._clock.now()
        if self.latest is not None:
            self.latest.ends_at = min(self.latest.ends_at, now + overlap)
        value = f"{next(_numbers)}_{secrets.token_urlsafe(99)}"
        self.latest = self._issued[value] = Issued(value, now + LIFETIME, now + LIFETIME)
        return self.latest


class LegacyTokens(AccessTokens):
    """GET /cgi-bin/token: every fetch is a new one, and ends the one before it after five minutes."""

    def fetch(self) -> tuple[str, int]:
        """Return a new access token and its lifetime in seconds."""
        return self._issue(OVERLAP).value, LIFETIME


class StableTokens(AccessTokens):
    """POST /cgi-bin/stable_token.

    https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self._forced_at = float("-inf")

    def fetch(self) -> tuple[str, int]:
        """Return the same access token with its remaining seconds; a new one in its last five minutes."""
        now = self._clock.now()
        if self.latest is None or self.latest.expires_at - now < OVERLAP:
            return self._issue(OVERLAP).value, LIFETIME
        return self.latest.value, int(self.latest.expires_at - now)

    def may_force(self) -> bool:
        """Say whether half a minute has passed: a closer forced call is answered as a normal one."""
        return self._clock.now() - self._forced_at >= FORCE_PAUSE

    def force(self) -> tuple[str, int]:
        """End the access token at once and return a new one."""
        self._forced_at = self._clock.now()
        return self._issue(0).value, LIFETIME
