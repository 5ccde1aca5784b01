"""What people decide in Slack, and what the scanner of a code then reads in WeChat: the whole way, over real HTTP."""

from pathlib import Path

import pytest

from bot.model import DAY
from bot.sandbox.slack import Message
from bot.sandbox.slack.views import View
from bot.sandbox.wechat.phone import Phone
from bot.sandbox.world import World
from tests.conversations.talk import SPRING, ask, asked, buttons, click, code_of, said

SEND = "/cgi-bin/message/custom/send"
ARTICLE = '--title "Spring sale" --picture https://example.com/p.jpg --link https://example.com/sale'


async def decide(world: World, typed: str) -> Message:
    """Let an operator decide for one scene."""
    return await ask(world, "li.wei", SPRING, typed)


async def let_hold(world: World, typed: str) -> Message:
    """Decide for many codes: see it first, then let it hold."""
    return await click(world, "li.wei", SPRING, await ask(world, "li.wei", SPRING, typed), "确认生效")


async def read(phone: Phone, code: str) -> list[str]:
    """Scan a code and return the texts of the answer that comes at once."""
    push = await phone.scan(code)
    assert (push.fate, push.fault) == ("answered", "")
    return [push.reply.text] if push.reply else []


async def received(world: World, phone: Phone, count: int) -> list[str]:
    """Return the texts that somebody has in WeChat once there are `count`."""
    await world.wechat.wait_for(lambda: len(phone.received) >= count)
    return [message.text or message.articles[0].title for message in phone.received]


async def form_of(world: World, person: str, shown: Message, button: str) -> View:
    await world.slack.click(person, shown.ts, button)
    return (await world.slack.wait_for(lambda: world.slack.modals(person)))[0]


def begun(form: View) -> dict[str, str]:
    """Return what the inputs of a form hold before anybody touches them."""
    held = {block["block_id"]: block["element"].get("initial_value", "") for block in form.payload["blocks"]}
    return {name: value for name, value in held.items() if value}


async def test_who_scans_reads_chinese_as_it_was_typed(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    text = "你好，欢迎！买一送一（限今天）：点击“领取”按钮"
    await ask(bot, "ana", SPRING, f"回复 spring --text {text}")
    assert await read(bot.wechat.phone(), spring) == [text]


async def test_who_scans_reads_what_was_decided_in_slack(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    phone = bot.wechat.phone()
    assert await read(phone, spring) == []
    bot.slack.should_escape = True
    text = 'Hello & <welcome>! 1 < 2: <a href="https://example.com/?a=1&b=2">here</a>'
    await ask(bot, "ana", SPRING, f"reply spring --text '{text}'")
    assert await read(bot.wechat.phone(), spring) == [text]
    assert await read(phone, spring) == [text]


async def test_newcomers_and_followers_may_read_different_texts(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    shown = await ask(bot, "ana", SPRING, "reply spring --text “Hello!” --followers “Welcome back!”")
    assert ["Hello!" in said(shown), "Welcome back!" in said(shown)] == [True, True]
    phone = bot.wechat.phone()
    assert [await read(phone, spring) for _ in range(2)] == [["Hello!"], ["Welcome back!"]]
    await ask(bot, "ana", SPRING, "reply spring --text Hello --followers none")
    assert await read(phone, spring) == []


async def test_a_picture_that_opens_a_page_is_sent_as_one(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, f'reply spring {ARTICLE} --text "Only today"')
    push = await bot.wechat.phone().scan(spring)
    assert push.reply is not None
    (article,) = push.reply.articles
    assert (article.title, article.description) == ("Spring sale", "Only today")
    assert (article.picture_url, article.url) == ("https://example.com/p.jpg", "https://example.com/sale")


async def test_further_messages_follow_within_a_minute_in_their_order_and_once(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, "reply spring --text one --more two --more three --more four")
    phone = bot.wechat.phone()
    await phone.scan(spring)
    assert await received(bot, phone, 4) == ["one", "two", "three", "four"]
    assert [message.by for message in phone.received] == ["reply", "custom", "custom", "custom"]


async def test_a_push_that_is_repeated_gets_the_same_answer_and_no_second_further_message(
    bot: World, tmp_path: Path
) -> None:
    spring = await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, "reply spring --text one --more two")
    bot.faults.arm("push_thrice")
    push = await (phone := bot.wechat.phone()).scan(spring)
    assert len({attempt.status for attempt in push.attempts}) == 1
    assert len(push.attempts) == 3
    await received(bot, phone, 2)
    await bot.wechat.wait_for(lambda: asked(tmp_path / "wxqr.db", "select count(*) from errands") == 0)
    assert bot.wechat.count(SEND) == 1


@pytest.mark.parametrize("fault", ["busy", "quota_used_up", "drop_after"])
async def test_a_further_message_is_delivered_or_lost_but_never_twice(bot: World, tmp_path: Path, fault: str) -> None:
    spring = await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, "reply spring --text one --more two")
    bot.faults.arm(fault, where=SEND)
    phone = bot.wechat.phone()
    await phone.scan(spring)
    await bot.wechat.wait_for(lambda: bot.wechat.count(SEND) >= (2 if fault == "busy" else 1))
    await bot.wechat.wait_for(lambda: asked(tmp_path / "wxqr.db", "select count(*) from errands") == 0)
    await phone.scan(spring)
    assert (await received(bot, phone, 4 - (fault == "quota_used_up"))).count("two") <= 2


async def test_who_has_unfollowed_meanwhile_gets_no_further_message(bot: World, tmp_path: Path) -> None:
    spring = await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, "reply spring --text one --more two")
    phone = bot.wechat.phone()
    await phone.scan(spring)
    await phone.unfollow()
    await bot.wechat.wait_for(lambda: asked(tmp_path / "wxqr.db", "select count(*) from errands") == 0)
    assert "two" not in [message.text for message in phone.received]


