"""The tour moves the page along: who looks at what, what is typed, what is told beside it."""

import re
import socket
from pathlib import Path

import httpx
from playwright.async_api import BrowserContext, Locator, Page, expect

from bot.sandbox.running import standing
from tests.sandbox.page.desk import SPRING, Desk, button, messages

# a step takes as long as a hundred people do who come on a busy machine
STEP = 20_000


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
    at_the_end = "({scrollHeight: all, scrollTop: top, clientHeight: seen}) => all - top - seen"
    for page in (ana, li_wei):
        await expect(page).to_have_url(re.compile(f"#ana/{SPRING}"))
        await page.wait_for_function(f"({at_the_end})(document.querySelector('#messages')) < 2")
        await expect(messages(page).locator(".picture img")).to_have_count(2)
    await button(ana, "Try it").click()
    await expect(strip(ana)).to_be_hidden()
    await expect(composer(ana)).to_have_value("/wxqr help")
    await composer(ana).press("Enter")
    await expect(messages(ana)).to_contain_text([re.compile("/wxqr temp")])


async def test_show_me_goes_step_by_step_by_keyboard(desk: Desk) -> None:
    ana = await desk.sit("ana")
    await composer(ana).fill("what I had begun")
    await button(ana, "Show me").click()
    await expect(strip(ana)).to_contain_text("1 / 12")
    await go_on(ana, 2)
    await expect(strip(ana)).to_contain_text("Ana needs a QR code")
    await expect(composer(ana)).to_have_value(re.compile("^/wxqr p"))
    await go_on(ana, 3)
    await expect(messages(ana).locator(".picture img")).to_be_visible()
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
    await ana.keyboard.press("Escape")
    await expect(strip(ana)).to_be_hidden()


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
