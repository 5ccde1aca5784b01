"""Questions about codes, answered by wxqr's own commands over a database, without Slack and WeChat around them."""

import time
from dataclasses import dataclass
from time import perf_counter
from typing import cast

import handlers
from bot import words
from bot.context import Health, Means
from bot.handler import Commands, Understood
from bot.model import Account, Arrival, Caller
from bot.rush import Rush
from bot.settings import Settings
from bot.turns import Turns
from bot.wechat.client import WeChat
from storage.database import Database

ASKED_BY = Caller("T0BENCH", "U0BENCH", is_operator=True)


@dataclass(frozen=True, slots=True)
class _Silent:
    """An official account that is known, and not asked for anything."""

    account: Account


class Bench:
    """Whoever asks."""

    def __init__(self, settings: Settings, db: Database) -> None:
        accounts = {account.name: cast("WeChat", _Silent(account)) for account in settings.accounts}
        health = Health(slack_connected=True, scheduler_running=True, database_bytes=1)
        self._commands = Commands(handlers.subcommands(), words.ALIASES, words.VOCABULARY)
        self._means = Means(
            settings=settings,
            db=db,
            official_accounts=accounts,
            now=lambda: int(time.time()),
            host="bench",
            owner="bench",
            turns=Turns(),
            rush=Rush(),
            health=lambda: health,
            is_alive=lambda _: True,
        )

    async def ask(self, text: str) -> float:
        """Return how many seconds it took until there was a reply to show. Raises RuntimeError where that is a "no"."""
        understood = self._commands.understand(text)
        assert isinstance(understood, Understood)
        arrival = Arrival("bench", ASKED_BY.team_id, ASKED_BY.user_id, "C0BENCH", text, int(time.time()))
        began = perf_counter()
        answer = await self._commands.answer(understood, self._means, arrival, ASKED_BY)
        seconds = perf_counter() - began
        if answer.outcome.key != "ok":
            raise RuntimeError(f"{text}: {answer}")
        return seconds