async def test_the_scenes_own_welcome_comes_before_that_of_many_and_that_before_the_default(bot: World) -> None:
    codes = {scene: await code_of(bot, f"temp {scene}") for scene in ("activity_a", "activity_b", "other")}
    for pattern, text in {"*": "everybody", "activity_*": "activity", "activity_a": "a"}.items():
        await (let_hold if "*" in pattern else decide)(bot, f"reply {pattern} --text {text}")
    phone = bot.wechat.phone()
    assert [await read(phone, url) for url in codes.values()] == [["a"], ["activity"], ["everybody"]]
    push = await bot.wechat.phone().follow()
    assert push.reply is not None
    assert push.reply.text == "everybody"


async def test_what_is_typed_alone_shows_what_the_scanner_gets_now(bot: World) -> None:
    await code_of(bot, "temp spring")
    nothing = await ask(bot, "ben", SPRING, "reply spring")
    assert "was never written" in said(nothing)
    assert buttons(nothing) == ["Write one"]
    await ask(bot, "ana", SPRING, 'reply spring --text "Hello *you*"')
    shown = await ask(bot, "ben", SPRING, "reply spring")
    for fact in ("version 1", "<@U0SBANA01>", "<!date^", "```\\nHello *you*\\n```", "reads the same"):
        assert fact in said(shown)
    assert shown.ephemeral_to == "U0SBBEN02"
    assert buttons(shown) == ["Edit", "Remove"]


async def test_while_a_scene_has_none_the_more_general_welcome_is_shown(bot: World) -> None:
    await code_of(bot, "temp activity_a")
    await let_hold(bot, 'reply activity_* --text "For all activities"')
    shown = said(await ask(bot, "ana", SPRING, "reply activity_a"))
    assert "the welcome of `activity_*` serves" in shown
    assert "For all activities" in shown


async def test_all_welcomes_of_an_account_are_listed(bot: World) -> None:
    assert "No code of this account has a welcome" in said(await ask(bot, "ana", SPRING, "reply"))
    await let_hold(bot, "reply activity_* --text One")
    await decide(bot, "reply elsewhere --text Two")
    listed = said(await ask(bot, "ana", SPRING, "reply"))
    assert "Welcomes of this account: 2" in listed
    assert "`activity_*` · One" in listed


async def test_operators_may_give_a_welcome_to_a_scene_that_was_made_elsewhere_and_it_is_said(bot: World) -> None:
    foreign = bot.wechat.codes.mint_elsewhere("foreign")
    assert "没有为这个场景值生成过二维码" in said(await decide(bot, "reply foreign --text Hello"))
    assert await read(bot.wechat.phone(), foreign.url) == ["Hello"]
    assert "No code of this scene" not in said(await ask(bot, "ben", SPRING, "reply foreign"))
    assert "belongs to <@U0SBLIWEI4>" in said(await ask(bot, "ana", SPRING, "reply foreign --text Mine"))


