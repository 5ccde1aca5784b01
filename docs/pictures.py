# ruff: noqa: INP001 - a script of its own, no part of a package
"""`make pictures`: the READMEs' pictures, taken of the sandbox while its tour is played. Needs Chromium.

The tour waits for the photographer: where it would wait for its reader, a picture is taken.
"""

import asyncio
import io
import random
import re
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bot.logs import set_up
from bot.sandbox.running import standing
from bot.sandbox.slack.people import PEOPLE
from bot.sandbox.tour_captions import COUNTED, CROWDED, END, HEALED, SCANNED, Caption
from bot.sandbox.tour_player import Player
from bot.sandbox.tour_stage import Stage
from bot.sandbox.wechat.crowd import DAY, Crowd
from bot.sandbox.wechat.phone_owners import open_id_of
from bot.sandbox.world import World
from bot.server import bound

FOLDER = Path(__file__).parent / "pictures"
# who reads each language, and sees the tour begin
READERS = {"en": "ana", "zh-CN": "wang.fang"}
SIZE: ViewportSize = {"width": 1280, "height": 1000}
COLOURS = 192
# it is 09:12 in Shanghai, whenever a picture is taken
MORNING = 72 * 60
# the tour's one day makes no curve: so many people come in so many days more
PEOPLE_MORE, DAYS_MORE = 240, 9


@dataclass(frozen=True, slots=True)
class Sight:
    """What is pictured: the step of the tour, and the words that are in a part of the page by then."""

    name: str
    caption: Caption
    part: str
    words: Callable[[World, Mapping[str, Any]], str]


@dataclass
class Photographer:
    """Stands before the page in the reader's place, for whom each step waits twice: before it happens, and after."""

    world: World
    page: Page
    language: str
    waits: int = 0

    def __post_init__(self) -> None:
        self.stage = Stage(self.world)
        self.player = Player(self.stage, self.wait)

    async def work(self) -> None:
        """Take every picture. SystemExit where the tour did not come to its end."""
        self.player.play(self.language)
        await self.player.finished()
        if self.player.state["caption"] is not END:
            sys.exit(f"the tour in {self.language} ended at step {self.player.state['step']}")

    async def wait(self, _: float) -> None:
        """Look at what has happened, instead of letting time pass."""
        self.waits += 1
        told = self.player.state
        if self.waits % 2:
            await self._follow(told)
            return
        if told["caption"] is CROWDED:
            await Crowd(self.world.wechat, [told["code"]], PEOPLE_MORE, DAYS_MORE * DAY).come()
            self.stage.tell("clock")
        for sight in SIGHTS:
            if told["caption"] is sight.caption:
                await self._take(sight)

    async def _follow(self, told: Mapping[str, Any]) -> None:
        """Wait until the page is where the step is: else it might miss what is told next."""
        await self.page.get_by_text(told["caption"][self.language]).wait_for()
        # a thread may be open in it
        await self.page.wait_for_url(re.compile(f"#{told['person']}/{told['channel']}(/|$)"))

    async def _take(self, sight: Sight) -> None:
        words = sight.words(self.world, self.player.state)
        await self.page.locator(sight.part).get_by_text(words, exact=True).last.wait_for()
        await self.page.wait_for_function("[...document.images].every((one) => one.complete)")
        picture = Image.open(io.BytesIO(await self.page.screenshot(animations="disabled")))
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(FOLDER / f"{sight.name}.{self.language}.png", optimize=True)


def welcome(world: World, told: Mapping[str, Any]) -> str:
    """Return what came to the phone."""
    return world.wechat.phone(open_id_of(told["phone"])).received[-1].text


def chart(world: World, told: Mapping[str, Any]) -> str:
    """Return what is written above the last chart."""
    *_, last = world.slack.sees(told["person"], told["channel"])
    return str(next(block["title"] for block in last.blocks if block["type"] == "data_visualization"))


def refusal(_: World, __: Mapping[str, Any]) -> str:
    """Return what WeChat refused the access token with."""
    return "40001"


SIGHTS = (
    Sight("phone", SCANNED, "#phone", welcome),
    Sight("figures", COUNTED, "#messages", chart),
    Sight("panel", HEALED, "#behind", refusal),
)


async def main(chromium: str) -> None:
    """Take every picture in every language."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for language in READERS:
            async with stood(language) as world, opened(browser, world, language) as page:
                random.seed(1)
                await Photographer(world, page, language).work()


@asynccontextmanager
async def stood(language: str) -> AsyncIterator[World]:
    """Let a sandbox stand in the morning, with a bot that speaks the language to whole channels, too."""
    with bound("127.0.0.1", 0) as listening, tempfile.TemporaryDirectory() as folder:
        async with standing(listening, Path(folder), WXQR_LANGUAGE=language) as world:
            world.clock.advance((MORNING - time.time()) % DAY)
            yield world


@asynccontextmanager
async def opened(browser: Browser, world: World, language: str) -> AsyncIterator[Page]:
    """Open the page as who reads the language."""
    reader = next(person for person in PEOPLE if person.name == READERS[language])
    context = await browser.new_context(
        viewport=SIZE, color_scheme="light", reduced_motion="reduce", locale=reader.locale
    )
    async with context:
        page = await context.new_page()
        await page.goto(f"{world.base_url}/#{reader.name}")
        await page.get_by_role("textbox").first.wait_for()
        yield page


if __name__ == "__main__":
    found = shutil.which("chromium")
    if found is None:
        sys.exit("there is no chromium on this machine")
    FOLDER.mkdir(exist_ok=True)
    set_up("ERROR", ())
    asyncio.run(main(found))
