"""A browser before the sandbox, and what every test of the page does there."""

import re
import shutil
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import BrowserContext, Locator, Page, ViewportSize, expect

from bot.sandbox.slack.block_rules import problems
from bot.sandbox.world import World

# Debian builds it without windows, too: that takes half of the processor
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
VIEWPORT: ViewportSize = {"width": 1400, "height": 900}
SPRING, GENERAL, RANDOM = "C0SBSPRING1", "C0SBGENERAL", "C0SBRANDOM1"


@dataclass
class Desk:
    """A browser before the sandbox; what it complained of is kept. `cleared` are pages that others left."""

    world: World
    context: BrowserContext
    cleared: list[Page] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    async def sit(self, person: str, channel: str = SPRING) -> Page:
        """Open the page as `person` who looks at `channel`."""
        page = self.cleared.pop() if self.cleared else await self.context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        await page.goto(f"{self.world.base_url}/#{person}/{channel}")
        await expect(page.locator("#title h1")).to_be_visible()
        return page


async def type_in(page: Page, text: str) -> None:
    composer = page.locator("#composer textarea")
    await composer.fill(text)
    await composer.press("Enter")


def messages(page: Page) -> Locator:
    return page.locator("#messages .message")


async def open_thread(page: Page) -> Locator:
    """Open the thread under the last message that has one, and return its pane: replies stand there only."""
    await page.locator("#messages .replies").last.click()
    thread = page.get_by_role("complementary", name=re.compile("Thread|消息列"))
    await expect(thread).to_be_visible()
    return thread


def button(page: Page | Locator, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


async def show(desk: Desk, block: dict[str, Any]) -> Page:
    """Open the page before a message that says one block."""
    slack = desk.world.slack
    assert problems([block]) == []
    slack.messages.edit(slack.say("ana", GENERAL, ""), blocks=(block,), edited="1")
    return await desk.sit("ana", GENERAL)
