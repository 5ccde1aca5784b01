"""What the bot says is true: for each command, in each state, in both languages."""

from pathlib import Path

import pytest

from bot.sandbox.world import Door, World, with_bot
from handlers import subcommands
from tests.conversations.talk import ask, buttons, click, said, until

SPRING = "#campaign-spring"
CREATE = "/cgi-bin/qrcode/create"
TOKEN = "/cgi-bin/stable_token"
QUOTA = "/cgi-bin/openapi/quota/get"


async def explained(bot: World, person: str, command: str) -> str:
    """Return the usage that `help` gives for a command; every Chinese or English name of it has the same."""
    message = await ask(bot, person, SPRING, f"help {command}")
    return str(message.blocks[0]["text"]["text"])


@pytest.mark.parametrize(("typed", "name"), [("临时", "temp"), ("下載", "draw"), ("TEMP", "temp"), ("帮助", "help")])
async def test_help_explains_a_command_by_any_name_it_is_called_by(bot: World, typed: str, name: str) -> None:
    assert await explained(bot, "ana", typed) == await explained(bot, "ana", name)


@pytest.mark.parametrize(("person", "text"), [("ana", "Welcome! Here is"), ("wang.fang", "欢迎关注")])
async def test_an_example_with_a_text_is_in_the_readers_language(bot: World, person: str, text: str) -> None:
    assert f'--text \\"{text}' in said(await ask(bot, person, SPRING, "help reply"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stats Campaign-X other", "stats campaign-x other"),
        ("show Campaign-X", "show campaign-x"),
        ("watch Campaign-X", "watch campaign-x"),
    ],
)
async def test_a_scene_that_is_nearly_one_is_offered_with_the_same_command(bot: World, typed: str, meant: str) -> None:
    await ask(bot, "ana", SPRING, "temp campaign-x")
    refusal = await ask(bot, "ana", SPRING, typed)
    assert "Did you mean `campaign-x`?" in said(refusal)
    assert f"/wxqr {meant}" in buttons(refusal)


async def test_help_for_what_is_nearly_a_command_offers_that_of_the_command(bot: World) -> None:
    nearly = await ask(bot, "ana", SPRING, "help stat")
    assert "There is no command `stat`. Did you mean `stats`?" in said(nearly)
    shown = await click(bot, "ana", SPRING, nearly, "/wxqr help stats")
    assert "/wxqr stats [SCENE …]" in said(shown)


async def test_help_for_a_command_nobody_knows_offers_help(bot: World) -> None:
    refusal = await ask(bot, "ana", SPRING, "help me")
    assert "There is no command `me`." in said(refusal)
    assert "/wxqr temp [SCENE]" in said(await click(bot, "ana", SPRING, refusal, "/wxqr help"))


async def test_chinese_help_gives_a_chinese_name_for_every_command(bot: World) -> None:
    told = said(await ask(bot, "wang.fang", SPRING, "help"))
    listed = told.split("命令也可以用中文：")[1].split("。")[0].split("、")
    by_chinese_name = [await explained(bot, "wang.fang", name) for name in listed]
    assert sorted(by_chinese_name) == sorted([await explained(bot, "wang.fang", name) for name in subcommands()])


@pytest.mark.parametrize(
    ("person", "posted", "where"),
    [("ana", "files for print are posted", "thread"), ("wang.fang", "印刷文件会发到频道", "消息列")],
)
async def test_help_says_that_print_files_are_posted_and_where(
    bot: World, person: str, posted: str, where: str
) -> None:
    told = said(await ask(bot, person, SPRING, "help"))
    assert posted in told
    assert where in said(await ask(bot, person, SPRING, "help draw"))


async def test_groups_say_that_the_largest_are_shown_where_there_are_too_many(bot: World) -> None:
    for number in range(1, 61):
        bot.wechat.tags.create(f"group {number}").count = 100 + number
    told = said(await ask(bot, "ana", SPRING, "groups"))
    assert "The 45 largest of 66 are shown." in told
    assert "*group 60* · 160" in told
    assert "*group 15*" not in told


async def test_groups_that_are_all_shown_have_no_such_note(bot: World) -> None:
    assert "largest" not in said(await ask(bot, "ana", SPRING, "groups"))


async def test_help_for_groups_tells_their_true_order(bot: World) -> None:
    assert "largest first" in said(await ask(bot, "ana", SPRING, "help groups"))
    assert "从多到少" in said(await ask(bot, "wang.fang", SPRING, "help groups"))


async def test_without_a_token_status_says_why_once_and_nothing_that_could_not_be_asked(
    world: World, door: Door, tmp_path: Path
) -> None:
    world.faults.arm("ip_not_allowed", times=None, where=TOKEN)  # before the bot can fetch one at its start
    async with with_bot(world, door, tmp_path / "wxqr.db"):
        told = said(await ask(world, "ana", SPRING, "status"))
    assert told.count("is not on the allow-list") == 1
    assert "*Last failure*" in told
    assert "errcode 40164" in told
    assert "Quota" not in told
    assert "Callback" not in told