@pytest.mark.parametrize("typed", ["reply foreign --text Mine", "tag foreign VIP", "tag foreign --off"])
async def test_what_the_scanners_of_nobodys_scene_get_is_for_operators(bot: World, typed: str) -> None:
    foreign = bot.wechat.codes.mint_elsewhere("foreign")
    assert "Only an operator can set a reply or a tag for it." in said(await ask(bot, "ben", SPRING, typed))
    assert await read(bot.wechat.phone(), foreign.url) == []


async def test_a_slip_in_a_scene_is_mended_by_a_button_with_the_same_command(bot: World) -> None:
    await code_of(bot, "temp spring")
    refusal = await ask(bot, "ana", SPRING, "reply sprinf --text Hello")
    assert "No code was ever made here for scene `sprinf`" in said(refusal)
    (meant,) = buttons(refusal)
    assert "reply spring --text Hello" in meant
    assert "Hello" in said(await click(bot, "ana", SPRING, refusal, meant))


async def test_only_the_owner_and_operators_change_what_a_codes_scanners_read(bot: World) -> None:
    await code_of(bot, "temp spring")
    refusal = await ask(bot, "ben", SPRING, "reply spring --text Mine")
    assert "belongs to <@U0SBANA01>" in said(refusal)
    assert "第 1 版" in said(await ask(bot, "li.wei", SPRING, "reply spring --text Ours"))
    assert "version 2" in said(await ask(bot, "ana", SPRING, "reply spring --text Ours!"))


@pytest.mark.parametrize("pattern", ["activity_*", "*"])
async def test_only_operators_decide_for_many_codes(bot: World, pattern: str) -> None:
    assert "only operators" in said(await ask(bot, "ana", SPRING, f"reply {pattern} --text Hello"))
    draft = await ask(bot, "li.wei", SPRING, f"reply {pattern} --text Hello")
    assert "only operators" in said(await ask(bot, "ana", SPRING, f"reply {pattern} --draft 1"))
    assert "第 1 版" in said(await click(bot, "li.wei", SPRING, draft, "确认生效"))


@pytest.mark.parametrize("pattern", ["activity_*", "*"])
async def test_what_is_decided_for_many_codes_is_shown_first_and_holds_once_somebody_says_so(
    bot: World, pattern: str
) -> None:
    code_ = await code_of(bot, "temp activity_a")
    long = "好" * 600 + "."
    draft = await ask(bot, "li.wei", SPRING, f"reply {pattern} --text {long} --more {long} --more {long} --more {long}")
    assert ["尚未生效" in said(draft), long in said(draft)] == [True, True]
    assert buttons(draft) == ["确认生效", "修改"]
    phone = bot.wechat.phone()
    assert await read(phone, code_) == []
    assert "第 1 版" in said(await click(bot, "li.wei", SPRING, draft, "确认生效"))
    assert await read(phone, code_) == [long]


async def test_a_draft_that_was_filled_in_is_shown_first_too_and_can_be_edited(bot: World) -> None:
    draft = await ask(bot, "li.wei", SPRING, "reply * --text one --followers two")
    form = await form_of(bot, "li.wei", draft, "修改")
    assert begun(form) == {"pattern": "*", "text": "one", "followers": "two"}
    await bot.slack.submit(form.id, {"text": "three"})
    await bot.slack.wait_for(lambda: "three" in said(bot.slack.sees("li.wei", SPRING)[-1]), timeout=20)
    again = bot.slack.sees("li.wei", SPRING)[-1]
    assert "尚未生效" in said(again)
    await click(bot, "li.wei", SPRING, again, "确认生效")
    push = await bot.wechat.phone().follow()
    assert push.reply is not None
    assert push.reply.text == "three"


async def test_taking_the_welcome_of_many_codes_away_asks_first_when_it_is_typed_and_once_by_its_button(
    bot: World,
) -> None:
    held = await let_hold(bot, "reply * --text one")
    phone = bot.wechat.phone()
    draft = await ask(bot, "li.wei", SPRING, "reply * --off")
    assert "尚未生效* · 取消扫码回复" in said(draft)
    assert await read(phone, await code_of(bot, "temp spring")) == ["one"]
    gone = await click(bot, "li.wei", SPRING, held, "取消回复")
    assert "取消" in said(gone)
    assert (await bot.wechat.phone().follow()).reply is None
    assert "第 3 版" in said(await click(bot, "li.wei", SPRING, gone, "撤销上次修改"))


