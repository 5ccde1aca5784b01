"""The naive way, as the libraries' first pages show it: what wxqr is measured against. Its server is wxqr's own.

Bolt as it comes, which looks for an acknowledgement every 10 ms; a connection and a commit for each command; an
httpx client for each call; a Slack client that opens a session for each call. It keeps its access token, checks the
picture as wxqr does, and knows no roles, repeats or restarts.
"""

import asyncio
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

import httpx
import uvicorn
import uvloop
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.__main__ import settings
from bot.pictures import qr
from bot.settings import Settings

TABLE = "create table if not exists inbox (id text primary key, body text not null)"


class Naive:
    """A bot that mints what it is told to."""

    def __init__(self, settings: Settings, access_token: str) -> None:
        self._settings, self._access_token = settings, access_token
        self.slack = AsyncWebClient(settings.bot_token, base_url=settings.slack_url)

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Keep the command, acknowledge it, and answer it."""
        await asyncio.to_thread(self._keep, body)
        await ack()
        word, _, scene = body["text"].partition(" ")
        if word == "temp":
            await self._mint(scene, body["channel_id"])

    def _keep(self, body: Mapping[str, Any]) -> None:
        with closing(sqlite3.connect(self._settings.database, timeout=15)) as connection, connection:
            connection.execute("insert into inbox values (?, ?)", (body["trigger_id"], repr(body)))

    async def _mint(self, scene: str, channel: str) -> None:
        # https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode
        asked = {"expire_seconds": 1800, "action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": scene}}}
        query = {"access_token": self._access_token}
        async with httpx.AsyncClient() as http:
            url = f"{self._settings.wechat_url}/cgi-bin/qrcode/create"
            ticket = (await http.post(url, params=query, json=asked)).json()
        async with httpx.AsyncClient() as http:
            url = f"{self._settings.wechat_mp_url}/cgi-bin/showqrcode"
            picture = (await http.get(url, params={"ticket": ticket["ticket"]})).content
        if await asyncio.to_thread(qr.shows, picture, ticket["url"]):
            await self.slack.files_upload_v2(
                channel=channel, content=picture, filename=f"{scene}.jpg", title=f"Code of {scene}"
            )


async def main() -> None:
    """Serve until the process is stopped."""
    told = settings()
    with closing(sqlite3.connect(told.database)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.execute(TABLE)
    naive = Naive(told, await _access_token(told))
    app = AsyncApp(signing_secret=told.signing_secret, client=naive.slack)
    app.command("/wxqr")(naive.command)
    web = _web(AsyncSlackRequestHandler(app))
    # as fast as wxqr's own
    config = uvicorn.Config(
        web, host=told.host, port=told.port, http="httptools", lifespan="off", access_log=False, log_level="warning"
    )
    await uvicorn.Server(config).serve()


async def _access_token(told: Settings) -> str:
    # https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
    account = told.accounts[0]
    asked = {"grant_type": "client_credential", "appid": account.app_id, "secret": account.app_secret}
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{told.wechat_url}/cgi-bin/stable_token", json=asked)
    return str(answer.json()["access_token"])


def _web(handler: AsyncSlackRequestHandler) -> Starlette:
    async def events(request: Request) -> Response:
        return await handler.handle(request)

    async def readyz(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"]), Route("/readyz", readyz)])


if __name__ == "__main__":
    uvloop.run(main())
