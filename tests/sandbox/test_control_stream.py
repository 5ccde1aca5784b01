"""The stream of one person: what she can see of the workspace as it happens, and when to ask anew."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from bot.sandbox.control import Control
from bot.sandbox.control_conversations import Conversations
from bot.sandbox.control_stream import Tidings
from bot.sandbox.running import standing
from bot.sandbox.slack.changes import BACKLOG
from bot.sandbox.slack.installed import Installed
from bot.sandbox.slack.messages import Message, as_shown
from bot.sandbox.slack.workspace import Workspace
from bot.sandbox.world import World, served
from tests.plain_http import NO_TLS
from tests.sandbox.remote_control import RemoteControl

GENERAL, OPS, RANDOM = "C0SBGENERAL", "C0SBOPS0001", "C0SBRANDOM1"
HOME = {"type": "home", "blocks": []}
# nothing comes after it
LAST = "that was all"


@dataclass
class Remote(RemoteControl):
    """The control interface over HTTP, and what the app behind it heard."""

    heard: list[Any] = field(default_factory=list)

    @property
    def slack(self) -> Workspace:
        return self.world.slack

    async def channel(self, person: str, name: str, **query: str) -> Any:
        channels = (await self.look("state", person=person, **query))["channels"]
        return next(one for one in channels if one["name"] == name)

    @asynccontextmanager
    async def listening(self, person: str) -> AsyncIterator[AsyncIterator[Any]]:
        """Yield what `person` is told from now on."""
        async with self.http.stream("GET", "changes", params={"person": person}) as changes:
            lines = changes.aiter_lines()
            assert (await anext(lines)).startswith("retry:")
            yield (json.loads(line.removeprefix("data:")) async for line in lines if line.startswith("data:"))

    async def told(self, person: str, happen: Callable[[], Awaitable[Any] | Any]) -> list[Any]:
        """Let something happen, and return what `person` is told of it."""
        async with self.listening(person) as changes:
            happening = happen()
            if isinstance(happening, Awaitable):
                await happening
            self.slack.say("ana", GENERAL, LAST)
            told = []
            async for change in changes:
                if change.get("message", {}).get("text") == LAST:
                    break
                told.append(change)
        return told


@pytest.fixture
async def remote(listening: socket.socket) -> AsyncIterator[Remote]:
    """Give a world whose app takes everything and does nothing."""
    base_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    world = World(base_url, f"{base_url}/bot")
    client = httpx.AsyncClient(base_url=f"{base_url}/sandbox", trust_env=False, verify=NO_TLS)
    remote = Remote(world, client)

    async def hear(request: Request) -> Response:
        remote.heard.append(await request.json())
        return Response()

    routes = [Route("/bot/slack/events", hear, methods=["POST"]), Mount("/sandbox", routes=Control(world).routes())]
    async with served([*world.routes(), *routes], listening), world, client:
        yield remote


@pytest.fixture
def bare() -> World:
    """Give a world that nobody serves."""
    return World("http://sandbox", None)


def kinds(changes: list[Any]) -> list[str]:
    return [change["type"] for change in changes]


async def test_what_is_said_changed_and_deleted_in_a_channel_is_told_to_its_members_only(remote: Remote) -> None:
    def happen() -> None:
        messages = remote.slack.messages
        said = remote.slack.say("ben", OPS, "the token is gone")
        messages.delete(messages.edit(said, text="it is back", edited="1"))

    changes = await remote.told("ana", happen)
    assert kinds(changes) == ["message", "message_changed", "message_deleted"]
    assert [change["message"]["text"] for change in changes] == ["the token is gone", "it is back", "it is back"]
    assert {change["channel"] for change in changes} == {OPS}
    assert await remote.told("wang.fang", happen) == []


async def test_what_only_one_person_sees_is_told_to_nobody_else(remote: Remote) -> None:
    def happen() -> None:
        slack = remote.slack
        slack.messages.post(
            Message(ts=slack.ids.ts(), channel=GENERAL, user="U", via="x", text="psst", ephemeral_to="U0SBANA01")
        )

    assert [change["message"]["text"] for change in await remote.told("ana", happen)] == ["psst"]
    assert await remote.told("ben", happen) == []


async def test_a_picture_is_told_with_its_address_and_its_code_as_the_state_has_it(
    listening: socket.socket, tmp_path: Path
) -> None:
    async with (
        standing(listening, tmp_path) as world,
        httpx.AsyncClient(base_url=f"{world.base_url}/sandbox", trust_env=False, verify=NO_TLS) as http,
        (remote := Remote(world, http)).listening("ben") as changes,
    ):
        await remote.act("command", person="ana", channel="#general", text="temp 111")
        told = [change["message"] async for change in until_picture(changes)][-1]
        assert told in (await remote.channel("ben", "general"))["messages"]
    [file] = told["files"]
    assert file["url"] == f"/slack/files/{file['id']}"
    assert file["code"].startswith("http://weixin.qq.com/q/")


async def until_picture(changes: AsyncIterator[Any]) -> AsyncIterator[Any]:
    async for change in changes:
        if change["type"] == "message":
            yield change
            if change["message"]["files"]:
                return


async def test_a_message_that_breaks_slacks_limits_is_told_with_what_slack_would_say(remote: Remote) -> None:
    def happen() -> None:
        said = remote.slack.say("ben", GENERAL, "")
        block = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
        remote.slack.messages.edit(said, blocks=(block,), edited="1")

    said, edited = await remote.told("ana", happen)
    assert said["message"]["problems"] == []
    assert edited["message"]["problems"] == ["must be less than 151 characters [json-pointer:/blocks/0/text/text]"]
    assert (await remote.channel("ana", "general"))["messages"][0] == edited["message"]


async def test_a_view_is_a_hint_to_whom_it_lies_before(remote: Remote) -> None:
    def happen() -> None:
        remote.slack.views.publish("U0SBANA01", HOME)

    assert await remote.told("ana", happen) == [{"type": "view"}]
    assert await remote.told("ben", happen) == []


async def test_an_invitation_is_a_hint_to_the_members_of_the_channel(remote: Remote) -> None:
    changes = await remote.told("ana", lambda: remote.act("invite", person="ben", channel="#random"))
    assert changes[0] == {"type": "channel", "channel": RANDOM}
    assert kinds(changes) == ["channel", "message"]


async def test_faults_and_the_clock_are_hints_to_everybody(remote: Remote) -> None:
    async def happen() -> None:
        await remote.act("faults", name="busy")
        await remote.act("clock", advance=60)

    assert await remote.told("chloe", happen) == [{"type": "faults"}, {"type": "clock"}]


async def test_a_thousand_calls_at_once_are_one_hint_and_the_next_call_is_another(remote: Remote) -> None:
    async with remote.listening("ana") as changes:
        for _ in range(1000):
            remote.world.wechat.happenings.tell()
        assert [await anext(changes), await anext(changes)] == [{"type": "call"}, {"type": "people"}]
        async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as app:
            await app.post(f"{remote.slack.base_url}/api/auth.test")
        assert await anext(changes) == {"type": "call"}


def test_what_several_people_see_is_put_into_words_once(bare: World) -> None:
    tidings = Tidings(bare.slack, Conversations(bare.slack))
    change = {"type": "message", "channel": GENERAL, "message": as_shown(bare.slack.say("ana", GENERAL, "hello"))}
    words = [tidings.of(bare.slack.people[name])(change) for name in ("ana", "ben", "chloe")]
    assert words[0] is words[1] is words[2] is not None


async def test_nobody_is_listened_to_who_is_not_there(remote: Remote) -> None:
    answer = await remote.http.get("changes", params={"person": "zoe"})
    assert (answer.status_code, answer.json()) == (404, {"error": "nobody here is called zoe"})


async def test_what_came_before_is_told_page_by_page(remote: Remote) -> None:
    said = [remote.slack.say("ben", GENERAL, str(number)).ts for number in range(5)]
    channel = await remote.channel("ana", "general", messages="2")
    assert (channel["total"], channel["latest"]) == (5, said[-1])
    assert [message["ts"] for message in channel["messages"]] == said[3:]
    before = {"person": "ana", "channel": "#general", "last": "2"}
    older = await remote.look("messages", **before, before=said[3])
    assert ([message["ts"] for message in older["messages"]], older["more"]) == (said[1:3], True)
    oldest = await remote.look("messages", **before, before=said[1])
    assert ([message["ts"] for message in oldest["messages"]], oldest["more"]) == (said[:1], False)


async def test_a_state_without_messages_still_tells_how_many_there_are_and_the_newest(remote: Remote) -> None:
    said = remote.slack.say("ben", OPS, "hello")
    channel = await remote.channel("ana", "ops", messages="0")
    assert (channel["messages"], channel["total"], channel["latest"], channel["is_private"]) == ([], 1, said.ts, True)


async def test_who_is_not_in_a_channel_is_told_none_of_its_past(remote: Remote) -> None:
    query = {"person": "chloe", "channel": "#ops", "before": "9"}
    answer = await remote.http.get("messages", params=query)
    assert (answer.status_code, answer.json()["error"]) == (403, "chloe is not in #ops")


async def test_a_command_in_a_thread_is_refused_as_slack_refuses_it(remote: Remote) -> None:
    said = remote.slack.say("ben", GENERAL, "hello")
    wish = {"person": "ana", "channel": "#general", "text": "help", "thread_ts": said.ts}
    answer = await remote.http.post("command", json=wish)
    assert (answer.status_code, answer.json()["error"]) == (400, "/wxqr is not supported in threads. Sorry!")


@pytest.mark.parametrize(("events", "heard"), [((), []), (("app_mention",), ["<@U0SBWXQRBOT|wxqr> temp"])])
async def test_a_mention_is_heard_where_the_manifest_asks_for_it(
    remote: Remote, events: tuple[str, ...], heard: list[str]
) -> None:
    remote.slack.installed = replace(Installed(), events=events)
    await remote.act("say", person="ana", channel="#general", text="@wxqr temp")
    await remote.act("say", person="ana", channel="#random", text="@wxqr is not here")
    await remote.act("say", person="ana", channel="#general", text="nobody is meant")
    assert [payload["event"]["text"] for payload in remote.heard] == heard


async def test_the_app_is_known_before_it_has_said_a_word(remote: Remote) -> None:
    manifest = await remote.look("manifest")
    assert (manifest["name"], manifest["command"]) == ("wxqr", "/wxqr")
    usages = await remote.look("usage")
    assert [one["name"] for one in usages] == manifest["usage_hint"].split(" | ")
    assert usages[0]["usage"].startswith("/wxqr temp [SCENE] [--ttl ")
    assert set(usages[0]["help"]) == {"en", "zh-CN"}


async def test_whoever_falls_behind_is_cut_off_and_hears_what_comes_after_she_is_back(remote: Remote) -> None:
    async with remote.listening("ana") as changes:
        for number in range(1500):
            remote.slack.say("ben", GENERAL, str(number))
        assert [change async for change in changes] == []
    assert [change["message"]["text"] for change in await remote.told("ana", lambda: said(remote))] == ["back"]


def said(remote: Remote) -> None:
    remote.slack.say("ben", GENERAL, "back")


async def test_only_the_stream_of_who_fell_behind_ends(bare: World) -> None:
    log, most = bare.slack.change_log, BACKLOG
    async with aclosing(log.stream()) as keen, aclosing(log.stream()) as late:
        first = [asyncio.ensure_future(anext(reader)) for reader in (keen, late)]
        await asyncio.sleep(0)
        for number in range(most // 2):
            log.publish({"number": number})
        heard = [await first[0], *[await anext(keen) for _ in range(most // 2 - 1)]]
        # the late one has taken the first
        for number in range(most // 2, most + 2):
            log.publish({"number": number})
        heard += [await anext(keen) for _ in range(most - most // 2 + 2)]
        assert [one["number"] for one in heard] == [*range(most + 2)]
        assert [change async for change in late] == []


async def test_what_a_message_has_attached_is_told_too(remote: Remote) -> None:
    attached, metadata = {"color": "#f00", "text": "words"}, {"event_type": "e"}

    def happen() -> None:
        slack = remote.slack
        slack.messages.post(
            Message(ts=slack.ids.ts(), channel=GENERAL, user="U", via="x", attachments=(attached,), metadata=metadata)
        )

    [told] = [change["message"] for change in await remote.told("ana", happen)]
    assert (told["attachments"], told["metadata"]) == ([attached], metadata)
    assert told in (await remote.channel("ana", "general"))["messages"]
