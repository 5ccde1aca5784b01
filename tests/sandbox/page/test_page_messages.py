"""What is said is drawn as Slack draws it: blocks, files, charts, tables, times."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

from bot.sandbox.slack import block_rules
from bot.sandbox.slack.files import File
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_USER
from tests.sandbox.page import gallery
from tests.sandbox.page.desk import GENERAL, SPRING, Desk, button, messages, show, type_in

# what must be seen of each: a selector inside its block, and words in it
LANDMARKS: dict[str, tuple[str, str]] = {
    "section": (".section .mention.me", "@Ana Souza"),
    "section with fields": (".fields > :nth-child(2)", "120"),
    "section with a picture": (".accessory img[alt='a square']", ""),
    "header": ("h3", "A header"),
    "divider": ("hr", ""),
    "context": (".context", "asked by Ana"),
    "buttons": (".act.primary", "Primary"),
    "menus": ("[role=combobox] .token", "Small"),
    "pickers": ("label:has(:checked) small", "for posters"),
    "image": ("details[open] .picture img", ""),
    "rich text": ("ol[start='3'] li", "print"),
    "table": ("tbody td.right", "0"),
    "data table": ("[role=status]", "1–5 of 12"),
    "line": ("svg circle", ""),
    "bar": ("svg rect", ""),
    "area": (".legend li", "scans"),
    "pie": ("svg path[data-says]", ""),
    "markdown": ("ul ol li", "A5"),
    "card": (".card .head", "until May"),
    "carousel": (".card + .card", "Summer"),
    "container": ("details[open] .children", "Inside"),
    "plan": ("li:nth-child(4)", "Print it"),
    "task": ("summary", "Ask WeChat"),
    "context actions": ("button[title='Good']", ""),
    "video": (".thumbnail img", ""),
    "file": (".filecard", "plan-2026"),
}


def say(desk: Desk, *blocks: Any, **more: Any) -> Message:
    """Let the bot say blocks in #general, whether Slack would take them or not."""
    slack = desk.world.slack
    return slack.messages.edit(slack.say("ana", GENERAL, ""), user=BOT_USER, blocks=blocks, **more)


def said(page: Page, message: Message) -> Locator:
    return page.locator(f"#messages [data-ts='{message.ts}']")


async def test_each_kind_of_block_is_drawn_as_what_it_is(desk: Desk) -> None:
    drawn = {block["type"] for block in (*gallery.BLOCKS.values(), *gallery.FORM["blocks"])}
    assert drawn == set(block_rules.BLOCKS)
    ana = await desk.sit("ana", GENERAL)
    for name, block in gallery.BLOCKS.items():
        assert block_rules.problems([block]) == [], name
        message = said(ana, say(desk, block))
        selector, words = LANDMARKS[name]
        landmark = message.locator(".block").locator(selector).first
        await expect(landmark, name).to_be_visible()
        await expect(landmark, name).to_contain_text(words)
        await expect(message.locator(".unknown, .refused")).to_have_count(0)


