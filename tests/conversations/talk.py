"""How the tests talk: somebody types in a channel, and what they then see comes back."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from bot.pictures import qr
from bot.sandbox.slack import Message
from bot.sandbox.world import World

T = TypeVar("T")

SPRING = "#campaign-spring"

# seconds from one look to the next: without them the looking keeps the bot from what is looked for
PACE = 0.005


async def ask(world: World, person: str, channel: str, text: str) -> Message:
    """Type `/wxqr text` and return the next message that the person sees there."""
    before = {message.ts for message in world.slack.sees(person, channel)}
    delivery = await world.slack.command(person, channel, text)
    assert delivery.error is None, delivery
    return await next_message(world, person, channel, before)


async def click(world: World, person: str, channel: str, message: Message, button: str) -> Message:
    """Press a button and return the next message, or the one that took the pressed one's place."""
    before = {one.ts for one in world.slack.sees(person, channel) if one != message}
    delivery = await world.slack.click(person, message.ts, button)
    assert delivery.error is None, delivery
    return await next_message(world, person, channel, before, other_than=message)


async def next_message(
    world: World, person: str, channel: str, before: set[str], other_than: Message | None = None
) -> Message:
    """Return the first message that was not there before, or not as it is now."""

    def new() -> list[Message]:
        seen = world.slack.sees(person, channel)
        return [message for message in seen if message.ts not in before and message != other_than]

    return (await world.slack.wait_for(new, timeout=20))[0]


def said(message: Message) -> str:
    """Return all that a message says: its text and its blocks."""
    return message.text + json.dumps(message.blocks, ensure_ascii=False)


def picture(message: Message) -> bytes:
    """Return the bytes of a message's one file."""
    (file,) = message.files
    assert file.content
    return file.content


async def code_of(world: World, command: str, person: str = "ana") -> str:
    """Ask for a code and return what its picture holds."""
    url = qr.decode(picture(await ask(world, person, SPRING, command)))
    assert url
    return url


def buttons(message: Message) -> list[str]:
    """Return the labels of a message's buttons."""
    actions = [block for block in message.blocks if block["type"] == "actions"]
    return [element["text"]["text"] for block in actions for element in block["elements"]]


def files_in(world: World, person: str, channel: str) -> list[str]:
    """Return the names of all files a person sees in a channel."""
    return [file.name for message in world.slack.sees(person, channel) for file in message.files]


async def until(condition: Callable[[], T]) -> T:
    """Return what `condition` returns once that is true; a database tells nobody when it changes, so look often."""
    async with asyncio.timeout(20):
        while not (found := condition()):  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(PACE)
        return found


def unfinished(database: Path) -> int:
    """Return how many commands are not answered."""
    return asked(database, "select count(*) from unfinished_commands")


def asked(database: Path, query: str) -> int:
    """Return the one number that a query of the bot's database gives."""
    ((found,),) = rows(database, query)
    assert isinstance(found, int)
    return found


def rows(database: Path, query: str) -> list[tuple[object, ...]]:
    """Return what a query of the bot's database gives."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()
