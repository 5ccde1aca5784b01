"""A workspace that does not have the newest blocks yet refuses the messages that hold them, and no other."""

from typing import Any

import httpx
import pytest
from slack_sdk.errors import SlackApiError

from tests.plain_http import NO_TLS
from tests.sandbox.slack_stage import PNG, Stage, put, refusal

pytest_plugins = ["tests.sandbox.slack_fixture"]

GENERAL = "C0SBGENERAL"
TEXT = {"type": "section", "text": {"type": "mrkdwn", "text": "7 scans"}}
CHART = {
    "type": "data_visualization",
    "title": "Scans",
    "chart": {
        "type": "line",
        "series": [{"name": "scans", "data": [{"label": "Mon", "value": 7}]}],
        "axis_config": {"categories": ["Mon"]},
    },
}
TABLE = {
    "type": "data_table",
    "caption": "Scans",
    "rows": [[{"type": "raw_text", "text": "Day"}], [{"type": "raw_text", "text": "Mon"}]],
}


@pytest.mark.parametrize("block", [CHART, TABLE])
async def test_a_message_with_a_new_block_is_refused_as_long_as_it_is_asked_for(stage: Stage, block: Any) -> None:
    stage.faults.arm("invalid_charts")
    posting = stage.client().chat_postMessage(channel=GENERAL, text="x", blocks=[TEXT, block])
    refused = await refusal(posting)
    assert (refused["error"], refused["errors"]) == (
        "invalid_blocks",
        ["unsupported type [json-pointer:/blocks/1/type]"],
    )
    assert (await stage.client().chat_postMessage(channel=GENERAL, text="x", blocks=[TEXT, block]))["ok"]


async def test_a_message_without_a_new_block_is_taken_and_leaves_the_fault_armed(stage: Stage) -> None:
    stage.faults.arm("invalid_charts")
    await stage.client().chat_postMessage(channel=GENERAL, text="x", blocks=[TEXT])
    assert [fault.name for fault in stage.faults.armed()] == ["invalid_charts"]


async def test_an_answer_by_its_address_is_refused_too(stage: Stage) -> None:
    stage.faults.arm("invalid_charts")
    workspace = stage.workspace
    url = workspace.response_urls.give(workspace.people["ana"].id, GENERAL)
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        answer = await http.post(f"{workspace.base_url}/response/{url.secret}", json={"text": "x", "blocks": [CHART]})
    assert (answer.status_code, answer.text) == (400, "invalid_blocks")


async def test_the_third_step_of_an_upload_is_refused_too(stage: Stage) -> None:
    stage.faults.arm("invalid_charts")
    client = stage.client()
    ticket = await client.files_getUploadURLExternal(filename="a.png", length=len(PNG))
    await put(ticket["upload_url"], PNG)
    form = {"files": [{"id": ticket["file_id"]}], "channel_id": GENERAL, "blocks": [CHART]}
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.api_call("files.completeUploadExternal", json=form)
