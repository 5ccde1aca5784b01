"""Modals are filled in, refused, updated and put away as Slack's own."""

from playwright.async_api import expect

from bot.sandbox.slack.interactions import TROUBLE
from tests.sandbox.page.desk import Desk, button
from tests.sandbox.page.gallery import ANA, FORM, JSON, asked, plain


def form(title: str, *blocks: JSON) -> JSON:
    return {"type": "modal", "title": plain(title), "submit": plain("Send"), "blocks": list(blocks)}


async def test_a_form_is_filled_in_and_says_what_is_wrong_under_each_field(desk: Desk) -> None:
    ana = await desk.sit("ana")
    views = desk.world.slack.views
    view = views.open(ANA, FORM)
    scene, make = ana.get_by_label("Scene"), button(ana, "Make it")
    await scene.fill("s")
    await ana.get_by_label("Mail").fill("nobody")
    await make.click()
    wrong = ana.locator(".problem:not(:empty)")
    await expect(wrong).to_have_text(["Please enter at least 3 characters.", "Please enter a valid email address.",
                                      "Please complete this required field."])  # fmt: skip
    await expect(scene).to_be_focused()
    assert not view.values
    await scene.fill("spring")
    await ana.get_by_label("Mail").fill("ana@example.com")
    await ana.get_by_role("combobox", name="Size").click()
    await ana.get_by_role("option", name="Large").click()
    await ana.get_by_label("Until").fill("2026-12-24")
    await ana.get_by_label("Time").fill("21:00")
    await ana.get_by_role("checkbox", name="Small").check()
    await ana.get_by_role("textbox", name="Words").fill("scan me")
    views.complain(view, {"Scene": "no such scene"}, TROUBLE)
    await expect(ana.get_by_role("alert").filter(has_text="no such scene")).to_be_visible()
    await expect(ana.get_by_role("alert").filter(has_text=TROUBLE)).to_be_visible()
    await make.click()
    await desk.world.slack.wait_for(lambda: view.values)
    values = {name: next(iter(state.values())) for name, state in view.values.items()}
    assert values["Scene"]["value"] == "spring"
    assert values["Size"]["selected_option"]["value"] == "large"
    assert values["Watchers"]["selected_users"] == [ANA]
    assert values["Until"]["selected_date_time"] == 1_798_156_800  # midnight of the 25th in London
    assert [one["value"] for one in values["Lasting"]["selected_options"]] == ["small"]
    assert values["Words"]["rich_text_value"]["elements"][0]["elements"] == [{"type": "text", "text": "scan me"}]


async def test_what_is_typed_survives_an_update_and_a_view_on_top(desk: Desk) -> None:
    ana = await desk.sit("ana")
    views, name = desk.world.slack.views, asked("Name", {"type": "plain_text_input"})
    first = views.open(ANA, form("First", name))
    await ana.get_by_label("Name").fill("spring")
    views.update(first, form("Changed", name, asked("Note", {"type": "plain_text_input"}, optional=True)))
    modal = ana.get_by_role("dialog")
    await expect(modal.get_by_role("heading")).to_have_text("Changed")
    await expect(ana.get_by_label("Name")).to_have_value("spring")
    await expect(ana.get_by_label("Name")).to_be_focused()
    views.push(ANA, form("Second", asked("Other", {"type": "plain_text_input"})))
    await expect(modal.get_by_role("heading")).to_have_text("Second")
    await button(ana, "Go back").click()
    await expect(ana.get_by_label("Name")).to_have_value("spring")
    views.push(ANA, form("Third", asked("Other", {"type": "plain_text_input"})))
    await expect(modal.get_by_role("heading")).to_have_text("Third")
    await ana.keyboard.press("Escape")
    await expect(modal).to_have_count(0)
    assert views.stack(ANA) == []
