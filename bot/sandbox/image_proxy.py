"""Slack's image proxy: a picture that a message shows is fetched once by Slack itself, and kept; no member asks for it.

https://docs.slack.dev/reference/block-kit/blocks/image-block
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.picture import drawn


class ImageProxy:
    """The kept pictures of the sandbox's own WeChat; a picture of elsewhere is none: there need be no network."""

    def __init__(self, accounts: Mapping[str, OfficialAccount]) -> None:
        self._accounts = accounts

    async def show(self, request: Request) -> Response:
        """Return the picture at `url`; what Slack has kept outlives the code that is in it."""
        url = request.query_params.get("url", "")
        found = (account.codes.in_picture(url) for account in self._accounts.values())
        if code := next(filter(None, found), None):
            return Response(drawn(code.url), media_type="image/jpeg", headers={"Cache-Control": "max-age=604800"})
        return Response("no such picture", 404)
