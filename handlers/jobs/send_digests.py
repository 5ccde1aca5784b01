"""Post the digests that are due: at 09:00 of WXQR_TIME_ZONE, or later where no bot was alive then; each once.

A digest is claimed right before it is sent, all counting being done, and given back where Slack surely did not take
it. After a doubt it is not sent again: a channel misses yesterday's figures, which `/wxqr stats` still has, sooner than
it reads them twice.
"""

import logging
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.context import Desk, Means
from bot.counting import up_to_date
from bot.digest import digested, issue
from bot.errors import DeliveryUnknown, NotInChannel, SlackError, SlackUnavailable
from bot.handler import Job
from bot.reply import Reply, Sentence, Text, say
from bot.watching import Where
from storage import digests
from storage.digests import Subscription

log = logging.getLogger(__name__)

ARCHIVED = "is_archived"


async def send(means: Means, desk: Desk) -> None:
    local = datetime.fromtimestamp(means.now(), ZoneInfo(means.settings.time_zone))
    for wish in await means.db.read(digests.every):
        day = issue(wish.rhythm, local)
        if day is not None and wish.sent_for < day:
            await _send(means, desk, wish, day)


async def _send(means: Means, desk: Desk, wish: Subscription, day: int) -> None:
    await up_to_date(means.db)
    digest = await means.db.read(digests.gather, wish, means.name_of(wish.app_id), day, means.now())
    is_ours = await means.db.write(digests.claim, wish, day)
    if digest.total.is_nothing or not is_ours:
        return
    try:
        await desk.post(wish.channel_id, digested(digest, is_named=len(means.official_accounts) > 1))
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
    where = Where(wish.channel_id)
    if error.error == ARCHIVED:
        await means.db.write(digests.end, wish.app_id, wish.channel_id)
        await _tell_maker(desk, wish, *(say("digest.archived", where=place) for place in where.both))
    elif isinstance(error, NotInChannel):
        is_new = await means.db.write(digests.note_trouble, wish, error.error)
        if is_new:
            await _tell_maker(desk, wish, *(say("digest.no_member", where=place) for place in where.both))
    else:
        log.warning("Slack refused a digest in %s: %s %s", wish.channel_id, error.method, error.error)


async def _tell_maker(desk: Desk, wish: Subscription, headline: Sentence, sentence: Sentence) -> None:
    try:
        await desk.tell(wish.team_id, wish.made_by, "", Reply(headline, (Text(sentence),)))
    except SlackError as error:
        log.warning("who wanted a digest was not told: %s %s", error.method, error.error)


job = Job(send, seconds=30)
