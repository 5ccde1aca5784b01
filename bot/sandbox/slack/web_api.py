"""The Web API over HTTP: who asks, may she, does the method exist.

https://docs.slack.dev/apis/web-api
"""

from typing import Any

from starlette.requests import Request

from bot.sandbox.slack import arguments as wire
from bot.sandbox.slack.arguments import Arguments
from bot.sandbox.slack.faulty import Answer, Call, as_json
from bot.sandbox.slack.methods import METHODS
from bot.sandbox.slack.methods.method import Method
from bot.sandbox.slack.refusals import Refusal
from bot.sandbox.slack.workspace import Workspace


class WebAPI:
    """`/api/{method}`, for JSON, forms, multipart and query strings alike, by POST or GET."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def read(self, request: Request) -> Call:
        """Read the request; what cannot be read has no arguments, and is refused when it is answered."""
        body = await request.body()
        given: dict[str, Any] = {}
        request.state.unreadable = None
        try:
            given = wire.read(request.scope["query_string"], request.headers.get("content-type", ""), body)
        except Refusal as refusal:
            request.state.unreadable = refusal
        token = given.pop("token", "")
        request.state.token = request.headers.get("authorization", "").removeprefix("Bearer ") or token
        return Call(request.path_params["method"], request, body, given)

    def answer(self, call: Call) -> Answer:
        """Return Slack's answer: HTTP 200, whether `ok` is true or false."""
        method = METHODS.get(call.name)
        try:
            result = {"ok": True, **self._result(call, method)}
        except Refusal as refusal:
            result = refusal.body()
        return as_json(result, headers=self._headers(method))

    def _result(self, call: Call, method: Method | None) -> dict[str, Any]:
        if method is None:
            raise Refusal("unknown_method", req_method=call.name)
        self._fail_on_demand(call.name, method)
        self._admit(call.request.state.token, method)
        if call.request.state.unreadable:
            raise call.request.state.unreadable
        return method.answer(self._workspace, Arguments(call.arguments))

    def _fail_on_demand(self, name: str, method: Method) -> None:
        faults = self._workspace.faults
        if faults.take("slack_internal_error", name):
            raise Refusal("internal_error")
        if fault := faults.take("slack_error", name):
            raise Refusal(fault.detail.get("error", "fatal_error"))
        if faults.take("slack_token_revoked", name):
            raise Refusal("token_revoked")
        if method.needs_membership and faults.take("not_in_channel", name):
            raise Refusal("not_in_channel")

    def _admit(self, token: str, method: Method) -> None:
        workspace = self._workspace
        if not token:
            raise Refusal("not_authed")
        if token not in (workspace.bot_token, workspace.app_token):
            raise Refusal("invalid_auth")
        if (token == workspace.app_token) != (method.token == "app"):
            raise Refusal("not_allowed_token_type")
        if method.scope and method.scope not in workspace.scopes:
            raise Refusal("missing_scope", needed=method.scope, provided=",".join(workspace.scopes))

    def _headers(self, method: Method | None) -> dict[str, str]:
        headers = {"x-slack-req-id": self._workspace.ids.secret(), "x-oauth-scopes": ",".join(self._workspace.scopes)}
        if method and method.scope:
            headers["x-accepted-oauth-scopes"] = method.scope
        return headers
