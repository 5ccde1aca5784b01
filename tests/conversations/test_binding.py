"""A Slack user and a WeChat person become one by a scan and a confirmation; all else is refused and said."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.pictures import qr
from bot.sandbox.slack import Message
from bot.sandbox.wechat.phone import Phone
from bot.sandbox.world import Door, World, with_bot
from tests.conversations.bot_process import started
from tests.conversations.receiver import Receiver
from tests.conversations.talk import ask, asked, buttons, click, next_message, picture, said, until

SPRING = "#campaign-spring"
GENERAL = "#general"
ELSEWHERE = "#random"


@pytest.fixture
async def told(world: World, door: Door, tmp_path: Path, receiver: Receiver) -> AsyncIterator[World]:
    """Let a bot live in the world that tells the receiver of bindings and scans."""
    async with with_bot(world, door, tmp_path / "wxqr.db", **receiver.environment("bindings scans")):
        yield world


def ticket(code: Message) -> str:
    """Return what the code's picture stands for."""
    (url,) = [str(block["image_url"]) for block in code.blocks if block["type"] == "image"]
    return parse_qs(urlsplit(url).query)["ticket"][0]


def url(code: Message) -> str:
    """Return what a posted picture holds."""
    return str(qr.decode(picture(code)))


async def scanned(world: World, phone: Phone, code: Message, person: str = "ana", channel: str = SPRING) -> Message:
    """Scan a code and return what its asker is then asked."""
    before = {message.ts for message in world.slack.sees(person, channel)}
    await phone.scan(ticket(code))
    return await next_message(world, person, channel, before)


def answer(phone: Phone) -> str:
    """Return what the scanner read last."""
    return phone.received[-1].text


async def bound_as(world: World, person: str = "ana") -> Phone:
    """Bind somebody, and return the phone that they did it with."""
    phone = world.wechat.phone()
    question = await scanned(world, phone, await ask(world, person, SPRING, "bind"), person)
    assert "is linked to you" in said(await click(world, person, SPRING, question, "Yes, it was me"))
    return phone


async def test_a_scan_and_a_confirmation_bind(bot: World) -> None:
    code = await ask(bot, "ana", SPRING, "bind")
    assert "only you see it" in said(code)
    phone = bot.wechat.phone()
    question = await scanned(bot, phone, code)
    assert "please confirm it there" in answer(phone)
    assert "followed the official account with it. Was it you?" in said(question)
    done = await click(bot, "ana", SPRING, question, "Yes, it was me")
    assert "is linked to you since" in said(done)
    assert "is linked to you since" in said(await ask(bot, "ana", SPRING, "whoami"))


async def test_the_code_and_the_question_are_for_the_asker_alone(bot: World) -> None:
    await scanned(bot, bot.wechat.phone(), await ask(bot, "ana", SPRING, "bind"))
    assert bot.slack.sees("ben", SPRING) == []


async def test_the_code_is_no_code_of_anybodys(bot: World) -> None:
    await bound_as(bot)
    assert "Nothing found" in said(await ask(bot, "ana", SPRING, "list"))


async def test_a_follower_is_told_from_somebody_who_followed_with_the_code(bot: World) -> None:
    phone = bot.wechat.phone()
    await phone.follow()
    question = await scanned(bot, phone, await ask(bot, "ana", SPRING, "bind"))
    assert "followed the official account already" in said(question)


async def test_where_the_bot_is_no_member_it_asks_directly(bot: World) -> None:
    code = await ask(bot, "ana", ELSEWHERE, "bind")
    await bot.wechat.phone().scan(ticket(code))
    (question,) = await bot.slack.wait_for(lambda: bot.slack.sees("ana", bot.slack.dm("ana")))
    assert buttons(question) == ["Yes, it was me", "Not me"]
    done = await click(bot, "ana", bot.slack.dm("ana").id, question, "Yes, it was me")
    assert "is linked to you" in said(done)


async def test_each_is_asked_in_their_own_language(bot: World) -> None:
    code = await ask(bot, "li.wei", SPRING, "绑定")
    phone = bot.wechat.phone()
    question = await scanned(bot, phone, code, "li.wei")
    assert buttons(question) == ["是我本人", "不是我"]
    assert "请到 Slack 中确认" in answer(phone)
    assert "你的微信已于 <!date" in said(await click(bot, "li.wei", SPRING, question, "是我本人"))


