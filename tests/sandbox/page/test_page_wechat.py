"""WeChat's side of the page: the panel with its faults and its clock, and a phone before a code."""

import re

from playwright.async_api import Locator, Page, expect

from bot.sandbox.control_nature import FAULTS
from bot.sandbox.page import FOLDER
from tests.sandbox.page.desk import SPRING, Desk, button, messages, type_in


async def turned_to(page: Page, tab: str) -> Locator:
    """Open the panel where it is closed, turn to a tab, and return what that shows."""
    panel = page.locator("#behind")
    if not await panel.is_visible():
        await page.locator("[aria-controls=behind]").click()
    await page.get_by_role("tab", name=tab, exact=True).click()
    return panel.get_by_role("tabpanel")


async def hand_to(page: Page, person: str) -> None:
    """Give the phone to somebody, or to a crowd."""
    phone = page.locator("#phone")
    if not await phone.is_visible():
        await button(page, "Phone").click()
    await phone.locator("select").first.select_option(person)


async def test_whoever_does_not_follow_sees_the_account_and_follows_by_a_tap(desk: Desk) -> None:
    await desk.world.slack.command("li.wei", SPRING, "perm spring")
    await desk.world.slack.command("li.wei", SPRING, 'reply spring --text "春天好"')
    ana = await desk.sit("ana")
    await button(ana, "Scan with a phone").click()
    phone = ana.get_by_role("complementary", name="A phone with WeChat")
    await expect(phone.get_by_label("Whose phone")).to_have_value("emma")
    await expect(phone).to_contain_text("Nothing is pushed before Follow is tapped.")
    assert not desk.world.wechat.pushes.journal
    await button(phone, "Follow").press("Enter")
    await expect(phone.get_by_role("list", name="Chat with wxqr sandbox")).to_contain_text("春天好")
    await expect(phone.get_by_role("status")).to_contain_text("WeChat pushed subscribe qrscene_spring — answered in")
    card = '--title "春天来了" --picture https://pictures.example.com/spring.jpg --link https://example.com/'
    await desk.world.slack.command("li.wei", SPRING, f"reply spring {card}")
    await hand_to(ana, "newcomer")
    await button(ana, "Scan with a phone").click()
    await button(phone, "Follow").click()
    chat = phone.get_by_role("list", name="Chat with wxqr sandbox")
    # a picture that is elsewhere is not fetched: the console stays still without a network
    await expect(chat).to_contain_text(re.compile("pictures.example.com.*春天来了", re.DOTALL))
    await hand_to(ana, "emma")
    await expect(phone.get_by_role("list", name="Chat with wxqr sandbox")).to_contain_text("春天好")
    await expect(phone.get_by_role("status")).to_contain_text("WeChat pushed subscribe qrscene_spring")


async def test_whoever_follows_lands_in_the_chat_writes_is_told_of_an_outage_and_unfollows(desk: Desk) -> None:
    await desk.world.slack.command("ana", SPRING, "temp 111")
    ana = await desk.sit("ana")
    await hand_to(ana, "tom")
    phone = ana.locator("#phone")
    await button(phone, "Scan").press("Enter")
    await button(phone, "Choose a code on the page").press("Enter")
    await expect(ana.locator("[data-code]").get_by_role("button").first).to_be_focused()
    await ana.keyboard.press("Enter")
    await expect(phone.get_by_role("status")).to_contain_text("WeChat pushed SCAN 111 — answered in")
    desk.world.faults.arm("push_forged")
    await phone.get_by_label("Message", exact=True).fill("hello")
    await phone.get_by_label("Message", exact=True).press("Enter")
    await expect(phone.get_by_role("list")).to_contain_text("unavailable. Please try again later.")
    await expect(phone.get_by_label("Message", exact=True)).to_be_focused()
    await button(phone, "More").click()
    await button(phone, "Unfollow").click()
    await phone.get_by_role("alertdialog").get_by_role("button", name="Unfollow").click()
    await expect(phone.get_by_role("status")).to_contain_text("WeChat pushed unsubscribe")
    await expect(phone).to_contain_text("No chats yet")
    await phone.locator(".screen").press("Escape")
    await expect(phone).to_be_hidden()
    await expect(button(ana, "Phone")).to_be_focused()
    await expect(ana.locator("#behind")).to_be_visible()  # what made room for the phone is back