async def test_a_draft_that_is_forgotten_cannot_hold(bot: World) -> None:
    old = await ask(bot, "li.wei", SPRING, "reply * --text one")
    bot.clock.advance(31 * DAY)
    await ask(bot, "li.wei", SPRING, "reply * --text two")
    assert "草稿已不在" in said(await click(bot, "li.wei", SPRING, old, "确认生效"))


async def test_what_could_be_read_of_a_mistake_stands_in_the_form(bot: World) -> None:
    await code_of(bot, "temp spring")
    refusal = await ask(bot, "ana", SPRING, "reply spring --title Sale --text Hello")
    assert begun(await form_of(bot, "ana", refusal, "Fill in a form")) == {"pattern": "spring", "text": "Hello"}


async def test_the_form_begins_with_what_there_is_and_keeps_line_breaks(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    shown = await ask(bot, "ana", SPRING, f"reply spring {ARTICLE} --text Today --more one --more two --followers none")
    form = await form_of(bot, "ana", shown, "Edit")
    assert begun(form) == {
        "pattern": "spring",
        "text": "Today",
        "title": "Spring sale",
        "picture": "https://example.com/p.jpg",
        "link": "https://example.com/sale",
        "more": "one\n---\ntwo",
        "followers": "none",
    }
    empty = {"title": "", "picture": "", "link": "", "followers": ""}
    await bot.slack.submit(form.id, {**empty, "text": 'Hello!\n\n"Line" <three> & four'})
    await bot.slack.wait_for(lambda: "version 2" in said(bot.slack.sees("ana", SPRING)[-1]), timeout=20)
    phone = bot.wechat.phone()
    await phone.scan(spring)
    assert await received(bot, phone, 3) == ['Hello!\n\n"Line" <three> & four', "one", "two"]


async def test_what_does_not_go_together_is_said_beside_its_field_and_nothing_typed_is_lost(bot: World) -> None:
    await code_of(bot, "temp spring")
    form = await form_of(bot, "ana", await ask(bot, "ana", SPRING, "reply spring"), "Write one")
    assert begun(form) == {"pattern": "spring"}
    await bot.slack.submit(form.id, {"text": "Hello", "title": "Sale", "link": "https://example.com"})
    (shown,) = bot.slack.modals("ana")
    assert "this one is missing" in shown.errors["picture"]
    await bot.slack.submit(form.id, {"text": "好" * 700, "title": "", "link": ""})
    (shown,) = bot.slack.modals("ana")
    assert "2,100" in shown.errors["text"]


async def test_a_form_does_not_open_for_who_may_not_change_it(bot: World) -> None:
    await code_of(bot, "temp spring")
    refusal = await click(bot, "ben", SPRING, await ask(bot, "ben", SPRING, "reply spring"), "Write one")
    assert "belongs to <@U0SBANA01>" in said(refusal)
    assert not bot.slack.modals("ben")


def confirmation(message: Message, button: str) -> str:
    """Return what a button asks before it does anything."""
    elements = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    (asked_first,) = (one["confirm"]["text"]["text"] for one in elements if one["text"]["text"] == button)
    return str(asked_first)


async def test_what_was_set_is_said_first_and_what_says_the_same_changes_nothing(bot: World) -> None:
    await code_of(bot, "temp spring")
    told = [await ask(bot, "ana", SPRING, "reply spring --text one") for _ in range(2)]
    assert told[0].text == ":white_check_mark: Set: it holds from now on (version 1)."
    assert told[1].text == "Nothing was changed: version 1 says the same."
    assert "Set:" not in said(await ask(bot, "ana", SPRING, "reply spring"))
    held = await let_hold(bot, "reply activity_* --text two")
    assert held.text == ":white_check_mark: 已生效（第 1 版）。"


async def test_an_empty_text_changes_nothing_and_that_is_said(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, "reply spring --text one")
    assert "The text is empty, so nothing was changed" in said(await ask(bot, "ana", SPRING, 'reply spring --text ""'))
    assert await read(bot.wechat.phone(), spring) == ["one"]


async def test_before_the_last_change_is_undone_it_is_asked_and_shown_what_comes_of_it(bot: World) -> None:
    await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, f"reply spring --text {'x' * 200}")
    gone = await ask(bot, "ana", SPRING, "reply spring --off")
    asked_first = confirmation(gone, "Undo the last change")
    assert asked_first.startswith("Undo the last change? Version 1 is restored")
    assert asked_first.endswith(f"Scanners then read: {'x' * 100}…")
    undone = await click(bot, "ana", SPRING, gone, "Undo the last change")
    assert "It says nothing" in confirmation(undone, "Undo the last change")


