"""The control interface: what a page, a test or a benchmark elsewhere can see of the sandbox and do in it."""

import json
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

import bot
from bot.sandbox.control import Control
from bot.sandbox.control_nature import FAULTS
from bot.sandbox.running import standing
from bot.sandbox.slack.messages import Message
from bot.sandbox.world import APP_SECRET, World
from tests.plain_http import NO_TLS
from tests.sandbox.remote_control import RemoteControl

SPRING = "#campaign-spring"
MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A code"},
    "submit": {"type": "plain_text", "text": "Make it"},
    "blocks": [
        {
            "type": "input",
            "block_id": "scene",
            "label": {"type": "plain_text", "text": "Scene"},
            "element": {"type": "plain_text_input", "action_id": "scene"},
        }
    ],
}


class Remote(RemoteControl):
    """The control interface, and what the tests look for in Slack."""

    async def channel(self, person: str, name: str) -> Any:
        channels = (await self.look("state", person=person))["channels"]
        return next((one for one in channels if one["name"] == name.lstrip("#")), None)

    async def messages(self, person: str, name: str = SPRING) -> list[Any]:
        channel = await self.channel(person, name)
        return list(channel["messages"]) if channel else []

    async def temp(self, scene: str) -> Any:
        """Let Ana have a temporary code, and return the message it came with."""
        answer = await self.act("command", person="ana", channel=SPRING, text=f"temp {scene}")
        assert answer["error"] is None
        await self.world.slack.wait_for(lambda: [m for m in self.world.slack.sees("ana", SPRING) if m.files])
        return (await self.messages("ana"))[-1]


@pytest.fixture
async def remote(listening: socket.socket, tmp_path: Path) -> AsyncIterator[Remote]:
    async with (
        standing(listening, tmp_path) as world,
        httpx.AsyncClient(base_url=f"{world.base_url}/sandbox", trust_env=False, verify=NO_TLS) as http,
    ):
        yield Remote(world, http)


@pytest.fixture
async def bare() -> AsyncIterator[Remote]:
    """Give the control interface of a world with no bot and no server: for what never gets as far as either."""
    world = World("http://sandbox", None)
    app = Starlette(routes=[*Control(world).routes(), *world.routes()])
    async with world, httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://sandbox") as http:
        yield Remote(world, http)


async def test_a_command_is_answered_with_the_status_the_seconds_and_no_error(remote: Remote) -> None:
    answer = await remote.act("command", person="ana", channel=SPRING, text="help")
    assert (answer["status"], answer["error"]) == (200, None)
    assert 0 < answer["seconds"] < 3


async def test_what_is_posted_shows_to_everybody_in_the_channel_and_to_nobody_else(remote: Remote) -> None:
    posted = await remote.temp("111")
    assert posted in await remote.messages("ben")
    assert await remote.channel("chloe", SPRING) is None


async def test_what_only_the_caller_sees_is_in_nobody_elses_state(remote: Remote) -> None:
    await remote.act("command", person="ana", channel=SPRING, text="help")
    assert [message["ephemeral_to"] for message in await remote.messages("ana")] == ["U0SBANA01"]
    assert await remote.messages("ben") == []


async def test_a_file_comes_with_the_address_of_its_bytes(remote: Remote) -> None:
    [file] = (await remote.temp("111"))["files"]
    content = (await remote.http.get(remote.world.base_url + file["url"])).content
    assert (len(content), content[:2]) == (file["size"], b"\xff\xd8")


async def test_a_button_is_clicked_by_what_stands_on_it(remote: Remote) -> None:
    await remote.act("command", person="ana", channel=SPRING, text="tmp 5")
    [message] = await remote.messages("ana")
    await remote.act("click", person="ana", ts=message["ts"], action="Help")
    await remote.world.slack.wait_for(
        lambda: any("*wxqr*" in str(m.blocks) for m in remote.world.slack.sees("ana", SPRING))
    )


async def test_a_modal_is_seen_by_its_person_until_she_dismisses_it(bare: Remote) -> None:
    view = bare.world.slack.views.open("U0SBANA01", MODAL)
    assert [(one["id"], one["title"]["text"]) for one in (await bare.look("state", person="ana"))["modals"]] == [
        (view.id, "A code")
    ]
    assert (await bare.look("state", person="ben"))["modals"] == []
    assert await bare.act("dismiss", view_id=view.id) == {}
    assert (await bare.look("state", person="ana"))["modals"] == []


