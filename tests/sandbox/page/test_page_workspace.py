"""The page is a workspace: who looks sees what a member sees, in her language and at her time."""

import re

from playwright.async_api import Locator, Page, ViewportSize, expect

from bot.sandbox.control_stream import CLOSING
from tests.sandbox.page.desk import GENERAL, RANDOM, SPRING, Desk, button, messages, open_thread, type_in

NARROW: ViewportSize = {"width": 390, "height": 780}


async def test_a_code_that_ana_asks_for_appears_for_ben_too_and_for_nobody_outside(desk: Desk) -> None:
    ana, ben, chloe = await desk.sit("ana"), await desk.sit("ben"), await desk.sit("chloe")
    await type_in(ana, "/wxqr temp 111")
    for page in (ana, ben):
        picture = page.locator("#messages .picture img")
        await expect(picture).to_be_visible()
        await expect(picture).to_have_js_property("naturalWidth", 430)
    await expect(channel(chloe, "campaign-spring")).to_have_count(0)
    await expect(chloe.get_by_role("heading", level=1, name="general")).to_be_visible()
    await expect(messages(chloe)).to_have_count(0)


async def test_what_only_the_caller_sees_says_so_and_is_nowhere_else(desk: Desk) -> None:
    ana, ben = await desk.sit("ana"), await desk.sit("ben")
    await type_in(ana, "/wxqr tmp 5")
    await expect(messages(ana)).to_contain_text(["Did you mean temp?"])
    await expect(messages(ana)).to_contain_text(["Only visible to you"])
    await type_in(ana, "good morning")
    await expect(messages(ben)).to_have_text([re.compile("good morning")])
    await button(ana, "/wxqr temp 5").click()
    await expect(ana.locator("#messages .picture img")).to_be_visible()


async def test_who_reads_chinese_has_page_and_help_in_chinese(desk: Desk) -> None:
    li_wei = await desk.sit("li.wei")
    await type_in(li_wei, "/wxqr 帮助")
    await expect(messages(li_wei)).to_contain_text(["仅对您可见"])
    await expect(messages(li_wei)).to_contain_text(["永久码"])
    await expect(li_wei.locator("html")).to_have_attribute("lang", "zh-CN")
    await expect(li_wei.get_by_role("navigation", name="频道和应用")).to_contain_text("频道")


async def test_another_person_is_chosen_with_the_arrow_keys_and_has_what_is_hers(desk: Desk) -> None:
    chosen = await desk.sit("ana")
    await type_in(chosen, "/wxqr help")
    await expect(messages(chosen)).to_have_count(1)
    await chosen.get_by_role("radio", name="Ana Souza, member, English, America/Sao_Paulo").press("ArrowDown")
    await expect(chosen.get_by_role("radio", name="Ben Carter, manager")).to_be_checked()
    await expect(chosen).to_have_url(re.compile(r"#ben/C0SBSPRING1"))
    await expect(messages(chosen)).to_have_count(0)


async def test_a_bot_that_was_not_invited_is_let_in_as_the_page_says(desk: Desk) -> None:
    ana = await desk.sit("ana", RANDOM)
    absent = ana.get_by_text("wxqr is not in #random: type /invite @wxqr")
    await expect(absent).to_be_visible()
    await type_in(ana, "/invite @wxqr")
    await expect(absent).to_have_count(0)
    await expect(messages(ana)).to_contain_text(["@wxqr was added to this channel."])
    await button(ana, "7 members").click()
    await expect(ana.get_by_role("dialog", name="Members of #random").get_by_role("listitem")).to_have_count(7)


async def test_a_bot_that_does_not_answer_is_told_as_slack_tells_it(desk: Desk) -> None:
    desk.world.slack.request_url = f"{desk.world.base_url}/nowhere"
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr help")
    await expect(messages(ana)).to_contain_text(["/wxqr failed with the error “dispatch_failed”"])
    await expect(ana.get_by_role("status")).to_have_text("/wxqr help failed with the error “dispatch_failed”")


async def test_a_channel_is_bold_until_what_came_there_is_read_and_a_mention_is_counted(desk: Desk) -> None:
    ana = await desk.sit("ana")
    general = channel(ana, "general")
    desk.world.slack.say("ben", GENERAL, "news")
    await expect(general).to_have_class("unread")
    await expect(general.locator(".mentions")).to_have_count(0)
    desk.world.slack.say("ben", GENERAL, "<@U0SBANA01> look")
    await expect(general.get_by_label("Mentions: 1")).to_be_visible()
    await general.click()
    await expect(messages(ana)).to_contain_text(["news", "look"])
    await expect(ana.get_by_role("separator", name="New")).to_be_visible()
    await expect(general).not_to_have_class("unread")


