"""A digest comes at nine, once, however many bots there are and whether any was alive then."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.pictures import qr
from bot.sandbox.slack import Message
from bot.sandbox.world import Door, World, with_bot
from tests.conversations.talk import ask, asked, buttons, click, picture, said, until

SPRING, MARKET, RANDOM = "#campaign-spring", "#marketing-市场", "#random"
SHANGHAI = ZoneInfo("Asia/Shanghai")
CLAIMED = "select max(sent_for) from digests"


class Days:
    """A world whose days pass, and bots that come and go; each looks at once whether a digest is due."""

    def __init__(self, world: World, door: Door, database: Path) -> None:
        self.world, self._door, self.database = world, door, database
        self.till(1, 12)

    @asynccontextmanager
    async def bots(self, number: int = 1, **more: str) -> AsyncIterator[World]:
        async with AsyncExitStack() as stack:
            for _ in range(number):
                await stack.enter_async_context(with_bot(self.world, self._door, self.database, **more))
            yield self.world

    def till(self, days: int, hour: int, zone: ZoneInfo = SHANGHAI) -> None:
        """Let time pass until that hour, so many days on."""
        now = datetime.fromtimestamp(self.world.clock.now(), zone)
        then = (now + timedelta(days=days)).replace(hour=hour, minute=1)
        self.world.clock.advance((then - now).total_seconds())

    def till_monday(self, hour: int) -> None:
        now = datetime.fromtimestamp(self.world.clock.now(), SHANGHAI)
        self.till(7 - now.weekday(), hour)

    async def code(self, scene: str = "spring", ttl: str = "30d") -> str:
        url = qr.decode(picture(await ask(self.world, "ana", SPRING, f"temp {scene} --ttl {ttl}")))
        assert url
        return url

    async def followed(self, url: str, people: int) -> None:
        for _ in range(people):
            assert (await self.world.wechat.phone().scan(url)).is_answered

    def digests(self, channel: str = SPRING) -> list[Message]:
        return [one for one in self.world.slack.sees("ana", channel) if "new follows" in one.text]

    async def digest(self, channel: str = SPRING) -> Message:
        """Wait for the one digest there is."""
        (digest,) = await self.world.slack.wait_for(lambda: self.digests(channel))
        return digest

    async def claimed(self, before: int) -> None:
        """Wait until a bot has decided about a later digest than that."""
        await until(lambda: asked(self.database, CLAIMED) > before)

    def last(self) -> int:
        return asked(self.database, CLAIMED)


@pytest.fixture
def days(world: World, door: Door, tmp_path: Path) -> Days:
    return Days(world, door, tmp_path / "wxqr.db")


async def test_a_daily_digest_tells_of_the_day_before_at_nine(days: Days) -> None:
    async with days.bots() as world:
        url = await days.code()
        await days.code("ending", ttl="5d")
        told = await ask(world, "ana", SPRING, "digest daily")
        assert "A digest of the day before comes here at 09:00 (Shanghai time)" in said(told)
        tomorrow = datetime.fromtimestamp(world.clock.now(), SHANGHAI) + timedelta(days=1)
        assert f"The next one: <!date^{int(tomorrow.replace(hour=9, minute=0, second=0).timestamp())}^" in said(told)
        assert "09:00（上海时间）" in said(await ask(world, "li.wei", SPRING, "digest"))
        await days.followed(url, 3)
        await world.wechat.phone().follow()
    yesterday = datetime.fromtimestamp(world.clock.now(), SHANGHAI).date()
    days.till(1, 9)
    async with days.bots():
        digest = await days.digest()
    assert digest.text == f"Daily digest, {yesterday}: scans 3, new follows 3"
    assert "`/wxqr digest off`, typed here, ends this digest." in said(digest)
    for fact in ("first 3, returning 0", "net *+3*", "scans 0 → 3", "First of all: `spring`, new follows 3"):
        assert fact in said(digest), fact
    assert "Codes that end within 7 days: 1" in said(digest)
    assert "`ending`" in said(digest)
    (table,) = [block for block in digest.blocks if block["type"] == "data_table"]
    assert "spring" in str(table)
    assert "`" not in str(table)
    assert f"{yesterday} to" not in said(digest)
    assert buttons(digest) == ["Leaderboard", "What ends soon"]


async def test_where_nobody_followed_no_code_is_first_of_all(days: Days) -> None:
    async with days.bots() as world:
        url = await days.code()
        await ask(world, "ana", SPRING, "digest daily")
        phone = world.wechat.phone()
        await phone.follow()
        assert (await phone.scan(url)).is_answered
    days.till(1, 9)
    async with days.bots():
        digest = await days.digest()
    assert "scans 1, new follows 0" in digest.text
    assert "First of all" not in said(digest)


async def test_before_nine_and_on_a_day_after_nothing_happened_no_digest_comes(days: Days) -> None:
    async with days.bots() as world:
        url = await days.code()
        await ask(world, "ana", SPRING, "digest daily")
        await days.followed(url, 1)
        set_on = days.last()
    days.till(1, 8)
    async with days.bots():
        assert "the day before" in said(await ask(world, "ana", SPRING, "digest"))
    assert days.last() == set_on
    days.till(1, 10)
    async with days.bots():
        await days.claimed(set_on)
    assert days.digests() == []


async def test_however_many_bots_there_are_one_digest_comes(days: Days) -> None:
    async with days.bots() as world:
        url = await days.code()
        await ask(world, "ana", SPRING, "digest daily")
        await days.followed(url, 1)
    days.till(1, 9)
    async with days.bots(3):
        await days.digest()
    async with days.bots():
        await ask(world, "ana", SPRING, "digest")
    assert len(days.digests()) == 1


async def test_where_no_bot_was_alive_at_nine_it_comes_late_but_not_at_night(days: Days) -> None:
    async with days.bots() as world:
        url = await days.code()
        await ask(world, "ana", SPRING, "digest daily")
        await days.followed(url, 1)
    days.till(1, 20)
    async with days.bots():
        await days.digest()
        await days.followed(url, 1)
        set_on = days.last()
    days.till(1, 21)
    async with days.bots():
        await ask(world, "ana", SPRING, "digest")
    assert days.last() == set_on


async def test_a_weekly_digest_comes_on_mondays_with_a_chart_of_the_week(days: Days) -> None:
    days.till_monday(12)
    async with days.bots() as world:
        url = await days.code()
        await ask(world, "ana", SPRING, "digest weekly")
        await days.followed(url, 2)
    days.till(1, 12)
    async with days.bots():
        await days.followed(await days.code("summer"), 1)
        assert "Mondays" in said(await ask(world, "ana", SPRING, "digest"))
    days.till_monday(9)
    async with days.bots():
        digest = await days.digest()
    (chart,) = [block for block in digest.blocks if block["type"] == "data_visualization"]
    assert digest.text.startswith("Weekly digest, ")
    assert "2, 1, 0, 0, 0, 0, 0" in str([point["value"] for point in scans_of(chart)])
    assert "scans 3, new follows 3" in digest.text


def scans_of(chart: object) -> list[dict[str, object]]:
    """Return the points of the chart's first series."""
    assert isinstance(chart, dict)
    points: list[dict[str, object]] = chart["chart"]["series"][0]["data"]
    return points


