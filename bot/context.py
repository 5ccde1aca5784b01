"""What a handler may reach."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.errors import Forbidden, NotFound, SlackError
from bot.model import AppID, Caller, Standing
from bot.outgoing import Outgoing
from bot.reply import Reply
from bot.rush import Rush
from bot.settings import Settings
from bot.turns import Turns
from bot.watching import Where
from bot.wechat.client import WeChat
from storage.database import Database

if TYPE_CHECKING:
    from bot.handler import Commands


@dataclass(frozen=True, slots=True)
class Health:
    """How the bot's own parts are: for /readyz and for `/wxqr status`."""

    slack_connected: bool
    scheduler_running: bool
    database_bytes: int


class Desk(Protocol):
    """Where commands are in hand: what jobs may ask of it."""

    async def resume(self) -> None:
        """Take up what waits for its time, and what a dead process left behind."""

    async def confirm(self) -> None:
        """Look whether Slack shows what it took."""

    async def alert(self, reply: Reply) -> bool:
        """Tell on-call, in the channel that is set for it; nobody where none is set.

        Return False where Slack cannot be reached: it is worth telling again.
        """

    async def tell(self, team_id: str, user_id: str, channel_id: str, reply: Reply) -> None:
        """Tell one person alone: in that channel, else directly. Raises SlackError."""

    async def post(self, channel_id: str, reply: Reply, thread_ts: str = "") -> str:
        """Post to a channel, or into a thread there; return the message's ts. Raises SlackError."""

    async def edit(self, channel_id: str, ts: str, reply: Reply) -> None:
        """Say `reply` in the place of what was posted. Raises SlackError; it may be repeated."""


async def nothing_is_public(_: str) -> Standing:
    """Know no channel: where there is no Slack to ask, none is anybody else's business."""
    return Standing(is_public=False, is_member=True)


@dataclass(frozen=True, slots=True)
class Means:
    """What all handlers of one bot share. `now` gives seconds since 1970; `host` and `owner` name this process.

    `outgoing` leads to the system that is told of bindings and scans; None where there is none. `standing` asks Slack
    how the bot stands in a channel; it raises SlackError.
    """

    settings: Settings
    db: Database
    official_accounts: Mapping[str, WeChat]
    now: Callable[[], int]
    host: str
    owner: str
    turns: Turns
    rush: Rush
    health: Callable[[], Health]
    is_alive: Callable[[str], bool]
    outgoing: Outgoing | None = None
    standing: Callable[[str], Awaitable[Standing]] = nothing_is_public

    def name_of(self, app_id: AppID) -> str:
        """Return what people call an official account; its app id where it is no longer known here."""
        names = (one.account.name for one in self.official_accounts.values() if one.account.app_id == app_id)
        return next(names, app_id)

    def choose(self, name: str, channel_id: str) -> WeChat:
        """Return the official account called `name`, else the channel's own, else the first. Raises NotFound."""
        if name and name not in self.official_accounts:
            raise NotFound("not_found.account", typed=name, names=", ".join(self.official_accounts))
        if name:
            return self.official_accounts[name]
        every = list(self.official_accounts.values())
        return next((one for one in every if channel_id in one.account.channels), every[0])


@dataclass(frozen=True, slots=True)
class Context:
    """What one command may reach: who asks, where, under which request, and the account it is about."""

    means: Means
    commands: "Commands"
    caller: Caller
    request_id: str
    channel_id: str
    wechat: WeChat

    @property
    def db(self) -> Database:
        """The database."""
        return self.means.db

    def now(self) -> int:
        """Return seconds since 1970."""
        return self.means.now()

    async def place(self, channel_id: str, *, to_post: bool = False) -> Where:
        """Return the channel that is meant: that one, or, where none is named, the one where the caller stands.

        Of the caller's own the bot learns only where it is going `to_post` whether it is a member there. Raises
        Forbidden for another one that is not public: Slack lets only its members command there.
        """
        if channel_id in {"", self.channel_id}:
            return Where(self.channel_id, is_here=True, standing=await self._here() if to_post else None)
        standing = await self.means.standing(channel_id)
        if not standing.is_public:
            raise Forbidden("forbidden.channel")
        return Where(channel_id, standing=standing)

    async def _here(self) -> Standing | None:
        """Return how the bot stands here; None where Slack does not say: it will when the bot posts."""
        try:
            return await self.means.standing(self.channel_id)
        except SlackError:
            return None