async def test_a_phone_tells_of_a_code_that_has_expired_and_of_what_is_none(desk: Desk) -> None:
    await desk.world.slack.command("ana", SPRING, "temp 111")
    wang = await desk.sit("wang.fang")
    await expect(wang.locator("#messages .picture")).to_be_visible()
    desk.world.clock.advance(86_400)
    await button(wang, "用手机扫码").click()
    phone = wang.locator("#phone")
    await expect(phone.get_by_role("alert")).to_have_text("该二维码已过期")
    await button(phone, "确定").click()
    await button(phone, "扫一扫").click()
    await phone.get_by_label("或粘贴二维码的链接").fill("https://example.com/")
    await button(phone, "识别").click()
    await expect(phone.get_by_role("alert")).to_have_text("未识别到有效的二维码")
    await button(phone, "返回").click()
    await button(phone, "朋友推荐的名片").click()
    await button(phone, "关注公众号").click()
    await expect(phone.get_by_role("status")).to_contain_text("微信推送了 subscribe")
    assert [push.event for push in desk.world.wechat.pushes.journal] == ["subscribe"]


async def test_no_crowd_comes_to_a_code_that_only_one_person_sees(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp spring")
    await type_in(ana, "/wxqr bind")
    await expect(button(ana, "Scan with a phone")).to_have_count(2)
    await expect(button(ana, "A crowd of 100")).to_have_count(1)
    await button(ana, "A crowd of 100").click()
    crowd = ana.get_by_role("region", name="A crowd comes")
    await expect(crowd.get_by_label("To which code").locator("option")).to_have_count(1)


async def test_a_crowd_comes_and_slack_counts_it(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr perm spring")
    await button(ana, "PDF").click()
    await expect(ana.locator("[data-code]")).to_have_count(1)  # only a picture of the code can be scanned
    await button(ana, "A crowd of 100").click()
    crowd = ana.get_by_role("region", name="A crowd comes")
    await button(crowd, "Let them come").click()
    came = crowd.get_by_role("status")
    await expect(came).to_contain_text("100 people came", timeout=20_000)
    follows = await came.get_by_role("definition").first.inner_text()
    await type_in(ana, "/wxqr stats spring")
    await expect(messages(ana).last).to_contain_text(follows)
    people = await turned_to(ana, "People")
    await expect(people).to_contain_text(re.compile(r"\d\d people follow the account"))


# each word with what it is to be filled with
WORDS = """async (area) => {
    const { ENGLISH, CHINESE } = await import(new URL(`words/${area}.js`, document.querySelector("script[src]").src));
    const facts = (said) => [...new Set(said.match(/{[a-z]+}/g))].sort();
    const all = (words) => Object.entries(words).map(([key, said]) => [key, ...facts(said)]).sort();
    return [all(ENGLISH), all(CHINESE)];
}"""


async def test_every_word_is_said_in_both_languages_with_the_same_facts(desk: Desk) -> None:
    page = await desk.sit("ana")
    for path in (FOLDER / "words").iterdir():
        english, chinese = await page.evaluate(WORDS, path.stem)
        assert english == chinese, path.name


async def test_every_fault_has_a_switch_with_a_name_of_its_own(desk: Desk) -> None:
    names = []
    for person, tab, once in (("ana", "Faults", "Once"), ("li.wei", "故障", "一次")):
        page = await desk.sit(person)
        rows = (await turned_to(page, tab)).locator("[data-fault]")
        await expect(rows).to_have_count(len(FAULTS))
        assert set(await rows.evaluate_all("all => all.map(one => one.dataset.fault)")) == FAULTS
        names.append(await rows.locator(".fault-name").all_inner_texts())
        await expect(rows.get_by_role("button", name=re.compile(once))).to_have_count(len(FAULTS) - 1)
    assert [len(set(one)) for one in names] == [len(FAULTS)] * 2


async def test_faults_are_switched_by_keyboard_seen_to_happen_and_healed(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await turned_to(ana, "Faults")
    switch = ana.get_by_role("switch", name=re.compile("Quota used up"))
    await switch.press("Enter")
    await expect(switch).to_be_checked()
    await expect(switch).to_be_focused()
    await type_in(ana, "/wxqr temp 111")
    await expect(messages(ana)).to_contain_text(["45009"])
    await ana.get_by_role("tab", name="Faults").press("ArrowRight")
    await expect(ana.get_by_role("tab", name="People")).to_be_focused()
    await ana.keyboard.press("ArrowRight")
    calls = ana.get_by_role("tabpanel", name="Calls")
    await expect(calls.locator(".bad")).to_contain_text(["45009"])
    await calls.get_by_label("Only what went wrong").check()
    refused = calls.locator(".rows details").first
    await refused.locator("summary").press("Enter")
    await expect(refused).to_contain_text(re.compile("rid.*errcode", re.DOTALL))
    await button(ana, "Close the panel").click()
    await expect(ana.locator(".armed-badge")).to_have_text("1")
    await turned_to(ana, "Faults")
    await ana.get_by_label("Any other errcode: errcode").fill("45011")
    await button(ana, "Any other errcode: Once").click()
    await expect(button(ana, "Any other errcode: Once")).to_have_text("Once ×1")
    fault = desk.world.faults.armed()[-1]
    assert (fault.name, fault.times, fault.detail) == ("errcode", 1, {"code": 45011})
    await button(ana, "Heal all").click()
    await expect(switch).not_to_be_checked()
    await expect(ana.locator(".armed-badge")).to_be_hidden()
    assert desk.world.faults.armed() == []


async def test_the_access_token_is_seen_to_break_to_heal_and_to_grow_old_with_the_clock(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp 111")
    await expect(ana.locator(".token-life")).to_contain_text(re.compile(r"1 h 5\d min left"))
    desk.world.faults.arm("token_revoked")
    await type_in(ana, "/wxqr temp 112")
    await expect(ana.locator("#messages .picture")).to_have_count(2)
    calls = (await turned_to(ana, "Calls")).locator(".rows li")
    await expect(calls.filter(has_text="40001").first).to_be_visible()
    await expect(calls.filter(has_text="stable_token")).to_have_count(2)
    await expect(ana.locator(".token-life")).to_contain_text("min left")
    slack = await turned_to(ana, "Slack")
    await expect(slack.locator(".rows li").first).to_contain_text("ok")
    await expect(ana.locator(".moved")).to_have_text("In step with this machine")
    await button(ana, "+7 days").click()
    await expect(ana.locator(".moved")).to_have_text("7 d 0 h ahead of this machine")
    await expect(await turned_to(ana, "Pushes")).to_contain_text("Nothing yet.")


async def test_on_a_narrow_screen_the_phone_makes_way_for_the_code_it_is_pointed_at(desk: Desk) -> None:
    await desk.world.slack.command("ana", SPRING, "temp 111")
    ana = await desk.sit("ana")
    await ana.set_viewport_size({"width": 390, "height": 844})
    await ana.reload()
    await hand_to(ana, "emma")
    phone = ana.locator("#phone")
    assert await phone.evaluate("one => one.offsetWidth === innerWidth")
    await button(phone, "Scan").click()
    await button(phone, "Choose a code on the page").click()
    await expect(phone).to_be_hidden()
    await ana.locator("#messages .picture").click()
    await expect(button(phone, "Follow")).to_be_visible()
