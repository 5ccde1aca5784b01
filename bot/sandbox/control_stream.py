"""What happens in the workspace, as server-sent events.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing

from starlette.responses import StreamingResponse

from bot.sandbox.slack.changes import Changes

CLOSING = "closing"
# a page that was cut off comes back after this many milliseconds
_HELLO = "retry: 1000\n\n"


def stream(changes: Changes) -> StreamingResponse:
    """Return every change from now on, one event each, until the sandbox closes."""
    return StreamingResponse(_events(changes), media_type="text/event-stream", headers={"cache-control": "no-store"})


async def _events(changes: Changes) -> AsyncIterator[str]:
    yield _HELLO
    async with aclosing(changes.stream()) as happening:
        async for change in happening:
            if change["type"] == CLOSING:
                return
            yield f"data: {json.dumps(change, ensure_ascii=False)}\n\n"
