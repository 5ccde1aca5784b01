"""An answer over HTTP before it is on its way: said by ASGI's two messages, or past them (bot.fast_lane)."""

from collections.abc import Callable
from typing import Any, NamedTuple

Headers = tuple[tuple[bytes, bytes], ...]


class Response(NamedTuple):
    """Status, body, and the headers beside its length."""

    status: int
    body: bytes
    headers: Headers = ()

    @property
    def all_headers(self) -> Headers:
        """The headers with the length of the body."""
        return (*self.headers, (b"content-length", b"%d" % len(self.body)))


# says an answer, in the thread of the loop
Say = Callable[[Response], None]
# takes the query and the body of a request, and has the answer said once: now or later
Lane = Callable[[bytes, bytes, Say], None]


async def say(send: Callable[[Any], Any], response: Response) -> None:
    """Say it as https://asgi.readthedocs.io/en/latest/specs/www.html wants it said."""
    await send({"type": "http.response.start", "status": response.status, "headers": list(response.all_headers)})
    await send({"type": "http.response.body", "body": response.body})
