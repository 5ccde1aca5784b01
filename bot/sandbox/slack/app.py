"""The Slack half over HTTP, to be mounted where `base_url` says."""

from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from bot.sandbox.slack.addresses import FileAddress, ResponseAddress, UploadAddress
from bot.sandbox.slack.faulty import Address
from bot.sandbox.slack.web_api import WebAPI
from bot.sandbox.slack.workspace import Workspace


def slack_app(workspace: Workspace) -> Starlette:
    """Return the ASGI app of the Web API, uploads, response URLs, files and Socket Mode."""

    def address(at: WebAPI | UploadAddress | ResponseAddress) -> Address:
        return Address(workspace.faults, workspace.journal, workspace.clock, at.read, at.answer)

    return Starlette(
        routes=[
            Route("/api/{method}", address(WebAPI(workspace))),
            Route("/upload/{secret}", address(UploadAddress(workspace)), methods=["POST"]),
            Route("/response/{secret}", address(ResponseAddress(workspace)), methods=["POST"]),
            Route("/files/{file}", FileAddress(workspace).show),
            WebSocketRoute("/socket", workspace.sockets),
        ]
    )
