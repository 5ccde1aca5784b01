"""What people see when WeChat or Slack fails, and that nothing is done twice."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.pictures import qr
from bot.sandbox.world import World
from tests.conversations.talk import ask, asked, buttons, click, files_in, picture, said, until

SPRING = "#campaign-spring"
CREATE = "/cgi-bin/qrcode/create"
TOKEN = "/cgi-bin/stable_token"
COMPLETE = "files.completeUploadExternal"


@pytest.mark.parametrize("fault", ["image_host_down", "image_wrong", "image_damaged"])
async def test_a_picture_that_does_not_show_the_url_is_replaced_by_a_drawn_one_and_said_so(
    bot: World, fault: str
) -> None:
    bot.faults.arm(fault, times=None)
    code = await ask(bot, "ana", SPRING, "temp 111")
    (file,) = code.files
    assert file.name == "wxqr-111.png"
    assert str(qr.decode(picture(code))).startswith("http://weixin.qq.com/q/")
    assert "drawn from" in said(code)


async def test_a_drawn_private_code_comes_by_direct_message(bot: World) -> None:
    bot.faults.arm("image_host_down", times=None)
    told = await ask(bot, "ana", SPRING, "temp 111 --private")
    assert "direct messages" in said(told)
    assert not files_in(bot, "ben", SPRING)
    direct = bot.slack.dm("ana").id
    await bot.slack.wait_for(lambda: files_in(bot, "ana", direct) == ["wxqr-111.png"])


@pytest.mark.parametrize("fault", ["token_revoked", "token_expired"])
async def test_twenty_commands_that_see_one_refused_token_refresh_it_once(bot: World, fault: str) -> None:
    await ask(bot, "ana", SPRING, "temp 1")
    fetched = bot.wechat.count(TOKEN)
    bot.faults.arm(fault)
    await asyncio.gather(*(bot.slack.command("ana", SPRING, f"temp n-{n}") for n in range(20)))
    await bot.slack.wait_for(lambda: len(files_in(bot, "ana", SPRING)) == 21, timeout=20)
    assert bot.wechat.count(TOKEN) == fetched + 1


async def test_a_token_that_stays_refused_is_an_error_and_never_a_loop(bot: World) -> None:
    await ask(bot, "ana", SPRING, "temp 1")
    calls = len(bot.wechat.calls)
    bot.faults.arm("token_refused", times=None)
    refusal = await ask(bot, "ana", SPRING, "temp 2")
    assert "WeChat refused the access token" in said(refusal)
    assert "40001" in said(refusal)
    assert len(bot.wechat.calls) - calls <= 4


@pytest.mark.parametrize(
    ("fault", "where", "told"),
    [
        ("ip_not_allowed", TOKEN, "127.0.0.1"),
        ("secret_wrong", TOKEN, "AppSecret"),
        ("permanent_full", CREATE, "45029"),
        ("quota_used_up", CREATE, "00:00 Beijing time"),
        ("unauthorized", CREATE, "verified service accounts"),
    ],
)
async def test_wechats_refusals_say_what_to_do_with_errcode_and_rid(
    bot: World, fault: str, where: str, told: str
) -> None:
    bot.wechat.revoke_tokens()
    bot.faults.arm(fault, times=None, where=where)
    refusal = await ask(bot, "ana", SPRING, "perm campaign-x")
    assert told in said(refusal)
    assert "rid" in said(refusal)
    assert refusal.ephemeral_to == "U0SBANA01"


async def test_a_busy_wechat_is_asked_again_and_nobody_notices(bot: World) -> None:
    bot.faults.arm("busy", times=2, where=CREATE)
    assert (await ask(bot, "ana", SPRING, "perm campaign-x")).files
    assert bot.wechat.codes.permanent_used == 1


@pytest.mark.parametrize(
    ("fault", "known"),
    [("drop_after", "no answer came:"), ("http_502", "could not read (HTTP 502)"), ("not_json", "not read (HTTP 200)")],
)
async def test_a_code_of_unknown_outcome_is_named_with_what_is_known_and_the_button_that_asks_again(
    bot: World, fault: str, known: str
) -> None:
    bot.faults.arm(fault, where=CREATE)
    refusal = await ask(bot, "ana", SPRING, "perm campaign-x")
    assert "permanent code of `campaign-x`" in said(refusal)
    assert known in said(refusal)
    assert (await click(bot, "ana", SPRING, refusal, "Ask WeChat again")).files


@pytest.mark.parametrize("fault", ["drop_after", "http_502", "not_json", "drop_before"])
async def test_a_permanent_code_of_unknown_outcome_is_never_blindly_asked_for_again(bot: World, fault: str) -> None:
    bot.faults.arm(fault, where=CREATE)
    refusal = await ask(bot, "ana", SPRING, "perm campaign-x")
    assert "may or may not" in said(refusal)
    assert bot.wechat.count(CREATE) == 1
    again = await ask(bot, "ben", "#general", "perm campaign-x")
    assert "may or may not" in said(again)
    assert bot.wechat.count(CREATE) == 1
    code = await click(bot, "ben", "#general", again, "Ask WeChat again")
    assert code.files
    assert bot.wechat.count(CREATE) == 2


async def test_a_code_of_unknown_outcome_stands_in_the_list(bot: World) -> None:
    bot.faults.arm("drop_after", where=CREATE)
    await ask(bot, "ana", SPRING, "perm campaign-x")
    assert "not known whether WeChat minted it" in said(await ask(bot, "ana", SPRING, "list"))


@pytest.mark.parametrize("fault", ["drop_after", "drop_before", "http_502"])
async def test_a_temporary_code_is_asked_for_again_when_wechat_breaks_off(bot: World, fault: str) -> None:
    bot.faults.arm(fault, where=CREATE)
    assert (await ask(bot, "ana", SPRING, "temp 111")).files


@pytest.mark.parametrize(
    ("fault", "detail"),
    [
        ("slack_5xx_after", {"status": 500}),
        ("slack_5xx_after", {"status": 502}),
        ("slack_drop_after", {}),
        ("slack_drop_before", {}),
        ("slack_5xx", {"status": 500}),
        ("slack_5xx", {"status": 503}),
        ("slack_internal_error", {}),
        ("slack_429", {"retry_after": 0}),
    ],
)
async def test_a_failing_slack_gets_the_picture_exactly_once(bot: World, fault: str, detail: dict[str, int]) -> None:
    bot.faults.arm(fault, where=COMPLETE, **detail)
    await ask(bot, "ana", SPRING, "temp 111")
    settled = await ask(bot, "ana", SPRING, "temp 222")
    assert settled.files
    await bot.slack.wait_for(lambda: len(files_in(bot, "ana", SPRING)) >= 2, timeout=20)
    assert sorted(files_in(bot, "ana", SPRING)) == ["wxqr-111.jpg", "wxqr-222.jpg"]
    assert bot.wechat.count(CREATE) == 2


@pytest.mark.parametrize("where", ["files.getUploadURLExternal", "upload"])
@pytest.mark.parametrize("fault", ["slack_5xx", "slack_drop_before", "slack_drop_after"])
async def test_an_upload_that_broke_is_begun_again(bot: World, fault: str, where: str) -> None:
    bot.faults.arm(fault, where=where)
    assert (await ask(bot, "ana", SPRING, "temp 111")).files
    assert files_in(bot, "ana", SPRING) == ["wxqr-111.jpg"]


@pytest.mark.parametrize("fault", ["slack_5xx_after", "slack_drop_after"])
async def test_an_answer_of_unknown_arrival_is_not_sent_again_and_the_caller_can_ask_again(
    bot: World, fault: str
) -> None:
    bot.faults.arm(fault, where="response_url")
    await bot.slack.command("ana", SPRING, "groups")
    await bot.slack.wait_for(lambda: len(bot.slack.sees("ana", SPRING)) == 2)
    answer, notice = bot.slack.sees("ana", SPRING)
    assert "Follower groups" in said(answer)
    assert "cannot tell whether the answer arrived" in said(notice)
    assert buttons(notice) == ["Do it again"]
    again = await click(bot, "ana", SPRING, notice, "Do it again")
    assert "Follower groups" in said(again)


async def test_a_used_up_response_url_is_no_reason_to_be_silent(bot: World) -> None:
    bot.slack.response_urls.uses = 0
    assert "Follower groups" in said(await ask(bot, "ana", SPRING, "groups"))


async def test_a_command_delivered_twice_is_done_once(bot: World) -> None:
    delivery = await bot.slack.command("ana", SPRING, "temp 111")
    await bot.slack.wait_for(lambda: files_in(bot, "ana", SPRING))
    again = await bot.slack.repeat(delivery)
    assert again.status == 200
    await ask(bot, "ana", SPRING, "temp 222")
    assert sorted(files_in(bot, "ana", SPRING)) == ["wxqr-111.jpg", "wxqr-222.jpg"]
    help_once = await bot.slack.command("ana", SPRING, "help")
    assert (await bot.slack.repeat(help_once)).body in {"", "{}"}


async def test_a_code_slack_never_shows_is_told_to_its_caller_who_can_have_that_very_code_posted(
    bot: World, tmp_path: Path
) -> None:
    bot.faults.arm("share_never")
    await bot.slack.command("ana", SPRING, "temp 111")
    await until(lambda: asked(tmp_path / "wxqr.db", "select count(*) from posts where posted = 1"))
    bot.clock.advance(62)
    told = await bot.slack.wait_for(lambda: bot.slack.sees("ana", SPRING))
    assert "never showed it" in said(told[0])
    assert (await click(bot, "ana", SPRING, told[0], "Do it again")).files
    assert bot.wechat.count(CREATE) == 1


@pytest.mark.parametrize("lists_uncompleted", [False, True])
@pytest.mark.parametrize("fault", ["slack_drop_after", "slack_5xx_after"])
async def test_a_share_that_shows_late_is_not_posted_twice(bot: World, fault: str, *, lists_uncompleted: bool) -> None:
    bot.slack.share_delay, bot.slack.lists_uncompleted = 0.5, lists_uncompleted
    bot.faults.arm(fault, where=COMPLETE)
    await ask(bot, "ana", SPRING, "temp 111")
    await ask(bot, "ana", SPRING, "temp 222")
    assert sorted(files_in(bot, "ana", SPRING)) == ["wxqr-111.jpg", "wxqr-222.jpg"]


async def test_an_upload_that_was_never_completed_is_completed_though_slack_lists_it(bot: World) -> None:
    bot.slack.lists_uncompleted = True
    bot.faults.arm("slack_drop_before", where=COMPLETE)
    assert (await ask(bot, "ana", SPRING, "temp 111")).files


async def test_a_note_that_slack_did_not_take_is_told_when_slack_is_back(bot: World) -> None:
    bot.faults.arm("slack_drop_after", where="response_url")
    bot.faults.arm("slack_drop_before", times=2, where="chat.postEphemeral")
    bot.faults.arm("slack_drop_before", times=2, where="response_url")
    await bot.slack.command("ana", SPRING, "groups")
    await bot.slack.wait_for(lambda: any("cannot tell" in said(seen) for seen in bot.slack.sees("ana", SPRING)))


async def test_a_private_code_whose_picture_slack_cannot_fetch_comes_by_direct_message(bot: World) -> None:
    bot.slack.response_urls.uses = 0
    bot.faults.arm("slack_error", where="chat.postEphemeral", error="invalid_blocks")
    await bot.slack.command("ana", SPRING, "temp 111 --private")
    direct = bot.slack.dm("ana").id
    await bot.slack.wait_for(lambda: files_in(bot, "ana", direct) == ["wxqr-111.jpg"])


async def test_one_refresh_forces_one_token_however_often_its_answer_is_tried(bot: World) -> None:
    bot.faults.arm("slack_429", times=4, where="response_url", retry_after=0)
    bot.clock.advance(0)
    await bot.slack.command("li.wei", SPRING, "refresh")
    await bot.slack.wait_for(lambda: bot.slack.sees("li.wei", SPRING))
    assert "1 / 20" in said(bot.slack.sees("li.wei", SPRING)[-1])


async def test_a_click_that_cannot_be_written_down_is_refused_to_whoever_pressed(bot: World, tmp_path: Path) -> None:
    code = await ask(bot, "ana", SPRING, "temp 111")
    with closing(sqlite3.connect(tmp_path / "wxqr.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        delivery = await bot.slack.click("ana", code.ts, "SVG")
        other.execute("rollback")
    assert delivery.error is None
    await bot.slack.wait_for(lambda: any("did not take this on" in said(m) for m in bot.slack.sees("ana", SPRING)))


async def test_an_expired_code_is_not_posted_after_a_long_wait_for_slack(bot: World) -> None:
    bot.faults.arm("slack_drop_before", times=None, where="files.getUploadURLExternal")
    await bot.slack.command("ana", SPRING, "temp 111 --ttl 5m")
    await until(lambda: bot.slack.count("files.getUploadURLExternal"))
    bot.clock.advance(600)
    bot.faults.clear()
    await bot.slack.wait_for(lambda: files_in(bot, "ana", SPRING))
    assert bot.wechat.count(CREATE) == 2


async def test_a_permanent_code_there_is_comes_back_while_no_access_token_can_be_had(bot: World) -> None:
    await ask(bot, "ana", SPRING, "perm campaign-x")
    bot.faults.arm("ip_not_allowed", times=None)
    bot.clock.advance(7300)
    assert (await ask(bot, "ben", SPRING, "perm campaign-x")).files
