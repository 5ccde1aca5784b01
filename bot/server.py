"""One uvicorn on one bound socket, stopped by SIGTERM or SIGINT without losing what it is answering."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Iterator, Mapping

import uvicorn
from starlette.types import ASGIApp

from bot.fast_lane import protocol
from bot.response import Lane

GRACE = 5
BACKLOG = 2048
NO_LANES: Mapping[bytes, Lane] = {}


class Server(uvicorn.Server):
    """Uvicorn with our signals: it raises its own once more when it has stopped, and would not exit with 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to asked_to_stop()."""
        yield


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens there. Raises OSError where that is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's delay off only where the protocol is named: 40 ms an answer otherwise
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)  # who comes before the server runs waits for it
    except OSError:
        listening.close()
        raise
    return listening


def asked_to_stop() -> asyncio.Event:
    """Return what is set when the process is asked to stop; from now on that is no sudden death."""
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for stop in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(stop, stopping.set)
    return stopping


async def serve(
    app: ASGIApp, listening: socket.socket, stopping: asyncio.Event, lanes: Mapping[bytes, Lane] = NO_LANES
) -> None:
    """Serve until `stopping` is set; requests under way are answered first. What is for one of `lanes` goes there."""
    config = uvicorn.Config(
        app,
        http=protocol(lanes) if lanes else "httptools",
        ws="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,  # nothing here asks who called
        timeout_graceful_shutdown=GRACE,
    )
    server = Server(config)
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    await asyncio.wait({serving, waiting := asyncio.ensure_future(stopping.wait())}, return_when="FIRST_COMPLETED")
    waiting.cancel()
    server.should_exit = True
    await serving
