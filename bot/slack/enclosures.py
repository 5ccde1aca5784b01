"""The files that go with a reply: its picture, its figures where Slack does not draw them, what it hands over."""

import asyncio
from dataclasses import replace

from bot.model import Language
from bot.reply import Figure, File, Note, Reply, say
from bot.slack import files
from bot.slack.api import Slack
from bot.slack.data_blocks import undrawn
from bot.slack.mrkdwn import plain

# with more than 14 a completion fails: https://github.com/slackapi/python-slack-sdk/issues/1653
MOST_FILES = 10


def has_enclosures(reply: Reply) -> bool:
    """Tell whether a reply cannot be said without uploading something."""
    return bool((reply.picture and reply.picture.content) or reply.files or undrawn(reply))


def is_shown_by_address(reply: Reply) -> bool:
    """Tell whether all that would be uploaded is a picture that has a public address."""
    return bool(reply.picture and reply.picture.image_url) and not reply.files and not undrawn(reply)


def is_verified(reply: Reply) -> bool:
    """Tell whether the picture is WeChat's own, which was decoded before."""
    return bool(reply.picture and reply.picture.content and reply.picture.image_url)


def uploadable(reply: Reply) -> Reply:
    """Return a reply as it goes with files: in the third step Slack fails over blocks it did not expect there.

    https://github.com/slackapi/python-slack-sdk/issues/1756
    """
    return replace(reply, self_drawn=True)


def beside(reply: Reply, where: str) -> Reply:
    """Return what is said where a reply was asked for, while its files lie elsewhere: its figures as far as they go."""
    if not undrawn(reply):
        return Reply(say(f"{where}.several" if len(reply.files) > 1 else where))
    note = Note((say("chart.elsewhere"),))
    return replace(reply, parts=(*reply.parts, note), picture=None, files=())


async def put_all(slack: Slack, reply: Reply, language: Language) -> dict[str, str]:
    """Bring the files of an uploadable reply to Slack; return their titles by their ids, in order.

    They are shown by one message, so that the fate of the first is the fate of all.
    """
    return {
        await files.put(slack, one.content, one.filename): plain(one.title, language)
        for one in await enclosures(reply, language)
    }


async def enclosures(reply: Reply, language: Language) -> tuple[File, ...]:
    """Return the files of an uploadable reply, the figures drawn in `language`."""
    pictures = (reply.picture,) if reply.picture and reply.picture.content else ()
    figures = [await _drawn(figure, place, language) for place, figure in enumerate(undrawn(reply), 1)]
    return (*pictures, *figures, *reply.files)[:MOST_FILES]


async def _drawn(figure: Figure, place: int, language: Language) -> File:
    from bot.pictures import chart

    content = await asyncio.to_thread(chart.png, figure, language)
    return File(content, f"wxqr-chart-{place}.png", figure.title)
