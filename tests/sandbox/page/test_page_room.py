"""What is shown has the room it needs, and says of which day it is."""

import re

from playwright.async_api import Locator, ViewportSize, expect

from tests.sandbox.page import gallery
from tests.sandbox.page.desk import GENERAL, SPRING, Desk, button, messages, open_thread, show, type_in

LAPTOP: ViewportSize = {"width": 1280, "height": 720}
NARROW: ViewportSize = {"width": 390, "height": 844}
HEAD = ("Code", "Owner", "Scans", "Scanners", "New follows", "Unfollows", "Net")
WIDTHS = "one => [one.scrollWidth, one.clientWidth]"
# how large a letter of the drawing is on the screen
LETTERS = """drawing => {
    const { fontSize } = getComputedStyle(drawing.querySelector("text"));
    return drawing.getScreenCTM().a * parseFloat(fontSize);
}"""
IN_CHAT = """async (days) => {
    const { timeInChat } = await import(new URL("dates.js", document.querySelector("script[src]").src));
    const now = Date.UTC(2026, 10, 25, 12) / 1000, write = (locale) => days.map(
        (ago) => timeInChat(now - ago * 86400, { locale, tz: "UTC" }, now).replace("\\u202f", " "));
    return [write("en-US"), write("zh-CN")];
}"""


async def test_a_thread_takes_the_place_of_the_channel_where_both_would_be_cut_off(desk: Desk) -> None:
    root = desk.world.slack.say("ben", SPRING, "which code? " * 30)
    desk.world.slack.say("ben", SPRING, "the spring one", root.ts)
    ana = await desk.sit("ana")
    await ana.set_viewport_size(LAPTOP)
    thread, channel, panel = await open_thread(ana), ana.locator("main"), ana.locator("#behind")
    await expect(panel).to_be_visible()
    await expect(channel).to_be_hidden()
    assert await width(thread) > 600
    await button(ana, "Close the panel").click()
    await expect(channel).to_be_visible()
    assert await width(channel) > 500
    assert await channel.evaluate("one => one.scrollWidth <= one.clientWidth")
    await thread.get_by_role("textbox").press("Escape")
    await expect(messages(ana)).to_have_count(1)


async def test_a_table_is_as_wide_as_its_columns_and_the_letters_of_a_chart_are_as_large_as_others(desk: Desk) -> None:
    cells = [gallery.cell("The long name of a campaign (spring)"), gallery.cell("@Ana Souza")]
    rows = [[gallery.cell(one) for one in HEAD], [*cells, *[gallery.number(136)] * 5]]
    ana = await show(desk, {"type": "data_table", "caption": "Codes", "rows": rows})
    await ana.set_viewport_size(LAPTOP)
    table = messages(ana).locator(".data-table .table")
    inside, seen = await table.evaluate(WIDTHS)
    assert inside == seen
    await button(ana, "Close the panel").click()
    assert await width(table) > 600
    desk.world.slack.messages.edit(desk.world.slack.say("ana", GENERAL, ""), blocks=(gallery.plotted("bar"),))
    drawing = messages(ana).locator(".chart svg")
    for size in (LAPTOP, NARROW):
        await ana.set_viewport_size(size)
        await expect(drawing).to_be_in_viewport()
        await ana.wait_for_function(f"Math.abs(({LETTERS})(document.querySelector('.chart svg')) - 12) < 0.1")


async def test_what_is_not_of_today_says_of_which_day_it_is(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp 111")
    calls = ana.get_by_role("tabpanel", name="Calls").locator(".rows")
    await expect(calls.locator("li")).not_to_have_count(0)
    await expect(calls.locator(".of-day")).to_have_count(0)
    desk.world.clock.advance(86_400)
    await type_in(ana, "/wxqr temp 112")
    await expect(calls.locator(".of-day")).to_have_text(["Today", "Yesterday"])
    english, chinese = await ana.evaluate(IN_CHAT, [0, 1, 2, 9])
    assert english == ["12:00 PM", "Yesterday 12:00 PM", "Monday 12:00 PM", "November 16th, 2026 12:00 PM"]
    assert chinese == ["12:00", "昨天 12:00", "星期一 12:00", "2026年11月16日 12:00"]


async def test_what_came_of_one_act_is_no_longer_told_after_the_next(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    told = ana.locator("#told")
    await type_in(ana, "/wxqr help")
    await expect(told).to_have_text(re.compile("acknowledged in"))
    await type_in(ana, "good morning")
    await expect(told).to_have_text("")
    await type_in(ana, "everybody")
    time = messages(ana).last.locator("> time")
    await expect(time).to_have_text(re.compile(r"^\d+:\d\d$"))
    await expect(button(ana, "Jump to…")).to_be_visible()
    await expect(ana.locator("#behind").get_by_role("heading", name="WeChat", exact=True)).to_be_visible()


async def width(part: Locator) -> int:
    return int(await part.evaluate("one => one.clientWidth"))