async def test_what_is_touched_is_told_to_the_app_as_slack_tells_it(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    message = said(ana, say(desk, gallery.BLOCKS["buttons"], gallery.BLOCKS["menus"], gallery.BLOCKS["pickers"]))

    async def told(step: Any) -> list[Any]:
        async with ana.expect_request("**/sandbox/click") as request:
            await step
        asked = json.loads((await request.value).post_data or "")
        return [asked["action"], asked.get("value")]

    assert await told(button(ana, "Plain").click()) == ["press Plain", None]
    await message.get_by_role("combobox", name="Place").click()
    assert await told(ana.get_by_role("option", name="Street").click()) == ["place", "street"]
    await message.get_by_role("combobox", name="Person").click()
    await ana.get_by_role("combobox", name="Search", exact=True).fill("李")
    assert await told(ana.keyboard.press("Enter")) == ["person", "U0SBLIWEI4"]
    await message.get_by_role("combobox", name="Sizes").click()
    await ana.get_by_role("option", name="Large").click()
    assert await told(ana.keyboard.press("Escape")) == ["sizes", ["small", "large"]]
    await button(ana, "More actions").click()
    await expect(ana.get_by_role("menuitem", name="Rename")).to_be_focused()
    await ana.keyboard.press("ArrowDown")
    await ana.keyboard.press("Enter")
    assert await told(ana.get_by_role("dialog").get_by_role("button", name="Revoke").click()) == ["more", "revoke"]
    assert await told(message.locator("[type=date]").first.fill("2026-12-24")) == ["day", "2026-12-24"]
    assert await told(message.locator(".datetime [type=time]").fill("06:00")) == ["moment", gallery.RELEASED + 3600]
    assert await told(message.get_by_role("radio").first.check()) == ["one size", "small"]
    assert await told(message.get_by_role("checkbox").first.uncheck()) == ["all sizes", []]
    await expect(button(ana, "For Ben")).to_have_count(0)


async def test_a_conflict_asks_before_it_is_overruled(desk: Desk) -> None:
    await desk.world.slack.command("ana", SPRING, "temp 111")
    ben = await desk.sit("ben")
    await expect(ben.locator("#messages .picture img")).to_be_visible()
    await type_in(ben, "/wxqr temp 111")
    await button(ben, "Mint anyway").click()
    await ben.get_by_role("dialog").press("Escape")
    await expect(ben.get_by_role("dialog")).to_have_count(0)
    assert desk.world.wechat.count("/cgi-bin/qrcode/create") == 1
    await button(ben, "Mint anyway").click()
    await ben.get_by_role("dialog").get_by_role("button", name="Yes").click()
    await expect(ben.locator("#messages .picture img")).to_have_count(2)


async def test_a_code_is_looked_at_large_beside_the_others_and_its_files_are_downloaded(desk: Desk) -> None:
    ana = await desk.sit("ana")
    for scene in ("111", "222"):
        await type_in(ana, f"/wxqr temp {scene}")
        await expect(ana.get_by_role("img", name=f"WeChat QR code, scene {scene}")).to_be_visible()
    await ana.get_by_role("img", name="WeChat QR code, scene 111").click()
    large = ana.get_by_role("dialog")
    await expect(large).to_contain_text("1 / 2")
    await ana.keyboard.press("ArrowRight")
    await expect(large.get_by_role("img", name="WeChat QR code, scene 222")).to_be_visible()
    async with ana.expect_download() as download:
        await large.get_by_role("link", name="Download").click()
    assert Path(await (await download.value).path()).read_bytes().startswith(b"\xff\xd8")  # noqa: ASYNC240 - a test may
    await ana.keyboard.press("Escape")
    await expect(large).to_have_count(0)
    await messages(ana).first.get_by_role("button", name="PDF").click()
    await messages(ana).first.hover()
    await messages(ana).first.get_by_role("button", name="Reply in thread").click()
    card = ana.locator("#thread .filecard")
    await expect(card).to_contain_text("PDF")
    async with ana.expect_download() as download:
        await card.get_by_role("link").click()
    assert Path(await (await download.value).path()).read_bytes().startswith(b"%PDF")  # noqa: ASYNC240 - a test may


async def test_the_pictures_of_one_message_stand_side_by_side_and_each_is_scanned(desk: Desk) -> None:
    slack = desk.world.slack
    for scene in ("111", "222"):
        await slack.command("ana", SPRING, f"temp {scene}")

    def files() -> list[File]:
        return [file for message in slack.sees("ana", SPRING) for file in message.files if file.ready]

    await slack.wait_for(lambda: len(files()) == 2)
    ana = await desk.sit("ana", GENERAL)
    message = said(ana, say(desk, files=tuple(files())))
    await expect(message.locator("summary")).to_have_text("2 files")
    await expect(message.get_by_role("button", name="Scan with a phone")).to_have_count(2)
    left, right = [await picture.bounding_box() for picture in await message.locator(".picture").all()]
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]