async def test_a_whole_stack_of_modals_is_dismissed_at_once(bare: Remote) -> None:
    views = bare.world.slack.views
    views.open("U0SBANA01", MODAL)
    top = views.push("U0SBANA01", MODAL)
    assert await bare.refused("dismiss", view_id=top.id, all="yes") == (400, "all must be true or false")
    await bare.act("dismiss", view_id=top.id, all=True)
    assert (await bare.look("state", person="ana"))["modals"] == []


async def test_a_form_that_lacks_what_is_required_is_not_sent(bare: Remote) -> None:
    view = bare.world.slack.views.open("U0SBANA01", MODAL)
    assert await bare.refused("submit", view_id=view.id, values={"scene": ""}) == (400, "required and empty: scene")


async def test_a_form_that_no_bot_takes_shows_slacks_own_trouble(bare: Remote) -> None:
    view = bare.world.slack.views.open("U0SBANA01", MODAL)
    assert (await bare.act("submit", view_id=view.id, values={"scene": "7"}))["error"] == "dispatch_failed"
    [modal] = (await bare.look("state", person="ana"))["modals"]
    assert "trouble connecting" in modal["trouble"]


async def test_what_is_said_is_escaped_and_names_people_as_slack_does(bare: Remote) -> None:
    await bare.act("say", person="ana", channel=SPRING, text="@ben <b> & #general")
    [message] = await bare.messages("ben")
    assert message["text"] == "<@U0SBBEN02|ben> &lt;b&gt; &amp; <#C0SBGENERAL|general>"


async def test_the_bot_is_in_a_channel_once_it_was_invited(bare: Remote) -> None:
    assert not (await bare.channel("ana", "#random"))["has_bot"]
    await bare.act("invite", person="ana", channel="#random")
    assert (await bare.channel("ana", "#random"))["has_bot"]


@pytest.mark.parametrize(
    ("channel", "why"),
    [(SPRING, "wxqr is already in #campaign-spring"), ("@wxqr", "nobody can be invited to a direct message")],
)
async def test_the_bot_is_not_invited_to_where_it_is(bare: Remote, channel: str, why: str) -> None:
    assert await bare.refused("invite", person="ana", channel=channel) == (400, why)
    assert await bare.messages("ana", channel) == []


async def test_an_answer_to_an_answer_is_in_the_same_thread_and_nobody_answers_what_one_alone_sees(
    bare: Remote,
) -> None:
    slack = bare.world.slack
    root = slack.say("ben", SPRING, "the root")
    answer = slack.say("ben", SPRING, "an answer", root.ts)
    await bare.act("say", person="ana", channel=SPRING, text="another", thread_ts=answer.ts)
    assert [message["thread_ts"] for message in await bare.messages("ben")] == [None, root.ts, root.ts]
    alone = Message(ts="9.1", channel=root.channel, user="U", via="x", ephemeral_to="U0SBANA01")
    slack.messages.post(alone)
    status, why = await bare.refused("say", person="ana", channel=SPRING, text="x", thread_ts=alone.ts)
    assert (status, why) == (404, "there is no message 9.1 in campaign-spring to answer in a thread")


@pytest.mark.parametrize("text", ['{"person": "\\ud800"}', '{"person": "zoe\\ud83d"}'])
async def test_half_a_character_is_refused_like_any_name_that_is_not_there(bare: Remote, text: str) -> None:
    answer = await bare.http.post("home", content=text)
    assert answer.status_code == 404
    assert "\ufffd" in answer.json()["error"]


async def test_half_a_character_is_said_as_the_sign_for_what_cannot_be_read(bare: Remote) -> None:
    wish = '{"person": "ana", "channel": "#campaign-spring", "text": "cut \\ud83d", "thread_ts": ""}'
    assert (await bare.http.post("say", content=wish)).status_code == 200
    assert [message["text"] for message in await bare.messages("ben")] == ["cut \ufffd"]


