"""`/wxqr watch`: count a code's scans in a channel, quietly, and tell it of milestones."""

import sqlite3
from dataclasses import dataclass, replace

from bot.context import Context
from bot.errors import NotFound
from bot.fields import account_name, flag, word
from bot.grammar import command_text
from bot.handler import Subcommand
from bot.model import AppID, Scene
from bot.reading import channel, scene
from bot.reply import Button, Buttons, Moment, Person, Reply, Sentence, Text, say
from bot.watching import Count, Where
from storage import listing, ownership, watches
from storage.watches import Made

# of 50 blocks in a message: https://docs.slack.dev/reference/block-kit/blocks
SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    scene: Scene | None = word(scene, "SCENE", asked=True, default=None)
    channel: str = word(channel, "#channel", default="")
    off: bool = flag()
    account: str = account_name()

    @property
    def begins(self) -> bool:
        """Whether something is to be counted from now on."""
        return self.scene is not None and not self.off


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of it: `change` is made, there, waits, ended or never; or `listed`, with what the channel watches."""

    wanted: Watch
    where: Where
    change: str
    listed: tuple[tuple[watches.Watch, Count], ...] = ()


async def watch(wanted: Watch, context: Context) -> Watched:
    app_id = context.wechat.account.app_id
    where = await context.place(wanted.channel, to_post=wanted.begins)
    if wanted.scene is None:
        return Watched(wanted, where, "listed", await context.db.read(_listed, app_id, where.channel_id))
    if wanted.off:
        return Watched(wanted, where, await context.db.write(_end, app_id, wanted.scene, where.channel_id))
    who, now = context.caller, context.now()
    made = Made(app_id, wanted.scene.text, where.channel_id, who.team_id, who.user_id, now, where.trouble)
    return Watched(wanted, where, await context.db.write(_make, made))


def _make(connection: sqlite3.Connection, made: Made) -> str:
    scene = Scene(made.scene)
    if not ownership.is_known(connection, made.app_id, scene):
        raise listing.not_found(connection, made.app_id, scene)
    is_new = watches.add(connection, made)
    return "waits" if made.trouble else "made" if is_new else "there"


def _end(connection: sqlite3.Connection, app_id: AppID, scene: Scene, channel_id: str) -> str:
    ended = watches.end(connection, app_id, scene.text, channel_id)
    if ended is None:
        raise NotFound("not_found.watch", scene=scene.text)
    return "ended" if ended.thread_ts or ended.counted else "never"


def _listed(connection: sqlite3.Connection, app_id: AppID, channel_id: str) -> tuple[tuple[watches.Watch, Count], ...]:
    found = watches.of_channel(connection, app_id, channel_id)
    return tuple((one, watches.count(connection, app_id, one.scene)) for one in found)


def watched(result: Watched) -> Reply:
    scene = result.wanted.scene
    if scene is None:
        return _list(result)
    headline, sentence = (say(f"watch.{result.change}", scene=scene.text, where=one) for one in result.where.both)
    other = replace(result.wanted, off=not result.wanted.off)
    label = "watch.button.again" if result.wanted.off else "watch.button.off"
    return Reply(headline, (Text(sentence), Buttons((Button(say(label), command_text(other, "watch")),))))


def _list(result: Watched) -> Reply:
    key = "watch.listed" if result.listed else "watch.none"
    headline, counted = (say(key, count=len(result.listed), where=one) for one in result.where.both)
    entries = tuple(Text(_entry(one, count)) for one, count in result.listed[:SHOWN])
    trouble = (Text(say("watch.trouble")),) if any(one.trouble for one, _ in result.listed) else ()
    return Reply(headline, (Text(counted), *trouble, *entries))


def _entry(one: watches.Watch, count: Count) -> Sentence:
    return say(
        "watch.entry",
        scene=one.scene,
        scans=count.scans,
        follows=count.follows,
        at=Moment(one.made_at),
        who=Person(one.made_by),
    )


def _is_local(wanted: Watch) -> bool:
    return wanted.scene is None and not wanted.channel


subcommand = Subcommand(Watch, watch, watched, example="watch campaign-x", local=_is_local)