async def test_the_very_json_is_shown_and_what_slack_finds_wrong_with_it(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    blocks = ({"type": "hologram", "depth": 3}, {"type": "header", "text": gallery.plain("x" * 151)})
    message = said(ana, say(desk, *blocks))
    await expect(message.locator(".unknown")).to_contain_text('"hologram"')
    await expect(message.locator(".refused")).to_contain_text("unsupported type: hologram")
    await expect(message.locator(".refused li")).to_have_count(2)
    await message.hover()
    await message.get_by_role("button", name="Show JSON").click()
    shown = ana.get_by_role("dialog", name="What the app sent")
    assert json.loads(await shown.locator("pre").inner_text())["blocks"] == list(blocks)
    await expect(shown.locator(".refused")).to_contain_text("must be less than 151 characters")


async def test_a_moment_is_told_in_the_time_zone_of_who_looks(desk: Desk) -> None:
    desk.world.clock.advance(-desk.world.clock.now() % 86_400)  # midnight in London
    soon = int(desk.world.clock.now()) + 1800
    text = gallery.mrkdwn(f"<!date^{soon}^{{date_short_pretty}} {{time}}|in half an hour>")
    say(desk, {"type": "section", "text": text})
    told = []
    for person in ("ana", "ben"):
        page = await desk.sit(person, GENERAL)
        told.append(await page.locator("#messages .block time").inner_text())
    assert told == ["Today 9:30 PM", "Today 12:30 AM"]


async def test_what_is_said_is_text_whatever_it_looks_like(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    await type_in(ana, "<img src=x onerror=alert(1)> *bold* `a<b` :nothing: <javascript:alert(1)|here>")
    await expect(messages(ana).locator("img, a")).to_have_count(0)
    await expect(messages(ana)).to_contain_text(["<img src=x onerror=alert(1)> bold a<b :nothing: <javascript:"])
    await expect(messages(ana).locator("p strong")).to_have_text("bold")


async def test_texts_are_marked_as_slack_marks_them(desk: Desk) -> None:
    text = (
        "see <https://example.com/a?b&amp;c|the *plan*> <#C0SBSPRING1> <!here> <!subteam^S1|@team>\n"
        "&gt; one\n&gt; two\n```\n/wxqr <https://x.y|x.y>\n``` 中*粗*文 https://example.com/z.\n>>> all\nthe rest"
    )
    ana = await show(desk, {"type": "section", "text": gallery.mrkdwn(text)})
    await expect(ana.get_by_role("link", name="the *plan*")).to_have_attribute("href", "https://example.com/a?b&c")
    await expect(ana.get_by_role("link", name="https://example.com/z", exact=True)).to_be_visible()
    await expect(messages(ana).locator(".mention")).to_have_text(["#campaign-spring", "@here", "@team"])
    await expect(messages(ana).locator("blockquote")).to_have_text(["one\ntwo", "all\nthe rest"])
    await expect(messages(ana).locator("pre")).to_have_text("/wxqr x.y")
    await expect(messages(ana)).to_contain_text(["中*粗*文"])


async def test_a_chart_tells_its_values_to_the_pointer_the_keys_and_the_screen_reader(desk: Desk) -> None:
    ana = await show(desk, gallery.plotted("bar"))
    chart = messages(ana).locator(".chart")
    picture = chart.get_by_role("img", name=re.compile("Last week: bar. scans: Mon 120, Tue 80"))
    await picture.locator("rect").first.hover()
    await expect(chart.locator("output")).to_have_text("Mon · scans: 120")
    await picture.press("ArrowRight")
    await picture.press("ArrowRight")
    await expect(chart.locator("output")).to_have_text("Tue · scans: 80")
    await expect(chart.get_by_role("table")).to_contain_text("follows")


async def test_what_is_long_shows_a_part_until_more_is_wanted(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    table = said(ana, say(desk, gallery.BLOCKS["data table"])).locator(".data-table")
    scans, by_scans = table.locator("tbody td.number"), table.get_by_role("button", name="Scans")
    await by_scans.click()
    await expect(scans).to_have_text(["0", "109", "190", "271", "352"])
    await by_scans.click()
    await expect(scans.first).to_have_text("919")
    await button(ana, "Forward").click()
    await button(ana, "Forward").click()
    await expect(table.get_by_role("status")).to_have_text("11–12 of 12")
    await expect(button(ana, "Forward")).to_be_disabled()
    text = said(ana, say(desk, {"type": "section", "text": gallery.mrkdwn("all of it " * 200)})).locator(".section p")
    await expect(text).to_have_class("folded")
    await button(ana, "See more").click()
    await expect(text).not_to_have_class("folded")


async def test_what_cannot_be_drawn_shows_its_json_and_keeps_nothing_else_from_being_seen(desk: Desk) -> None:
    broken, dated = {"type": "task_card", "title": "t", "details": "plain"}, "<!date^soon^{date_short}|soon>"
    last = say(desk, broken, {"type": "section", "text": gallery.mrkdwn(dated)}, attachments=({"color": "#f00"},))
    message = said(await desk.sit("ana", GENERAL), last)
    await expect(message.locator(".unknown").first).to_contain_text('"task_card"')
    await expect(message.locator(".unknown").last).to_contain_text('"#f00"')
    await expect(message.locator("time", has_text="soon")).to_be_visible()
