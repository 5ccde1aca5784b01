"""Ask people in Slack whether it was they who scanned, and tell them what else became of their binding."""

import asyncio
import logging

from bot.binding import CONFIRM_WITHIN, named, same_account
from bot.context import Desk, Means
from bot.errors import DeliveryUnknown, SlackError, SlackUnavailable
from bot.handler import Job
from bot.model import MINUTE
from bot.reply import Button, Buttons, Fact, Moment, Note, Reply, Text, say
from storage import bindings, notices
from storage.notices import Notice

log = logging.getLogger(__name__)


async def confirm(means: Means, desk: Desk) -> None:
    unconfirmed_since = means.now() - CONFIRM_WITHIN
    if await means.db.read(bindings.is_unconfirmed, unconfirmed_since):
        await means.db.write(bindings.expire, unconfirmed_since)
    if await means.db.read(notices.is_due, means.now()):
        taken = await means.db.write(notices.take, means.owner, means.is_alive, means.now())
        await asyncio.gather(*(_tell(means, desk, notice) for notice in taken))


async def _tell(means: Means, desk: Desk, notice: Notice) -> None:
    name, accounts = means.name_of(notice.app_id), means.official_accounts
    reply = told(notice, named(name, accounts), same_account(name, accounts))
    try:
        await desk.tell(notice.team_id, notice.user_id, notice.channel_id, reply)
    except (SlackUnavailable, DeliveryUnknown):
        # told twice does no harm: its buttons do the same thing once; never told would
        later = means.now() + min(MINUTE, 2**notice.tries)
        await means.db.write(notices.postpone, notice, later)
    except SlackError as error:
        log.warning("%s could not be told of their binding: %s", notice.user_id, error.error)
        await means.db.write(notices.settle, notice)
    else:
        await means.db.write(notices.settle, notice)


def told(notice: Notice, account: Fact, account_option: str) -> Reply:
    """Return what the asker reads: a question with two answers, or what became of it.

    `account_option` keeps its buttons with the official account.
    """
    headline = say(notice.what, account=account, at=Moment(notice.at))
    if not notice.what.startswith("binding.scanned."):
        return Reply(headline, (Text(headline), Buttons((Button(say("button.bind"), f"bind{account_option}"),))))
    until = say("binding.until", until=Moment(notice.at + CONFIRM_WITHIN))
    yes = Button(say("button.confirm_binding"), f"bind --confirm {notice.scene}{account_option}", primary=True)
    no = Button(say("button.refuse_binding"), f"bind --refuse {notice.scene}{account_option}")
    return Reply(headline, (Text(headline), Note((until,)), Buttons((yes, no))))


job = Job(confirm, seconds=1)