async def test_nothing_is_bound_before_it_is_confirmed(bot: World) -> None:
    await scanned(bot, bot.wechat.phone(), await ask(bot, "ana", SPRING, "bind"))
    assert "No WeChat is linked" in said(await ask(bot, "ana", SPRING, "whoami"))


async def test_who_says_that_it_was_not_they_is_not_bound_and_the_code_is_dead(bot: World) -> None:
    phone = bot.wechat.phone()
    code = await ask(bot, "ana", SPRING, "bind")
    question = await scanned(bot, phone, code)
    assert "Nothing is linked" in said(await click(bot, "ana", SPRING, question, "Not me"))
    await phone.scan(ticket(code))
    assert "no longer good" in answer(phone)
    assert "No WeChat is linked" in said(await ask(bot, "ana", SPRING, "whoami"))


async def test_a_second_scanner_cancels_the_request_and_both_sides_are_told(bot: World) -> None:
    first, second = bot.wechat.phone(), bot.wechat.phone()
    code = await ask(bot, "ana", SPRING, "bind")
    question = await scanned(bot, first, code)
    warning = await scanned(bot, second, code)
    assert "somebody else scanned it" in answer(second)
    assert "second person scanned your code" in said(warning)
    assert "no longer good" in said(await click(bot, "ana", SPRING, question, "Yes, it was me"))
    assert "No WeChat is linked" in said(await ask(bot, "ana", SPRING, "whoami"))


async def test_the_same_person_scanning_again_is_answered_the_same_and_asked_once(bot: World) -> None:
    phone = bot.wechat.phone()
    code = await ask(bot, "ana", SPRING, "bind")
    await scanned(bot, phone, code)
    first = answer(phone)
    await phone.scan(ticket(code))
    assert answer(phone) == first
    seen = len(bot.slack.sees("ana", SPRING))
    await ask(bot, "ana", SPRING, "whoami")
    assert len(bot.slack.sees("ana", SPRING)) == seen + 1


async def test_a_push_that_comes_three_times_asks_once_and_answers_the_same(bot: World) -> None:
    bot.faults.arm("push_thrice")
    phone = bot.wechat.phone()
    code = await ask(bot, "ana", SPRING, "bind")
    await scanned(bot, phone, code)
    assert len({received.text for received in phone.received}) == 1
    await ask(bot, "ana", SPRING, "whoami")
    assert len(bot.slack.sees("ana", SPRING)) == 3


async def test_after_five_minutes_wechat_itself_says_that_the_code_is_over(bot: World) -> None:
    phone = bot.wechat.phone()
    code = await ask(bot, "ana", SPRING, "bind")
    bot.clock.advance(301)
    assert (await phone.scan(ticket(code))).fate == "none"


async def test_a_confirmation_later_than_five_minutes_after_the_scan_is_refused(bot: World) -> None:
    question = await scanned(bot, bot.wechat.phone(), await ask(bot, "ana", SPRING, "bind"))
    bot.clock.advance(301)
    assert "no longer good" in said(await click(bot, "ana", SPRING, question, "Yes, it was me"))


async def test_the_used_code_asks_its_scanner_for_nothing_more(bot: World) -> None:
    phone, code = bot.wechat.phone(), await ask(bot, "ana", SPRING, "bind")
    question = await scanned(bot, phone, code)
    await click(bot, "ana", SPRING, question, "Yes, it was me")
    bot.clock.advance(10)
    await phone.scan(ticket(code))
    assert "no longer good" in answer(phone)
    assert "unfollow" not in answer(phone)
    assert "is linked to you" in said(await ask(bot, "ana", SPRING, "whoami"))


async def test_whose_scanner_unfollows_before_the_confirmation_is_told_so(bot: World) -> None:
    phone = bot.wechat.phone()
    question = await scanned(bot, phone, await ask(bot, "ana", SPRING, "bind"))
    before = {message.ts for message in bot.slack.sees("ana", SPRING)}
    bot.clock.advance(10)
    await phone.unfollow()
    told = await next_message(bot, "ana", SPRING, before)
    assert "no longer follows the official account, so I cancelled the code: nothing is linked" in said(told)
    assert buttons(told) == ["Link my WeChat"]
    refusal = await click(bot, "ana", SPRING, question, "Yes, it was me")
    assert "unfollowed before you confirmed it" in said(refusal)


