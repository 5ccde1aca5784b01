"""An official account: what it knows and the rules it keeps, with nothing of HTTP."""

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.wechat import people
from bot.sandbox.wechat.codes import Codes
from bot.sandbox.wechat.journal import Call, Journal
from bot.sandbox.wechat.quotas import FORCED, Quotas
from bot.sandbox.wechat.refusal import Refusal
from bot.sandbox.wechat.tokens import LegacyTokens, StableTokens, well_formed


class OfficialAccount:
    """One account; set its attributes to make another world of it.

    `ip_whitelist` None lets every address fetch access tokens, `unconfirmed_ips` are answered 89503,
    `secret_frozen` answers 40243, `forbidden` gives a path the errcode it is refused with (48001, 48004, 50002).
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
        self.tags = people.first_tags()
        self.followers = people.first_followers()
        self.journal = Journal()
        self.callback_url = ""
        self.ip_whitelist: set[str] | None = None
        self.unconfirmed_ips: set[str] = set()
        self.secret_frozen = False
        self.forbidden: dict[str, int] = {}

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