async def test_a_failure_that_is_over_is_still_explained_by_status(bot: World) -> None:
    assert "The access token lives." in said(await ask(bot, "ana", SPRING, "status"))
    bot.wechat.revoke_tokens()
    bot.faults.arm("ip_not_allowed", times=None, where=TOKEN)
    assert "WeChat refuses the access token" in said(await ask(bot, "ana", SPRING, "status"))
    bot.faults.clear()
    told = said(await ask(bot, "ana", SPRING, "status"))
    assert "The access token lives" in told
    assert told.count("is not on the allow-list") == 1


async def test_a_quota_that_is_not_known_is_said_with_its_path(bot: World) -> None:
    bot.faults.arm("errcode", times=None, where=QUOTA, code=76022)
    told = said(await ask(bot, "ana", SPRING, "status"))
    for path in (CREATE, TOKEN, "/cgi-bin/token"):
        assert f"*Quota today* `{path}`: not known." in told


async def test_status_is_not_green_where_the_next_token_cannot_be_had(bot: World) -> None:
    await ask(bot, "li.wei", SPRING, "refresh")
    bot.clock.advance(31)
    bot.faults.arm("ip_not_allowed", times=None, where=TOKEN)
    await ask(bot, "li.wei", SPRING, "refresh")
    assert "The access token lives, but something below needs you" in said(await ask(bot, "ana", SPRING, "status"))
    bot.faults.clear()
    bot.clock.advance(31)
    await ask(bot, "li.wei", SPRING, "refresh")
    assert "The access token lives." in said(await ask(bot, "ana", SPRING, "status"))


async def test_by_http_status_claims_no_connection_to_slack(bot: World) -> None:
    told = said(await ask(bot, "ana", SPRING, "status"))
    assert "*Slack*: calls by HTTP" in told
    assert "connected" not in told


async def test_in_socket_mode_status_says_so(world: World, door: Door, tmp_path: Path) -> None:
    world.slack.request_url = None
    async with with_bot(world, door, tmp_path / "wxqr.db", SLACK_APP_TOKEN=world.slack.app_token):
        await until(lambda: world.slack.sockets.count)
        assert "*Slack*: connected by Socket Mode" in said(await ask(world, "ana", SPRING, "status"))


async def test_a_search_counts_what_it_found_whether_or_not_it_is_known_to_live(bot: World) -> None:
    await ask(bot, "ana", SPRING, "temp poster-1")
    await ask(bot, "ana", SPRING, "temp stand-1")
    bot.faults.arm("drop_after", where=CREATE)
    await ask(bot, "ana", SPRING, "perm poster-2")
    told = said(await ask(bot, "ana", SPRING, "list poster"))
    assert "Found: 2." in told
    assert "Live codes" not in told
    assert "有效" not in said(await ask(bot, "wang.fang", SPRING, "list perm"))


async def test_an_address_that_wechat_does_not_name_leaves_no_gap_in_the_sentence(bot: World) -> None:
    bot.wechat.revoke_tokens()
    bot.faults.arm("errcode", times=None, where=TOKEN, code=40164, errmsg="invalid ip, not in whitelist rid: 1-2-3")
    for person, told in (("ana", "IP allow-list"), ("wang.fang", "IP白名单")):
        refusal = said(await ask(bot, person, SPRING, "temp 111"))
        assert "``" not in refusal
        assert told in refusal


@pytest.mark.parametrize("errcode", [45035, 61004])
async def test_an_unregistered_address_is_named_with_the_place_to_add_it(bot: World, errcode: int) -> None:
    errmsg = "access clientip is not registered hint: [a] requestIP: 203.0.113.9"
    bot.faults.arm("errcode", times=None, where=CREATE, code=errcode, errmsg=errmsg)
    refusal = said(await ask(bot, "ana", SPRING, "temp 111"))
    assert "add `203.0.113.9`" in refusal
    assert f"errcode {errcode}" in refusal


@pytest.mark.parametrize(("errcode", "told"), [(89501, "waits for"), (89506, "24 hours"), (89507, "one hour")])
async def test_an_address_the_administrator_has_not_confirmed_is_said_with_how_long_to_wait(
    bot: World, errcode: int, told: str
) -> None:
    bot.wechat.revoke_tokens()
    bot.faults.arm("errcode", times=None, where=TOKEN, code=errcode)
    refusal = said(await ask(bot, "ana", SPRING, "temp 111"))
    assert told in refusal
    assert "administrator" in refusal


async def test_an_account_that_may_not_call_an_api_hears_of_qr_codes_only_where_it_asked_for_one(bot: World) -> None:
    bot.faults.arm("unauthorized", times=None)
    assert "may not make QR codes" in said(await ask(bot, "ana", SPRING, "temp 111"))
    groups = said(await ask(bot, "ana", SPRING, "groups"))
    assert "may not call this WeChat API" in groups
    assert "QR code" not in groups


async def test_a_silent_wechat_is_not_said_to_have_made_nothing(bot: World) -> None:
    await ask(bot, "ana", SPRING, "status")
    bot.faults.arm("http_502", times=None)
    for command in ("groups", "temp 111"):
        refusal = said(await ask(bot, "ana", SPRING, command))
        assert "no answer that I could use" in refusal
        assert "made" not in refusal
