"""What people type and what they get: the whole way, over real HTTP."""

import asyncio
import json

import pytest

from bot.pictures import qr
from bot.sandbox.world import World
from tests.conversations.talk import ask, buttons, click, files_in, picture, said

SPRING = "#campaign-spring"
CREATE = "/cgi-bin/qrcode/create"


async def test_a_temporary_code_appears_in_the_channel_for_everybody(bot: World) -> None:
    code = await ask(bot, "ana", SPRING, "temp 111")
    assert code.ephemeral_to is None
    assert code in bot.slack.sees("ben", SPRING)
    assert "Temporary code for scene `111`" in said(code)
    assert "<@U0SBANA01>" in said(code)


async def test_the_posted_picture_is_wechats_own_and_decodes_to_the_url_wechat_returned(bot: World) -> None:
    code = await ask(bot, "ana", SPRING, "temp 111")
    (file,) = code.files
    assert file.mimetype == "image/jpeg"
    decoded = qr.decode(picture(code))
    assert decoded is not None
    assert decoded.startswith("http://weixin.qq.com/q/")
    assert "decoded and verified" in said(code)


@pytest.mark.parametrize(
    "typed",
    [
        "temp 111 --ttl 7d --name “Front desk”",
        "ｔｅｍｐ　１１１　——ttl　７天　——name　“Front desk”",
        "temp 111 ttl=7d name='Front desk'",
        'TEMP 111 —ttl 7d —name "Front desk"',
        "临时 111 --ttl 1w --name 「Front desk」",
    ],
)
async def test_what_hurried_colleagues_type_is_understood(bot: World, typed: str) -> None:
    code = await ask(bot, "ana", SPRING, typed)
    assert "*Front desk*" in said(code)
    (live,) = [c for c in bot.wechat.calls if c.path == CREATE]
    body = json.loads(live.body)
    assert body["expire_seconds"] == 7 * 86400
    assert body["action_info"] == {"scene": {"scene_id": 111}}


async def test_how_long_a_code_lives_is_asked_back_where_the_unit_is_missing(bot: World) -> None:
    asked_back = await ask(bot, "ana", SPRING, "temp 111 --ttl 90")
    assert "90 what? Write 90m, 90h or 90s." in said(asked_back)
    assert bot.wechat.count(CREATE) == 0
    await click(bot, "ana", SPRING, asked_back, "/wxqr temp 111 --ttl 90h")
    (call,) = [call for call in bot.wechat.calls if call.path == CREATE]
    assert json.loads(call.body)["expire_seconds"] == 90 * 3600


async def test_an_option_without_its_hyphens_is_told_from_a_scene_nobody_knows(bot: World) -> None:
    await ask(bot, "ana", SPRING, "temp campaign-x")
    refusal = await ask(bot, "ana", SPRING, "stats campaign-x by hour")
    assert "Did you mean `--by hour`?" in said(refusal)
    assert "No code was ever made" not in said(refusal)
    shown = await click(bot, "ana", SPRING, refusal, "/wxqr stats campaign-x --by hour")
    assert "14 days" in said(shown)
    assert "No code was ever made here for scene `poster`" in said(await ask(bot, "ana", SPRING, "stats poster"))
    await ask(bot, "ana", SPRING, "temp week")
    assert "I do not know" not in said(await ask(bot, "ana", SPRING, "stats week"))


async def test_a_permanent_scene_is_minted_once_however_often_it_is_asked_for(bot: World) -> None:
    first = await ask(bot, "ana", SPRING, "perm campaign-x")
    second = await ask(bot, "wang.fang", "#general", "perm campaign-x")
    assert qr.decode(picture(first)) == qr.decode(picture(second))
    assert bot.wechat.count(CREATE) == 1
    assert "<@U0SBANA01>" in said(second)


async def test_twenty_people_asking_at_once_for_a_permanent_scene_get_one_code(bot: World) -> None:
    people = ["ana", "ben", "li.wei", "wang.fang", "chen.jie"] * 4
    await asyncio.gather(*(bot.slack.command(person, SPRING, "perm campaign-x") for person in people))
    await bot.slack.wait_for(lambda: len(files_in(bot, "ana", SPRING)) == 20, timeout=20)
    contents = {qr.decode(picture(message)) for message in bot.slack.sees("ana", SPRING) if message.files}
    assert len(contents) == 1
    assert bot.wechat.count(CREATE) == 1


async def test_without_a_scene_each_gets_the_next_free_number(bot: World) -> None:
    first = await ask(bot, "ana", SPRING, "temp")
    second = await ask(bot, "ben", "#general", "temp")
    assert "`500000000`" in said(first)
    assert "`500000001`" in said(second)


