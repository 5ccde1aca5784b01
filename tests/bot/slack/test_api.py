"""What an address for answers says is understood: only a bare ok is a yes."""

import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox.world import served
from bot.slack.api import TIMEOUT, Slack

ANSWERS = {
    "ok": PlainTextResponse("ok"),
    "used": PlainTextResponse("used_url", 404),
    "refused": PlainTextResponse("invalid_blocks", 400),
    "refused-politely": JSONResponse({"ok": False, "error": "invalid_blocks"}),
}


async def answer(request: Request) -> Response:
    return ANSWERS[request.path_params["how"]]


@pytest.fixture
async def slack(listening: socket.socket) -> AsyncIterator[tuple[Slack, str]]:
    """Give the API, and where an address for answers stands."""
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    async with (
        served([Route("/{how}", answer, methods=["POST"])], listening),
        aiohttp.ClientSession(timeout=TIMEOUT) as session,
    ):
        yield Slack("xoxb-1", f"{url}/", session), url


@pytest.mark.parametrize(
    ("how", "taken"), [("ok", True), ("used", False), ("refused", False), ("refused-politely", False)]
)
async def test_an_answer_was_taken_where_the_address_says_ok(
    slack: tuple[Slack, str], how: str, *, taken: bool
) -> None:
    api, url = slack
    assert await api.respond(f"{url}/{how}", {"text": "x"}) is taken
