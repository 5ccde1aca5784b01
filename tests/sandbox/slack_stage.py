"""A stage for the tests of the Slack half: the workspace over real HTTP, and a tiny app that answers it."""

import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
import uvicorn
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.slack import Workspace, slack_app
from tests.plain_http import NO_TLS

PNG = b"\x89PNG\r\n\x1a\n" + b"picture"
Reply = Response | Mapping[str, Any] | str
Answering = Callable[["Heard"], Awaitable[Reply]]


@dataclass(frozen=True)
class Heard:
    """One request as the app got it."""

    headers: Mapping[str, str]
    body: bytes
    payload: Mapping[str, Any]


async def _silence(_: Heard) -> Reply:
    return ""


@dataclass
class App:
    """The app under test stands here: it keeps what it heard and answers as told."""

    answer: Answering = _silence
    heard: list[Heard] = field(default_factory=list)

    async def listen(self, request: Request) -> Response:
        body = await request.body()
        heard = Heard(dict(request.headers), body, _payload(request.headers["content-type"], body))
        self.heard.append(heard)
        reply = await self.answer(heard)
        if isinstance(reply, Response):
            return reply
        if isinstance(reply, str):
            return Response(reply, media_type="text/plain")
        return Response(json.dumps(reply), media_type="application/json")


def _payload(content_type: str, body: bytes) -> dict[str, Any]:
    if content_type == "application/json":
        found: dict[str, Any] = json.loads(body)
        return found
    fields = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    return dict(json.loads(fields["payload"])) if "payload" in fields else dict(fields)


@dataclass
class Stage:
    """A workspace that is served, the app it talks to, and the client of Slack's own making."""

    workspace: Workspace
    app: App
    clock: Clock
    faults: Faults
    api_url: str

    def client(self, token: str | None = None) -> AsyncWebClient:
        """Return Slack's own client, without its habit of sending twice (T4)."""
        return AsyncWebClient(token or self.workspace.bot_token, base_url=self.api_url, retry_handlers=[])

    async def upload(self, channel: str | None, content: bytes = PNG, **more: Any) -> str:
        """Do the three steps for one file and return its id."""
        client = self.client()
        ticket = await client.files_getUploadURLExternal(filename="code.png", length=len(content))
        await put(ticket["upload_url"], content)
        files: list[dict[str, str | None]] = [{"id": ticket["file_id"], "title": "QR"}]
        await client.files_completeUploadExternal(files=files, channel_id=channel, **more)
        return str(ticket["file_id"])


async def put(url: str, content: bytes) -> httpx.Response:
    """Do step 2 of an upload."""
    async with httpx.AsyncClient(trust_env=False, verify=NO_TLS) as client:
        return await client.post(url, content=content)


async def refusal(call: Awaitable[Any]) -> Any:
    """Return the answer of a call that Slack refused with `ok: false`."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return caught.value.response


@asynccontextmanager
async def served(app: ASGIApp, port_of: socket.socket) -> AsyncIterator[None]:
    """Serve `app` on a bound socket in this very loop."""
    config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="websockets-sansio")
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[port_of])
    try:
        yield
    finally:
        # not server.shutdown(), which always sleeps: the tests are many
        for listener in server.servers:
            listener.close()
        for connection in tuple(server.server_state.connections):
            connection.shutdown()


@asynccontextmanager
async def staged(*, socket_mode: bool = False) -> AsyncIterator[Stage]:
    """Serve a workspace and an app, as one server at one port."""
    listening = socket.create_server(("127.0.0.1", 0))
    home = f"http://127.0.0.1:{listening.getsockname()[1]}"
    clock, faults, app = Clock(), Faults(), App()
    request_url = None if socket_mode else f"{home}/slack/events"
    workspace = Workspace(clock=clock, faults=faults, base_url=f"{home}/workspace", request_url=request_url)
    workspace.share_delay = 0.02
    routes = [Route("/slack/events", app.listen, methods=["POST"]), Mount("/workspace", slack_app(workspace))]
    async with served(Starlette(routes=routes), listening), workspace:
        yield Stage(workspace, app, clock, faults, f"{home}/workspace/api/")