async def test_what_happens_comes_by_the_one_stream_and_nothing_is_asked_for_again(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    asked: list[str] = []
    ana.on("request", lambda request: asked.append(request.url))
    slack = desk.world.slack
    said = slack.say("ben", GENERAL, "a typ0")
    await expect(messages(ana)).to_contain_text(["a typ0"])
    await expect(ana.locator("#heard")).to_have_text("Ben Carter: a typ0")
    slack.messages.edit(said, text="a typo", edited=said.ts)
    await expect(messages(ana)).to_contain_text(["a typo (edited)"])
    slack.messages.delete(slack.messages.locate(said.ts) or said)
    await expect(messages(ana)).to_have_count(0)
    # WeChat's side may ask for what is its own
    assert [url for url in asked if re.search("/sandbox/(state|messages)", url)] == []


async def test_a_page_that_was_cut_off_says_so_and_has_missed_nothing_when_it_is_back(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    desk.world.slack.say("ben", GENERAL, "before")
    await expect(messages(ana)).to_have_count(1)
    await desk.context.route("**/sandbox/changes*", lambda route: route.abort())
    desk.world.slack.change_log.publish({"type": CLOSING})
    await expect(ana.get_by_role("status")).to_have_text("The sandbox is gone; waiting for it to come back.")
    desk.world.slack.say("ben", GENERAL, "meanwhile")
    await desk.context.unroute_all()
    await expect(messages(ana)).to_contain_text(["before", "meanwhile"])
    await expect(ana.get_by_role("status")).to_have_text("")
    desk.complaints.clear()


async def test_who_reads_far_above_stays_there_when_the_connection_is_made_anew_and_sees_what_changed(
    desk: Desk,
) -> None:
    slack = desk.world.slack
    said = [slack.say("ben", GENERAL, f"number {number}") for number in range(300)]
    slack.say("ben", GENERAL, "in the thread of the first", said[0].ts)
    slack.say("ben", SPRING, "elsewhere", slack.say("ben", SPRING, "root").ts)
    ana = await desk.sit("ana", f"{GENERAL}/{said[0].ts}")
    await expect(ana.locator("#thread .message")).to_contain_text(["number 0", "in the thread of the first"])
    await ana.locator("#thread").press("Escape")
    third = messages(ana).get_by_text("number 3", exact=True)
    await third.scroll_into_view_if_needed()
    async with ana.expect_response(re.compile("/sandbox/state")):
        slack.messages.edit(said[2], text="was edited", edited=said[2].ts)
        slack.messages.delete(said[1])
        slack.change_log.publish({"type": CLOSING})
    slack.say("ben", GENERAL, "the newest")
    await expect(messages(ana)).to_have_count(300)
    await expect(messages(ana).nth(1)).to_contain_text("was edited")
    await expect(messages(ana).last).to_contain_text("the newest")
    await expect(third).to_be_in_viewport()
    desk.complaints.clear()


async def test_a_reply_makes_a_channel_bold_only_for_whom_it_calls(desk: Desk) -> None:
    root = desk.world.slack.say("ben", SPRING, "which code?")
    ana, chen = await desk.sit("ana", GENERAL), await desk.sit("li.wei", GENERAL)
    desk.world.slack.say("ben", SPRING, "<@U0SBANA01> this one", root.ts)
    await expect(channel(ana, "campaign-spring")).to_have_class("unread")
    desk.world.slack.say("ben", GENERAL, "later")
    await expect(messages(chen)).to_have_count(1)
    await expect(channel(chen, "campaign-spring")).not_to_have_class("unread")


async def test_an_address_that_names_nobody_or_is_cut_leads_somewhere_all_the_same(desk: Desk) -> None:
    ana = await desk.sit("nobody")
    await expect(ana).to_have_url(re.compile("#ana/"))
    await ana.goto(f"{desk.world.base_url}/#somebody/{GENERAL}")
    await expect(ana).to_have_url(re.compile(f"#ana/{GENERAL}"))
    await ana.goto(f"{desk.world.base_url}/#ana/%E4%B8")
    await expect(ana.locator("#title h1")).to_be_visible()
    desk.complaints.clear()


async def test_a_thread_opens_beside_its_message_and_is_answered_there(desk: Desk) -> None:
    slack = desk.world.slack
    root = slack.say("ben", SPRING, "which code?")
    ana = await desk.sit("ana")
    slack.say("ben", SPRING, "the spring one", root.ts)
    await expect(ana.locator(".replies")).to_contain_text("1 reply")
    thread = await open_thread(ana)
    await expect(thread.locator(".message")).to_contain_text(["which code?", "the spring one"])
    reply = thread.get_by_role("textbox", name="Reply…")
    await expect(reply).to_be_focused()
    await reply.fill("/wxqr temp 5")
    await reply.press("Enter")
    await expect(thread.get_by_role("alert")).to_have_text("/wxqr is not supported in threads. Sorry!")
    await expect(reply).to_have_value("/wxqr temp 5")
    await reply.fill("111")
    await reply.press("Enter")
    await expect(thread.locator(".message")).to_contain_text(["which code?", "the spring one", "111"])
    await expect(messages(ana)).to_have_count(1)
    await expect(ana.locator(".replies")).to_contain_text("2 replies")
    await reply.press("Escape")
    await expect(thread).to_be_hidden()


async def test_a_command_is_completed_by_keyboard_from_the_manifest_and_then_by_the_sandboxs_help(desk: Desk) -> None:
    ana = await desk.sit("ana")
    box = ana.get_by_role("textbox", name="Message #campaign-spring")
    await box.press_sequentially("/w")
    known = ana.get_by_role("option")
    await expect(known).to_have_count(1)
    await expect(known).to_contain_text("WeChat QR codes with scenes")
    await box.press("Enter")
    await expect(box).to_have_value("/wxqr ")
    await expect(ana.locator(".completion .mark")).to_be_visible()
    await box.press_sequentially("re")
    await expect(known).to_contain_text(["renew SCENE", "reply", "refresh"])
    await box.press("ArrowDown")
    await expect(known.first).to_have_attribute("aria-selected", "true")
    await box.press("Tab")
    await expect(box).to_have_value("/wxqr renew ")
    await expect(ana.locator(".completion .hint")).to_contain_text("/wxqr renew SCENE")
    await box.press("Escape")
    await expect(ana.locator("#composer .completion")).to_be_hidden()
    await box.fill("@be")
    await box.press("Enter")
    await expect(box).to_have_value("@ben ")
    await box.press("Enter")
    await expect(messages(ana).locator(".mention")).to_have_text("@Ben Carter")


async def test_the_box_keeps_a_draft_for_each_channel_and_what_was_sent_and_leaves_an_input_method_alone(
    desk: Desk,
) -> None:
    ana = await desk.sit("ana")
    box = ana.locator("#composer textarea")
    await type_in(ana, "first\nof two lines")
    await expect(messages(ana)).to_have_count(1)
    await box.press("ArrowUp")
    await expect(box).to_have_value("first\nof two lines")
    await box.fill("a draft")
    composing = {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True}
    await box.dispatch_event("keydown", composing)
    await channel(ana, "general").click()
    await expect(box).to_have_value("")
    await ana.keyboard.press("Alt+ArrowDown")
    await expect(box).to_have_value("a draft")
    await type_in(ana, "/nothing at all")
    await expect(ana.locator("#composer").get_by_role("alert")).to_contain_text("/nothing is not a valid command.")
    await expect(messages(ana)).to_have_count(1)


async def test_older_messages_come_as_the_reader_scrolls_up_and_what_she_reads_stays_in_its_place(desk: Desk) -> None:
    for number in range(450):
        desk.world.slack.say("ben" if number % 7 else "ana", GENERAL, f"number {number}")
    ana = await desk.sit("ana", GENERAL)
    await expect(messages(ana)).to_have_count(200)
    await expect(messages(ana).last).to_be_in_viewport()
    await scroll_up(ana)
    await expect(messages(ana)).to_have_count(400)
    await expect(messages(ana).get_by_text("number 250", exact=True)).to_be_in_viewport()
    await scroll_up(ana)
    await expect(messages(ana)).to_have_count(450)
    desk.world.slack.say("ben", GENERAL, "the newest")
    await button(ana, "New messages").click()
    await expect(messages(ana).last).to_be_in_viewport()
    await expect(button(ana, "New messages")).to_have_count(0)
    await ana.keyboard.press("Control+k")
    await ana.get_by_role("combobox", name="Jump to…").fill("spr")
    await ana.keyboard.press("Enter")
    await expect(ana).to_have_url(re.compile("#ana/C0SBSPRING1"))


async def test_the_page_is_as_light_or_dark_as_the_machine_unless_another_is_chosen(desk: Desk) -> None:
    ana = await desk.sit("ana")
    assert await brightness(ana) > 200
    await ana.emulate_media(color_scheme="dark")
    assert await brightness(ana) < 60
    await button(ana, "Theme: as the system").click()
    assert await brightness(ana) > 200
    await ana.reload()
    await expect(button(ana, "Theme: light")).to_be_visible()
    assert await brightness(ana) > 200


async def test_a_narrow_screen_has_the_channels_in_a_drawer_and_nothing_to_scroll_sideways(desk: Desk) -> None:
    root = desk.world.slack.say("ben", SPRING, "which code?")
    desk.world.slack.say("ben", SPRING, "https://example.com/" + "long" * 40, root.ts)
    ana = await desk.sit("ana")
    await ana.set_viewport_size(NARROW)
    await ana.reload()
    sidebar = ana.get_by_role("navigation", name="Channels and apps")
    await expect(sidebar).to_be_hidden()
    await button(ana, "Channels and apps").click()
    await channel(ana, "general").click()
    await expect(sidebar).to_be_hidden()
    await ana.goto(f"{desk.world.base_url}/#ana/{SPRING}")
    thread = await open_thread(ana)
    box = await thread.bounding_box()
    assert box
    assert box["width"] == NARROW["width"]
    assert await ana.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


def channel(page: Page, name: str) -> Locator:
    return page.locator("#channels").get_by_role("button", name=name)


async def scroll_up(page: Page) -> None:
    await page.locator("#messages").evaluate("(list) => { list.scrollTop = 0; }")


async def brightness(page: Page) -> int:
    """Return how bright the sheet under the messages is, from 0 to 255."""
    red = "Number(getComputedStyle(document.querySelector('main')).backgroundColor.match(/[0-9]+/)[0])"
    return int(await page.evaluate(red))
