"""A way past ASGI for what comes by the thousand: uvicorn's own connection, but no task and no messages for a push.

A scope, a task, an event and two messages cost more than all that is done about a push of WeChat. Only the plain case
goes here: a whole POST of known length to one of the lanes, on a connection that has nothing else under way.
Everything else goes uvicorn's way, to the same answer.
"""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from bot.response import Lane, Response

# digits: whoever tells of more is answered uvicorn's way
_LONGEST_LENGTH = 5


class _Nobody:
    """Who waits for the rest of a push: it is there already."""

    def set(self) -> None:
        """Wake nobody."""


class _Turn:
    """A push that is not answered yet: what uvicorn asks of the request under way on a connection."""

    __slots__ = ("disconnected", "keep_alive", "response_complete")
    message_event = _Nobody()

    def __init__(self, *, keep_alive: bool) -> None:
        self.response_complete = self.disconnected = False
        self.keep_alive = keep_alive


class FastLane(HttpToolsProtocol):
    """One connection; requests for a path of `lanes` are handed to their lane."""

    def __init__(self, lanes: Mapping[bytes, Lane], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._lanes = lanes
        self._lane: Lane | None = None  # of the request that is being read
        self._query = self._body = b""

    def on_message_begin(self) -> None:
        """Begin a request. Its scope is made where somebody wants it."""
        self.url, self.headers, self.expect_100_continue = b"", [], False

    def on_headers_complete(self) -> None:
        """Choose the way."""
        path, _, query = self.url.partition(b"?")
        lane = self._lanes.get(path)
        if lane and self._is_plain():
            self._lane, self._query, self._body = lane, query, b""
            return
        url, headers, expects = self.url, self.headers, self.expect_100_continue
        super().on_message_begin()
        self.url, self.expect_100_continue = url, expects
        self.headers.extend(headers)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece of the body."""
        if self._lane:
            self._body += body
        else:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Hand a whole request to its lane."""
        lane, self._lane = self._lane, None
        if lane is None:
            super().on_message_complete()
            return
        stays = self.parser.get_http_version() != "1.0" and self.parser.should_keep_alive()
        turn = self.cycle = _Turn(keep_alive=stays)  # type: ignore[assignment]  # it has all that uvicorn asks of one
        # a bug of the lane is the loop's to report: raised in here, it would pass for a request that cannot be read
        self.loop.call_soon(lane, self._query, self._body, partial(self._say, turn))

    def _is_plain(self) -> bool:
        """Whether nothing about the request wants uvicorn's care."""
        parser, under_way = self.parser, cast("_Turn | None", self.cycle)
        return (
            parser.get_method() == b"POST"
            and (under_way is None or under_way.response_complete)
            and not self.flow.write_paused
            and not self.expect_100_continue
            and not parser.should_upgrade()
            and self._has_length()
        )

    def _has_length(self) -> bool:
        return any(name == b"content-length" and len(value) <= _LONGEST_LENGTH for name, value in self.headers)

    def _say(self, turn: _Turn, response: Response) -> None:
        """Answer, unless who asked has gone."""
        if turn.disconnected or self.transport.is_closing():
            return
        turn.response_complete = True
        said = [STATUS_LINE[response.status]]
        for name, value in (*self.server_state.default_headers, *response.all_headers):
            said += (name, b": ", value, b"\r\n")
        said += (b"\r\n" if turn.keep_alive else b"connection: close\r\n\r\n", response.body)
        self.transport.write(b"".join(said))
        if not turn.keep_alive:
            self.transport.close()
        self.on_response_complete()


def protocol(lanes: Mapping[bytes, Lane]) -> type[asyncio.Protocol]:
    """Return what uvicorn makes a connection of."""
    return partial(FastLane, lanes)  # type: ignore[return-value]  # uvicorn only ever calls it
