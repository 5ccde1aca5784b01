"""The page is a workspace: who looks sees what a member sees, in her language and at her time."""

import re

from playwright.async_api import expect

from tests.sandbox.page.desk import GENERAL, RANDOM, Desk, button, messages, type_in


async def test_a_code_that_ana_asks_for_appears_for_ben_too_and_for_nobody_outside(desk: Desk) -> None:
    ana, ben, chloe = await desk.sit("ana"), await desk.sit("ben"), await desk.sit("chloe")
    await type_in(ana, "/wxqr temp 111")
    for page in (ana, ben):
        picture = page.locator("#messages .picture img")
        await expect(picture).to_be_visible()
        await expect(picture).to_have_js_property("naturalWidth", 430)
    await expect(chloe.get_by_role("button", name="# campaign-spring")).to_have_count(0)
    await expect(messages(chloe)).to_have_count(0)


async def test_what_only_the_caller_sees_says_so_and_is_nowhere_else(desk: Desk) -> None:
    ana, ben = await desk.sit("ana"), await desk.sit("ben")
    await type_in(ana, "/wxqr help")
    await expect(messages(ana)).to_contain_text(["Only visible to you"])
    await type_in(ana, "good morning")
    await expect(messages(ben)).to_have_text([re.compile("good morning")])


async def test_a_wrong_word_brings_the_right_one_as_a_button_that_works(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr tmp 5")
    await expect(messages(ana)).to_contain_text(["Did you mean temp?"])
    await button(ana, "/wxqr temp 5").click()
    await expect(ana.locator("#messages .picture img")).to_be_visible()


async def test_who_reads_chinese_has_page_and_help_in_chinese(desk: Desk) -> None:
    li_wei = await desk.sit("li.wei")
    await type_in(li_wei, "/wxqr 帮助")
    await expect(messages(li_wei)).to_contain_text(["仅对您可见"])
    await expect(messages(li_wei)).to_contain_text(["永久码"])
    await expect(li_wei.locator("html")).to_have_attribute("lang", "zh-CN")


async def test_another_person_is_chosen_with_the_arrow_keys(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await ana.get_by_role("radio", name="Ana Souza").press("ArrowDown")
    await expect(ana.get_by_role("radio", name="Ben Carter")).to_be_checked()
    await expect(ana).to_have_url(re.compile(r"#ben/"))


async def test_a_bot_that_was_not_invited_is_let_in_as_it_asks_to_be(desk: Desk) -> None:
    ana = await desk.sit("ana", RANDOM)
    await expect(ana.locator(".absent")).to_have_text("wxqr is not in this channel: /invite @wxqr")
    await type_in(ana, "/invite @wxqr")
    await expect(ana.locator(".absent")).to_have_text("")
    await expect(messages(ana)).to_contain_text(["@wxqr was added to this channel."])


async def test_a_bot_that_does_not_answer_is_told_as_slack_tells_it(desk: Desk) -> None:
    desk.world.slack.request_url = f"{desk.world.base_url}/nowhere"
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr help")
    await expect(messages(ana)).to_contain_text(["/wxqr failed with the error “dispatch_failed”"])
    await expect(ana.get_by_role("status")).to_have_text("/wxqr help failed with the error “dispatch_failed”")


async def test_another_channel_is_bold_until_what_came_there_is_looked_at(desk: Desk) -> None:
    ana = await desk.sit("ana")
    general = ana.get_by_role("button", name="# general")
    desk.world.slack.say("ben", GENERAL, "news")
    await expect(general).to_have_class("unread")
    await general.click()
    await expect(messages(ana)).to_contain_text(["news"])
    await expect(general).not_to_have_class("unread")


async def test_the_page_is_as_light_or_dark_as_the_machine(desk: Desk) -> None:
    ana = await desk.sit("ana")
    red = "Number(getComputedStyle(document.body).backgroundColor.match(/[0-9]+/)[0])"
    assert await ana.evaluate(red) > 200
    await ana.emulate_media(color_scheme="dark")
    assert await ana.evaluate(red) < 60
