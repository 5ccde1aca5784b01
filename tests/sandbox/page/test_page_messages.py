"""What is said is drawn as Slack draws it: blocks, files, forms, charts, tables, times."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import expect

from tests.sandbox.page.desk import GENERAL, SPRING, Desk, button, messages, show, type_in


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


async def test_a_moment_is_told_in_the_time_zone_of_who_looks(desk: Desk) -> None:
    desk.world.clock.advance(-desk.world.clock.now() % 86_400)  # midnight in London
    await desk.world.slack.command("ana", SPRING, "temp 111")
    said = []
    for person in ("ana", "ben"):
        page = await desk.sit(person)
        said.append(await page.locator("#messages .fields time").inner_text())
    assert said == ["today 9:30 PM", "today 12:30 AM"]


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
