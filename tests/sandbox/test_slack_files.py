"""Uploads in three steps, with the surprises that Slack keeps for who does not read its issues."""

import httpx
import pytest

from tests.plain_http import NO_TLS
from tests.sandbox.slack_stage import PNG, Stage, put, refusal

pytest_plugins = ["tests.sandbox.slack_fixture"]


GENERAL = "C0SBGENERAL"


async def test_slacks_own_client_uploads_and_the_picture_is_seen(stage: Stage) -> None:
    await stage.client().files_upload_v2(
        channel=GENERAL, filename="code.png", content=PNG, title="QR", initial_comment="scan me"
    )

    [message] = await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", "#general"))
    [file] = message.files
    assert (message.text, message.via) == ("scan me", "upload")
    assert (file.name, file.title, file.mimetype, file.content) == ("code.png", "QR", "image/png", PNG)


async def test_the_bytes_are_answered_with_plain_text(stage: Stage) -> None:
    ticket = await stage.client().files_getUploadURLExternal(filename="a.png", length=len(PNG))
    answer = await put(ticket["upload_url"], PNG)

    assert answer.text == f"OK - {len(PNG)}"
    assert answer.headers["content-type"].startswith("text/plain")


async def test_the_bytes_may_come_as_a_form(stage: Stage) -> None:
    ticket = await stage.client().files_getUploadURLExternal(filename="a.png", length=len(PNG))
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        answer = await http.post(ticket["upload_url"], files={"filename": ("a.png", PNG)})

    assert answer.text == f"OK - {len(PNG)}"


async def test_bytes_nobody_announced_are_not_taken(stage: Stage) -> None:
    ticket = await stage.client().files_getUploadURLExternal(filename="a.png", length=3)

    assert (await put(ticket["upload_url"], PNG)).status_code == 400
    assert (await put(f"{stage.workspace.base_url}/upload/nothing", PNG)).status_code == 404
    unfinished = stage.client().files_completeUploadExternal(files=[{"id": ticket["file_id"], "title": "x"}])
    assert (await refusal(unfinished))["error"] == "file_not_found"


async def test_an_empty_file_is_a_missing_argument(stage: Stage) -> None:
    empty = stage.client().files_getUploadURLExternal(filename="a.png", length=0)

    assert (await refusal(empty))["error"] == "missing_argument"


async def test_the_answer_to_step_three_comes_before_the_share(stage: Stage) -> None:
    stage.workspace.share_delay = 3600
    client = stage.client()
    ticket = await client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    await put(ticket["upload_url"], PNG)
    done = await client.files_completeUploadExternal(
        files=[{"id": ticket["file_id"], "title": "x"}], channel_id=GENERAL
    )

    assert (done["files"][0]["mimetype"], done["files"][0]["shares"]) == ("", {})
    assert stage.workspace.sees("ana", "#general") == []


async def test_the_share_comes_by_itself_and_the_file_tells_where_it_is(stage: Stage) -> None:
    file_id = await stage.upload(GENERAL)
    [message] = await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", "#general"))
    file = (await stage.client().files_info(file=file_id))["file"]
    assert file["mimetype"] == "image/png"
    assert file["shares"]["public"][GENERAL][0]["ts"] == message.ts


async def test_a_share_in_a_direct_message_is_private(stage: Stage) -> None:
    channel = (await stage.client().conversations_open(users="U0SBANA01"))["channel"]["id"]
    file_id = await stage.upload(channel)
    await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", channel))

    assert list((await stage.client().files_info(file=file_id))["file"]["shares"]["private"]) == [channel]


