"""Bring a reply to people, exactly once: each way is written down before it is taken, and looked up after a doubt."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.errors import DeliveryUnknown, NotInChannel, SlackError, SlackUnavailable
from bot.model import Arrival, Language, Post, Via
from bot.reply import Audience, Note, Picture, Reply, say
from bot.slack import files
from bot.slack.api import Slack
from bot.slack.blocks import blocks, message, plain
from storage import posts
from storage.database import Database

log = logging.getLogger(__name__)

ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Delivery:
    """`language` is the one of what a whole channel reads; `now` gives seconds since 1970."""

    slack: Slack
    db: Database
    now: Callable[[], int]
    language: Language
    pauses: Sequence[float] = files.PAUSES

    async def deliver(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        """Send `reply`. Raises SlackUnavailable where nothing was sent, DeliveryUnknown where nobody can tell."""
        picture = reply.picture
        if picture is None or not picture.content:
            await self.tell(arrival, reply, reader)
        elif reply.audience is Audience.CHANNEL and not (reply.in_thread and arrival.from_private):
            await self._post(arrival, reply, picture, reader)
        elif picture.image_url:
            await self.tell(arrival, reply, reader)
        else:
            await self._post_to_person(arrival, reply, picture, reader)

    async def tell(self, arrival: Arrival, reply: Reply, reader: Language) -> None:
        """Tell the caller alone; what a click in a private message brings takes that message's place."""
        in_place = arrival.is_click and arrival.from_private
        body = {**message(reply, reader), "response_type": "ephemeral", "replace_original": in_place}
        await self._say(arrival, body, reply.allocation_id)

    async def settle(self, arrival: Arrival) -> bool:
        """Return whether an earlier try already reached people. Raises DeliveryUnknown where nobody can tell."""
        post = await self.db.read(posts.find, arrival.id)
        if post is None or post.posted:
            return post is not None
        if post.via is not Via.UPLOAD:
            raise DeliveryUnknown("slack.unavailable", method=post.via)
        ts = await files.is_shared(self.slack, post.file_id, post.channel_id, self.pauses)
        if ts:
            await self.db.write(posts.confirm, arrival.id, ts)
        else:
            await self.db.write(posts.withdraw, arrival.id)
        return bool(ts)

    async def _post(self, arrival: Arrival, reply: Reply, picture: Picture, reader: Language) -> None:
        thread_ts = arrival.message_ts if reply.in_thread else ""
        try:
            await self._upload(arrival, reply, picture, arrival.channel_id, thread_ts, self.language)
        except NotInChannel:
            if picture.image_url:
                await self._show_to_channel(arrival, reply)
            else:
                await self._post_to_person(arrival, reply, picture, reader, where="code.in_dm")

    async def _show_to_channel(self, arrival: Arrival, reply: Reply) -> None:
        """Show the picture by its address, which needs no membership, and say how to become a member."""
        invited = replace(reply, parts=(*reply.parts, Note((say("code.invite"),))))
        body = {**message(invited, self.language), "response_type": "in_channel", "replace_original": False}
        await self._say(arrival, body, reply.allocation_id, verified=True)

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
            except SlackUnavailable:
                await asyncio.sleep(pause)
            except DeliveryUnknown:
                if await files.is_shared(self.slack, file_id, channel_id, self.pauses):
                    return
            else:
                return
        await self.db.write(posts.withdraw, arrival.id)
        raise SlackUnavailable("slack.unavailable", method="files.completeUploadExternal")

    async def _say(
        self, arrival: Arrival, body: dict[str, Any], allocation_id: int | None, *, verified: bool = False
    ) -> None:
        post = Post(arrival.id, Via.RESPONSE_URL, arrival.channel_id, self.now(), allocation_id=allocation_id)
        await self.db.write(posts.intend, post, verified=verified)
        try:
            await self._send(arrival, body)
        except SlackUnavailable:
            await self.db.write(posts.withdraw, arrival.id)
            raise

    async def _send(self, arrival: Arrival, body: dict[str, Any]) -> None:
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

    async def mention(self, arrival: Arrival, body: dict[str, Any]) -> None:
        """Say something beside the reply itself; that it may get lost is logged, and nothing else hangs on it."""
        try:
            await self._send(arrival, body)
        except SlackError as error:
            log.warning("a remark to %s was lost: %s", arrival.user_id, error.method)

    async def _direct_channel(self, user_id: str) -> str:
        answer = await self.slack.call("conversations.open", repeatable=True, users=user_id)
        return str(answer["channel"]["id"])
