"""The sandbox's page in a real browser: what a person sees and can do there, light or dark, in either language."""

import re
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from bot.sandbox.running import standing
from bot.sandbox.slack.block_rules import problems
from bot.sandbox.world import World

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
SPRING, GENERAL, RANDOM = "C0SBSPRING1", "C0SBGENERAL", "C0SBRANDOM1"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")


@dataclass
class Desk:
    """A browser before the sandbox; what it complained of is kept."""

    world: World
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    async def sit(self, person: str, channel: str = SPRING) -> Page:
        """Open the page as `person` who looks at `channel`."""
        page = await self.context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(f"{self.world.base_url}/#{person}/{channel}")
        await expect(page.locator("#channels [aria-current]")).to_be_visible()
        return page


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Run the whole module in one loop, so that one browser serves all its tests."""
    return "asyncio"


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET) as browser,
    ):
        yield browser


@pytest.fixture
async def desk(listening: socket.socket, browser: Browser, tmp_path: Path) -> AsyncIterator[Desk]:
    async with (
        standing(listening, tmp_path) as world,
        await browser.new_context(viewport={"width": 1400, "height": 900}) as context,
    ):
        desk = Desk(world, context)
        yield desk
        assert desk.complaints == []


async def type_in(page: Page, text: str) -> None:
    composer = page.locator("#composer textarea")
    await composer.fill(text)
    await composer.press("Enter")


def messages(page: Page) -> Locator:
    return page.locator("#messages .message")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


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


async def test_who_reads_chinese_has_page_and_help_in_chinese(desk: Desk) -> None:
    li_wei = await desk.sit("li.wei")
    await type_in(li_wei, "/wxqr 帮助")
    await expect(messages(li_wei)).to_contain_text(["仅对您可见"])
    await expect(messages(li_wei)).to_contain_text(["永久码"])
    await expect(li_wei.locator("html")).to_have_attribute("lang", "zh-CN")


async def test_a_moment_is_told_in_the_time_zone_of_who_looks(desk: Desk) -> None:
    desk.world.clock.advance(-desk.world.clock.now() % 86_400)  # midnight in London
    await desk.world.slack.command("ana", SPRING, "temp 111")
    said = []
    for person in ("ana", "ben"):
        page = await desk.sit(person)
        said.append(await page.locator("#messages .fields time").inner_text())
    assert said == ["today 9:30 PM", "today 12:30 AM"]


async def test_another_person_is_chosen_with_the_arrow_keys(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await ana.get_by_role("radio", name="Ana Souza").press("ArrowDown")
    await expect(ana.get_by_role("radio", name="Ben Carter")).to_be_checked()
    await expect(ana).to_have_url(re.compile(r"#ben/"))


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


async def test_a_bot_that_does_not_answer_is_told_as_slack_tells_it(desk: Desk) -> None:
    desk.world.slack.request_url = f"{desk.world.base_url}/nowhere"
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr help")
    await expect(messages(ana)).to_contain_text(["/wxqr failed with the error “dispatch_failed”"])
    await expect(ana.get_by_role("status")).to_have_text("/wxqr help failed with the error “dispatch_failed”")


async def test_a_bot_that_was_not_invited_is_let_in_as_it_asks_to_be(desk: Desk) -> None:
    ana = await desk.sit("ana", RANDOM)
    await expect(ana.locator(".absent")).to_have_text("wxqr is not in this channel: /invite @wxqr")
    await type_in(ana, "/invite @wxqr")
    await expect(ana.locator(".absent")).to_have_text("")
    await expect(messages(ana)).to_contain_text(["@wxqr was added to this channel."])


async def test_a_file_for_print_hangs_under_its_code_as_a_card_to_download(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp 111")
    await button(ana, "PDF").click()
    card = ana.locator(".thread .card")
    await expect(card).to_contain_text("wxqr-111.pdf")
    async with ana.expect_download() as download:
        await card.get_by_role("link").click()
    assert Path(await (await download.value).path()).read_bytes().startswith(b"%PDF")  # noqa: ASYNC240 - a test may


async def test_a_picture_is_shown_large_and_put_away(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp 111")
    await ana.locator("#messages .picture").click()
    large = ana.get_by_role("dialog").locator("img")
    await expect(large).to_be_visible()
    await ana.keyboard.press("Escape")
    await expect(large).to_have_count(0)


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


FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A code"},
    "submit": {"type": "plain_text", "text": "Make it"},
    "blocks": [
        {
            "type": "input", "block_id": "scene", "label": {"type": "plain_text", "text": "Scene"},
            "element": {"type": "plain_text_input", "action_id": "typed"},
        },
        {
            "type": "input", "block_id": "kind", "label": {"type": "plain_text", "text": "Kind"},
            "element": {"type": "static_select", "action_id": "chosen", "options": [
                {"text": {"type": "plain_text", "text": one}, "value": one} for one in ("temp", "perm")]},
        },
    ],
}  # fmt: skip


async def test_a_form_is_filled_in_and_shows_what_is_wrong_with_it(desk: Desk) -> None:
    ana = await desk.sit("ana")
    view = desk.world.slack.views.open("U0SBANA01", FORM)
    await ana.get_by_label("Scene").fill("spring")
    desk.world.slack.views.complain(view, {"scene": "no such scene"})
    await expect(ana.get_by_role("alert").filter(has_text="no such scene")).to_be_visible()
    await ana.get_by_label("Kind").select_option("perm")
    await button(ana, "Make it").click()
    await desk.world.slack.wait_for(lambda: view.values)
    assert view.values["scene"]["typed"]["value"] == "spring"
    assert view.values["kind"]["chosen"]["selected_option"]["value"] == "perm"


async def test_what_is_said_is_text_whatever_it_looks_like(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    await type_in(ana, "<img src=x onerror=alert(1)> *bold* `a<b` :nothing: <javascript:alert(1)|here>")
    await expect(messages(ana).locator("img, a")).to_have_count(0)
    await expect(messages(ana)).to_contain_text(["<img src=x onerror=alert(1)> bold a<b :nothing: <javascript:"])
    await expect(messages(ana).locator("strong").last).to_have_text("bold")


async def test_a_block_that_the_page_cannot_draw_is_shown_as_it_is(desk: Desk) -> None:
    slack = desk.world.slack
    message = slack.say("ana", GENERAL, "")
    slack.messages.edit(message, blocks=({"type": "hologram", "depth": 3},), edited="1")
    ana = await desk.sit("ana", GENERAL)
    await expect(messages(ana).locator(".unknown")).to_contain_text('"hologram"')
    slack.messages.delete(slack.messages.of(GENERAL).__next__())
    await expect(messages(ana)).to_have_count(0)


def plotted(kind: str) -> dict[str, Any]:
    days = ["Mon", "Tue", "Wed"]
    series = [
        {"name": name, "data": [{"label": day, "value": at * more - 2} for at, day in enumerate(days)]}
        for name, more in (("scans", 3), ("follows", 1))
    ]
    return {"type": kind, "series": series, "axis_config": {"categories": days}}


PIE = {"type": "pie", "segments": [{"label": "new", "value": 3}, {"label": "returning", "value": 1}]}


@pytest.mark.parametrize(
    ("drawn", "shape", "count"),
    [(plotted("line"), "circle", 6), (plotted("area"), "circle", 6), (plotted("bar"), "rect", 6), (PIE, "path", 2)],
)
async def test_a_chart_is_drawn_and_its_numbers_are_told(
    desk: Desk, drawn: dict[str, Any], shape: str, count: int
) -> None:
    ana = await show(desk, {"type": "data_visualization", "title": "Last week", "chart": drawn})
    chart = messages(ana).locator(".chart")
    await expect(chart.locator("figcaption")).to_have_text("Last week")
    await expect(chart.locator(f"svg {shape}")).to_have_count(count)
    await expect(chart.locator(".legend li")).to_have_count(2)
    await expect(chart.get_by_role("img")).to_have_attribute("aria-label", re.compile(r"new 3|scans: Mon -2, Tue 1"))


async def test_a_table_is_sorted_by_its_head_and_turned_by_its_foot(desk: Desk) -> None:
    head = [{"type": "raw_text", "text": name} for name in ("Scene", "Scans")]
    rows = [
        [
            {"type": "raw_text", "text": f"s{at}"},
            {"type": "raw_number", "value": at * 7 % 10, "text": f"{at * 7 % 10}x"},
        ]
        for at in range(12)
    ]
    ana = await show(desk, {"type": "data_table", "caption": "Scenes", "rows": [head, *rows], "page_size": 10})
    shown = messages(ana).locator(".data-table")
    scans = shown.locator("tbody td")
    await expect(scans).to_have_count(10)
    await expect(shown.get_by_role("status")).to_have_text("1–10 of 12")
    by_scans = shown.get_by_role("button", name="Scans")
    await by_scans.click()
    await expect(scans.first).to_have_text("0x")
    await by_scans.click()
    await expect(scans.first).to_have_text("9x")
    await button(ana, "Forward").click()
    await expect(shown.get_by_role("status")).to_have_text("11–12 of 12")
    await expect(button(ana, "Forward")).to_be_disabled()


async def test_a_cell_mentions_people_and_tells_times_in_the_readers_zone(desk: Desk) -> None:
    inside = [
        {"type": "user", "user_id": "U0SBANA01"},
        {"type": "date", "timestamp": 1_800_000_000, "format": "{date_num} {time}", "fallback": "then"},
    ]
    cell = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": inside}]}
    head = [{"type": "raw_text", "text": "By"}]
    ana = await show(desk, {"type": "data_table", "caption": "Codes", "rows": [head, [cell]]})
    await expect(messages(ana).locator("tbody .mention")).to_have_text("@Ana Souza")
    await expect(messages(ana).locator("tbody time")).to_have_text(re.compile(r"5:00\sAM"))


async def show(desk: Desk, block: dict[str, Any]) -> Page:
    """Open the page before a message that says one block."""
    slack = desk.world.slack
    assert problems([block]) == []
    slack.messages.edit(slack.say("ana", GENERAL, ""), blocks=(block,), edited="1")
    return await desk.sit("ana", GENERAL)


async def test_another_channel_is_bold_until_what_came_there_is_looked_at(desk: Desk) -> None:
    ana = await desk.sit("ana")
    general = ana.get_by_role("button", name="# general")
    desk.world.slack.say("ben", GENERAL, "news")
    await expect(general).to_have_class("unread")
    await general.click()
    await expect(messages(ana)).to_contain_text(["news"])
    await expect(general).not_to_have_class("unread")


async def test_the_clock_is_moved_by_a_button_and_the_access_token_grows_old(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await type_in(ana, "/wxqr temp 111")
    await expect(ana.locator("#behind dl").first).to_contain_text(re.compile(r"7\d\d\d s left"))
    await button(ana, "+1 day").click()
    await expect(ana.locator(".moved")).to_have_text("1 d 0 h ahead of this machine")
    await expect(ana.locator("#behind dl").first).to_contain_text("0 s left")


async def test_the_page_is_as_light_or_dark_as_the_machine(desk: Desk) -> None:
    ana = await desk.sit("ana")
    red = "Number(getComputedStyle(document.body).backgroundColor.match(/[0-9]+/)[0])"
    assert await ana.evaluate(red) > 200
    await ana.emulate_media(color_scheme="dark")
    assert await ana.evaluate(red) < 60
