"""The promise: what is acknowledged is kept, answered once, and taken up again after any death."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Coroutine
from typing import Any

from bot import metrics
from bot.context import Means
from bot.errors import DeliveryUnknown, Forbidden, NotKept, SlackError, SlackUnavailable
from bot.handler import Answer, Commands, Outcome, Understood, refused
from bot.model import Arrival, Caller, Language
from bot.reply import Button, Buttons, Reply, Text, say
from bot.slack.blocks import message
from bot.slack.delivery import Delivery
from bot.slack.readers import Readers
from storage import audit, inbox, posts
from storage.audit import Deed
from storage.inbox import Unfinished

log = logging.getLogger(__name__)

# Slack gives up on an acknowledgement after 3 s (T11)
KEEP_WITHIN = 1.5
AT_ONCE = 40
GIVE_UP_AFTER = 3600
LONGEST_WAIT = 60
MOST_TRIES = 30

Ack = dict[str, Any]


class Inbox:
    """Takes commands in, answers them, and finishes what a dead process left behind."""

    def __init__(
        self, means: Means, commands: Commands, delivery: Delivery, readers: Readers, is_alive: Callable[[str], bool]
    ) -> None:
        self._means, self._commands, self._delivery, self._readers = means, commands, delivery, readers
        self._is_alive = is_alive
        self._in_hand: dict[str, asyncio.Task[None]] = {}
        self._being_kept: set[str] = set()
        self._errands: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)

    async def take(self, arrival: Arrival) -> Ack:
        """Return what to acknowledge a command with. It is in the database by then, or the caller is told it is not."""
        if arrival.is_stranger:
            return message(refused(Forbidden("forbidden.outside")), self._means.settings.language)
        understood = self._commands.understand(arrival.text)
        try:
            if isinstance(understood, Understood) and not understood.is_local:
                return await self._keep(arrival, understood)
            return await self._answer_at_once(arrival, understood)
        except (sqlite3.Error, TimeoutError) as error:
            log.warning("not kept: %s", type(error).__name__)
            metrics.refused_by_database()
            return message(refused(NotKept("not_kept.busy")), self._readers.known(arrival.team_id, arrival.user_id))

    async def begun(self, understood: Understood, arrival: Arrival) -> Any:
        """Return what the form of a command starts with. Raises Explainable where the caller may not, or cannot."""
        return await self._commands.begun(understood, self._means, arrival, await self._caller(arrival))

    async def check(self, understood: Understood, arrival: Arrival) -> None:
        """Raise Explainable where what a form says cannot be done."""
        await self._commands.check(understood, self._means, arrival, await self._caller(arrival))

    async def resume(self) -> None:
        """Take up what waits for its time, and what a dead process had in hand."""
        for one in await self._means.db.read(inbox.unfinished, self._means.now(), self._means.owner):
            if (
                one.id in self._in_hand
                or one.id in self._being_kept
                or (one.owner != self._means.owner and self._is_alive(one.owner))
            ):
                continue
            await self._take_up(one)

    def later(self, errand: Coroutine[Any, Any, None]) -> None:
        """Do something that no acknowledgement waits for."""
        task = asyncio.ensure_future(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def drain(self, seconds: float) -> None:
        """Finish what is in hand; what takes longer than `seconds` stays in the database for the next start."""
        under_way = [*self._in_hand.values(), *self._errands]
        if under_way:
            await asyncio.wait(under_way, timeout=seconds)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _keep(self, arrival: Arrival, understood: Understood) -> Ack:
        if await self._is_new(arrival):
            self._start(arrival, understood)
        return {}

    async def _is_new(self, arrival: Arrival) -> bool:
        """Write it down; resume() may see the row before we do, and leaves it to us."""
        self._being_kept.add(arrival.id)
        try:
            return await self._means.db.write_within(KEEP_WITHIN, inbox.keep, arrival, self._means.owner)
        finally:
            asyncio.get_running_loop().call_soon(self._being_kept.discard, arrival.id)

    async def _answer_at_once(self, arrival: Arrival, understood: Understood | Answer) -> Ack:
        caller = await self._caller(arrival)
        answer = understood
        if isinstance(answer, Understood):
            answer = await self._commands.answer(answer, self._means, arrival, caller)
        if arrival.is_click:  # a click is answered by its response_url only
            return await self._keep_and_tell(arrival, answer, caller.language)
        is_new = await self._means.db.write_within(KEEP_WITHIN, self._keep_answered, arrival, answer)
        metrics.answered(answer.outcome.command, answer.outcome.key)
        return message(answer.reply, caller.language) if is_new else {}

    async def _keep_and_tell(self, arrival: Arrival, answer: Answer, reader: Language) -> Ack:
        if await self._is_new(arrival):
            self._hold(arrival, self._deliver(arrival, answer, reader))
        return {}

    async def _take_up(self, one: Unfinished) -> None:
        arrival = await self._means.db.write(inbox.take_over, one, self._means.owner)
        if arrival:
            self._start(arrival, self._commands.understand(arrival.text))

    def _start(self, arrival: Arrival, understood: Understood | Answer) -> None:
        self._hold(arrival, self._work(arrival, understood))

    def _hold(self, arrival: Arrival, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._in_hand[arrival.id] = task
        task.add_done_callback(lambda done: self._let_go(arrival, done))

    def _let_go(self, arrival: Arrival, done: asyncio.Task[None]) -> None:
        self._in_hand.pop(arrival.id, None)
        if not done.cancelled() and done.exception():
            log.error("unanswered: %s", arrival.id, exc_info=done.exception())
            self.later(self._wait(arrival))  # it stays unfinished in the database, and is tried again

    async def _work(self, arrival: Arrival, understood: Understood | Answer) -> None:
        async with self._places:
            caller = await self._caller(arrival)
            if arrival.tries and await self._was_settled(arrival, _command(understood), caller.language):
                return
            answer = understood
            if isinstance(answer, Understood):
                answer = await self._commands.answer(answer, self._means, arrival, caller)
            await self._deliver(arrival, answer, caller.language)

    async def _was_settled(self, arrival: Arrival, command: str, reader: Language) -> bool:
        """Look up what came of an earlier try before anything is done again."""
        try:
            if not await self._delivery.settle(arrival):
                return await self._was_given_up(arrival, reader)
        except SlackUnavailable:
            await self._wait(arrival)
        except SlackError as error:  # nobody can tell
            await self._give_up(arrival, reader, "slack.unknown", error.method)
        else:
            await self._finish(arrival, Outcome(command), "done")
        return True

    async def _was_given_up(self, arrival: Arrival, reader: Language) -> bool:
        if arrival.tries <= MOST_TRIES and self._means.now() - arrival.received_at <= GIVE_UP_AFTER:
            return False
        await self._give_up(arrival, reader, "slack.given_up")
        return True

    async def _deliver(self, arrival: Arrival, answer: Answer, reader: Language) -> None:
        try:
            await self._delivery.deliver(arrival, answer.reply, reader)
        except SlackUnavailable:
            await self._wait(arrival)
        except DeliveryUnknown as error:
            await self._give_up(arrival, reader, "slack.unknown", error.method)
        except SlackError as error:
            log.warning("Slack refused an answer: %s %s", error.method, error.error)
            await self._give_up(arrival, reader, "slack.refused", error.method, error.error)
        else:
            await self._finish(arrival, answer.outcome, "done")

    async def _wait(self, arrival: Arrival) -> None:
        due_at = self._means.now() + min(LONGEST_WAIT, 2**arrival.tries)
        await self._means.db.write(inbox.wait_until, arrival.id, due_at)

    async def _give_up(self, arrival: Arrival, reader: Language, key: str, method: str = "", error: str = "") -> None:
        """Tell the caller why there may be no answer, and let them ask again by a button."""
        again = Buttons((await self._again(arrival),))
        told = say(key, command=arrival.text, method=method, error=error)
        body = {**message(Reply(told, (Text(told), again)), reader), "response_type": "ephemeral"}
        try:
            await self._delivery.send(arrival, body)
        except (SlackUnavailable, DeliveryUnknown):
            if arrival.tries <= MOST_TRIES:  # a note told twice does no harm, one never told does
                await self._wait(arrival)
                return
        except SlackError as refusal:
            log.warning("Slack did not even take a note: %s %s", refusal.method, refusal.error)
        command = _command(self._commands.understand(arrival.text))
        await self._finish(arrival, Outcome(command, key), "failed")

    async def _again(self, arrival: Arrival) -> Button:
        """Return the button that does it again: with the code there is, if one was minted."""
        post = await self._means.db.read(posts.find, arrival.id)
        return Button(say("slack.repeat"), await self._delivery.repeating(arrival, post))

    async def _caller(self, arrival: Arrival) -> Caller:
        language = await self._readers.language_of(arrival.team_id, arrival.user_id)
        is_operator = arrival.user_id in self._means.settings.operators
        return Caller(arrival.team_id, arrival.user_id, language, is_operator)

    async def _finish(self, arrival: Arrival, outcome: Outcome, state: str) -> None:
        await self._means.db.write(_finished, arrival, self._deed(arrival, outcome), self._means.now(), state)
        metrics.answered(outcome.command, outcome.key)

    def _keep_answered(self, connection: sqlite3.Connection, arrival: Arrival, answer: Answer) -> bool:
        is_new = inbox.keep(connection, arrival, self._means.owner, answered_at=self._means.now())
        if is_new:
            audit.add(connection, self._deed(arrival, answer.outcome))
        return is_new

    def _deed(self, arrival: Arrival, outcome: Outcome) -> Deed:
        return Deed(
            at=self._means.now(),
            team_id=arrival.team_id,
            user_id=arrival.user_id,
            channel_id=arrival.channel_id,
            command=arrival.text,
            outcome=outcome.key,
            errcode=outcome.errcode,
            rid=outcome.rid,
            host=self._means.host,
        )


def _command(understood: Understood | Answer) -> str:
    """Return the name of the subcommand: the audit and the metrics keep no text of people's."""
    return understood.name if isinstance(understood, Understood) else understood.outcome.command


def _finished(connection: sqlite3.Connection, arrival: Arrival, deed: Deed, now: int, state: str) -> None:
    inbox.finish(connection, arrival.id, now, state)
    if state == "done":
        posts.confirm(connection, arrival.id, now=now)
    audit.add(connection, deed)
