"""What the people of the tour do, as people would: in Slack, before a phone, and to WeChat's access token."""

import random
from collections.abc import Callable

from bot.sandbox.control_reading import PICTURES, code_in
from bot.sandbox.faults import Fault
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.wechat.crowd import Crowd
from bot.sandbox.wechat.phone_owners import open_id_of
from bot.sandbox.wechat.push import Push
from bot.sandbox.world import World

FAULT = "token_revoked"
Expected = Callable[[Message], bool]


class Stage:
    """The world as the tour acts in it; `code` is what the last posted picture says to a phone, `thread` its ts."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.code = self.thread = ""
        self._broken: list[Fault] = []

    async def command(self, person: str, channel: str, text: str, expected: Expected) -> Message:
        """Type `/wxqr text`, and return what is expected once the person sees it; TimeoutError where it never comes."""
        slack = self._world.slack
        there = {message.ts for message in slack.sees(person, channel)}

        def answers() -> list[Message]:
            return [one for one in slack.sees(person, channel) if one.ts not in there and expected(one)]

        if error := (await slack.command(person, channel, text)).error:
            raise TimeoutError(error)
        answer, *_ = await slack.wait_for(answers)
        if code := _code(answer):
            self.code, self.thread = code, answer.ts
        return answer

    async def scan(self, person: str) -> Push:
        """Let somebody scan the code."""
        push = await self._world.wechat.phone(open_id_of(person)).scan(self.code)
        self.tell("push")
        return push

    async def crowd(self) -> list[Push]:
        """Let a hundred people come to the code within a day."""
        pushes = await Crowd(self._world.wechat, [self.code], seed=random.randrange(2**31)).come()
        self.tell("push")
        self.tell("clock")
        return pushes

    async def break_token(self) -> None:
        """Let WeChat revoke the access token at the next call."""
        self._broken.append(self._world.faults.arm(FAULT))
        self.tell("faults")

    def heal(self) -> None:
        """Take back what the tour would still break."""
        while self._broken:
            self._world.faults.disarm(self._broken.pop())
        self.tell("faults")

    def channel_id(self, name: str) -> str:
        return self._world.slack.channels[name].id

    def tell(self, what: str, **more: object) -> None:
        """Tell every page that something happened."""
        self._world.slack.change_log.publish({"type": what, **more})


def is_answer(message: Message) -> bool:
    """Whether the bot says something in blocks."""
    return message.user == BOT_USER and bool(message.blocks)


def has_picture(message: Message) -> bool:
    """Whether the bot shows a code."""
    return is_answer(message) and bool(_code(message))


def _code(message: Message) -> str:
    pictures = [file.content for file in message.files if file.mimetype in PICTURES and file.content]
    return next((code for picture in pictures if (code := code_in(picture))), "")
