"""On-call is told of trouble once, and once that it is over, however many bots there are."""

from pathlib import Path

from bot.sandbox.world import Door, World, with_bot
from tests.conversations.talk import asked, next_message, said, until

OPS = "#ops"
OPS_ID = "C0SBOPS0001"
TOKEN = "/cgi-bin/stable_token"
POST = "chat.postMessage"
SEVERAL = 3
DAY = 86_400


async def test_a_token_that_cannot_be_had_is_told_once_and_once_that_it_works_again(
    world: World, door: Door, tmp_path: Path
) -> None:
    world.faults.arm("ip_not_allowed", times=None, where=TOKEN)
    for _ in range(2):  # a second bot, or a second start, sees the same trouble
        fetched = world.wechat.count(TOKEN)
        async with with_bot(world, door, tmp_path / "wxqr.db", WXQR_ALERT_CHANNEL=OPS_ID):
            await world.slack.wait_for(lambda: world.slack.sees("ben", OPS))
            assert world.wechat.count(TOKEN) >= fetched
    (told,) = world.slack.sees("ben", OPS)
    assert "no access token can be had" in said(told)
    assert "127.0.0.1" in said(told)
    world.faults.clear()
    async with with_bot(world, door, tmp_path / "wxqr.db", WXQR_ALERT_CHANNEL=OPS_ID):
        await world.slack.wait_for(lambda: len(world.slack.sees("ben", OPS)) == 2)
    assert "works again" in said(world.slack.sees("ben", OPS)[-1])


async def test_what_slack_did_not_take_is_told_as_soon_as_it_does(world: World, door: Door, tmp_path: Path) -> None:
    world.faults.arm("slack_drop_before", times=None, where=POST)
    async with with_bot(world, door, tmp_path / "wxqr.db", WXQR_ALERT_CHANNEL=OPS_ID):
        await world.wechat.phone().scan(world.wechat.codes.mint_elsewhere(0).ticket)
        await until(lambda: world.slack.journal.count(POST) >= SEVERAL)
        world.faults.clear()
        await world.slack.wait_for(lambda: world.slack.sees("ben", OPS))
    (told,) = world.slack.sees("ben", OPS)
    assert "whose scene is `0`" in said(told)


async def test_on_call_hears_of_codes_without_a_scene_also_where_the_channel_is_set_later(
    world: World, door: Door, tmp_path: Path
) -> None:
    async with with_bot(world, door, tmp_path / "wxqr.db"):
        await world.wechat.phone().scan(world.wechat.codes.mint_elsewhere(0).ticket)
    async with with_bot(world, door, tmp_path / "wxqr.db", WXQR_ALERT_CHANNEL=OPS_ID):
        assert "whose scene is `0`" in said(await next_message(world, "ben", OPS, set()))


async def test_codes_without_a_scene_are_news_again_after_a_month_without_any(
    world: World, door: Door, tmp_path: Path
) -> None:
    async with with_bot(world, door, tmp_path / "wxqr.db", WXQR_ALERT_CHANNEL=OPS_ID):
        await world.wechat.phone().scan(world.wechat.codes.mint_elsewhere(0).ticket)
        first = await next_message(world, "ben", OPS, set())
        world.clock.advance(32 * DAY)
        await until(lambda: asked(tmp_path / "wxqr.db", "select told from alerts") == 0)
        await world.wechat.phone().scan(world.wechat.codes.mint_elsewhere(0).ticket)
        assert "whose scene is `0`" in said(await next_message(world, "ben", OPS, {first.ts}))
