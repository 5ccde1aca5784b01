"""What a newcomer ran into at the page: each of these was wrong once."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.async_api import expect

from bot.sandbox.control_stream import CLOSING
from tests.sandbox.page.desk import GENERAL, SPRING, Desk, button, messages, open_thread, type_in

FROM_THE_END = "list => list.scrollHeight - list.scrollTop - list.clientHeight"
DIVIDED = """async () => {
    const { dayOf } = await import(new URL("dates.js", document.querySelector("script[src]").src));
    const person = { locale: "en-US", tz: "UTC" }, now = Date.UTC(2026, 10, 23) / 1000;
    return [2026, 2025].map((year) => dayOf(Date.UTC(year, 10, 3) / 1000, person, now));
}"""
LONG = "\n".join(f"line {number}" for number in range(90))


async def test_a_message_higher_than_the_list_is_seen_to_its_end_also_after_another_channel(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    await ana.set_viewport_size({"width": 1400, "height": 760})
    listed = ana.locator("#messages")
    for text in (LONG, "short", LONG):
        desk.world.slack.say("ben", GENERAL, text)
        await expect(messages(ana).last).to_contain_text(text[-7:])
        await ana.wait_for_function("document.querySelector('#messages').follows")
        await ana.wait_for_function(f"({FROM_THE_END})(document.querySelector('#messages')) < 2")
    channels = ana.locator("#channels")
    await channels.get_by_role("button", name="campaign-spring").click()
    await channels.get_by_role("button", name="general").click()
    await expect(messages(ana)).to_have_count(3)
    await ana.wait_for_function(f"({FROM_THE_END})(document.querySelector('#messages')) < 2")
    await listed.hover()
    await ana.mouse.wheel(0, -900)
    await ana.wait_for_function("!document.querySelector('#messages').follows")
    root = desk.world.slack.say("ben", GENERAL, "more")
    await expect(button(ana, "New messages")).to_be_visible()
    assert await listed.evaluate(FROM_THE_END) > 500
    await button(ana, "New messages").click()
    await listed.hover()
    await ana.mouse.wheel(0, -900)
    await ana.wait_for_function("!document.querySelector('#messages').follows")
    desk.world.slack.say("ana", GENERAL, "answered in the thread", root.ts)
    await expect(messages(ana).last.locator("xpath=../button")).to_contain_text("1 reply")
    await expect(button(ana, "New messages")).to_have_count(0)


async def test_what_wechat_failed_at_is_red_and_a_look_at_a_picture_is_no_call(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp 111")
    await expect(ana.locator("#messages .picture img")).to_have_js_property("naturalWidth", 430)
    panel = ana.locator("#behind")
    pictures = panel.locator(".rows li").filter(has_text="showqrcode")
    await expect(pictures.locator(".outcome")).to_have_text(["200"])
    for fault, said in (("image_host_down", "503"), ("drop_before", "no answer"), ("not_json", "not JSON")):
        desk.world.faults.arm(fault)
        await type_in(ana, f"/wxqr temp {fault}")
        await expect(panel.locator(".bad .outcome").first).to_have_text(said)
        await expect(messages(ana).filter(has_text=fault).first).to_be_visible()
        desk.world.faults.clear()
    await panel.get_by_label("Only what went wrong").check()
    await expect(panel.locator(".rows li:not(.bad)")).to_have_count(0)
    desk.world.clock.advance(86_400 * 40)
    await ana.reload()
    await expect(ana.locator("#messages .picture img").first).to_have_js_property("naturalWidth", 430)
    before = desk.world.wechat.count("/cgi-bin/showqrcode")
    proxied = await ana.request.get(f"{desk.world.base_url}/slack/proxy?url=https://example.com/x.jpg")
    assert proxied.status == 404
    assert desk.world.wechat.count("/cgi-bin/showqrcode") == before


async def test_a_line_typed_while_the_sandbox_is_gone_is_not_lost(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await desk.context.route("**/sandbox/command", lambda route: route.abort())
    await type_in(ana, "/wxqr temp 111")
    told = ana.locator("#told")
    await expect(told).to_have_text("The sandbox is gone; waiting for it to come back.")
    await expect(told).to_have_class("bad")
    await expect(ana.locator("#composer textarea")).to_have_value("/wxqr temp 111")
    await desk.context.unroute_all()
    desk.complaints.clear()
    await ana.locator("#composer textarea").press("Enter")
    await expect(told).to_have_text(re.compile(r"/wxqr temp 111 — acknowledged in \d+ ms"))
    await expect(told).not_to_have_class("bad")
    await ana.locator("#composer textarea").fill("@w")
    await ana.locator("#composer textarea").press("Tab")
    await expect(ana.locator("#composer textarea")).to_have_value("@wxqr ")


async def test_a_phone_goes_back_from_a_crowd_and_keeps_the_code_before_it_for_another_owner(desk: Desk) -> None:
    await desk.world.slack.command("ana", SPRING, "temp 111 --ttl 30d")
    await desk.world.slack.command("ana", SPRING, "temp 222 --ttl 30d")
    ana = await desk.sit("ana")
    phone = ana.locator("#phone")
    await button(ana, "Scan with a phone").first.click()
    await expect(phone.locator("select").first).to_have_value("emma")
    await expect(button(phone, "Follow")).to_be_visible()
    await phone.locator("select").first.select_option("newcomer")
    await expect(button(phone, "Follow")).to_be_visible()
    await expect(phone.get_by_role("status")).to_have_text("Nothing is pushed before Follow is tapped.")
    await button(ana, "A crowd of 100").first.click()
    crowd = ana.get_by_role("region", name="A crowd comes")
    await crowd.get_by_label("How many people").fill("3")
    await button(crowd, "Let them come").click()
    await expect(crowd.get_by_role("status")).to_contain_text("3 people came")
    # the clock ran on with them, for all of the page
    day = datetime.fromtimestamp(desk.world.clock.now(), ZoneInfo("America/Sao_Paulo")).strftime("%b %-d, %Y")
    await expect(ana.locator("#bar .clock")).to_contain_text(day)
    await crowd.get_by_label("To which code").select_option(index=1)
    await expect(crowd.get_by_role("status")).to_have_count(0)
    await expect(crowd.get_by_label("How many people")).to_have_value("3")
    await button(ana, "Scan with a phone").last.click()
    await expect(crowd).to_have_count(0)
    await expect(button(phone, "Follow")).to_be_visible()
    await expect(phone.locator("select").first).not_to_have_value("crowd")


async def test_a_crowd_is_counted_at_once_under_a_watched_code(desk: Desk) -> None:
    await desk.world.slack.command("ana", SPRING, "temp 111 --ttl 30d")
    ana = await desk.sit("ana")
    await expect(button(ana, "A crowd of 100")).to_be_visible()  # only what is posted has a thread to count in
    await desk.world.slack.command("ana", SPRING, "watch 111")
    await expect(messages(ana)).to_have_count(2)
    await button(ana, "A crowd of 100").click()
    await button(ana, "Let them come").click()
    await expect(ana.locator(".crowd").get_by_role("status")).to_contain_text("100 people came", timeout=20_000)
    scans = sum(push.message["Event"] != "unsubscribe" for push in desk.world.wechat.pushes.journal)
    thread = await open_thread(ana)
    await expect(thread).to_contain_text(f"Scans {scans}")


async def test_a_place_one_is_not_in_has_its_name_and_a_command_after_a_space_is_only_said(desk: Desk) -> None:
    slack = desk.world.slack
    slack.say("ben", GENERAL, f"in <#{SPRING}>, not in <#C0SBOPS0001>")
    chloe = await desk.sit("chloe", GENERAL)
    await expect(messages(chloe).locator(".mention")).to_have_text(["#campaign-spring", re.compile("#C0SB")])
    await type_in(chloe, " /wxqr temp 9")
    await expect(messages(chloe).last).to_contain_text("/wxqr temp 9")
    await type_in(chloe, f"/wxqr temp {'y' * 3000}")
    told = chloe.locator("#told")
    await expect(told).to_contain_text("acknowledged")
    assert len(await told.inner_text()) < 150


async def test_wechats_side_is_asked_anew_when_the_connection_is(desk: Desk) -> None:
    ana = await desk.sit("ana")
    moved = ana.locator("#behind .moved")
    await expect(moved).to_contain_text("In step")
    desk.world.clock.advance(86_400 * 3)
    desk.world.slack.change_log.publish({"type": CLOSING})
    await expect(moved).to_contain_text("3 d")
    desk.complaints.clear()


async def test_a_form_does_not_come_back_with_a_reload_and_a_day_of_this_year_has_no_year(desk: Desk) -> None:
    desk.world.slack.say("ben", SPRING, "good morning")
    desk.world.clock.advance(86_400 * 2)
    ana = await desk.sit("ana")
    day = ana.locator("#messages .day")
    await expect(day).to_have_text(re.compile(r"^\w+, \w+ \d+(st|nd|rd|th)$|, \d{4}$"))
    written = await ana.evaluate(DIVIDED)
    assert written == ["Tuesday, November 3rd", "Monday, November 3rd, 2025"]
    title = {"type": "plain_text", "text": "Left open"}
    words = {"type": "section", "text": {"type": "plain_text", "text": "half filled in"}}
    desk.world.slack.views.open("U0SBANA01", {"type": "modal", "title": title, "blocks": [words]})
    await expect(ana.locator("dialog.modal")).to_be_visible()
    await ana.reload()
    await expect(ana.locator("#title h1")).to_be_visible()
    await expect(ana.locator("dialog.modal")).to_have_count(0)
    assert desk.world.slack.views.stack("U0SBANA01") == []