async def test_the_last_change_is_undone_and_that_again(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    await ask(bot, "ana", SPRING, "reply spring --text one")
    shown = await ask(bot, "ana", SPRING, "reply spring --text two")
    phone = bot.wechat.phone()
    assert await read(phone, spring) == ["two"]
    undone = await click(bot, "ana", SPRING, shown, "Undo the last change")
    assert "version 3" in said(undone)
    assert await read(phone, spring) == ["one"]
    assert "version 4" in said(await click(bot, "ana", SPRING, undone, "Undo the last change"))
    assert await read(phone, spring) == ["two"]


async def test_history_shows_every_version_and_brings_any_of_them_back(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    for text in ("one", "two"):
        await ask(bot, "ana", SPRING, f"reply spring --text {text}")
    shown = await ask(bot, "ana", SPRING, "reply spring --text three")
    history = await click(bot, "ben", SPRING, await ask(bot, "ben", SPRING, "reply spring"), "History")
    assert all(text in said(history) for text in ("one", "two", "three", "<@U0SBANA01>"))
    assert buttons(history) == ["Restore version 2", "Restore version 1"]
    assert "Scanners then read: one" in confirmation(history, "Restore version 1")
    history = await click(bot, "ana", SPRING, shown, "History")
    assert "version 4" in said(await click(bot, "ana", SPRING, history, "Restore version 1"))
    assert await read(bot.wechat.phone(), spring) == ["one"]


async def test_a_welcome_that_is_taken_away_is_said_no_more_and_can_come_back(bot: World) -> None:
    spring = await code_of(bot, "temp spring")
    shown = await ask(bot, "ana", SPRING, "reply spring --text one")
    gone = await click(bot, "ana", SPRING, shown, "Remove")
    assert gone.text == ":white_check_mark: Removed: it is said no more (version 2)."
    assert "was removed by <@U0SBANA01>" in said(gone)
    phone = bot.wechat.phone()
    assert await read(phone, spring) == []
    await click(bot, "ana", SPRING, gone, "Undo the last change")
    assert await read(phone, spring) == ["one"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (f"spring --text {'好' * 683}", "2,048 bytes"),
        (f'spring --text Hello --title "{"x" * 65}" --picture https://a.b --link https://a.b', "64 characters"),
        ("spring --text Hello --title Sale --picture http://example.com/p.jpg", "https://"),
        ("spring --title Sale --link https://example.com", "--picture"),
        ("spring --text Hello --more 1 --more 2 --more 3 --more 4", "At most 3 further"),
        ("spring --followers Hello", "--text is missing"),
        ("act*vity --text Hello", "cannot be a scene"),
        ("场景* --text Hello", "names no codes"),
        ("spring --version 7", "no version 7"),
    ],
)
async def test_what_wechat_would_refuse_is_said_at_once(bot: World, typed: str, told: str) -> None:
    await code_of(bot, "temp spring")
    assert told in said(await ask(bot, "ana", SPRING, f"reply {typed}"))


async def test_in_chinese_all_is_chinese(bot: World) -> None:
    await code_of(bot, "temp spring", "li.wei")
    shown = await ask(bot, "li.wei", SPRING, "回复 spring --text 「你好，欢迎！」")
    assert "扫码后新关注的人会收到" in said(shown)
    assert "你好，欢迎！" in said(shown)
    assert buttons(shown) == ["修改", "取消回复"]
    assert "不是微信能打开的网址" in said(await ask(bot, "li.wei", SPRING, "回复 spring --text 好 --link example.com"))


async def test_who_mints_another_code_of_somebodys_scene_does_not_own_it(bot: World) -> None:
    await code_of(bot, "temp spring", person="ben")
    await code_of(bot, "temp spring --anyway", person="ana")
    await ask(bot, "ana", SPRING, "perm spring --anyway")
    assert "<@U0SBBEN02>" in said(await ask(bot, "ana", SPRING, 'reply spring --text "Mine now"'))
