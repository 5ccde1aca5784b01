"""Where codes are minted."""

from typing import Any

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.refusal import Refusal
from bot.sandbox.wechat.wanted import wanted


def create_code(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/qrcode/create.

    https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode
    """
    asked_for = wanted(asked)
    if asked_for.lifetime is None and account.faults.take("permanent_full", asked.path):
        raise Refusal(45029)
    code = account.codes.mint(asked_for)
    lifetime = {} if asked_for.lifetime is None else {"expire_seconds": asked_for.lifetime}
    return {"ticket": code.ticket, **lifetime, "url": code.url}