async def test_a_scene_that_is_live_elsewhere_is_said_with_a_way_to_see_it_or_to_mint_anyway(bot: World) -> None:
    await ask(bot, "ana", SPRING, "temp 111 --name Stand")
    refusal = await ask(bot, "ben", "#general", "temp 111 --ttl 2h")
    assert refusal.ephemeral_to == "U0SBBEN02"
    assert "<@U0SBANA01>" in said(refusal)
    assert "<#C0SBSPRING1>" in said(refusal)
    assert buttons(refusal) == ["Show it", "Mint anyway"]
    code = await click(bot, "ben", "#general", refusal, "Mint anyway")
    assert code.files
    assert bot.wechat.count(CREATE) == 2


async def test_show_it_shows_the_picture_and_where_it_came_from_to_the_asker_alone(bot: World) -> None:
    await ask(bot, "ana", SPRING, "temp 111 --name Stand")
    shown = await ask(bot, "ben", "#general", "show 111")
    assert shown.ephemeral_to == "U0SBBEN02"
    assert shown.via == "command reply"
    assert "showqrcode?ticket=" in said(shown)
    for fact in ("Stand", "<@U0SBANA01>", "<#C0SBSPRING1>", "<!date^"):
        assert fact in said(shown)
    posted = await click(bot, "ben", "#general", shown, "Post to the channel")
    assert posted.files


async def test_private_codes_are_seen_by_the_asker_only(bot: World) -> None:
    code = await ask(bot, "ana", SPRING, "temp 111 --private")
    assert code.ephemeral_to == "U0SBANA01"
    assert "showqrcode?ticket=" in said(code)
    assert not files_in(bot, "ben", SPRING)


async def test_renew_mints_a_new_generation_with_the_name_and_lifetime_of_the_old(bot: World) -> None:
    code = await ask(bot, "ana", SPRING, "temp 111 --ttl 2h --name Stand")
    renewed = await click(bot, "ben", SPRING, code, "Renew")
    assert "*Stand*" in said(renewed)
    assert "Generation 2" in said(renewed)
    assert qr.decode(picture(renewed)) != qr.decode(picture(code))
    asked = [json.loads(call.body)["expire_seconds"] for call in bot.wechat.calls if call.path == CREATE]
    assert asked == [7200, 7200]


async def test_a_permanent_code_is_not_renewed(bot: World) -> None:
    await ask(bot, "ana", SPRING, "perm campaign-x")
    assert "never ends" in said(await ask(bot, "ana", SPRING, "renew campaign-x"))


@pytest.mark.parametrize(
    ("button", "filename", "start"),
    [("SVG", "wxqr-111.svg", b"<?xml"), ("PDF", "wxqr-111.pdf", b"%PDF"), ("Large PNG", "wxqr-111.png", b"\x89PNG")],
)
async def test_print_files_come_into_the_thread_of_the_code(
    bot: World, button: str, filename: str, start: bytes
) -> None:
    code = await ask(bot, "ana", SPRING, "temp 111")
    answer = await click(bot, "ben", SPRING, code, button)
    (file,) = answer.files
    assert file.name == filename
    assert picture(answer).startswith(start)
    assert answer.thread_ts == code.ts


async def test_the_list_is_paged_in_place_and_searched(bot: World) -> None:
    for number in range(10):
        await ask(bot, "ana", SPRING, f"temp poster-{number}")
    first = await ask(bot, "ben", SPRING, "list poster")
    assert "Found: 10" in said(first)
    assert buttons(first) == ["Next"]
    second = await click(bot, "ben", SPRING, first, "Next")
    assert second.ts == first.ts
    assert buttons(second) == ["Previous"]
    assert "Page 2 of 2" in said(second)
    assert "Nothing found" in said(await ask(bot, "ben", SPRING, "list mine"))
    assert "Found: 1." in said(await ask(bot, "ana", SPRING, "list temp poster-3"))


async def test_status_tells_what_on_call_needs_and_never_the_token(bot: World) -> None:
    await ask(bot, "ana", SPRING, "temp 111")
    status = await ask(bot, "ana", SPRING, "status")
    for fact in ("Access token", "left", "/cgi-bin/stable_token", "Quota today", "Callback", "Scheduler", "Database"):
        assert fact in said(status)
    token = bot.wechat.fetch_stable_token(force=False)[0]
    assert token not in said(status)


async def test_only_operators_force_a_refresh_and_not_twice_within_thirty_seconds(bot: World) -> None:
    assert "for operators" in said(await ask(bot, "ana", "#general", "refresh"))
    assert "强制刷新" in said(await ask(bot, "li.wei", "#general", "refresh"))
    assert "秒" in said(await ask(bot, "li.wei", "#general", "refresh"))
    bot.clock.advance(31)
    assert "2 / 20" in said(await ask(bot, "li.wei", "#general", "refresh"))


