"""Keep the counters of watched codes up to date, and tell their channels of milestones; each once, however many bots.

What is sent is written down before, for nobody can look up afterwards whether Slack took a message. After a doubt a
milestone is not told again: the next one comes. A counter is begun again, but only when there is something new to
count: until then the message that may be there is true as of the time it names.
"""

import logging
import sqlite3
from dataclasses import dataclass, replace

from bot.context import Desk, Means
from bot.counting import FEW, when_there_is_time
from bot.errors import DeliveryUnknown, NotInChannel, SlackError, SlackUnavailable
from bot.grammar import written
from bot.handler import Job
from bot.model import MINUTE
from bot.reply import Button, Buttons, Part, Reply, Sentence, Text, say
from bot.watching import NO_MEMBER, Count, Where, counted, passed, reached, rooted
from storage import choosing, settling, watches
from storage.watches import Watch

log = logging.getLogger(__name__)

# after Slack's refusal; an invitation is noticed within that time
LATER = 2 * MINUTE
ARCHIVED = "is_archived"
# https://docs.slack.dev/reference/methods/chat.update and …/chat.postMessage: what was there is not there any more
GONE = {"message_not_found", "thread_not_found", "cannot_reply_to_message", "cant_update_message", "edit_window_closed"}


async def count_up(means: Means, desk: Desk) -> None:
    with_news = await means.db.read(watches.due, means.now())
    if with_news:
        await when_there_is_time(means.db, means.rush)
    for number in with_news:
        watch = await means.db.write(watches.take, number, means.owner, means.is_alive)
        if watch:
            due_at = await _Watcher(means, desk, watch).look_after()
            await means.db.write(watches.give_back, number, due_at)


@dataclass(slots=True)
class _Watcher:
    """Whoever has a watch in hand: nobody else says anything of it meanwhile."""

    means: Means
    desk: Desk
    watch: Watch

    async def look_after(self) -> int:
        """Say what there is to say; return when to look again."""
        count = await self.means.db.write(_count, self.watch)
        try:
            if reached(count.follows) > self.watch.milestone:
                await self._tell_milestone(count)
            if self.watch.is_counted_anew(count.mark, self.means.now()):
                await (self._edit(count) if self.watch.counter_ts else self._begin(count))
        except (SlackUnavailable, DeliveryUnknown) as error:
            log.warning("a watch in %s waits for Slack: %s", self.watch.channel_id, error.method)
        except SlackError as error:
            return await self._heed(error)
        return self.means.now()

    async def _tell_milestone(self, count: Count) -> None:
        milestone, before = reached(count.follows), self.watch.milestone
        code = await self.means.db.read(choosing.described, self.watch.app_id, self.watch.scene)
        await self._keep(replace(self.watch, milestone=milestone))
        try:
            await self.desk.post(self.watch.channel_id, passed(code, milestone, count.follows))
        except DeliveryUnknown:
            raise
        except SlackError:
            await self._keep(replace(self.watch, milestone=before))
            raise

    async def _edit(self, count: Count) -> None:
        """Say the count in the place of the last one, which may be repeated: so it is written down afterwards."""
        now = self.means.now()
        await self.desk.edit(self.watch.channel_id, self.watch.counter_ts, counted(count, now))
        await self._keep(replace(self.watch, counted=count.mark, counted_at=now, trouble=""))

    async def _begin(self, count: Count) -> None:
        """Say the first count, in the thread of the code's newest post, or of one made for it."""
        before, now = self.watch, self.means.now()
        place = await self.means.db.read(watches.place, before, now)
        if place.is_awaited and not before.thread_ts:
            return
        await self._keep(replace(before, counted=count.mark, counted_at=now))
        try:
            thread_ts = before.thread_ts or place.ts or await self.desk.post(before.channel_id, rooted(before.scene))
            await self._keep(replace(self.watch, thread_ts=thread_ts))
            counter_ts = await self.desk.post(before.channel_id, counted(count, now), thread_ts)
        except DeliveryUnknown:
            raise
        except SlackError:
            await self._keep(replace(self.watch, counted=before.counted, counted_at=before.counted_at))
            raise
        await self._keep(replace(self.watch, counter_ts=counter_ts, trouble=""))

    async def _heed(self, error: SlackError) -> int:
        """Do as Slack's refusal wants; return when to try again."""
        if error.error in GONE:
            await self._lose()
            return self.means.now()
        if error.error == ARCHIVED:
            await self.means.db.write(watches.end, self.watch.app_id, self.watch.scene, self.watch.channel_id)
            headline, sentence = (say("watch.archived", scene=self.watch.scene, where=one) for one in self._where)
            await self._tell_maker(headline, Text(sentence))
        elif error.error != self.watch.trouble:
            log.warning("a watch may not speak in %s: %s %s", self.watch.channel_id, error.method, error.error)
            await self._keep(replace(self.watch, trouble=error.error))
            if isinstance(error, NotInChannel):
                await self._tell_outside(is_public=error.error == NO_MEMBER)
        return self.means.now() + LATER

    async def _tell_outside(self, *, is_public: bool) -> None:
        """Tell that the bot is no member, and how to end the watch: one of a private channel is ended there only."""
        headline, sentence = (say("watch.unable", scene=self.watch.scene, where=one) for one in self._where)
        if is_public:
            end = Button(say("watch.button.off"), self._end(f" {self.watch.channel_id}"))
            ways = (Text(say("watch.invite")), Buttons((end,)))
            await self._tell_maker(headline, Text(sentence), *ways)
        else:
            way = say("watch.invite.private", command=self._end())
            await self._tell_maker(headline, Text(sentence), Text(way))

    def _end(self, place: str = "") -> str:
        """Return the command that ends the watch: typed in its channel, or in that `place`."""
        names = self.means.official_accounts
        account = f" --account {written(self.means.name_of(self.watch.app_id))}" if len(names) > 1 else ""
        return f"watch {written(self.watch.scene)}{place} --off{account}"

    async def _lose(self) -> None:
        """Forget a counter that somebody deleted, or the whole thread where even that is gone."""
        if self.watch.counter_ts:
            await self._keep(replace(self.watch, counter_ts=""))
        else:
            await self._keep(replace(self.watch, thread_ts="", lost_ts=self.watch.thread_ts))

    async def _tell_maker(self, headline: Sentence, *parts: Part) -> None:
        try:
            await self.desk.tell(self.watch.team_id, self.watch.made_by, "", Reply(headline, parts))
        except SlackError as error:
            log.warning("who made a watch was not told: %s %s", error.method, error.error)

    @property
    def _where(self) -> tuple[Sentence, Sentence]:
        return Where(self.watch.channel_id).both

    async def _keep(self, watch: Watch) -> None:
        self.watch = watch
        await self.means.db.write(watches.save, watch)


def _count(connection: sqlite3.Connection, watch: Watch) -> Count:
    """Count people and scans at one moment."""
    settling.settle(connection, FEW)
    return watches.count(connection, watch.app_id, watch.scene)


job = Job(count_up, seconds=10)
