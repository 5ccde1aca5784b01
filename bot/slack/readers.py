"""Which language each person reads: Slack's own locale of theirs, asked once a day, never waited for long."""

import asyncio
import logging
from collections.abc import Callable

from bot.errors import SlackError
from bot.model import DAY, Language
from bot.slack.api import Slack
from storage import people
from storage.database import Database

log = logging.getLogger(__name__)

# Slack wants its acknowledgement within 3 s; who is new and whose locale is slow reads the bot's language once
PATIENCE = 1.0


class Readers:
    """The languages of people, in memory and in the database."""

    def __init__(self, slack: Slack, db: Database, now: Callable[[], int], language: Language) -> None:
        self._slack, self._db, self._now, self._default = slack, db, now, language
        self._known: dict[tuple[str, str], tuple[str, int]] = {}
        self._asking: dict[tuple[str, str], asyncio.Task[None]] = {}

    async def open(self) -> None:
        """Recall who was known before the bot was stopped."""
        self._known = await self._db.read(people.everyone)

    async def close(self) -> None:
        """Stop asking."""
        for task in self._asking.values():
            task.cancel()
        await asyncio.gather(*self._asking.values(), return_exceptions=True)

    def known(self, team_id: str, user_id: str) -> Language:
        """Return the language a person reads as far as it is known here: nothing is asked."""
        locale, _ = self._known.get((team_id, user_id), ("", 0))
        return Language.of(locale) if locale else self._default

    async def language_of(self, team_id: str, user_id: str) -> Language:
        """Return the language a person reads; the bot's own where Slack does not say so within a second."""
        who = (team_id, user_id)
        if self._is_stale(who):
            asking = self._asking.get(who) or self._ask(who)
            if who not in self._known:
                await asyncio.wait({asking}, timeout=PATIENCE)
        return self.known(*who)

    def _is_stale(self, who: tuple[str, str]) -> bool:
        return who not in self._known or self._now() - self._known[who][1] > DAY

    def _ask(self, who: tuple[str, str]) -> asyncio.Task[None]:
        task = self._asking[who] = asyncio.create_task(self._learn(who))
        task.add_done_callback(lambda _: self._asking.pop(who, None))
        return task

    async def _learn(self, who: tuple[str, str]) -> None:
        team_id, user_id = who
        try:
            answer = await self._slack.call("users.info", repeatable=True, user=user_id, include_locale="true")
        except SlackError as error:
            log.warning("the locale of %s is not known: %s %s", user_id, error.method, error.error)
            if error.error:  # Slack's own word, which it will not change soon
                self._known[who] = (self._default, self._now())
            return
        locale = str(answer.get("user", {}).get("locale") or self._default)
        self._known[who] = (locale, self._now())
        await self._db.write(people.remember, team_id, user_id, locale, self._now())
