"""Where access tokens are fetched, and what is open to whoever has the secret.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/AccessToken.html
"""

from typing import Any

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.refusal import Refusal
from bot.sandbox.wechat.trouble import refuse_credentials


def access_token(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/token."""
    _recognise(account, asked, asked.query)
    account.quotas.spend(asked.path)
    value, seconds = account.legacy_tokens.fetch()
    return {"access_token": value, "expires_in": seconds}


def stable_token(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/stable_token.

    https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
    """
    document = asked.document()
    _recognise(account, asked, document)
    force = document.get("force_refresh", False)
    if not isinstance(force, bool):
        raise Refusal(47001)
    account.quotas.spend(asked.path)
    value, seconds = account.fetch_stable_token(force=force)
    return {"access_token": value, "expires_in": seconds}


def clear_quota(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/clear_quota/v2, which works when not even an access token can be fetched.

    One of WeChat's pages has the credentials in the body, the other in the query; both are taken.
    https://developers.weixin.qq.com/doc/channels/api/basic/api_clearquota(byappsecret).md
    """
    account.recognise(asked.field("appid"), asked.field("appsecret"), asked.ip)
    account.quotas.clear()
    return {"errcode": 0, "errmsg": "ok"}


def _recognise(account: OfficialAccount, asked: Asked, given: Any) -> None:
    if given.get("grant_type") != "client_credential":
        raise Refusal(40002)
    account.recognise(given.get("appid") or "", given.get("secret") or "", asked.ip)
    refuse_credentials(account.faults, asked)
