"""Bring a reply to people, exactly once: each way is written down before it is taken, and looked up after a doubt."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.card import posting
from bot.errors import DeliveryUnknown, NotInChannel, SlackError, SlackUnavailable
from bot.model import Arrival, Language, Post, Via
from bot.reply import Audience, Note, Picture, Reply, say
from bot.slack import files
from bot.slack.api import Slack
from bot.slack.blocks import blocks, message, plain
from storage import allocations, posts
from storage.database import Database

log = logging.getLogger(__name__)

ROUNDS = 3
# seconds after which a request that was under way when its process died has come to something or to nothing
IN_FLIGHT = 5
# what Slack says where it could not fetch a picture's address, and shows nothing at all:
# https://github.com/slackapi/python-slack-sdk/issues/1782
UNFETCHED = {"invalid_blocks", "invalid_blocks_format"}


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
        picture = reply.picture
        if picture is None or not picture.content:
            await self.tell(arrival, reply, reader)
        elif reply.audience is Audience.CHANNEL and not (reply.in_thread and arrival.from_private):
            await self._post(arrival, reply, picture, reader)
        elif picture.image_url:
            await self._show_to_caller(arrival, reply, picture, reader)
        else:
            await self._post_to_person(arrival, reply, picture, reader)

    async def tell(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        """Tell the caller alone; what a click in a private message brings takes that message's place."""
        in_place = arrival.is_click and arrival.from_private
        body = {**message(reply, reader), "response_type": "ephemeral", "replace_original": in_place}
        verified = bool(reply.picture and reply.picture.content and reply.picture.image_url)
        await self._say(arrival, body, reply.allocation_id, verified=verified)

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

    async def _post(self, arrival: Arrival, reply: Reply, picture: Picture, reader: Language) -> None:
        thread_ts = arrival.message_ts if reply.in_thread else ""
        language = reader if _is_direct(arrival.channel_id) else self.language
        try:
            await self._upload(arrival, reply, picture, arrival.channel_id, thread_ts, language)
        except NotInChannel:
            if picture.image_url:
                await self._show_to_channel(arrival, reply, picture, reader)
            else:
                await self._post_to_person(arrival, reply, picture, reader, where="code.in_dm")

    async def _show_to_channel(self, arrival: Arrival, reply: Reply, picture: Picture, reader: Language) -> None:
        """Show the picture by its address, which needs no membership, and say how to become a member."""
        how = say("code.not_here" if _is_direct(arrival.channel_id) else "code.invite")
        invited = replace(reply, parts=(*reply.parts, Note((how,))))
        body = {**message(invited, self.language), "response_type": "in_channel", "replace_original": False}
        try:
            await self._say(arrival, body, reply.allocation_id, verified=True)
        except SlackError as error:
            if error.error not in UNFETCHED:
                raise
            await self._post_to_person(arrival, reply, picture, reader, where="code.in_dm")

    async def _show_to_caller(self, arrival: Arrival, reply: Reply, picture: Picture, reader: Language) -> None:
        try:
            await self.tell(arrival, reply, reader)
        except SlackError as error:
            if error.error not in UNFETCHED:
                raise
            await self._post_to_person(arrival, reply, picture, reader)

    async def _post_to_person(
        self, arrival: Arrival, reply: Reply, picture: Picture, reader: Language, where: str = "code.elsewhere"
    ) -> None:
        direct = await self._direct_channel(arrival.user_id)
        await self._upload(arrival, reply, picture, direct, "", reader)
        if direct != arrival.channel_id:
            body = {**message(Reply(say(where)), reader), "response_type": "ephemeral", "replace_original": False}
            await self.mention(arrival, body)

    async def _upload(
        self, arrival: Arrival, reply: Reply, picture: Picture, channel_id: str, thread_ts: str, language: Language
    ) -> None:
        file_id = await files.put(self.slack, picture.content, picture.filename)
        post = Post(arrival.id, Via.UPLOAD, channel_id, self.now(), file_id, allocation_id=reply.allocation_id)
        await self.db.write(posts.intend, post, verified=bool(picture.image_url))
        title, shown = plain(picture.title, language), blocks(reply, language, picture=False)
        for pause in (*self.pauses[:ROUNDS], 0):
            try:
                await files.share(self.slack, file_id, title, channel_id, shown, thread_ts)
            except (SlackUnavailable, DeliveryUnknown):
                if await files.fate(self.slack, file_id, channel_id, self.pauses) is not None:
                    return
                await asyncio.sleep(pause)
            else:
                return
        # what was meant stays written down: before anything is tried anew, it is looked up again
        raise SlackUnavailable("slack.unavailable", method="files.completeUploadExternal")

    async def _say(
        self, arrival: Arrival, body: dict[str, Any], allocation_id: int | None, *, verified: bool = False
    ) -> None:
        post = Post(arrival.id, Via.RESPONSE_URL, arrival.channel_id, self.now(), allocation_id=allocation_id)
        await self.db.write(posts.intend, post, verified=verified)
        try:
            await self.send(arrival, body)
        except SlackUnavailable:
            await self.db.write(posts.withdraw, arrival.id)
            raise

    async def send(self, arrival: Arrival, body: dict[str, Any]) -> None:
        """Tell the caller, by whichever way is open. Raises SlackError."""
        if arrival.response_url and await self.slack.respond(arrival.response_url, body):
            return
        said = {"text": body["text"], "blocks": body["blocks"]}
        try:
            await self.slack.call("chat.postEphemeral", channel=arrival.channel_id, user=arrival.user_id, **said)
        except NotInChannel:
            direct = await self._direct_channel(arrival.user_id)
            await self.slack.call("chat.postMessage", channel=direct, **said)

    async def announce(self, channel_id: str, reply: Reply) -> None:
        """Post to a channel what no command asked for; that it may get lost is logged."""
        said = message(reply, self.language)
        try:
            await self.slack.call("chat.postMessage", channel=channel_id, **said)
        except SlackError as error:
            log.warning("an announcement in %s was lost: %s", channel_id, error.error or error.method)

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


def _is_direct(channel_id: str) -> bool:
    return channel_id.startswith("D")
