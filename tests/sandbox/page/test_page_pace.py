"""The page is quick: it is there at once, and five thousand messages scroll, grow and let type as smoothly as few."""

import math
from collections.abc import Awaitable, Callable
from time import perf_counter, process_time

from playwright.async_api import Page

from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.people import BOT_USER
from bot.sandbox.slack.workspace import Workspace
from tests.sandbox.page.desk import GENERAL, VIEWPORT, Desk
from tests.sandbox.page.gallery import button, mrkdwn

MANY = 5_000
# milliseconds, on a machine that is all ours; a frame is two pictures of the sixty a second
FIRST_PAINT, FRAME, KEY = 300, 34, 100
ROUNDS = 5
SPIN = 0.05
# among so many, what a browser finds is found sooner than what Playwright looks for
IS_THERE = "(ts) => document.querySelector(`#messages [data-ts='${ts}']`) !== null"
UP = """async (ts) => {
  const list = document.getElementById("messages");
  while (!list.querySelector(`[data-ts='${ts}']`)) {
    if (list.scrollTop > 0) list.scrollTop = 0;
    await new Promise(requestAnimationFrame);
  }
  list.scrollTop = 0;
}"""
TURN = """(isHidden) => {
  Object.defineProperty(document, "hidden", { value: isHidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
FILM = """() => {
  const frames = [], begin = (last) => (now) => {
    frames.push(now - last);
    window.film = requestAnimationFrame(begin(now));
  };
  window.film = requestAnimationFrame(begin(performance.now()));
  window.developed = () => (cancelAnimationFrame(window.film), frames);
}"""
# https://w3c.github.io/event-timing: from the key to the picture that shows it; what takes less than 16 is not told
KEYS = """() => {
  window.keys = [];
  const note = ({ name, duration }) => name === "keydown" && window.keys.push(duration);
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "event", durationThreshold: 16 });
}"""


async def test_the_first_paint_comes_within_300_milliseconds(desk: Desk) -> None:
    assert desk.context.browser
    browser = desk.context.browser

    async def paint() -> float:
        """Open it in a browser that has none of its files."""
        async with await browser.new_context(viewport=VIEWPORT) as context:
            page = await Desk(desk.world, context, complaints=desk.complaints).sit("ana")
            return float(await (await page.wait_for_function(PAINTED)).json_value())

    assert await best(paint, FIRST_PAINT) < FIRST_PAINT


async def test_a_page_that_nobody_looks_at_keeps_no_connection_and_knows_all_when_it_is_looked_at(desk: Desk) -> None:
    ana = await desk.sit("ana", GENERAL)
    async with ana.expect_event("requestfailed", lambda request: "/sandbox/changes" in request.url):
        await ana.evaluate(TURN, arg=True)
    said = desk.world.slack.say("ben", GENERAL, "while she is away")
    await ana.evaluate(TURN, arg=False)
    await ana.wait_for_function(IS_THERE, arg=said.ts)


async def test_five_thousand_messages_are_as_smooth_as_few(desk: Desk) -> None:
    slack = desk.world.slack
    oldest = fill(slack)
    ana = await desk.sit("ana", GENERAL)
    await ana.mouse.move(700, 400)
    await to_the_top(ana, oldest)
    assert await best(lambda: frame(ana, wheel(ana, 400)), FRAME) < FRAME
    assert await best(lambda: frame(ana, receive(ana, slack)), FRAME) < FRAME
    assert await best(lambda: frame(ana, wheel(ana, -400)), FRAME) < FRAME
    await ana.evaluate(KEYS)
    assert await best(lambda: key(ana), KEY) < KEY


def fill(slack: Workspace) -> Message:
    """Let people and the app say many things, and return the first of them."""
    for number in range(MANY):
        said = slack.say(
            ("ana", "ben", "chloe", "li.wei")[number % 4], GENERAL, f"{number}: " + "scan me " * (number % 9)
        )
        if number % 5 == 4:
            blocks = (
                {"type": "section", "block_id": f"text {number}", "text": mrkdwn(f"*Code {number}* for <@U0SBANA01>")},
                {"type": "actions", "block_id": f"buttons {number}", "elements": [button("Renew"), button("Show")]},
            )
            slack.messages.edit(said, user=BOT_USER, blocks=blocks)
    return next(slack.messages.of(GENERAL))


async def to_the_top(page: Page, oldest: Message) -> None:
    """Go up until the oldest message is there, and in sight."""
    await page.evaluate(UP, oldest.ts)
    await page.wait_for_function("document.getElementById('messages').scrollTop === 0")


async def wheel(page: Page, pixels: int) -> None:
    for _ in range(20):
        await page.mouse.wheel(0, pixels)


async def receive(page: Page, slack: Workspace) -> None:
    for number in range(10):
        said = slack.say("ben", GENERAL, f"news {number}")
        await page.wait_for_function(IS_THERE, arg=said.ts)


async def frame(page: Page, happening: Awaitable[None]) -> float:
    """Return how long 19 frames of 20 take at most while something happens."""
    await page.evaluate(FILM)
    await happening
    return late(await page.evaluate("window.developed()"))


async def key(page: Page) -> float:
    """Return how long it takes at most, for 19 keys of 20, till the picture shows what was typed."""
    await page.locator("#composer textarea").press_sequentially("/wxqr temp spring --ttl 7d")
    return late(await page.evaluate("window.keys.splice(0)"))


def late(times: list[float]) -> float:
    return sorted(times)[math.ceil(len(times) * 0.95) - 1] if times else 0


async def best(measure: Callable[[], Awaitable[float]], enough: float) -> float:
    """Return the best of a few rounds, each allowed for what others take of the machine; the first that is enough."""
    found = math.inf
    for _ in range(ROUNDS):
        before = strain()
        found = min(found, await measure() / max(before, strain()))
        if found < enough:
            break
    return found


def strain() -> float:
    """Return how many times slower than alone this machine is just now."""
    began, used = perf_counter(), process_time()
    while process_time() - used < SPIN:
        pass
    return (perf_counter() - began) / SPIN
