"""Forms: what a person fills in, what the app hears, and what its answer changes."""

from typing import Any

import pytest

from tests.sandbox.slack_stage import Heard, Reply, Stage, refusal

pytest_plugins = ["tests.sandbox.slack_fixture"]

OPTIONS = [{"text": {"type": "plain_text", "text": one.title()}, "value": one} for one in ("day", "week")]


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


FORM = {
    "type": "modal",
    "callback_id": "temp",
    "title": plain("New code"),
    "submit": plain("Make"),
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "scene",
            "label": plain("Scene"),
            "element": {"type": "plain_text_input", "action_id": "scene"},
        },
        {
            "type": "input",
            "block_id": "ttl",
            "label": plain("Valid for"),
            "element": {"type": "radio_buttons", "action_id": "ttl", "options": OPTIONS, "initial_option": OPTIONS[0]},
        },
    ],
}


def answering(reply: Reply) -> Any:
    async def answer(_: Heard) -> Reply:
        return reply

    return answer


async def opened(stage: Stage, view: dict[str, Any] | None = None) -> str:
    delivery = await stage.workspace.command("ana", "#general", "form")
    answer = await stage.client().views_open(trigger_id=delivery.trigger_id, view=view or FORM)
    return str(answer["view"]["id"])


async def test_a_trigger_opens_one_form_within_three_seconds(stage: Stage) -> None:
    client = stage.client()
    first = await stage.workspace.command("ana", "#general")
    late = await stage.workspace.command("ana", "#general")
    await client.views_open(trigger_id=first.trigger_id, view=FORM)
    stage.clock.advance(4)

    again = await refusal(client.views_open(trigger_id=first.trigger_id, view=FORM))
    too_late = await refusal(client.views_open(trigger_id=late.trigger_id, view=FORM))
    unknown = await refusal(client.views_open(trigger_id="1.2.3", view=FORM))
    errors = [answer["error"] for answer in (again, too_late, unknown)]
    assert errors == ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"]


async def test_a_submission_carries_what_was_typed_and_what_was_there(stage: Stage) -> None:
    view_id = await opened(stage)
    await stage.workspace.submit(view_id, {"scene": "spring"})

    payload = stage.app.heard[-1].payload
    assert payload["type"] == "view_submission"
    assert payload["view"]["callback_id"] == "temp"
    assert payload["view"]["state"]["values"] == {
        "scene": {"scene": {"type": "plain_text_input", "value": "spring"}},
        "ttl": {"ttl": {"type": "radio_buttons", "selected_option": OPTIONS[0]}},
    }
    assert stage.workspace.modals("ana") == []


async def test_a_required_input_left_empty_is_not_sent(stage: Stage) -> None:
    view_id = await opened(stage)

    with pytest.raises(ValueError, match="scene"):
        await stage.workspace.submit(view_id, {})


async def test_errors_are_shown_under_their_inputs(stage: Stage) -> None:
    view_id = await opened(stage)
    stage.app.answer = answering({"response_action": "errors", "errors": {"scene": "too long"}})
    await stage.workspace.submit(view_id, {"scene": "spring"})

    [view] = stage.workspace.modals("ana")
    assert view.errors == {"scene": "too long"}


async def test_errors_for_an_input_that_is_not_there_are_trouble(stage: Stage) -> None:
    view_id = await opened(stage)
    stage.app.answer = answering({"response_action": "errors", "errors": {"nowhere": "too long"}})
    delivery = await stage.workspace.submit(view_id, {"scene": "spring"})

    assert delivery.error == "invalid_errors"
    assert stage.workspace.modals("ana")[0].trouble


async def test_an_answer_can_update_push_and_clear(stage: Stage) -> None:
    view_id = await opened(stage)
    done = {"type": "modal", "title": plain("Done"), "blocks": []}
    stage.app.answer = answering({"response_action": "push", "view": done})
    await stage.workspace.submit(view_id, {"scene": "spring"})
    below, top = stage.workspace.modals("ana")
    assert (top.payload["title"]["text"], top.previous_id, top.root_id) == ("Done", below.id, below.id)

    stage.app.answer = answering({"response_action": "update", "view": done | {"title": plain("Changed")}})
    await stage.workspace.submit(top.id, {})
    assert stage.workspace.modals("ana")[1].payload["title"]["text"] == "Changed"

    stage.app.answer = answering({"response_action": "clear"})
    await stage.workspace.submit(top.id, {})
    assert stage.workspace.modals("ana") == []


async def test_a_fourth_view_cannot_be_pushed(stage: Stage) -> None:
    await opened(stage)
    client = stage.client()
    for _ in range(2):
        trigger = (await stage.workspace.command("ana", "#general")).trigger_id
        await client.views_push(trigger_id=trigger, view=FORM)
    trigger = (await stage.workspace.command("ana", "#general")).trigger_id

    assert (await refusal(client.views_push(trigger_id=trigger, view=FORM)))["error"] == "push_limit_reached"


async def test_an_update_with_an_old_hash_is_a_conflict(stage: Stage) -> None:
    view_id = await opened(stage)
    client = stage.client()
    old = stage.workspace.modals("ana")[0].hash
    await client.views_update(view_id=view_id, view=FORM, hash=old)

    assert (await refusal(client.views_update(view_id=view_id, view=FORM, hash=old)))["error"] == "hash_conflict"
    assert (await refusal(client.views_update(view_id="V000000000", view=FORM)))["error"] == "not_found"


async def test_a_bad_view_says_where(stage: Stage) -> None:
    trigger = (await stage.workspace.command("ana", "#general")).trigger_id
    bad = FORM | {"title": plain("x" * 25)}
    answer = await refusal(stage.client().views_open(trigger_id=trigger, view=bad))

    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]


async def test_closing_is_told_where_the_view_asked_for_it(stage: Stage) -> None:
    delivery = await stage.workspace.dismiss(await opened(stage))
    quiet = await stage.workspace.dismiss(await opened(stage, FORM | {"notify_on_close": False}))

    assert delivery is not None
    assert delivery.outgoing.payload["type"] == "view_closed"
    assert quiet is None
    assert stage.workspace.modals("ana") == []


async def test_closing_the_whole_stack_is_told_as_clearing_it(stage: Stage) -> None:
    await opened(stage)
    top = stage.workspace.views.push("U0SBANA01", FORM)
    delivery = await stage.workspace.dismiss(top.id, all_of_them=True)

    assert delivery is not None
    assert delivery.outgoing.payload["is_cleared"] is True
    assert stage.workspace.modals("ana") == []
