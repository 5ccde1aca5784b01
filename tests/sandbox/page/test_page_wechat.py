"""WeChat's side of the page: its panel, the faults, the clock, and a phone before a code."""

import re

from playwright.async_api import expect

from tests.sandbox.page.desk import Desk, button, messages, type_in


async def test_a_fault_is_switched_on_and_off_by_keyboard_and_seen_to_happen(desk: Desk) -> None:
    ana = await desk.sit("ana")
    switch = ana.get_by_role("switch", name=re.compile("Quota used up"))
    await switch.press("Enter")
    await expect(switch).to_be_checked()
    await expect(switch).to_be_focused()
    await type_in(ana, "/wxqr temp 111")
    await expect(messages(ana)).to_contain_text(["45009"])
    await expect(ana.locator("#behind .bad")).to_contain_text(["45009"])
    await switch.press("Enter")
    await expect(switch).not_to_be_checked()
    assert desk.world.faults.armed() == []


async def test_a_posted_code_is_scanned_with_a_phone_and_the_push_is_seen(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp 111")
    await button(ana, "Scan with a phone").click()
    await expect(ana.get_by_role("status")).to_contain_text("WeChat pushed subscribe qrscene_111")
    await expect(ana.locator("#behind")).to_contain_text("subscribe qrscene_111")
    await ana.get_by_label("Who scans").select_option("a follower")
    await button(ana, "Scan with a phone").click()
    await expect(ana.get_by_role("status")).to_contain_text("WeChat pushed SCAN 111")


async def test_a_crowd_comes_to_a_posted_code(desk: Desk) -> None:
    li_wei = await desk.sit("li.wei")
    await type_in(li_wei, "/wxqr temp 111")
    await li_wei.get_by_label("谁来扫").select_option("一百人")
    await button(li_wei, "用手机扫码").click()
    await expect(li_wei.get_by_role("status")).to_contain_text("来了 100 人")


async def test_only_the_picture_of_a_code_can_be_scanned(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp 111")
    await button(ana, "PDF").click()
    await expect(ana.locator(".thread .card")).to_be_visible()
    await expect(button(ana, "Scan with a phone")).to_have_count(1)


async def test_the_clock_is_moved_by_a_button_and_the_access_token_grows_old(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp 111")
    await expect(ana.locator("#behind dl").first).to_contain_text(re.compile(r"7\d\d\d s left"))
    await button(ana, "+1 day").click()
    await expect(ana.locator(".moved")).to_have_text("1 d 0 h ahead of this machine")
    await expect(ana.locator("#behind dl").first).to_contain_text("0 s left")
