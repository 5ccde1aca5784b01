"""Entry point 2: what the bot answers over HTTP."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import __version__, metrics
from bot.context import Health
from bot.response import Lane


def web(health: Callable[[], Health]) -> Starlette:
    """Return what tells how the bot is doing."""

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_: Request) -> Response:
        return _readiness(health())

    async def measured(_: Request) -> Response:
        return Response(metrics.exposition(), media_type="text/plain; version=0.0.4")

    return Starlette(routes=[Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", measured)])


@dataclass(frozen=True, slots=True)
class Front:
    """Lets what comes to one of `beside` pass the router: a route costs half of what WeChat's pushes may.

    `lanes` lead to the same, for a server that knows of them.
    """

    beside: Mapping[str, ASGIApp]
    router: ASGIApp
    lanes: Mapping[bytes, Lane]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on."""
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        await self.beside.get(path, self.router)(scope, receive, send)


def _readiness(health: Health) -> Response:
    """Ready where commands can come in, be kept, and be answered."""
    parts = {
        "slack": health.slack_connected,
        "scheduler": health.scheduler_running,
        "database": health.database_bytes > 0,
    }
    is_ready = all(parts.values())
    return JSONResponse({"ready": is_ready, **parts, "version": __version__}, 200 if is_ready else 503)
