"""`/wxqr digest`: what happened, posted to a channel every morning or every Monday."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.digest import already
from bot.grammar import account_name, command_text, word
from bot.handler import Subcommand
from bot.reading import channel, one_of
from bot.reply import Button, Buttons, Channel, Person, Reply, Sentence, Text, say
from storage import digests
from storage.digests import Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    rhythm: str = word(one_of("daily", "weekly", "off"), "daily|weekly|off", default="")
    channel: str = word(channel, "#channel", default="")
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Set:
    wanted: Digest
    channel_id: str
    subscription: Subscription | None
    time_zone: str


async def set_up(wanted: Digest, context: Context) -> Set:
    app_id, channel_id = context.wechat.account.app_id, wanted.channel or context.channel_id
    if wanted.rhythm == "off":
        await context.db.write(digests.end, app_id, channel_id)
    elif wanted.rhythm:
        await context.db.write(digests.subscribe, _subscription(wanted, channel_id, context))
    there_is = await context.db.read(digests.find, app_id, channel_id)
    return Set(wanted, channel_id, there_is, context.means.settings.time_zone)


def _subscription(wanted: Digest, channel_id: str, context: Context) -> Subscription:
    now, caller = context.now(), context.caller
    return Subscription(
        app_id=context.wechat.account.app_id,
        channel_id=channel_id,
        team_id=caller.team_id,
        rhythm=wanted.rhythm,
        made_by=caller.user_id,
        made_at=now,
        sent_for=already(datetime.fromtimestamp(now, ZoneInfo(context.means.settings.time_zone))),
    )


def told(result: Set) -> Reply:
    sentence = _sentence(result)
    ways = Buttons(
        tuple(_button(result, rhythm) for rhythm in ("daily", "weekly", "off") if _is_change(result, rhythm))
    )
    return Reply(sentence, (Text(sentence), ways))


def _sentence(result: Set) -> Sentence:
    where, there_is = Channel(result.channel_id), result.subscription
    if there_is is None:
        return say("digest.off" if result.wanted.rhythm else "digest.none", channel=where)
    who = Person(there_is.made_by)
    return say(f"digest.set.{there_is.rhythm}", channel=where, zone=result.time_zone, who=who)


def _is_change(result: Set, rhythm: str) -> bool:
    there_is = result.subscription
    return rhythm != (there_is.rhythm if there_is else "off")


def _button(result: Set, rhythm: str) -> Button:
    return Button(say(f"digest.button.{rhythm}"), command_text(replace(result.wanted, rhythm=rhythm), "digest"))


subcommand = Subcommand(Digest, set_up, told, example="digest weekly", local=lambda digest: not digest.rhythm)