async def test_a_direct_message_with_the_bot_is_called_by_the_bots_name(remote: Remote) -> None:
    await remote.act("command", person="ana", channel="@wxqr", text="help")
    assert len(await remote.messages("ana", "@wxqr")) == 1


async def test_a_fault_happens_as_often_as_it_was_asked_for(remote: Remote) -> None:
    armed = await remote.act("faults", name="quota_used_up", where="/cgi-bin/qrcode/create")
    assert armed["faults"] == ["quota_used_up"]
    await remote.act("command", person="ana", channel=SPRING, text="temp 111")
    await remote.world.slack.wait_for(lambda: "45009" in str(remote.world.slack.sees("ana", SPRING)))
    assert (await remote.look("counts"))["faults"] == []


async def test_a_fault_without_an_end_stays_until_it_is_healed(bare: Remote) -> None:
    await bare.act("faults", name="busy", times=None)
    await bare.act("faults", name="slow", times=None, detail={"seconds": 0.5})
    assert [(one["name"], one["times"]) for one in (await bare.look("counts"))["faults"]] == [
        ("busy", None),
        ("slow", None),
    ]
    assert (await bare.http.request("DELETE", "faults", json={"name": "busy"})).json()["faults"] == ["slow"]
    assert (await bare.http.delete("faults")).json()["faults"] == []


def test_every_fault_that_either_half_asks_for_can_be_armed_and_no_other() -> None:
    halves = Path(bot.__file__).parent / "sandbox"
    source = "".join(path.read_text("utf-8") for half in ("slack", "wechat") for path in (halves / half).rglob("*.py"))
    taken = set(re.findall(r'\.take\(\s*"(\w+)"', source)) | set(
        re.findall(r'"(\w+)"', next(iter(re.findall(r"_ANYWHERE = (\{.*\})", source))))
    )
    assert taken - {"slow"} == set(FAULTS) - {"slow"}


async def test_the_clock_moves_for_the_whole_world(remote: Remote) -> None:
    await remote.temp("111")
    before = (await remote.look("counts"))["clock"]["now"]
    await remote.act("clock", advance=86_400)
    counts = await remote.look("counts")
    assert counts["clock"]["now"] - before == pytest.approx(86_400, abs=60)
    assert counts["access_tokens"]["stable_token"] == 0


async def test_every_call_is_counted_and_so_is_what_it_used_up(remote: Remote) -> None:
    await remote.temp("111")
    counts = await remote.look("counts")
    assert (counts["wechat"]["/cgi-bin/qrcode/create"], counts["slack"]["files.completeUploadExternal"]) == (1, 1)
    assert counts["quotas"]["/cgi-bin/qrcode/create"] == {"used": 1, "limit": 100_000}
    assert counts["permanent"] == {"used": 0, "limit": 100_000}
    assert 7_100 < counts["access_tokens"]["stable_token"] <= 7_200


async def test_the_journal_tells_the_last_calls_of_both_halves(bare: Remote) -> None:
    for method in ("api.test", "users.info", "auth.test"):
        await bare.http.post(f"slack/api/{method}")
    for path in ("token", "qrcode/create", "user/info"):
        await bare.http.get(f"wechat/cgi-bin/{path}")
    journal = await bare.look("journal", last="2")
    assert [call["path"] for call in journal["wechat"]] == ["/cgi-bin/qrcode/create", "/cgi-bin/user/info"]
    assert [call["method"] for call in journal["slack"]] == ["users.info", "auth.test"]


async def test_no_secret_is_ever_told(remote: Remote) -> None:
    await remote.temp("111")
    told = [await remote.http.get(path) for path in ("journal", "counts", "state?person=ana")]
    latest = remote.world.wechat.stable_tokens.latest
    assert latest is not None
    slack = remote.world.slack
    for secret in (latest.value, APP_SECRET, slack.bot_token, slack.app_token, slack.signing_secret):
        assert [answer.url for answer in told if secret in answer.text] == []
    assert '"***"' in told[0].text


async def test_what_happens_is_told_as_it_happens(remote: Remote) -> None:
    async with remote.http.stream("GET", "changes") as changes:
        lines = changes.aiter_lines()
        await until(lines, lambda line: line.startswith("retry:"))
        await remote.act("say", person="ana", channel=SPRING, text="hello")
        change = json.loads((await until(lines, lambda line: line.startswith("data:"))).removeprefix("data:"))
    assert (change["type"], change["message"]["text"]) == ("message", "hello")


