"""The ways WeChat fails on demand.

On the way: slow (seconds=), http_502, not_json, drop_before, drop_after.
Access tokens: secret_wrong, ip_not_allowed (where they are fetched); token_revoked, token_expired (really so, healed
by a new one), token_refused (valid ones too, so that the same one again is refused again).
Calls: busy, quota_used_up, unauthorized, permanent_full, errcode (code=, errmsg=).
Pictures: image_host_down, image_wrong, image_damaged.
"""

import asyncio

from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from bot.sandbox.faults import Faults
from bot.sandbox.wechat.account import OfficialAccount, not_in_whitelist
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.refusal import Refusal

_ANYWHERE = {"busy": -1, "quota_used_up": 45009}
_PAGE = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr>nginx</body></html>"


class DroppedConnection(Response):
    """No answer: it begins and never comes, and uvicorn closes the connection, which is what a client sees."""

    def __init__(self) -> None:
        """Have no status: nobody sees one."""
        super().__init__()
        self.status_code = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's signature
        """Promise ten bytes and leave."""
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"10")]})


def page(status: int, title: str) -> Response:
    """Return an HTML page, as the proxies before WeChat answer."""
    return HTMLResponse(_PAGE.format(title), status)


async def loiter(faults: Faults, path: str, name: str = "slow") -> None:
    """Wait as long as `slow` says, or `slow_after`, by which time all is done and only the answer is late."""
    if fault := faults.take(name, path):
        await asyncio.sleep(float(fault.detail.get("seconds", 1)))


def lost_before(faults: Faults, path: str) -> Response | None:
    """Return what stands between the caller and WeChat, when something does."""
    if faults.take("drop_before", path):
        return DroppedConnection()
    if faults.take("http_502", path):
        return page(502, "502 Bad Gateway")
    if faults.take("not_json", path):
        return page(200, "Welcome")
    return None


def lost_after(faults: Faults, path: str) -> Response | None:
    """Return the silence that hides an answer, when there shall be one."""
    return DroppedConnection() if faults.take("drop_after", path) else None


def refuse_anything(faults: Faults, path: str) -> None:
    """Refuse on demand what any path can refuse."""
    if fault := faults.take("errcode", path):
        raise Refusal(int(fault.detail["code"]), str(fault.detail.get("errmsg", "")))
    for name, errcode in _ANYWHERE.items():
        if faults.take(name, path):
            raise Refusal(errcode)


def refuse_credentials(faults: Faults, asked: Asked) -> None:
    """Refuse on demand to hand out an access token."""
    if faults.take("secret_wrong", asked.path):
        raise Refusal(40001, "invalid credential, appsecret is wrong")
    if faults.take("ip_not_allowed", asked.path):
        raise not_in_whitelist(asked.ip)


def refuse_call(account: OfficialAccount, path: str) -> None:
    """Refuse on demand, or because this account may not, a call that carries a valid access token."""
    if account.faults.take("token_refused", path):
        raise Refusal(40001)
    if account.faults.take("unauthorized", path):
        raise Refusal(48001)
    if path in account.forbidden:
        raise Refusal(account.forbidden[path])


def spoil_tokens(account: OfficialAccount, path: str) -> None:
    """End the account's access tokens on demand, just before one of them is used."""
    if account.faults.take("token_revoked", path):
        account.revoke_tokens()
    if account.faults.take("token_expired", path):
        account.expire_tokens()