async def test_a_new_code_cancels_the_one_before(bot: World) -> None:
    phone = bot.wechat.phone()
    old = await ask(bot, "ana", SPRING, "bind")
    await ask(bot, "ana", SPRING, "bind")
    await phone.scan(ticket(old))
    assert "no longer good" in answer(phone)


async def test_a_wechat_that_is_bound_already_cannot_be_bound_to_a_second_slack_user(bot: World) -> None:
    phone = await bound_as(bot, "ana")
    told = await scanned(bot, phone, await ask(bot, "ben", SPRING, "bind"), "ben")
    assert "another Slack user already" in said(told)
    assert "linked to a Slack user already" in answer(phone)
    assert "ana" not in answer(phone).lower()


async def test_who_is_bound_is_told_since_when_and_how_to_end_it(bot: World) -> None:
    await bound_as(bot)
    known = await ask(bot, "ana", SPRING, "bind")
    assert "already. To link another, unlink it" in said(known)
    assert "no longer linked" in said(await click(bot, "ana", SPRING, known, "Unlink"))


async def test_nobody_else_can_confirm(bot: World) -> None:
    question = await scanned(bot, bot.wechat.phone(), await ask(bot, "ana", SPRING, "bind"))
    (confirm,) = re.findall(r"bind --confirm bind_[\w-]{12}", said(question))
    assert "Only whoever asked" in said(await ask(bot, "ben", SPRING, confirm))
    assert "No WeChat is linked" in said(await ask(bot, "ben", SPRING, "whoami"))
    assert "No WeChat is linked" in said(await ask(bot, "ana", SPRING, "whoami"))


async def test_a_confirmation_that_is_repeated_changes_nothing(bot: World, tmp_path: Path) -> None:
    question = await scanned(bot, bot.wechat.phone(), await ask(bot, "ana", SPRING, "bind"))
    (confirm,) = re.findall(r"bind --confirm bind_[\w-]{12}", said(question))
    for _ in range(2):
        assert "is linked to you" in said(await ask(bot, "ana", SPRING, confirm))
    assert asked(tmp_path / "wxqr.db", "select count(*) from bindings") == 1


async def test_a_campaign_may_be_called_like_a_binding_code(bot: World) -> None:
    code = await ask(bot, "ana", SPRING, "temp bind_abcdefghijkl")
    phone = bot.wechat.phone()
    await phone.scan(url(code))
    assert phone.received == []


async def test_a_binding_code_that_nobody_here_made_is_said_to_be_unknown(bot: World) -> None:
    phone = bot.wechat.phone()
    await phone.scan(bot.wechat.codes.mint_elsewhere("bind_abcdefghijkl").ticket)
    assert "do not know this code" in answer(phone)


async def test_unbinding_works_at_once_when_typed(bot: World) -> None:
    await bound_as(bot)
    assert "no longer linked" in said(await ask(bot, "ana", SPRING, "unbind"))
    assert "No WeChat is linked" in said(await ask(bot, "ana", SPRING, "whoami"))
    refusal = await ask(bot, "ana", SPRING, "unbind")
    assert "No WeChat is linked to you." in said(refusal)
    assert buttons(refusal) == ["Link my WeChat"]
    assert "only you see it" in said(await click(bot, "ana", SPRING, refusal, "Link my WeChat"))


async def test_who_unfollows_is_bound_no_more_and_the_slack_user_is_told_directly(bot: World) -> None:
    phone = await bound_as(bot)
    await phone.unfollow()
    (note,) = await bot.slack.wait_for(lambda: bot.slack.sees("ana", bot.slack.dm("ana")))
    assert "no longer follows the official account" in said(note)
    assert "No WeChat is linked" in said(await ask(bot, "ana", SPRING, "whoami"))


async def test_each_official_account_has_bindings_of_its_own(world: World, door: Door, tmp_path: Path) -> None:
    (tmp_path / "accounts.toml").write_text('[accounts.tea]\napp_id = "wx00000000000tea"\napp_secret = "tea"\n')
    async with with_bot(world, door, tmp_path / "wxqr.db", WXQR_ACCOUNTS=str(tmp_path / "accounts.toml")):
        await bound_as(world)
        there = await ask(world, "ana", SPRING, "whoami --account tea")
        assert "No WeChat is linked to you in *tea*" in said(there)
        assert "No WeChat is linked to you in *tea*" in said(await ask(world, "ana", SPRING, "unbind --account tea"))
        assert "is linked to you in *default*" in said(await ask(world, "ana", SPRING, "whoami"))