async def test_the_stream_of_changes_ends_when_the_sandbox_does(listening: socket.socket, tmp_path: Path) -> None:
    async with AsyncExitStack() as reader, httpx.AsyncClient(trust_env=False, verify=NO_TLS) as http:
        async with standing(listening, tmp_path) as world:
            changes = await reader.enter_async_context(http.stream("GET", f"{world.base_url}/sandbox/changes"))
            lines = changes.aiter_lines()
            await until(lines, lambda line: line.startswith("retry:"))
        assert [line async for line in lines if line and not line.startswith("data:")] == []
        assert changes.is_closed


async def until(lines: AsyncIterator[str], wanted: Callable[[str], bool]) -> str:
    async for line in lines:
        if wanted(line):
            return line
    raise AssertionError("the stream ended")


@pytest.mark.parametrize(
    ("path", "wish", "status", "why"),
    [
        ("command", {}, 400, "person must be a string"),
        ("command", {"person": "zoe", "channel": SPRING}, 404, "nobody here is called zoe"),
        ("command", {"person": "ana", "channel": "#nowhere"}, 404, "there is no channel #nowhere"),
        ("command", {"person": "chloe", "channel": SPRING}, 403, f"chloe is not in {SPRING}"),
        ("click", {"person": "ana", "ts": "1.1", "action": "Help"}, 404, "ana sees no message 1.1"),
        ("submit", {"view_id": "V1"}, 404, "no view V1 is open"),
        ("submit", {"view_id": "V1", "values": []}, 400, "values must be an object"),
        ("say", {"person": "ana", "channel": SPRING, "text": "x", "thread_ts": "1.1"}, 404, "there is no message 1.1"),
        ("faults", {"name": "bussy"}, 400, "there is no fault bussy; there are: busy"),
        ("faults", {"name": "busy", "times": 0}, 400, "times must be a whole number from 1"),
        ("faults", {"name": "errcode"}, 400, "errcode needs a code"),
        ("faults", {"name": "slow", "detail": {"seconds": "2"}}, 400, "seconds must be a number from 0"),
        ("faults", {"name": "slow", "detail": {"seconds": -1}}, 400, "seconds must be a number from 0"),
        ("faults", {"name": "slow", "detail": {"where": ""}}, 400, "there is no detail where"),
        ("clock", {"advance": -1}, 400, "advance must be a whole number from 0"),
        ("clock", {"advance": True}, 400, "advance must be a whole number from 0"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_sentence(
    bare: Remote, path: str, wish: dict[str, Any], status: int, why: str
) -> None:
    answered = await bare.refused(path, **wish)
    assert answered[0] == status
    assert why in answered[1]


ODD = [b"[", b"[]", b"null", b"\xff", b"1e999", b'{"person": null}', b'{"person": ["ana"], "channel": {}}']
ODD += [b"[" * 100_000, b'{"a":' * 600 + b"1" + b"}" * 600, b'{"person": "\\ud800"}']
ODD += [b'{"person": "zoe", "channel": [], "text": 5}', b'{"advance": 1e400}', b'{"advance": NaN}']
ODD += [b'{"name": "busy", "times": "\xc2\xb2"}', b'{"name": {"a": 1}}', b'{"view_id": "V1", "values": {"a": {}}}']
ADDRESSES = ["command", "click", "submit", "dismiss", "say", "home", "invite", "faults", "clock"]
ADDRESSES += ["scan", "follow", "unfollow", "write", "crowd"]


@pytest.mark.parametrize("path", ADDRESSES)
async def test_no_input_is_so_odd_that_it_breaks(bare: Remote, path: str) -> None:
    answers: list[Awaitable[httpx.Response]] = [bare.http.post(path, content=body) for body in ODD]
    statuses = {(await answer).status_code for answer in answers}
    assert statuses <= {400, 404}


@pytest.mark.parametrize("query", ["state", "state?person=zoe", "journal?last=0", "journal?last=x", "journal?last=1e3"])
async def test_no_question_is_so_odd_that_it_breaks(bare: Remote, query: str) -> None:
    answer = await bare.http.get(query)
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]
