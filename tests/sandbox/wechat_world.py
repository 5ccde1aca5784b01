"""The sandbox's WeChat behind a real server and a real socket, for the tests of its fidelity."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.api import wechat_app

APP_ID = "wx0123456789abcdef"
APP_SECRET = "0123456789abcdef0123456789abcdef"
CREATE = "/cgi-bin/qrcode/create"
TAGS = "/cgi-bin/tags/get"
TOKEN = "/cgi-bin/token"
STABLE = "/cgi-bin/stable_token"


@dataclass
class World:
    """One account, its clock and its faults, and somebody who calls it over HTTP."""

    url: str
    http: httpx.Client
    accounts: dict[str, OfficialAccount]
    clock: Clock = field(default_factory=Clock)
    faults: Faults = field(default_factory=Faults)

    def __post_init__(self) -> None:
        self.account = self.open_account(APP_ID, APP_SECRET)

    def open_account(self, app_id: str, app_secret: str) -> OfficialAccount:
        account = OfficialAccount(app_id, app_secret, clock=self.clock, faults=self.faults)
        self.accounts[app_id] = account
        return account

    def get(self, path: str, **query: str) -> dict[str, Any]:
        return as_object(self.http.get(self.url + path, params=query))

    def post(self, path: str, body: Any = None, **query: str) -> dict[str, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return as_object(self.http.post(self.url + path, params=query, content=content))

    def fetch(self, **more: str) -> dict[str, Any]:
        credentials = {"grant_type": "client_credential", "appid": APP_ID, "secret": APP_SECRET}
        return self.get(TOKEN, **(credentials | more))

    def fetch_stable(self, **more: Any) -> dict[str, Any]:
        credentials = {"grant_type": "client_credential", "appid": APP_ID, "secret": APP_SECRET}
        return self.post(STABLE, credentials | more)

    def access_token(self) -> str:
        return str(self.fetch_stable()["access_token"])

    def create(self, body: Any) -> dict[str, Any]:
        return self.post(CREATE, body, access_token=self.access_token())

    def accepts(self, access_token: str) -> int:
        """Return the errcode that a call with this access token gets: 0 when it is accepted."""
        return int(self.get(TAGS, access_token=access_token).get("errcode", 0))

    def picture(self, ticket: str) -> httpx.Response:
        return self.http.get(self.url + "/cgi-bin/showqrcode", params={"ticket": ticket})


def as_object(response: httpx.Response) -> dict[str, Any]:
    found = response.json()
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="session")
def wechat_server() -> Iterator[tuple[str, dict[str, OfficialAccount]]]:
    """Serve whatever accounts the dict holds."""
    accounts: dict[str, OfficialAccount] = {}
    app = Starlette(routes=[Mount("/wechat", wechat_app(accounts))])
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
    # Listening before the server runs: whoever connects early waits in the backlog, and nobody has to poll.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/wechat", accounts
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def caller() -> Iterator[httpx.Client]:
    """Make one client for all: a new one reads every certificate of the machine, which takes longer than a test."""
    with httpx.Client(trust_env=False, timeout=5) as http:
        yield http


@pytest.fixture
def wechat(wechat_server: tuple[str, dict[str, OfficialAccount]], caller: httpx.Client) -> World:
    url, accounts = wechat_server
    accounts.clear()
    return World(url, caller, accounts)