async def test_while_slack_is_away_the_question_waits_and_is_asked_once(bot: World) -> None:
    code = await ask(bot, "ana", SPRING, "bind")
    bot.faults.arm("slack_drop_before", times=None, where="chat.postEphemeral")
    before = {message.ts for message in bot.slack.sees("ana", SPRING)}
    await bot.wechat.phone().scan(ticket(code))
    await until(lambda: bot.slack.count("chat.postEphemeral") >= 2)
    bot.faults.clear()
    assert "Was it you?" in said(await next_message(bot, "ana", SPRING, before))
    await ask(bot, "ana", SPRING, "whoami")
    assert len(bot.slack.sees("ana", SPRING)) == 3


async def test_several_bots_on_one_database_ask_once(world: World, door: Door, tmp_path: Path) -> None:
    database = tmp_path / "wxqr.db"
    async with started(world, database), with_bot(world, door, database):
        for person in ("ana", "ben", "li.wei", "wang.fang"):
            code = await ask(world, person, SPRING, "bind")
            await scanned(world, world.wechat.phone(), code, person)
        await until(lambda: asked(database, "select count(*) from notices") == 0)
    assert world.slack.count("chat.postEphemeral") == 4


async def test_killed_after_the_scan_was_answered_the_next_process_asks(world: World, tmp_path: Path) -> None:
    database = tmp_path / "wxqr.db"
    async with started(world, database) as first:
        world.wechat.callback_url = str(world.slack.request_url).replace("/slack/events", "/wechat/callback")
        code = await ask(world, "ana", SPRING, "bind")
        before = {message.ts for message in world.slack.sees("ana", SPRING)}
        world.faults.arm("slack_slow", times=None, where="chat.postEphemeral", seconds=30)
        phone = world.wechat.phone()
        await phone.scan(ticket(code))
        assert "please confirm it there" in answer(phone)
        await first.kill()
        world.faults.clear()
        async with started(world, database):
            assert "Was it you?" in said(await next_message(world, "ana", SPRING, before))


async def test_another_system_is_told_of_a_binding_with_the_open_id_and_of_its_end_without(
    told: World, receiver: Receiver, tmp_path: Path
) -> None:
    phone = await bound_as(told)
    await receiver.wait_for(2)
    await ask(told, "ana", SPRING, "unbind")
    happened = {one["type"]: one["data"] for one in await receiver.wait_for(3)}
    who = {"app_id": told.wechat.app_id, "slack_team_id": told.slack.team_id, "slack_user_id": "U0SBANA01"}
    assert happened["binding.made"].items() >= {**who, "openid": phone.open_id}.items()
    assert happened["binding.ended"].items() >= {**who, "why": "unbound"}.items()
    assert phone.open_id not in str(happened["binding.ended"])
    await until(lambda: asked(tmp_path / "wxqr.db", "select count(*) from outbox where body <> ''") == 0)


async def test_another_system_is_told_of_scans_by_a_pseudonym(told: World, receiver: Receiver) -> None:
    phone, code = told.wechat.phone(), url(await ask(told, "ana", SPRING, "perm campaign-x"))
    await phone.scan(code)
    await phone.scan(code)
    await phone.unfollow()
    happened = [one["data"] for one in await receiver.wait_for(3)]
    assert sorted((one["event"], one["scene"]) for one in happened) == [
        ("follow", "campaign-x"), ("scan", "campaign-x"), ("unfollow", "")
    ]  # fmt: skip
    assert len({one["person"] for one in happened}) == 1
    assert phone.open_id not in str(happened)


async def test_no_open_id_is_kept_where_nobody_is_told(bot: World, tmp_path: Path) -> None:
    await scanned(bot, bot.wechat.phone(), await ask(bot, "ana", SPRING, "bind"))
    assert asked(tmp_path / "wxqr.db", "select count(*) from binding_requests where open_id is not null") == 0


async def test_an_open_id_that_waits_for_a_confirmation_is_erased_when_its_time_is_over(
    told: World, tmp_path: Path
) -> None:
    waiting = "select count(*) from binding_requests where open_id is not null"
    await scanned(told, told.wechat.phone(), await ask(told, "ana", SPRING, "bind"))
    assert asked(tmp_path / "wxqr.db", waiting) == 1
    told.clock.advance(302)
    await until(lambda: asked(tmp_path / "wxqr.db", waiting) == 0)
