"""An official account: what it knows, the rules it keeps, and the people before it."""

import random
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.wechat import people
from bot.sandbox.wechat.codes import Codes
from bot.sandbox.wechat.envelope import Envelope, Mode, enveloped
from bot.sandbox.wechat.figures import Figures
from bot.sandbox.wechat.happenings import Happenings
from bot.sandbox.wechat.journal import Call, Journal
from bot.sandbox.wechat.phone import Phone
from bot.sandbox.wechat.push import Push, Received
from bot.sandbox.wechat.pushing import Pushes
from bot.sandbox.wechat.quotas import FORCED, Quotas
from bot.sandbox.wechat.refusal import Refusal
from bot.sandbox.wechat.sealing import Seal
from bot.sandbox.wechat.tags import Tags
from bot.sandbox.wechat.tokens import LegacyTokens, StableTokens, well_formed
from bot.sandbox.wechat.verification import Verification, verified
from bot.sandbox.wechat.windows import Windows

_T = TypeVar("_T")


class OfficialAccount:
    """One account; set its attributes to make another world of it.

    `ip_whitelist` None lets every address fetch access tokens, `unconfirmed_ips` are answered 89503,
    `secret_frozen` answers 40243, `forbidden` gives a path the errcode it is refused with (48001, 48004, 50002).
    Events go to `callback_url` (empty: nowhere), signed with `callback_token`, and in the `callback_mode` compat or
    safe sealed with `encoding_aes_key`.
    """

    def __init__(self, app_id: str, app_secret: str, *, clock: Clock, faults: Faults) -> None:
        self.app_id = app_id
        self.app_secret = app_secret
        self.clock = clock
        self.faults = faults
        self.legacy_tokens = LegacyTokens(clock)
        self.stable_tokens = StableTokens(clock)
        self.quotas = Quotas(clock)
        self.codes = Codes(clock)
        self.tags = Tags()
        self.followers = people.first_followers()
        self.figures = Figures(clock, sum(person.subscribe for person in self.followers.values()))
        self.windows = Windows()
        self.journal = Journal()
        self.happenings = Happenings()
        self.pushes = Pushes(self)
        self.original_id = f"gh_{app_id[-12:]}"
        self.callback_url = ""
        self.callback_token = ""
        self.encoding_aes_key = ""
        self.callback_mode: Mode = "plain"
        self._old_keys: list[str] = []
        self.ip_whitelist: set[str] | None = None
        self.unconfirmed_ips: set[str] = set()
        self.secret_frozen = False
        self.forbidden: dict[str, int] = {}
        self._received: dict[str, list[Received]] = defaultdict(list)

    async def close(self) -> None:
        """Close what events are pushed through."""
        await self.pushes.close()

    # people

    def phone(self, open_id: str | None = None, dice: random.Random | None = None) -> Phone:
        """Return the phone of a person whom the account knows (LookupError), or of a newcomer."""
        if open_id is None:
            person = people.newcomer(dice or random.Random())
            self.followers[person.openid] = person
            return Phone(self, person.openid)
        if open_id not in self.followers:
            raise LookupError(f"nobody here has the open id {open_id}")
        return Phone(self, open_id)

    def receive(self, open_id: str, message: Received) -> None:
        """Let a person have a message."""
        self._received[open_id].append(message)
        self.happenings.tell()

    def received(self, open_id: str) -> list[Received]:
        """Return what the account sent to a person, oldest first."""
        return list(self._received.get(open_id, ()))

    async def wait_for(self, predicate: Callable[[], _T], timeout: float = 20) -> _T:  # noqa: ASYNC109 - read as English
        """Return what `predicate` returns as soon as that is true; TimeoutError after `timeout` seconds."""
        return await self.happenings.wait_for(predicate, timeout)

    # the callback

    async def verify(self, url: str = "", token: str = "") -> Verification:
        """Press "submit" in WeChat's console: another address or callback token is kept if it answers rightly."""
        url, token = url or self.callback_url, token or self.callback_token
        verification = await verified(self, url, token)
        if verification.is_verified:
            self.callback_url, self.callback_token = url, token
        return verification

    def change_key(self, encoding_aes_key: str, lingering: int = 0) -> None:
        """Change the EncodingAESKey as in WeChat's console; the next `lingering` pushes still have the old one."""
        self._old_keys = [self.encoding_aes_key] * lingering
        self.encoding_aes_key = encoding_aes_key

    def envelope(self, push: Push) -> Envelope:
        """Return a push as it is delivered now; ValueError where the mode needs a key that is none."""
        key = self._old_keys.pop() if self._old_keys else self.encoding_aes_key
        seal = None if self.callback_mode == "plain" else Seal(key, self.app_id)
        return enveloped(self.callback_mode, self.callback_token, seal, push.open_id, push.message)

    # the API

    @property
    def calls(self) -> list[Call]:
        """Return the last 10,000 calls, oldest first."""
        return self.journal.calls

    def count(self, path: str) -> int:
        """Return how many calls this path has ever had."""
        return self.journal.count(path)

    def owns(self, access_token: str) -> bool:
        """Say whether this account ever issued the access token."""
        return access_token in self.legacy_tokens or access_token in self.stable_tokens

    def admit(self, access_token: str) -> None:
        """Let a valid access token pass: Refusal 41001, 40014, 40001 or 42001."""
        if not access_token:
            raise Refusal(41001)
        if not well_formed(access_token):
            raise Refusal(40014)
        if not self.owns(access_token):
            raise Refusal(40001)
        family = self.legacy_tokens if access_token in self.legacy_tokens else self.stable_tokens
        family.check(access_token)

    def recognise(self, app_id: str, app_secret: str, ip: str) -> None:
        """Let the right credentials from an allowed address pass; else the Refusal for what is wrong."""
        self._check_secret(app_id, app_secret)
        if self.ip_whitelist is not None and ip not in self.ip_whitelist:
            raise not_in_whitelist(ip)
        if ip in self.unconfirmed_ips:
            raise Refusal(89503)
        if self.secret_frozen:
            raise Refusal(40243)

    def fetch_stable_token(self, *, force: bool) -> tuple[str, int]:
        """Return an access token and its remaining seconds; Refusal 45009 when forced more than 20 times a day."""
        if force and self.stable_tokens.may_force():
            self.quotas.spend(FORCED)
            return self.stable_tokens.force()
        return self.stable_tokens.fetch()

    def revoke_tokens(self) -> None:
        """End the access tokens of both families at once, as a changed secret does."""
        self.legacy_tokens.revoke()
        self.stable_tokens.revoke()

    def expire_tokens(self) -> None:
        """Let the lifetime of the access tokens of both families be over."""
        self.legacy_tokens.expire()
        self.stable_tokens.expire()

    def _check_secret(self, app_id: str, app_secret: str) -> None:
        if not app_id:
            raise Refusal(41002)
        if app_id != self.app_id:
            raise Refusal(40013)
        if not app_secret:
            raise Refusal(41004)
        if app_secret != self.app_secret:
            raise Refusal(40125)


def not_in_whitelist(ip: str) -> Refusal:
    """Return 40164, which names the address so that somebody can put it on the list."""
    return Refusal(40164, f"invalid ip {ip} ipv6 ::ffff:{ip}, not in whitelist")