async def test_a_file_announced_with_alt_txt_is_never_shared(stage: Stage) -> None:
    client = stage.client()
    ticket = await client.files_getUploadURLExternal(filename="a.png", length=len(PNG), alt_txt="a code")
    await put(ticket["upload_url"], PNG)
    await client.files_completeUploadExternal(files=[{"id": ticket["file_id"], "title": "x"}], channel_id=GENERAL)
    await stage.upload(GENERAL)
    seen = await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", "#general"))

    assert [one.files[0].name for one in seen] == ["code.png"]
    assert (await client.files_info(file=ticket["file_id"]))["file"]["shares"] == {}


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ({"channel_id": "U0SBANA01"}, "invalid_arguments"),
        ({"channel_id": "#general"}, "invalid_arguments"),
        ({"channel_id": "C0SBRANDOM1"}, "not_in_channel"),
        ({"channel_id": "C0NOWHERE01"}, "channel_not_found"),
        ({"channel_id": GENERAL, "blocks": '[{"type": "markdown", "text": "x"}]'}, "internal_error"),
        ({"channel_id": GENERAL, "blocks": '[{"type": "section"}]'}, "invalid_blocks"),
        ({"channel_id": GENERAL, "thread_ts": "1.000001"}, "thread_not_found"),
    ],
)
async def test_what_cannot_be_completed_is_refused(stage: Stage, where: dict[str, str], error: str) -> None:
    stage.workspace.scopes += ("chat:write.public",)
    file_id = await stage.upload(None)
    files = [{"id": file_id, "title": "x"}]
    again = stage.client().api_call("files.completeUploadExternal", json={"files": files, **where})

    assert (await refusal(again))["error"] == error


async def test_fifteen_files_at_once_are_an_internal_error(stage: Stage) -> None:
    files: list[dict[str, str | None]] = [{"id": f"F{number:09}", "title": "x"} for number in range(15)]

    assert (await refusal(stage.client().files_completeUploadExternal(files=files)))["error"] == "internal_error"


async def test_the_comment_wins_over_the_blocks(stage: Stage) -> None:
    blocks = '[{"type": "divider"}]'
    await stage.upload(GENERAL, initial_comment="comment", blocks=blocks)
    [message] = await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", "#general"))

    assert (message.text, message.blocks) == ("comment", ())


async def test_a_file_can_be_shared_in_a_thread(stage: Stage) -> None:
    parent = (await stage.client().chat_postMessage(channel="#general", text="parent"))["ts"]
    await stage.upload(GENERAL, thread_ts=parent)
    seen = await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", "#general")[1:])

    assert seen[0].thread_ts == parent


async def test_completing_twice_posts_twice(stage: Stage) -> None:
    file_id = await stage.upload(GENERAL)
    await stage.client().files_completeUploadExternal(files=[{"id": file_id, "title": "x"}], channel_id=GENERAL)

    assert await stage.workspace.wait_for(lambda: len(stage.workspace.sees("ana", "#general")) == 2)


async def test_an_image_block_shows_a_file_only_after_it_was_processed(stage: Stage) -> None:
    stage.workspace.share_delay = 0.05
    file_id = await stage.upload(GENERAL)
    image = [{"type": "image", "alt_text": "code", "slack_file": {"id": file_id}}]
    early = await refusal(stage.client().chat_postMessage(channel="#general", text="x", blocks=image))
    await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", "#general"))

    assert early["errors"] == ["invalid slack file [json-pointer:/blocks/0/slack_file]"]
    assert (await stage.client().chat_postMessage(channel="#general", text="x", blocks=image))["ok"]


async def test_a_deleted_file_leaves_its_message(stage: Stage) -> None:
    file_id = await stage.upload(GENERAL)
    await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", "#general"))
    await stage.client().files_delete(file=file_id)

    assert stage.workspace.sees("ana", "#general") == []
    assert (await refusal(stage.client().files_info(file=file_id)))["error"] == "file_not_found"


async def test_only_the_bytes_of_the_last_two_hundred_files_are_kept(stage: Stage) -> None:
    files = stage.workspace.files
    for _ in range(201):
        secret, _ = files.begin("a.png", len(PNG), "", 0)
        files.receive(secret, PNG)
    first, *_, last = files

    assert first.content is None
    assert last.content == PNG


async def test_a_page_can_show_the_bytes(stage: Stage) -> None:
    file_id = await stage.upload(GENERAL)
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        answer = await http.get(f"{stage.workspace.base_url}/files/{file_id}")

    assert answer.content == PNG


@pytest.mark.parametrize(
    ("name", "disposition"), [("report.html", "attachment"), ("mark.svg", "attachment"), ("code.png", None)]
)
async def test_a_file_that_could_run_on_the_page_is_saved_instead(
    stage: Stage, name: str, disposition: str | None
) -> None:
    await stage.client().files_upload_v2(channel=GENERAL, filename=name, content=b"<script>1</script>")
    [message] = await stage.workspace.wait_for(lambda: stage.workspace.sees("ana", "#general"))
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        answer = await http.get(f"{stage.workspace.base_url}/files/{message.files[0].id}")

    assert answer.headers.get("content-disposition") == disposition
    assert answer.headers["x-content-type-options"] == "nosniff"
