"""Forms: what is missing is asked for, what is wrong is said beside its field, what is filled in is done."""

import pytest

from bot.sandbox.slack.views import View
from bot.sandbox.world import World
from tests.conversations.talk import ask, files_in, said

SPRING = "#campaign-spring"


async def opened(bot: World, person: str, text: str) -> View:
    """Type what lacks something, press the button, and return the form."""
    refusal = await ask(bot, person, SPRING, text)
    label = "填写表单" if person == "li.wei" else "Fill in a form"
    await bot.slack.click(person, refusal.ts, label)
    return (await bot.slack.wait_for(lambda: bot.slack.modals(person)))[0]


async def test_a_form_asks_for_what_the_command_takes(bot: World) -> None:
    form = await opened(bot, "ana", "perm")
    assert [block["block_id"] for block in form.payload["blocks"]] == ["scene", "name", "private"]
    assert [block["optional"] for block in form.payload["blocks"]] == [False, True, True]


async def test_what_is_filled_in_is_done(bot: World) -> None:
    form = await opened(bot, "ana", "temp 1 2 3")
    await bot.slack.submit(form.id, {"scene": "111", "ttl": "7天", "name": "Front desk"})
    await bot.slack.wait_for(lambda: files_in(bot, "ben", SPRING) == ["wxqr-111.jpg"])
    assert "*Front desk*" in said(bot.slack.sees("ben", SPRING)[-1])
    assert not bot.slack.modals("ana")


async def test_what_is_wrong_is_said_beside_its_field_in_the_readers_language(bot: World) -> None:
    form = await opened(bot, "li.wei", "perm")
    await bot.slack.submit(form.id, {"scene": "场景"})
    (shown,) = bot.slack.modals("li.wei")
    assert "不能用作场景值" in shown.errors["scene"]
    await bot.slack.submit(form.id, {"scene": "campaign-x"})
    await bot.slack.wait_for(lambda: files_in(bot, "li.wei", SPRING) == ["wxqr-campaign-x.jpg"])


async def test_a_form_may_be_asked_for_by_its_name(bot: World) -> None:
    await bot.slack.command("ana", SPRING, "form temp")
    assert await bot.slack.wait_for(lambda: bot.slack.modals("ana"))


@pytest.mark.parametrize("error", ["expired_trigger_id", "internal_error"])
async def test_a_form_that_does_not_open_is_said(bot: World, error: str) -> None:
    bot.faults.arm("slack_error", where="views.open", error=error)
    assert "views.open" in said(await ask(bot, "ana", SPRING, "form temp"))
