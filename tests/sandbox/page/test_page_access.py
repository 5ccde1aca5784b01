"""Nothing on the page shuts out who reads with the ears, types without a mouse, or sees little: axe-core finds nothing.

https://www.deque.com/axe/core-documentation/api-documentation
"""

from importlib.resources import files
from typing import Any, Literal

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.page.desk import GENERAL, Desk, button
from tests.sandbox.page.gallery import ANA, BLOCKS, FORM

BAD = ("serious", "critical")
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"]}
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast"]}


@pytest.fixture(scope="module")
def axe() -> str:
    """Return axe-core, as its npm package has it."""
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


# what is there is the same in both; the colours are not
@pytest.mark.parametrize(("theme", "rules"), [("light", EVERYTHING), ("dark", COLOURS)])
async def test_no_serious_violation_is_on_any_part_of_the_page(
    desk: Desk, axe: str, theme: Literal["light", "dark"], rules: dict[str, Any]
) -> None:
    say_everything(desk)

    async def sit(person: str) -> Page:
        page = await desk.sit(person, GENERAL)
        await page.emulate_media(color_scheme=theme)
        await page.evaluate(axe)
        return page

    ana = await sit("ana")
    await ana.locator("#messages .replies").click()
    await expect(ana.get_by_role("heading", name="Thread")).to_be_visible()
    assert await violations(ana, rules) == []
    await button(ana, "Phone").click()
    await expect(ana.locator(".handset")).to_be_visible()
    assert await violations(ana, rules, "#phone") == []
    view = desk.world.slack.views.open(ANA, FORM)
    await expect(ana.get_by_role("dialog", name="A code")).to_be_visible()
    assert await violations(ana, rules, "dialog") == []
    desk.world.slack.views.close(view)
    await button(ana, "Show me").click()
    await expect(ana.locator("#tour")).not_to_be_empty()
    assert await violations(ana, rules, "#tour") == []
    await ana.keyboard.press("Escape")
    li_wei = await sit("li.wei")
    await li_wei.set_viewport_size({"width": 390, "height": 844})
    await button(li_wei, "关闭面板").click()
    assert await violations(li_wei, rules) == []


def say_everything(desk: Desk) -> None:
    """Let Ben post one of each block, and Ana answer the last of them."""
    slack = desk.world.slack
    for block in BLOCKS.values():
        slack.messages.edit(slack.say("ben", GENERAL, ""), blocks=(block,), edited="1")
    slack.say("ana", GENERAL, "I see", slack.say("ben", GENERAL, "That is all").ts)


async def violations(page: Page, rules: dict[str, Any], within: str = "html") -> list[str]:
    """Return what axe finds serious, one line each: the rule, the place, and what to do."""
    found = await page.evaluate("([within, rules]) => axe.run(within, rules)", [within, rules])
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in BAD
        for node in one["nodes"]
    ]
