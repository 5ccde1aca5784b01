"""Replies with figures, tables and files reach people whatever Slack makes of them, once."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import aiohttp
import pytest

from bot.errors import SlackUnavailable
from bot.model import Arrival, Language
from bot.reply import Audience, File, Part, Reply, Table, Text, say
from bot.sandbox.slack import Message
from bot.sandbox.world import PATIENCE, World
from bot.slack.announcements import Announcements
from bot.slack.api import TIMEOUT, Slack
from bot.slack.delivery import Delivery
from storage import inbox
from storage.database import Database
from storage.migrations import migrate
from tests.bot.pictures.figures import HOURS, KEPT, trend

SPRING, RANDOM = "C0SBSPRING1", "C0SBRANDOM1"
NUMBERS = Text(say("table.more", count=1234))
SCENES = Table(say("code.title", scene="spring"), (say("chart.day"), say("chart.people")), (("11-01", 1234),))
CSV = File(b"day,people\n", "wxqr-scans.csv", say("code.title", scene="csv"))
XLSX = File(b"PK\x03\x04", "wxqr-scans.xlsx", say("code.title", scene="xlsx"))
EN, ZH = Language.ENGLISH, Language.CHINESE
COMPLETE = "files.completeUploadExternal"


@dataclass
class Desk:
    """A delivery in the sandbox's world, its channels' language Chinese, and Ana who asks."""

    world: World
    delivery: Delivery
    numbers: "count[int]"

    async def arrival(self, channel: str = SPRING, *, url: bool = True) -> Arrival:
        """Return a command of Ana's as it was kept."""
        slack = self.world.slack
        given = slack.response_urls.give(slack.people["ana"].id, slack.channels[channel].id)
        address = f"{slack.base_url}/response/{given.secret}" if url else ""
        number = f"r{next(self.numbers)}"
        one = Arrival(number, slack.team_id, slack.people["ana"].id, slack.channels[channel].id, "x", 1, address)
        await self.delivery.db.write(inbox.keep, one, "here")
        return one

    async def deliver(self, reply: Reply, channel: str = SPRING, *, url: bool = True) -> None:
        await self.delivery.deliver(await self.arrival(channel, url=url), reply, EN)

    async def seen(self, person: str = "ana", channel: str = SPRING) -> Message:
        """Return the one message that a person sees in a channel."""
        slack = self.world.slack
        await slack.wait_for(lambda: slack.sees(person, channel))
        [message] = slack.sees(person, channel)
        return message

    async def directly(self) -> Message:
        return await self.seen(channel=self.world.slack.dm("ana").id)


