"""The floor: wxqr's own server, which answers `success` to whatever comes and looks at none of it."""

import asyncio
import os

import uvloop
from starlette.types import Receive, Scope, Send

from bot.server import bound, serve

BODY = b"success"
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"7")],
}
END = {"type": "http.response.body", "body": BODY}


async def success(_: Scope, __: Receive, send: Send) -> None:
    """Answer."""
    await send(START)
    await send(END)


async def main() -> None:
    """Serve until the process is killed."""
    await serve(success, bound("127.0.0.1", int(os.environ["WXQR_PORT"])), asyncio.Event())


if __name__ == "__main__":
    uvloop.run(main())