async def test_it_comes_at_nine_of_the_time_zone_that_is_set(days: Days) -> None:
    lisbon = ZoneInfo("Europe/Lisbon")
    async with days.bots(WXQR_TIME_ZONE="Europe/Lisbon") as world:
        url = await days.code()
        await ask(world, "ana", SPRING, "digest daily")
        await days.followed(url, 1)
        set_on = days.last()
    days.till(1, 8, lisbon)
    async with days.bots(WXQR_TIME_ZONE="Europe/Lisbon"):
        await ask(world, "ana", SPRING, "digest")
    assert days.last() == set_on
    days.till(0, 9, lisbon)
    async with days.bots(WXQR_TIME_ZONE="Europe/Lisbon"):
        await days.digest()


async def test_a_digest_that_slack_surely_did_not_take_is_sent_again(days: Days) -> None:
    async with days.bots() as world:
        url = await days.code()
        await ask(world, "ana", SPRING, "digest daily")
        await days.followed(url, 1)
        set_on = days.last()
    days.till(1, 9)
    world.faults.arm("slack_error", where="chat.postMessage", error="ratelimited")
    async with days.bots():
        await until(lambda: world.slack.count("chat.postMessage") and days.last() == set_on)
    async with days.bots():
        await days.digest()


async def test_a_digest_that_may_have_arrived_is_not_sent_twice(days: Days) -> None:
    async with days.bots() as world:
        url = await days.code()
        await ask(world, "ana", SPRING, "digest daily")
        await days.followed(url, 1)
    days.till(1, 9)
    world.faults.arm("slack_drop_after", where="chat.postMessage")
    async with days.bots():
        await days.digest()
    async with days.bots():
        await ask(world, "ana", SPRING, "digest")
    assert len(days.digests()) == 1


