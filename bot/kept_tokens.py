"""An account's access token in the database: where bot.wechat.token and storage.tokens meet."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.model import AccessToken, Account, TokenFailure
from bot.wechat.seal import seal, unseal
from storage import tokens
from storage.database import Database
from storage.tokens import SealedToken


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A TokenStore. `owner` names this process among those that share the database; `is_alive` tells of the others."""

    db: Database
    account: Account
    owner: str
    now: Callable[[], int]
    is_alive: Callable[[str], bool] = lambda _: True

    async def load(self) -> tuple[AccessToken, str] | None:
        """Return the token and the digest of the one refused last; None where the AppSecret has changed since."""
        kept = await self.db.read(tokens.find, self.account.app_id)
        value = unseal(self.account.app_secret, kept.sealed) if kept else None
        if kept is None or value is None:
            return None
        return AccessToken(value, kept.fetched_at, kept.expires_at, kept.source, kept.host), kept.refused

    async def claim(self, seconds: int) -> bool:
        """Become the only process to fetch, for `seconds`."""
        now, app_id = self.now(), self.account.app_id
        if await self.db.write(tokens.claim, app_id, self.owner, now, now + seconds):
            return True
        other = await self.db.read(tokens.claimed_by, app_id)
        if self.is_alive(other):
            return False
        await self.db.write(tokens.release, app_id, other)  # it died while it fetched
        return await self.db.write(tokens.claim, app_id, self.owner, now, now + seconds)

    async def store(self, token: AccessToken, refused: str) -> None:
        """Seal and keep a token."""
        sealed = seal(self.account.app_secret, token.value)
        kept = SealedToken(sealed, token.fetched_at, token.expires_at, token.source, token.host, refused)
        await self.db.write(tokens.store, self.account.app_id, kept)

    async def fail(self, failure: TokenFailure) -> None:
        """Keep why there is no token."""
        await self.db.write(tokens.fail, self.account.app_id, failure)

    async def release(self) -> None:
        """Let other processes fetch again."""
        await self.db.write(tokens.release, self.account.app_id, self.owner)
