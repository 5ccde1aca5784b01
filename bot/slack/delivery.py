"""Bring a reply to people, exactly once: each way is written down before it is taken, and looked up after a doubt."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.card import posting
from bot.errors import DeliveryUnknown, NotInChannel, SlackError, SlackUnavailable
from bot.model import Arrival, Language, Post, Via
from bot.reply import Audience, Note, Reply, say
from bot.slack import files
from bot.slack.api import Slack
from bot.slack.blocks import blocks, message
from bot.slack.data_blocks import asks_slack_to_draw
from bot.slack.enclosures import beside, has_enclosures, is_shown_by_address, is_verified, put_all, uploadable
from storage import allocations, posts
from storage.database import Database

log = logging.getLogger(__name__)

ROUNDS = 3
# seconds after which a request that was under way when its process died has come to something or to nothing
IN_FLIGHT = 5
# what Slack says where it could not fetch a picture's address or does not know a chart, and shows nothing at all:
# https://github.com/slackapi/python-slack-sdk/issues/1782
UNSHOWN = {"invalid_blocks", "invalid_blocks_format"}


@dataclass(frozen=True, slots=True)
class Delivery:
    """`language` is the one of what a whole channel reads; `accounts` the names by app_id; `now` seconds since 1970."""

    slack: Slack
    db: Database
    now: Callable[[], int]
    language: Language
    accounts: Mapping[str, str]
    pauses: Sequence[float] = files.PAUSES
    in_flight: int = IN_FLIGHT

    async def deliver(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        """Send `reply`. Raises SlackUnavailable where nothing was sent, DeliveryUnknown where nobody can tell."""
        try:
            await self._bring(arrival, reply, reader)
        except (SlackUnavailable, DeliveryUnknown):
            raise
        except SlackError as error:
            await self._bring_otherwise(arrival, reply, reader, error)

    async def _bring_otherwise(self, arrival: Arrival, reply: Reply, reader: Language, refusal: SlackError) -> None:
        """After a refusal nothing was said: draw what Slack does not, or say the numbers without a picture."""
        if refusal.error in UNSHOWN and asks_slack_to_draw(reply):
            await self.db.write(posts.withdraw, arrival.id)
            await self._bring(arrival, replace(reply, self_drawn=True), reader)
        elif has_enclosures(reply) and not (reply.files or reply.picture):
            await self.db.write(posts.withdraw, arrival.id)
            lost = Note((say("chart.refused", error=refusal.error),))
            await self._tell(arrival, replace(reply, self_drawn=False, parts=(*reply.parts, lost)), reader)
        else:
            raise refusal

    async def _bring(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        is_public = reply.audience is Audience.CHANNEL and not (reply.in_thread and arrival.from_private)
        if not has_enclosures(reply):
            await (self._tell_channel if is_public else self._tell)(arrival, reply, reader)
        elif is_public:
            await self._post(arrival, reply, reader)
        elif is_shown_by_address(reply):
            await self._show_to_caller(arrival, reply, reader)
        else:
            await self._post_to_person(arrival, reply, reader)

    async def _tell(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        """Tell the caller alone; what a click in a private message brings takes that message's place."""
        in_place = arrival.is_click and arrival.from_private
        body = {**message(reply, reader), "response_type": "ephemeral", "replace_original": in_place}
        await self._say(arrival, reply, body)

    async def _tell_channel(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        """Say it to all: by the response_url, which needs no membership."""
        language = self._language_of(arrival.channel_id, reader)
        body = {**message(reply, language), "response_type": "in_channel", "replace_original": False}
        if reply.in_thread:
            body["thread_ts"] = arrival.message_ts
        await self._say(arrival, reply, body)

    async def settle(self, arrival: Arrival) -> bool:
        """Return whether an earlier try already reached people. Raises DeliveryUnknown where nobody can tell."""
        post = await self.db.read(posts.find, arrival.id)
        if post is None or post.posted:
            return post is not None
        if post.via is not Via.UPLOAD:
            raise DeliveryUnknown("slack.unavailable", method=post.via)
        ts = await files.fate(self.slack, post.file_id, post.channel_id, self.pauses)
        if ts is not None:
            await self.db.write(posts.confirm, arrival.id, ts, self.now())
            return True
        if self.now() - post.sent_at < self.in_flight:
            raise SlackUnavailable("slack.unavailable", method="files.info")  # it may still be on its way
        await self.db.write(posts.withdraw, arrival.id)
        return False

    async def _post(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        language = self._language_of(arrival.channel_id, reader)
        thread_ts = arrival.message_ts if reply.in_thread else ""
        try:
            await self._upload(arrival, reply, arrival.channel_id, thread_ts, language)
        except NotInChannel:
            if reply.files or (reply.picture and not is_shown_by_address(reply)):
                await self._post_to_person(arrival, reply, reader, where="code.in_dm")
            else:
                await self._say_without_files(arrival, reply, reader)

    async def _say_without_files(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        """Show the picture by its address and leave drawn ones out; say how to become a member."""
        by_address = "code.not_here" if _is_direct(arrival.channel_id) else "code.invite"
        how = Note((say(by_address if reply.picture else "chart.not_here"),))
        try:
            await self._tell_channel(arrival, replace(reply, parts=(*reply.parts, how)), self.language)
        except SlackError as error:
            if error.error not in UNSHOWN or not reply.picture:
                raise
            await self._post_to_person(arrival, reply, reader, where="code.in_dm")

    async def _show_to_caller(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        try:
            await self._tell(arrival, reply, reader)
        except SlackError as error:
            if error.error not in UNSHOWN:
                raise
            await self._post_to_person(arrival, reply, reader)

    async def _post_to_person(
        self, arrival: Arrival, reply: Reply, reader: Language, where: str = "code.elsewhere"
    ) -> None:
        direct = await self._direct_channel(arrival.user_id)
        await self._upload(arrival, reply, direct, "", reader)
        if direct != arrival.channel_id:
            await self._remark(arrival, beside(reply, where), reader)

    async def _remark(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        """Say where the files are, and what is said beside them; that it may get lost is logged."""
        body = {**message(reply, reader), "response_type": "ephemeral", "replace_original": False}
        try:
            await self.send(arrival, body)
        except SlackError as error:
            if error.error in UNSHOWN and asks_slack_to_draw(reply):
                await self._remark(arrival, replace(reply, self_drawn=True), reader)
            else:
                log.warning("a remark to %s was lost: %s", arrival.user_id, error.method)

    async def _upload(
        self, arrival: Arrival, reply: Reply, channel_id: str, thread_ts: str, language: Language
    ) -> None:
        whole = uploadable(reply)
        titles = await put_all(self.slack, whole, language)
        first = next(iter(titles))
        post = Post(arrival.id, Via.UPLOAD, channel_id, self.now(), first, allocation_id=reply.allocation_id)
        await self.db.write(posts.intend, post, verified=is_verified(reply))
        shown = blocks(whole, language, picture=False)
        for pause in (*self.pauses[:ROUNDS], 0):
            try:
                await files.share(self.slack, titles, channel_id, shown, thread_ts)
            except (SlackUnavailable, DeliveryUnknown):
                if await files.fate(self.slack, first, channel_id, self.pauses) is not None:
                    return
                await asyncio.sleep(pause)
            else:
                return
        # what was meant stays written down: before anything is tried anew, it is looked up again
        raise SlackUnavailable("slack.unavailable", method="files.completeUploadExternal")

    async def _say(self, arrival: Arrival, reply: Reply, body: dict[str, Any]) -> None:
        post = Post(arrival.id, Via.RESPONSE_URL, arrival.channel_id, self.now(), allocation_id=reply.allocation_id)
        await self.db.write(posts.intend, post, verified=is_verified(reply))
        try:
            await self.send(arrival, body)
        except SlackUnavailable:
            await self.db.write(posts.withdraw, arrival.id)
            raise

    async def send(self, arrival: Arrival, body: dict[str, Any]) -> None:
        """Tell the caller, or all where `body` says so, by whichever way is open. Raises SlackError."""
        if arrival.response_url and await self.slack.respond(arrival.response_url, body):
            return
        said = {name: body[name] for name in ("text", "blocks", "thread_ts") if name in body}
        try:
            if body.get("response_type") == "in_channel":
                await self.slack.call("chat.postMessage", channel=arrival.channel_id, **said)
            else:
                await self.slack.call("chat.postEphemeral", channel=arrival.channel_id, user=arrival.user_id, **said)
        except NotInChannel:
            direct = await self._direct_channel(arrival.user_id)
            await self.slack.call("chat.postMessage", channel=direct, text=body["text"], blocks=body["blocks"])

    async def repeating(self, arrival: Arrival, post: Post | None) -> str:
        """Return the command that posts again what an arrival minted, or its own where that is not known."""
        if post is None or post.allocation_id is None:
            return arrival.text
        allocation = await self.db.read(allocations.get, post.allocation_id)
        return posting(allocation, self.accounts[allocation.app_id]).command

    async def mention(self, arrival: Arrival, body: dict[str, Any]) -> None:
        """Say something beside the reply itself; that it may get lost is logged, and nothing else hangs on it."""
        try:
            await self.send(arrival, body)
        except SlackError as error:
            log.warning("a remark to %s was lost: %s", arrival.user_id, error.method)

    async def _direct_channel(self, user_id: str) -> str:
        answer = await self.slack.call("conversations.open", repeatable=True, users=user_id)
        return str(answer["channel"]["id"])

    def _language_of(self, channel_id: str, reader: Language) -> Language:
        """Return the language of who reads a channel: in a direct message, the caller alone."""
        return reader if _is_direct(channel_id) else self.language


def _is_direct(channel_id: str) -> bool:
    return channel_id.startswith("D")
