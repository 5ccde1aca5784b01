"""Post the digests that are due: at 09:00 of WXQR_TIME_ZONE, or later where no bot was alive then; each once.

A digest is claimed before it is sent, and given back where Slack surely did not take it. After a doubt it is not sent
again: a channel misses yesterday's figures, which `/wxqr stats` still has, sooner than it reads them twice.
"""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.context import Desk, Means
from bot.counting import up_to_date
from bot.digest import digested, issue
from bot.errors import DeliveryUnknown, NotInChannel, SlackError, SlackUnavailable
from bot.handler import Job
from bot.reply import Channel, Reply, Sentence, Text, say
from storage import digests
from storage.digests import Subscription

log = logging.getLogger(__name__)

ARCHIVED = "is_archived"


async def send(means: Means, desk: Desk) -> None:
    local = datetime.fromtimestamp(means.now(), ZoneInfo(means.settings.time_zone))
    for wish in await means.db.read(digests.every):
        day = issue(wish.rhythm, local)
        if day is not None and wish.sent_for < day and await means.db.write(digests.claim, wish, day):
            await _send(means, desk, wish, day)


async def _send(means: Means, desk: Desk, wish: Subscription, day: int) -> None:
    await up_to_date(means.db)
    digest = await means.db.read(digests.gather, wish, means.name_of(wish.app_id), day, means.now())
    if digest.total.is_nothing:
        return
    try:
        await desk.post(wish.channel_id, digested(digest))
    except SlackUnavailable:
        await means.db.write(digests.give_back, wish, day)
    except DeliveryUnknown:
        log.warning("whether a digest arrived in %s is not known", wish.channel_id)
    except SlackError as error:
        await _heed(means, desk, wish, error)
    else:
        await means.db.write(digests.note_trouble, wish, "")


async def _heed(means: Means, desk: Desk, wish: Subscription, error: SlackError) -> None:
    """Do as Slack's refusal wants. Today's digest is not tried again: the next one will be."""
    channel = Channel(wish.channel_id)
    if error.error == ARCHIVED:
        await means.db.write(digests.end, wish.app_id, wish.channel_id)
        await _tell_maker(desk, wish, say("digest.archived", channel=channel))
    elif isinstance(error, NotInChannel):
        is_new = await means.db.write(digests.note_trouble, wish, error.error)
        if is_new:
            await _tell_maker(desk, wish, say("digest.no_member", channel=channel))
    else:
        log.warning("Slack refused a digest: %s %s", error.method, error.error)


async def _tell_maker(desk: Desk, wish: Subscription, sentence: Sentence) -> None:
    try:
        await desk.tell(wish.team_id, wish.made_by, "", Reply(sentence, (Text(sentence),)))
    except SlackError as error:
        log.warning("who wanted a digest was not told: %s %s", error.method, error.error)


job = Job(send, seconds=30)
