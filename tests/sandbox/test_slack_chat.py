"""Messages that the bot posts, changes and takes back."""

import asyncio
import json

import pytest

from tests.sandbox.slack_stage import Stage, refusal

pytest_plugins = ["tests.sandbox.slack_fixture"]


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "*hello*"}}


async def test_a_posted_message_is_seen_by_members_with_its_blocks_named(stage: Stage) -> None:
    answer = await stage.client().chat_postMessage(channel="#general", text="hello", blocks=[SECTION])

    [message] = stage.workspace.sees("chloe", "#general")
    assert (message.ts, message.text, message.via) == (answer["ts"], "hello", "chat.postMessage")
    assert message.blocks[0]["block_id"] == answer["message"]["blocks"][0]["block_id"]
    assert answer["message"]["bot_id"] == stage.workspace.bot_id


async def test_no_two_messages_share_a_timestamp(stage: Stage) -> None:
    client = stage.client()
    stamps = [(await client.chat_postMessage(channel="#general", text="x"))["ts"] for _ in range(20)]

    assert stamps == sorted(set(stamps))


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE01", "text": "x"}, "channel_not_found"),
        ({"channel": "C0SBRANDOM1", "text": "x"}, "not_in_channel"),
        ({"channel": "C0SBGENERAL"}, "no_text"),
        ({"channel": "C0SBGENERAL", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C0SBGENERAL", "text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ({"channel": "C0SBGENERAL", "text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
    ],
)
async def test_what_cannot_be_posted_is_refused(stage: Stage, arguments: dict[str, str], error: str) -> None:
    assert (await refusal(stage.client().api_call("chat.postMessage", json=arguments)))["error"] == error


async def test_with_chat_write_public_the_bot_posts_where_it_is_no_member(stage: Stage) -> None:
    stage.workspace.scopes += ("chat:write.public",)
    await stage.client().chat_postMessage(channel="#random", text="hello")

    assert [one.text for one in stage.workspace.sees("ana", "#random")] == ["hello"]


async def test_a_message_to_a_person_lands_in_the_direct_message(stage: Stage) -> None:
    await stage.client().chat_postMessage(channel="U0SBANA01", text="psst")

    assert [one.text for one in stage.workspace.sees("ana", stage.workspace.dm("ana"))] == ["psst"]


async def test_an_ephemeral_message_shows_to_one_person_who_must_be_a_member(stage: Stage) -> None:
    client = stage.client()
    await client.chat_postEphemeral(channel="C0SBSPRING1", user="U0SBANA01", text="only you")
    outsider = client.chat_postEphemeral(channel="C0SBSPRING1", user="U0SBCHLOE3", text="only you")

    assert (await refusal(outsider))["error"] == "user_not_in_channel"
    assert len(stage.workspace.sees("ana", "#campaign-spring")) == 1
    assert stage.workspace.sees("ben", "#campaign-spring") == []


async def test_an_update_with_text_alone_takes_the_blocks_away(stage: Stage) -> None:
    client = stage.client()
    posted = await client.chat_postMessage(channel="#general", text="one", blocks=[SECTION])
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two")

    [message] = stage.workspace.sees("ana", "#general")
    assert (message.text, message.blocks) == ("two", ())
    assert message.edited


async def test_only_the_bots_own_lasting_messages_can_be_changed(stage: Stage) -> None:
    client, channel = stage.client(), "C0SBGENERAL"
    whisper = (await client.chat_postEphemeral(channel=channel, user="U0SBANA01", text="x"))["message_ts"]
    said = stage.workspace.say("ana", "#general", "mine").ts

    assert (await refusal(client.chat_update(channel=channel, ts=whisper, text="y")))["error"] == "message_not_found"
    assert (await refusal(client.chat_update(channel=channel, ts=said, text="y")))["error"] == "cant_update_message"
    assert (await refusal(client.chat_delete(channel=channel, ts=said)))["error"] == "cant_delete_message"
    assert (await refusal(client.chat_delete(channel=channel, ts="1.000001")))["error"] == "message_not_found"


async def test_an_update_of_more_than_4000_characters_is_too_long(stage: Stage) -> None:
    client = stage.client()
    posted = await client.chat_postMessage(channel="#general", text="one")
    update = client.chat_update(channel=posted["channel"], ts=posted["ts"], text="x" * 4001)

    assert (await refusal(update))["error"] == "msg_too_long"


async def test_a_deleted_message_is_seen_no_more(stage: Stage) -> None:
    client = stage.client()
    posted = await client.chat_postMessage(channel="#general", text="one")
    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])

    assert stage.workspace.sees("ana", "#general") == []


async def test_a_permalink_names_the_channel_and_the_moment(stage: Stage) -> None:
    client = stage.client()
    posted = await client.chat_postMessage(channel="#general", text="one")
    link = await client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])

    assert link["permalink"].endswith(f"/archives/C0SBGENERAL/p{posted['ts'].replace('.', '')}")


async def test_changes_are_told_as_they_happen(stage: Stage) -> None:
    client, told = stage.client(), stage.workspace.changes()
    reading = asyncio.ensure_future(anext(told))
    posted = await client.chat_postMessage(channel="#general", text="one")
    first = await reading
    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two")
    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    rest = [await anext(told), await anext(told)]
    await told.aclose()

    kinds = [change["type"] for change in (first, *rest)]
    assert kinds == ["message", "message_changed", "message_deleted"]
    assert json.loads(json.dumps(first))["message"]["text"] == "one"


async def test_waiting_for_what_never_happens_ends_with_a_timeout(stage: Stage) -> None:
    with pytest.raises(TimeoutError):
        await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", "#general"), timeout=0.01)


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"attachments": '{"text": "x"}'}, "invalid_attachments"),
        ({"attachments": '["x"]'}, "invalid_attachments"),
        ({"metadata": "[1]"}, "invalid_metadata_format"),
    ],
)
async def test_attachments_are_a_list_of_objects_and_metadata_is_one(
    stage: Stage, given: dict[str, str], error: str
) -> None:
    call = stage.client().api_call("chat.postMessage", params={"channel": "#general", "text": "x", **given})

    assert (await refusal(call))["error"] == error
