"""The floor: wxqr's own server, which answers `success` to whatever comes and looks at none of it.

By ASGI, as the server has it; or past it, in wxqr's own lane, where it is told `lane`.
"""

import asyncio
import os
import sys

import uvloop
from starlette.types import Receive, Scope, Send

from bot.response import Response, Say
from bot.server import bound, serve

BODY = b"success"
ANSWER = Response(200, BODY)
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


def succeed(_: bytes, __: bytes, say: Say) -> None:
    """Answer past ASGI."""
    say(ANSWER)


async def main() -> None:
    """Serve until the process is killed."""
    lanes = {b"/wechat/callback": succeed} if sys.argv[1:] == ["lane"] else {}
    await serve(success, bound("127.0.0.1", int(os.environ["WXQR_PORT"])), asyncio.Event(), lanes)


if __name__ == "__main__":
    uvloop.run(main())
