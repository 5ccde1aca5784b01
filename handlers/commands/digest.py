"""`/wxqr digest`: what happened, posted to a channel every morning or every Monday."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.context import Context
from bot.digest import already, next_issue
from bot.fields import account_name, word
from bot.grammar import command_text
from bot.handler import Subcommand
from bot.reading import channel, one_of
from bot.reply import Button, Buttons, Fact, Moment, Note, Part, Person, Reply, Sentence, Text, say
from bot.watching import Where
from storage import digests
from storage.digests import Subscription

SHANGHAI = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    rhythm: str = word(one_of("daily", "weekly", "off"), "daily|weekly|off", asked=True, default="")
    channel: str = word(channel, "#channel", default="")
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Set:
    """What holds now; `local` is the time it is in the zone of digests."""

    wanted: Digest
    where: Where
    subscription: Subscription | None
    local: datetime


async def set_up(wanted: Digest, context: Context) -> Set:
    app_id, begins = context.wechat.account.app_id, wanted.rhythm not in {"", "off"}
    where = await context.place(wanted.channel, to_post=begins)
    if begins:
        await context.db.write(digests.subscribe, _subscription(wanted, where.channel_id, context))
    elif wanted.rhythm:
        await context.db.write(digests.end, app_id, where.channel_id)
    there_is = await context.db.read(digests.find, app_id, where.channel_id)
    return Set(wanted, where, there_is, _local(context))


def _local(context: Context) -> datetime:
    return datetime.fromtimestamp(context.now(), ZoneInfo(context.means.settings.time_zone))


def _subscription(wanted: Digest, channel_id: str, context: Context) -> Subscription:
    caller = context.caller
    return Subscription(
        app_id=context.wechat.account.app_id,
        channel_id=channel_id,
        team_id=caller.team_id,
        rhythm=wanted.rhythm,
        made_by=caller.user_id,
        made_at=context.now(),
        sent_for=already(_local(context)),
    )


def told(result: Set) -> Reply:
    headline, sentence = (_sentence(result, where) for where in result.where.both)
    ways = Buttons(
        tuple(_button(result, rhythm) for rhythm in ("daily", "weekly", "off") if _is_change(result, rhythm))
    )
    return Reply(headline, (Text(sentence), *_about(result.subscription, result.local), ways))


def _sentence(result: Set, where: Sentence) -> Sentence:
    there_is = result.subscription
    if there_is is None:
        return say("digest.off" if result.wanted.rhythm else "digest.none", where=where)
    if result.where.trouble:
        return say(f"digest.waits.{there_is.rhythm}", where=where, zone=_zone(result.local))
    return say(f"digest.set.{there_is.rhythm}", where=where, zone=_zone(result.local))


def _zone(local: datetime) -> Fact:
    name = str(local.tzinfo)
    return say("digest.shanghai") if name == SHANGHAI else name


def _about(there_is: Subscription | None, local: datetime) -> tuple[Part, ...]:
    if there_is is None:
        return ()
    trouble = (Text(say("digest.trouble")),) if there_is.trouble else ()
    at = Moment(int(next_issue(there_is.rhythm, there_is.sent_for, local).timestamp()))
    return (*trouble, Note((say("digest.next", at=at), say("digest.asked_by", who=Person(there_is.made_by)))))


def _is_change(result: Set, rhythm: str) -> bool:
    there_is = result.subscription
    return rhythm != (there_is.rhythm if there_is else "off")


def _button(result: Set, rhythm: str) -> Button:
    return Button(say(f"digest.button.{rhythm}"), command_text(replace(result.wanted, rhythm=rhythm), "digest"))


def _is_local(wanted: Digest) -> bool:
    return not wanted.rhythm and not wanted.channel


subcommand = Subcommand(Digest, set_up, told, example="digest weekly", local=_is_local)
