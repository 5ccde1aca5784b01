"""The addresses that Slack gives out and the app calls back: upload URLs, response URLs, files."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.json_reading import read_json
from bot.sandbox.slack import arguments as wire
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.faulty import Answer, Call
from bot.sandbox.slack.files import UploadRefused
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.response_urls import URLRefused
from bot.sandbox.slack.workspace import Workspace

# what a browser draws and never runs: anything else is saved, for it would run as a part of the page
DRAWN = ("image/png", "image/jpeg", "image/gif", "image/webp")
TEXT = {"content-type": "text/plain; charset=utf-8"}


def _text(words: str, status: int = 200) -> Answer:
    return Answer(status, words.encode(), TEXT, None if status == 200 else words)  # noqa: PLR2004 - HTTP's own


class UploadAddress:
    """Step 2 of an upload: raw bytes, or the one part of a form; no token."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def read(self, request: Request) -> Call:
        return Call("upload", request, await request.body(), {"secret": request.path_params["secret"]})

    def answer(self, call: Call) -> Answer:
        """Return `OK - <n>` (python-slack-sdk#1277), or why not."""
        try:
            file = self._workspace.files.receive(call.arguments["secret"], _content(call))
        except UploadRefused as refused:
            return _text(str(refused), refused.status)
        return _text(f"OK - {file.size}")


class ResponseAddress:
    """A response_url: no token either, whoever knows it may answer."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def read(self, request: Request) -> Call:
        body = await request.body()
        return Call("response_url", request, body, _json(request.headers.get("content-type", ""), body) or {})

    def answer(self, call: Call) -> Answer:
        """Return `ok`, or 400 or 404 and a word: 404 is what a used or expired address gives."""
        urls = self._workspace.response_urls
        try:
            url = urls.find(call.request.path_params["secret"])
            if not call.arguments:
                return _text("no_text" if call.body in (b"", b"{}") else "invalid_payload", 400)
            urls.answer(url, Arguments(call.arguments))
        except URLRefused as refused:
            return _text(str(refused), refused.status)
        except Refusal as refusal:
            return _text(refusal.error, 400)
        return _text("ok")


class FileAddress:
    """A file's bytes, for the page that shows the workspace; Slack itself would ask for a token here."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def show(self, request: Request) -> Response:
        file = self._workspace.files.find(request.path_params["file"])
        if file is None or file.content is None:
            return Response("not kept", 404)
        headers = {"x-content-type-options": "nosniff"}
        if file.mimetype not in DRAWN:
            headers["content-disposition"] = "attachment"
        return Response(file.content, media_type=file.mimetype or "application/octet-stream", headers=headers)


def _content(call: Call) -> bytes:
    content_type = call.request.headers.get("content-type", "")
    if content_type.startswith("multipart/form-data"):
        return next(iter(wire.parts(content_type, call.body).values()), b"")
    return call.body


def _json(content_type: str, body: bytes) -> dict[str, Any] | None:
    """Return the JSON object that was posted, as such or as the `payload` of a form."""
    if content_type.startswith("application/x-www-form-urlencoded"):
        body = str(wire.read(b"", content_type, body).get("payload", "")).encode()
    try:
        value = read_json(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