async def test_groups_are_the_accounts_tags_with_their_sizes(bot: World) -> None:
    groups = await ask(bot, "ana", "#general", "groups")
    assert "*春季活动* · 36" in said(groups)
    assert groups.ephemeral_to


@pytest.mark.parametrize("typed", ["", "help", "HELP", "帮助"])
async def test_help_names_every_command(bot: World, typed: str) -> None:
    told = said(await ask(bot, "ana", "#general", typed))
    for command in ("temp", "perm", "renew", "show", "draw", "list", "status", "refresh", "groups", "help"):
        assert f"/wxqr {command}" in told


async def test_a_near_miss_is_one_click_from_what_was_meant(bot: World) -> None:
    refusal = await ask(bot, "ana", SPRING, "prem campaign-x")
    assert "Did you mean `perm`?" in said(refusal)
    code = await click(bot, "ana", SPRING, refusal, "/wxqr perm campaign-x")
    assert code.files


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("temp 0", "0 cannot be a scene"),
        ("perm 100001", "from 1 to 100000"),
        ("perm", "SCENE is missing"),
        ("temp 111 --ttl 31d", "30 days"),
        ("temp 111 --ttl", "`--ttl` needs a value, such as 30m, 12h or 7d."),
        ("temp 场景", "cannot be a scene"),
        ("temp 111 7d", "Did you mean `--ttl 7d`"),
        ("temp 111 --tll 7d", "Did you mean `--ttl`"),
        ('temp 111 --name "open', "never closed"),
        ("show nothing", "No code was ever made"),
        ("temp --account nobody", "no official account"),
        ("perm " + "x" * 65, "at most 64"),
        ("frobnicate", "no command"),
    ],
)
async def test_what_cannot_be_done_is_explained_to_the_caller_alone(bot: World, typed: str, told: str) -> None:
    refusal = await ask(bot, "ana", SPRING, typed)
    assert told in said(refusal)
    assert refusal.ephemeral_to == "U0SBANA01"
    assert bot.wechat.count(CREATE) == 0


async def test_each_reads_their_own_language_and_the_channel_reads_the_bots(bot: World) -> None:
    assert "二维码" in said(await ask(bot, "wang.fang", "#general", "help"))
    assert "QR codes" in said(await ask(bot, "ana", "#general", "help"))
    assert "Temporary code" in said(await ask(bot, "wang.fang", SPRING, "temp 111"))


async def test_where_the_bot_is_no_member_it_shows_the_picture_and_says_how_to_invite_it(bot: World) -> None:
    shown = await ask(bot, "ana", "#random", "temp 111")
    assert shown.ephemeral_to is None
    assert "showqrcode?ticket=" in said(shown)
    assert "/invite @wxqr" in said(shown)


async def test_the_buttons_of_a_code_mean_that_code_whatever_else_its_scene_has(bot: World) -> None:
    lasting = await ask(bot, "ana", SPRING, "perm 111")
    code = await ask(bot, "ana", SPRING, "temp 111")
    drawn = await click(bot, "ana", SPRING, code, "Large PNG")
    assert qr.decode(picture(drawn)) == qr.decode(picture(code)) != qr.decode(picture(lasting))
    assert "Generation 2" in said(await click(bot, "ana", SPRING, code, "Renew"))


async def test_renewing_what_is_live_elsewhere_or_by_another_is_asked_about_when_it_is_typed(bot: World) -> None:
    await ask(bot, "ana", SPRING, "temp 111 --private")
    assert "is live already" in said(await ask(bot, "ben", "#general", "renew 111"))


async def test_a_private_code_is_shown_again_with_its_picture(bot: World) -> None:
    await ask(bot, "ana", SPRING, "temp 111 --private")
    assert "showqrcode?ticket=" in said(await ask(bot, "ana", SPRING, "show 111"))


async def test_an_expired_code_is_shown_as_expired(bot: World) -> None:
    await ask(bot, "ana", SPRING, "temp 111 --ttl 5m")
    bot.clock.advance(301)
    shown = await ask(bot, "ana", SPRING, "show 111")
    assert "has expired" in said(shown)
    assert buttons(shown) == ["Renew"]


async def test_a_code_in_a_direct_message_is_in_its_readers_language(bot: World) -> None:
    await ask(bot, "li.wei", SPRING, "help")
    direct = bot.slack.dm("li.wei").id
    assert "临时" in said(await ask(bot, "li.wei", direct, "temp 111"))


async def test_the_command_may_be_typed_twice_as_a_page_that_begins_with_it_invites(bot: World) -> None:
    assert (await ask(bot, "ana", SPRING, "/wxqr temp 111")).files