@pytest.mark.parametrize(("rhythm", "pictures"), [("daily", []), ("weekly", ["wxqr-chart-1.png"])])
async def test_a_slack_that_draws_no_charts_still_gets_the_numbers(
    days: Days, rhythm: str, pictures: list[str]
) -> None:
    async with days.bots() as world:
        url = await days.code()
        await ask(world, "ana", SPRING, f"digest {rhythm}")
        await days.followed(url, 2)
    days.till_monday(9)
    if rhythm == "daily":  # its Sunday was quiet
        async with days.bots():
            await days.followed(url, 1)
        days.till(1, 9)
    world.faults.arm("invalid_charts", times=None)
    async with days.bots():
        (digest,) = await world.slack.wait_for(lambda: [one for one in seen(world) if "First of all" in said(one)])
    assert "`spring`" in said(digest)
    assert not any(block["type"].startswith("data_") for block in digest.blocks)
    assert [file.name for file in digest.files] == pictures


def seen(world: World) -> list[Message]:
    return world.slack.sees("ana", SPRING)


async def test_who_wants_a_digest_where_the_bot_is_no_member_is_told_once(days: Days) -> None:
    async with days.bots() as world:
        url = await days.code()
        wanted = said(await ask(world, "ana", SPRING, f"digest daily {RANDOM}"))
        assert "I am not in <#C0SBRANDOM1> yet: type `/invite @wxqr` in that channel" in wanted
        await days.followed(url, 1)
        set_on = days.last()
    direct = world.slack.dm("ana")
    days.till(1, 9)
    async with days.bots():
        (told,) = await world.slack.wait_for(lambda: world.slack.sees("ana", direct))
        assert "/invite @wxqr" in said(told)
        await days.followed(url, 1)
    days.till(1, 9)
    async with days.bots():
        await days.claimed(set_on + 1)
        assert "The last one could not be posted" in said(await ask(world, "ben", RANDOM, "digest"))
    assert len(world.slack.sees("ana", direct)) == 1
    assert "C0SB" not in told.text


async def test_in_an_archived_channel_digests_end(days: Days) -> None:
    async with days.bots() as world:
        url = await days.code()
        await ask(world, "ana", SPRING, "digest daily")
        await days.followed(url, 1)
    days.till(1, 9)
    world.faults.arm("slack_error", where="chat.postMessage", error="is_archived")
    async with days.bots():
        (told,) = await world.slack.wait_for(lambda: world.slack.sees("ana", world.slack.dm("ana")))
    assert "archived" in said(told)
    assert asked(days.database, "select count(*) from digests") == 0


async def test_a_digest_is_shown_changed_and_ended_by_its_buttons(days: Days) -> None:
    async with days.bots() as world:
        assert "No digest comes here" in said(await ask(world, "ana", SPRING, "digest"))
        daily = await ask(world, "ana", SPRING, "digest daily")
        assert buttons(daily) == ["Weekly", "Stop"]
        weekly = await click(world, "ana", SPRING, daily, "Weekly")
        assert "Mondays" in said(weekly)
        assert "No digest comes here any more" in said(await click(world, "ana", SPRING, weekly, "Stop"))
        assert asked(days.database, "select count(*) from digests") == 0
