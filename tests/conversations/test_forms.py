"""Forms: what is missing is asked for, what is wrong is said beside its field, what is filled in is done."""

from typing import Any

import pytest

from bot.blanks import Asks, blanks
from bot.handler import Subcommand
from bot.model import Language
from bot.sandbox.slack.views import View
from bot.sandbox.world import World
from bot.words import CATALOGUES
from handlers import subcommands
from tests.conversations.talk import ask, code_of, files_in, said

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


async def form(bot: World, person: str, text: str) -> View:
    """Ask for a form by its command, and return it."""
    before = bot.slack.modals(person)
    await bot.slack.command(person, SPRING, f"form {text}")
    return (await bot.slack.wait_for(lambda: [one for one in bot.slack.modals(person) if one not in before]))[0]


def block(form: View, name: str) -> dict[str, Any]:
    return next(block for block in form.blocks if block["block_id"] == name)


async def beside(bot: World, form: View, values: dict[str, str]) -> dict[str, str]:
    """Submit, and return what the form, which stays open, says beside its fields."""
    await bot.slack.submit(form.id, values)
    (shown,) = bot.slack.modals(form.person)
    return shown.errors


async def test_what_a_command_cannot_go_without_its_form_asks_for(bot: World) -> None:
    export = await form(bot, "ana", "export --days 7 --account default")
    assert (block(export, "what")["element"]["type"], block(export, "what")["optional"]) == ("static_select", False)
    assert block(export, "days")["element"]["initial_value"] == "7"
    with pytest.raises(ValueError, match="what"):  # as Slack's own client refuses it
        await bot.slack.submit(export.id, {})
    assert not block(await form(bot, "ana", "reply"), "pattern")["optional"]
    listing = await form(bot, "ana", "list poster")
    assert block(listing, "text")["element"]["initial_value"] == "poster"


async def test_what_is_chosen_is_done(bot: World) -> None:
    await code_of(bot, "temp 111")
    export = await form(bot, "ana", "export")
    assert block(export, "what")["element"]["options"][0]["text"]["text"] == "Figures, one row for each code"
    await bot.slack.submit(export.id, {"what": "Figures, one row for each code", "scenes": "111"})
    shown = await bot.slack.wait_for(lambda: [one for one in bot.slack.sees("ana", SPRING) if "export" in said(one)])
    assert "othing happened" in said(shown[0]) or shown[0].files


async def test_what_may_not_be_done_is_said_beside_its_field_and_nothing_typed_is_lost(bot: World) -> None:
    await code_of(bot, "temp campaign-x")
    reply = await form(bot, "ana", "reply")
    assert "Write what scanners shall read" in (await beside(bot, reply, {"pattern": "campaign-x"}))["text"]
    wrong = await beside(bot, reply, {"pattern": "campaign-*", "text": "Hello"})
    assert wrong["pattern"].startswith("campaign-* may match other people’s codes, later ones too")
    await bot.slack.submit(reply.id, {"pattern": "campaign-x", "text": "Hello"})
    await bot.slack.wait_for(lambda: [one for one in bot.slack.sees("ana", SPRING) if "Hello" in said(one)])
    export = await form(bot, "ana", "export")
    assert (await beside(bot, export, {"what": "scans"})) == {"what": "This is for operators only; ask one of them."}
    wrong = await beside(bot, export, {"what": "stats", "scenes": "sprong"})
    assert "No code was ever made here" in wrong["scenes"]
    tag = await form(bot, "ana", "tag campaign-x")
    assert "Name the tag" in (await beside(bot, tag, {}))["tag"]


async def test_a_form_speaks_of_its_own_fields_and_not_of_options(bot: World) -> None:
    perm = await form(bot, "ana", "perm")
    assert "The name below may be anything" in (await beside(bot, perm, {"scene": "春季"}))["scene"]
    assert "100000" in (await beside(bot, perm, {"scene": "100001"}))["scene"]
    reply = await form(bot, "ana", "reply")
    assert "name" not in (await beside(bot, reply, {"pattern": "春季", "text": "x"}))["pattern"]


async def test_a_forms_title_and_button_are_in_the_readers_language(bot: World) -> None:
    shown = (await form(bot, "li.wei", "export")).payload
    assert (shown["title"]["text"], shown["submit"]["text"]) == ("导出数据", "导出")
    assert (await form(bot, "ana", "export")).payload["submit"]["text"] == "Export"


async def test_people_and_channels_are_picked_and_not_typed_by_their_ids(bot: World) -> None:
    stats = await form(bot, "ana", "stats")
    kinds = [block(stats, name)["element"]["type"] for name in ("owner", "channel", "by")]
    assert kinds == ["users_select", "conversations_select", "static_select"]
    await bot.slack.submit(stats.id, {"owner": bot.slack.people["ben"].id})
    assert await bot.slack.wait_for(lambda: [one for one in bot.slack.sees("ana", SPRING) if "0 codes" in said(one)])


@pytest.mark.parametrize(("name", "subcommand"), subcommands().items())
def test_every_form_has_short_labels_a_title_a_button_and_a_word_for_each_choice(
    name: str, subcommand: Subcommand[Any, Any]
) -> None:
    asked = blanks(subcommand.takes)
    for language in Language:
        said_so = CATALOGUES[language]
        assert all(len(said_so[blank.label]) <= 40 for blank in asked)
        assert all(len(said_so.get(f"{blank.label}.hint", "")) <= 2000 for blank in asked)
        assert all(len(said_so.get(f"{blank.label}.example", "")) <= 150 for blank in asked)
        chosen = [blank for blank in asked if blank.asks is Asks.CHOICE]
        assert all(said_so[f"choice.{blank.name}.{choice}"] for blank in chosen for choice in blank.choices)
        assert not asked or max(len(said_so[f"form.{what}.{name}"]) for what in ("title", "submit")) <= 24


async def test_a_form_may_be_asked_for_by_its_name(bot: World) -> None:
    await bot.slack.command("ana", SPRING, "form temp")
    assert await bot.slack.wait_for(lambda: bot.slack.modals("ana"))


async def test_a_command_that_takes_nothing_has_no_form(bot: World) -> None:
    assert "`status` has no form" in said(await ask(bot, "ana", SPRING, "form status"))


@pytest.mark.parametrize("error", ["expired_trigger_id", "internal_error"])
async def test_a_form_that_does_not_open_is_said(bot: World, error: str) -> None:
    bot.faults.arm("slack_error", where="views.open", error=error)
    assert "views.open" in said(await ask(bot, "ana", SPRING, "form temp"))
