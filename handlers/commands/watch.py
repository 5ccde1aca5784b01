"""`/wxqr watch`: count a code's scans in a channel, quietly, and tell it of milestones."""

import sqlite3
from dataclasses import dataclass, replace

from bot.context import Context
from bot.errors import NotFound
from bot.grammar import account_name, command_text, flag, word
from bot.handler import Subcommand
from bot.model import AppID, Scene
from bot.reading import channel, scene
from bot.reply import Button, Buttons, Channel, Moment, Person, Reply, Sentence, Text, say
from bot.watching import Count
from storage import listing, ownership, watches
from storage.watches import Made

# of 50 blocks in a message: https://docs.slack.dev/reference/block-kit/blocks
SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    scene: Scene | None = word(scene, "SCENE", default=None)
    channel: str = word(channel, "#channel", default="")
    off: bool = flag()
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of it: `change` is made, there or ended; or `listed`, with what is watched in the channel."""

    wanted: Watch
    channel_id: str
    change: str
    listed: tuple[tuple[watches.Watch, Count], ...] = ()


async def watch(wanted: Watch, context: Context) -> Watched:
    app_id, channel_id = context.wechat.account.app_id, wanted.channel or context.channel_id
    if wanted.scene is None:
        return Watched(wanted, channel_id, "listed", await context.db.read(_listed, app_id, channel_id))
    if wanted.off:
        return Watched(wanted, channel_id, await context.db.write(_end, app_id, wanted.scene, channel_id))
    who = context.caller
    made = Made(app_id, wanted.scene.text, channel_id, who.team_id, who.user_id, context.now())
    return Watched(wanted, channel_id, await context.db.write(_make, made))


def _make(connection: sqlite3.Connection, made: Made) -> str:
    scene = Scene(made.scene)
    if not ownership.is_known(connection, made.app_id, scene):
        raise listing.not_found(connection, made.app_id, scene)
    return "made" if watches.add(connection, made) else "there"


def _end(connection: sqlite3.Connection, app_id: AppID, scene: Scene, channel_id: str) -> str:
    if not watches.end(connection, app_id, scene.text, channel_id):
        raise NotFound("not_found.watch", scene=scene.text, channel=Channel(channel_id))
    return "ended"


def _listed(connection: sqlite3.Connection, app_id: AppID, channel_id: str) -> tuple[tuple[watches.Watch, Count], ...]:
    found = watches.of_channel(connection, app_id, channel_id)
    return tuple((one, watches.count(connection, app_id, one.scene)) for one in found)


def watched(result: Watched) -> Reply:
    where = Channel(result.channel_id)
    if result.wanted.scene is None:
        return _list(result, where)
    sentence = say(f"watch.{result.change}", scene=result.wanted.scene.text, channel=where)
    other = replace(result.wanted, off=not result.wanted.off)
    label = "watch.button.again" if result.wanted.off else "watch.button.off"
    return Reply(sentence, (Text(sentence), Buttons((Button(say(label), command_text(other, "watch")),))))


def _list(result: Watched, where: Channel) -> Reply:
    counted = say("watch.listed" if result.listed else "watch.none", count=len(result.listed), channel=where)
    entries = tuple(Text(_entry(one, count)) for one, count in result.listed[:SHOWN])
    return Reply(counted, (Text(counted), *entries))


def _entry(one: watches.Watch, count: Count) -> Sentence:
    return say(
        "watch.entry",
        scene=one.scene,
        scans=count.scans,
        follows=count.follows,
        at=Moment(one.made_at),
        who=Person(one.made_by),
    )


subcommand = Subcommand(Watch, watch, watched, example="watch campaign-x", local=lambda watch: watch.scene is None)