@pytest.fixture
async def desk(world: World, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give a delivery that waits as long as this world is slow."""
    async with (
        Database.opened(tmp_path / "wxqr.db", migrate=migrate) as db,
        aiohttp.ClientSession(timeout=TIMEOUT) as session,
    ):
        slack = Slack(world.slack.bot_token, f"{world.slack.base_url}/api/", session)
        yield Desk(world, Delivery(slack, db, lambda: int(world.clock.now()), ZH, {}, PATIENCE.slack), count())


def kinds(message: Message) -> list[str]:
    return [block["type"] for block in message.blocks]


def said(message: Message) -> str:
    return json.dumps(message.blocks, ensure_ascii=False)


def names(message: Message) -> list[str]:
    return [file.name for file in message.files]


def to_caller(*parts: Part, files: tuple[File, ...] = ()) -> Reply:
    return Reply(say("help.about"), parts, files=files)


def to_channel(*parts: Part, files: tuple[File, ...] = ()) -> Reply:
    return Reply(say("help.about"), parts, files=files, audience=Audience.CHANNEL)


async def test_what_slack_draws_needs_no_file(desk: Desk) -> None:
    await desk.deliver(to_caller(NUMBERS, trend(14), SCENES))
    told = await desk.seen()
    assert kinds(told) == ["section", "data_visualization", "data_table"]
    assert told.ephemeral_to == desk.world.slack.people["ana"].id
    assert not told.files


@pytest.mark.parametrize("url", [True, False], ids=["response_url", "chat.postEphemeral"])
async def test_who_is_told_alone_gets_picture_and_numbers_where_slack_refuses_the_chart(
    desk: Desk, *, url: bool
) -> None:
    desk.world.faults.arm("invalid_charts", times=None)
    await desk.deliver(to_caller(NUMBERS, trend(14), SCENES), url=url)
    told, direct = await desk.seen(), await desk.directly()
    assert names(direct) == ["wxqr-chart-1.png"]
    assert (direct.files[0].content or b"").startswith(b"\x89PNG")
    for message in (told, direct):
        assert "1,234 more rows" in said(message)
        assert "11-01  " in said(message)
    assert "The picture is in our direct messages." in said(told)


async def test_a_table_that_slack_refuses_is_written_out(desk: Desk) -> None:
    desk.world.faults.arm("invalid_charts", times=None)
    await desk.deliver(to_caller(NUMBERS, SCENES))
    told = await desk.seen()
    assert kinds(told) == ["section"] * 3
    assert "11-01   1,234" in said(told)


async def test_a_refusal_of_something_else_is_no_reason_to_say_it_in_another_way(desk: Desk) -> None:
    desk.world.faults.arm("slack_429", times=None)
    with pytest.raises(SlackUnavailable):
        await desk.deliver(to_caller(NUMBERS, trend(14)))
    assert desk.world.slack.count("files.getUploadURLExternal") == 0


async def test_what_slack_cannot_draw_comes_directly_and_the_rest_where_it_was_asked_for(desk: Desk) -> None:
    await desk.deliver(to_caller(NUMBERS, trend(14), HOURS, KEPT))
    told, direct = await desk.seen(), await desk.directly()
    assert kinds(told) == ["section", "data_visualization", "context"]
    assert names(direct) == ["wxqr-chart-1.png", "wxqr-chart-2.png", "wxqr-chart-3.png"]


async def test_what_slack_cannot_draw_and_will_not_take_beside_it_is_not_silence(desk: Desk) -> None:
    desk.world.faults.arm("invalid_charts", times=None)
    await desk.deliver(to_caller(NUMBERS, trend(14), HOURS))
    told, direct = await desk.seen(), await desk.directly()
    assert kinds(told) == ["section", "context"]
    assert names(direct) == ["wxqr-chart-1.png", "wxqr-chart-2.png"]


async def test_who_asks_in_a_direct_message_is_answered_there_in_one_message(desk: Desk) -> None:
    direct = desk.world.slack.dm("ana").id
    await desk.deliver(to_caller(NUMBERS, trend(90)), channel=direct)
    assert names(await desk.directly()) == ["wxqr-chart-1.png"]


async def test_a_channel_sees_the_chart_and_reads_its_own_language(desk: Desk) -> None:
    await desk.deliver(to_channel(NUMBERS, trend(14)))
    told = await desk.seen("ben")
    assert kinds(told) == ["section", "data_visualization"]
    assert "另有 1,234 行" in said(told)


async def test_a_channel_gets_the_picture_where_slack_refuses_the_chart(desk: Desk) -> None:
    desk.world.faults.arm("invalid_charts", times=None)
    await desk.deliver(to_channel(NUMBERS, trend(14)))
    told = await desk.seen("ben")
    assert names(told) == ["wxqr-chart-1.png"]
    assert "另有 1,234 行" in said(told)


async def test_a_channel_is_told_once_where_its_address_is_used_up(desk: Desk) -> None:
    await desk.deliver(to_channel(NUMBERS, trend(14)), url=False)
    assert kinds(await desk.seen("ben")) == ["section", "data_visualization"]


async def test_a_channel_without_the_bot_gets_the_numbers_and_is_told_what_is_missing(desk: Desk) -> None:
    await desk.deliver(to_channel(NUMBERS, HOURS, trend(14)), channel=RANDOM)
    told = await desk.seen(channel=RANDOM)
    assert kinds(told) == ["section", "data_visualization", "context"]
    assert "/invite @wxqr" in said(told)


async def test_several_files_come_in_one_direct_message(desk: Desk) -> None:
    await desk.deliver(to_caller(NUMBERS, files=(CSV, XLSX)))
    assert names(await desk.directly()) == ["wxqr-scans.csv", "wxqr-scans.xlsx"]
    assert "The files are in our direct messages." in (await desk.seen()).text


@pytest.mark.parametrize("fault", ["slack_drop_after", "slack_5xx_after", "slack_drop_before", "slack_internal_error"])
async def test_several_files_come_once_whatever_becomes_of_the_answer(desk: Desk, fault: str) -> None:
    desk.world.faults.arm(fault, where=COMPLETE)
    await desk.deliver(to_caller(NUMBERS, files=(CSV, XLSX)))
    assert names(await desk.directly()) == ["wxqr-scans.csv", "wxqr-scans.xlsx"]


async def test_files_that_arrived_before_a_death_are_found_by_the_first_of_them(desk: Desk) -> None:
    arrival = await desk.arrival()
    await desk.delivery.deliver(arrival, to_caller(NUMBERS, files=(CSV, XLSX)), EN)
    await desk.directly()
    assert await desk.delivery.settle(arrival)


async def test_a_death_between_refusal_and_picture_leaves_nothing_in_doubt(desk: Desk) -> None:
    desk.world.faults.arm("invalid_charts", times=None)
    desk.world.faults.arm("slack_drop_before", times=None, where="files.getUploadURLExternal")
    arrival = await desk.arrival()
    with pytest.raises(SlackUnavailable):
        await desk.delivery.deliver(arrival, to_caller(NUMBERS, trend(14)), EN)
    assert not await desk.delivery.settle(arrival)


async def test_an_announcement_falls_back_to_the_picture_too(desk: Desk) -> None:
    desk.world.faults.arm("invalid_charts", times=None)
    await Announcements(desk.delivery.slack, desk.delivery.language).post(SPRING, to_channel(NUMBERS, trend(14)))
    assert names(await desk.seen("ben")) == ["wxqr-chart-1.png"]


async def test_an_announcement_where_no_file_can_be_posted_is_made_without_it(desk: Desk) -> None:
    desk.world.faults.arm("not_in_channel", where=COMPLETE)
    await Announcements(desk.delivery.slack, desk.delivery.language).post(SPRING, to_channel(NUMBERS, HOURS))
    told = await desk.seen()
    assert kinds(told) == ["section", "context"]
    assert not told.files
