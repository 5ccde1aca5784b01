"""The two hosts of WeChat (api. and mp.weixin.qq.com) as one application."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.wechat import paths, trouble
from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.image_host import SHOWQRCODE, shown
from bot.sandbox.wechat.journal import Call, masked, masked_query
from bot.sandbox.wechat.refusal import Refusal

Accounts = Mapping[str, OfficialAccount]
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_JSON = "application/json; encoding=utf-8"
_NO_SUCH_PATH = 40066


@dataclass(frozen=True, slots=True)
class Said:
    """What goes back, and what of it the journal keeps."""

    response: Response
    errcode: int | None = None
    rid: str = ""
    text: str = ""


def wechat_app(account_or_accounts: OfficialAccount | Accounts) -> Starlette:
    """Return WeChat for these accounts by app id, at least one; a Mapping is looked into anew at every call."""
    given = account_or_accounts
    accounts = {given.app_id: given} if isinstance(given, OfficialAccount) else given

    async def answer(request: Request) -> Response:
        return await _answer(accounts, await _asked(request))

    return Starlette(routes=[Route("/{path:path}", answer, methods=_METHODS)])


async def _asked(request: Request) -> Asked:
    ip = request.client.host if request.client else ""
    path = "/" + request.path_params["path"]
    return Asked(request.method, path, dict(request.query_params), await request.body(), ip)


async def _answer(accounts: Accounts, asked: Asked) -> Response:
    # A call that names nobody is written down by everybody, and answered by the first.
    witnesses = _owners(accounts, asked) or list(accounts.values())
    started = perf_counter()
    await trouble.loiter(witnesses[0].faults, asked.path)
    said = _say(witnesses[0], asked)
    milliseconds = (perf_counter() - started) * 1000
    for account in witnesses:
        account.journal.add(_written_down(account, asked, said, milliseconds))
        account.happenings.tell()
    await trouble.loiter(witnesses[0].faults, asked.path, "slow_after")
    return said.response


def _owners(accounts: Accounts, asked: Asked) -> list[OfficialAccount]:
    if access_token := asked.query.get("access_token"):
        return [account for account in accounts.values() if account.owns(access_token)]
    if ticket := asked.query.get("ticket"):
        return [account for account in accounts.values() if ticket in account.codes]
    account = accounts.get(asked.field("appid"))
    return [account] if account else []


def _say(account: OfficialAccount, asked: Asked) -> Said:
    if lost := trouble.lost_before(account.faults, asked.path):
        return Said(lost)
    said = Said(shown(account, asked)) if asked.path == SHOWQRCODE else _say_json(account, asked)
    if lost := trouble.lost_after(account.faults, asked.path):
        return Said(lost)
    return said


def _say_json(account: OfficialAccount, asked: Asked) -> Said:
    try:
        text = json.dumps(paths.answered(account, asked), ensure_ascii=False)
        return Said(_json(text), 0, text=text)
    except Refusal as refusal:
        rid = f"{int(account.clock.now()):08x}-{random.getrandbits(32):08x}-{random.getrandbits(32):08x}"
        text = json.dumps({"errcode": refusal.errcode, "errmsg": f"{refusal.errmsg} rid: {rid}"}, ensure_ascii=False)
        status = 404 if refusal.errcode == _NO_SUCH_PATH else 200
        return Said(_json(text, status), refusal.errcode, rid, text)


def _json(text: str, status: int = 200) -> Response:
    return Response(text, status, headers={"Content-Type": _JSON})


def _written_down(account: OfficialAccount, asked: Asked, said: Said, milliseconds: float) -> Call:
    return Call(
        at=account.clock.now(),
        method=asked.method,
        path=asked.path,
        query_without_secrets=masked_query(asked),
        body=masked(asked.body.decode("utf-8", "replace")),
        errcode=said.errcode,
        status=said.response.status_code,
        milliseconds=milliseconds,
        ip=asked.ip,
        rid=said.rid,
        answer=masked(said.text),
    )
