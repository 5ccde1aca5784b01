"""What people do in the workspace, asked for by remote control."""

from typing import Any

from bot.sandbox.control_places import place
from bot.sandbox.control_wishes import Wish, Wrong
from bot.sandbox.slack.channels import Channel
from bot.sandbox.slack.delivery import Delivery
from bot.sandbox.slack.escaping import escaped
from bot.sandbox.slack.people import BOT_NAME, BOT_USER
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.workspace import Workspace


class Acts:
    """Commands, clicks, forms and talk; each answers what came of it."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def command(self, wish: Wish) -> dict[str, Any]:
        """Type `/wxqr text`; the answer comes when the app has answered, or has not within 3 seconds."""
        person, channel = place(self._workspace, wish)
        if wish.text("thread_ts", ""):
            # https://docs.slack.dev/interactivity/implementing-slash-commands: there are none in threads
            raise Wrong(f"{self._workspace.installed.command} is not supported in threads. Sorry!")
        return _told(await self._workspace.command(person, channel, wish.text("text", "")))

    async def click(self, wish: Wish) -> dict[str, Any]:
        """Touch an element of a message or of a view: `ts` names either, `action` its action_id or its text."""
        who = self._workspace.people[wish.text("person")]
        return _told(await self._workspace.click(who, wish.text("ts"), wish.text("action"), wish.get("value")))

    async def submit(self, wish: Wish) -> dict[str, Any]:
        """Submit a modal with `values` by block_id or action_id."""
        return _told(await self._workspace.submit(wish.text("view_id"), wish.table("values")))

    async def dismiss(self, wish: Wish) -> dict[str, Any]:
        """Close a modal, or with `all` the whole stack it lies in."""
        delivery = await self._workspace.dismiss(wish.text("view_id"), all_of_them=wish.flag("all"))
        return _told(delivery) if delivery else {}

    async def say(self, wish: Wish) -> dict[str, Any]:
        """Say something; the app hears it where it is mentioned, if its manifest asks for that."""
        person, channel = place(self._workspace, wish)
        text = escaped(wish.text("text"), self._workspace.people, self._workspace.channels)
        message = self._workspace.say(person, channel, text, self._thread(wish, channel))
        if self._workspace.is_heard(message):
            await self._workspace.tell_mention(message)
        return {"ts": message.ts}

    async def home(self, wish: Wish) -> dict[str, Any]:
        """Open the app's home, so that the app may publish it."""
        return _told(await self._workspace.open_home(wish.text("person")))

    async def invite(self, wish: Wish) -> dict[str, Any]:
        """Invite the bot to a channel, as `/invite @wxqr` does."""
        person, channel = place(self._workspace, wish)
        if channel.person:
            raise Wrong("nobody can be invited to a direct message")
        if channel.has_bot:
            raise Wrong(f"{BOT_NAME} is already in #{channel.name}")
        channel.members.add(BOT_USER)
        self._workspace.change_log.publish({"type": "channel", "channel": channel.id})
        return {"ts": self._workspace.say(person, channel, f"<@{BOT_USER}> was added to this channel.").ts}

    def _thread(self, wish: Wish, channel: Channel) -> str | None:
        ts = wish.text("thread_ts", "")
        try:
            return self._workspace.thread(channel, ts)
        except Refusal as refusal:
            raise Wrong(f"there is no message {ts} in {channel.name} to answer in a thread", 404) from refusal


def _told(delivery: Delivery) -> dict[str, Any]:
    return {"status": delivery.status, "seconds": round(delivery.seconds, 4), "error": delivery.error}
