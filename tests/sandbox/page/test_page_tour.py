"""The tour moves the page along: who looks at what, what is typed, what is told beside it."""

import re
import socket
from pathlib import Path

import httpx
from playwright.async_api import BrowserContext, Locator, Page, ViewportSize, expect

from bot.sandbox.running import standing
from tests.sandbox.page.desk import GENERAL, SPRING, Desk, button, messages

# a step takes as long as a hundred people do who come on a busy machine
STEP = 20_000
LAPTOP: ViewportSize = {"width": 1280, "height": 720}
# the newest message is seen from its head, and the day's name floats above it
FROM_ITS_HEAD = """() => {
    const newest = [...document.querySelectorAll("#messages .message")].at(-1);
    const { bottom } = newest.closest("#messages > div").querySelector(".day span").getBoundingClientRect();
    const { top } = newest.getBoundingClientRect();
    return top > bottom && top < bottom + 40;
}"""


def strip(page: Page, name: str = "Guided tour") -> Locator:
    return page.get_by_role("region", name=name)


def composer(page: Page) -> Locator:
    return page.locator("#composer textarea")


async def go_on(page: Page, step: int) -> None:
    """Press the key that goes on, and wait until the step is told."""
    await page.keyboard.press("ArrowRight")
    await expect(strip(page)).to_contain_text(f"{step} / 12", timeout=STEP)


async def tell(desk: Desk, **wish: object) -> None:
    """Wish something of the tour, as a program does."""
    async with httpx.AsyncClient(base_url=desk.world.base_url, trust_env=False) as http:
        (await http.post("/sandbox/tour", json=wish)).raise_for_status()


async def test_the_tour_is_played_to_its_end_before_every_open_page(desk: Desk) -> None:
    ana, li_wei = await desk.sit("ana"), await desk.sit("li.wei")
    await tell(desk, action="play", pace=0)
    await expect(strip(ana)).to_contain_text("Now you: type /wxqr help.", timeout=STEP)
    await expect(strip(li_wei, "导览")).to_contain_text("轮到你了", timeout=STEP)
    for page in (ana, li_wei):
        await expect(page).to_have_url(re.compile(f"#ana/{SPRING}"))
        await expect(messages(page).locator(".picture img")).to_have_count(2)
    await button(ana, "Try it").click()
    await expect(strip(ana)).to_be_hidden()
    await expect(composer(ana)).to_have_value("/wxqr help")
    await composer(ana).press("Enter")
    await expect(messages(ana)).to_contain_text([re.compile("/wxqr temp")])


async def test_show_me_goes_step_by_step_by_keyboard(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await ana.set_viewport_size(LAPTOP)
    await composer(ana).fill("what I had begun")
    await button(ana, "Show me").click()
    await expect(strip(ana)).to_contain_text("1 / 12")
    await go_on(ana, 2)
    await expect(strip(ana)).to_contain_text("Ana needs a QR code")
    await expect(composer(ana)).to_have_value(re.compile("^/wxqr p"))
    await go_on(ana, 3)
    await expect(messages(ana).locator(".picture img")).to_be_visible()
    await ana.wait_for_function(FROM_ITS_HEAD)
    await expect(composer(ana)).to_have_value("what I had begun")
    await go_on(ana, 4)
    await go_on(ana, 5)
    await expect(ana.locator("#phone")).to_contain_text("Welcome! Show this at our booth", timeout=STEP)
    await go_on(ana, 6)
    await expect(ana).to_have_url(re.compile("#ben/"))
    await expect(ana.locator("#phone")).to_be_hidden()
    await go_on(ana, 7)
    await expect(ana.locator("#behind")).to_contain_text("qrscene_spring-poster", timeout=STEP)
    # the counter is under the code, and seen there
    await expect(ana.locator("#thread")).to_contain_text("Scans", timeout=STEP)
    # there is no room for a channel, a thread and the panel: the thread has all that the panel leaves
    await expect(ana.locator("main")).to_be_hidden()
    assert await ana.locator("#thread").evaluate("one => one.clientWidth") > 560
    await go_on(ana, 8)
    await expect(ana.locator("main")).to_be_visible()
    figures = messages(ana).filter(has_text="new follows (")
    await expect(figures).to_be_in_viewport(timeout=STEP)
    await expect(figures.get_by_text("new follows (")).to_be_in_viewport()
    await ana.keyboard.press("Escape")
    await expect(strip(ana)).to_be_hidden()


async def test_the_first_screen_says_what_this_is_until_it_is_sent_away_or_anything_happens(desk: Desk) -> None:
    ana, ben, li_wei = await desk.sit("ana"), await desk.sit("ben"), await desk.sit("li.wei")
    invitation = ana.get_by_role("region", name="What is this?")
    await expect(invitation).to_contain_text("wxqr makes WeChat QR codes in Slack")
    await button(invitation, "Dismiss").click()
    await expect(invitation).to_be_hidden()
    await expect(composer(ana)).to_be_focused()
    await ana.reload()
    await expect(button(ana, "Show me")).to_be_visible()
    await expect(invitation).to_be_hidden()
    await expect(ben.locator("#invitation")).to_be_visible()
    await button(li_wei, "两分钟看完整个故事").click()
    await expect(strip(li_wei, "导览")).to_contain_text("1 / 12")
    await expect(li_wei.locator("#invitation")).to_be_hidden()
    await expect(ben.locator("#invitation")).to_be_hidden()
    await li_wei.keyboard.press("Escape")
    chloe = await desk.sit("chloe")
    await expect(chloe.locator("#invitation")).to_be_visible()
    desk.world.slack.say("ben", GENERAL, "good morning")
    await expect(chloe.locator("#invitation")).to_be_hidden()


async def test_escape_ends_the_tour_of_the_page_that_began_it_and_another_only_leaves_it(desk: Desk) -> None:
    ben, ana = await desk.sit("ben"), await desk.sit("ana")
    await button(ana, "Show me").click()
    await expect(strip(ben)).to_contain_text("1 / 12")
    await ben.keyboard.press("Escape")
    await expect(strip(ben)).to_be_hidden()
    await button(ana, "Next").click()
    await expect(strip(ana)).to_contain_text("2 / 12")
    await expect(strip(ben)).to_be_hidden()
    await ana.keyboard.press("Escape")
    await expect(strip(ana)).to_be_hidden()
    await button(ben, "Show me").click()
    await expect(strip(ben)).to_contain_text("1 / 12")


async def test_it_begins_with_the_page_where_that_was_asked_for_and_anew_with_each_reload(
    listening: socket.socket, tmp_path: Path, context: BrowserContext
) -> None:
    async with standing(listening, tmp_path, with_tour=True) as world:
        desk = Desk(world, context)
        ana = await desk.sit("ana")
        await expect(strip(ana)).to_contain_text("1 / 12")
        await go_on(ana, 2)
        await ana.reload()
        await expect(strip(ana)).to_contain_text("1 / 12")
        await ana.close()
        assert desk.complaints == []
