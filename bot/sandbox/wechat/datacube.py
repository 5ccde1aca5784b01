"""Where the official daily figures are asked for: at most seven days at once, none later than yesterday.

https://developers.weixin.qq.com/doc/service/api/wedata/user/api_getusersummary
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.refusal import Refusal

LONGEST = timedelta(days=7)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def user_summary(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /datacube/getusersummary: who came and who left; a day that is not ready yet has no rows."""
    return _listed(account, asked, account.figures.summary)


def user_cumulate(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /datacube/getusercumulate: how many followers there were."""
    return _listed(account, asked, account.figures.cumulate)


def _listed(
    account: OfficialAccount, asked: Asked, rows: Callable[[date, date], list[dict[str, Any]]]
) -> dict[str, Any]:
    document = asked.document()
    begin, end = _date(document.get("begin_date")), _date(document.get("end_date"))
    if not begin <= end < account.figures.today() or end - begin >= LONGEST:
        raise Refusal(61501)
    return {"list": rows(begin, end)}


def _date(text: Any) -> date:
    try:
        return date.fromisoformat(text if isinstance(text, str) and _DATE.fullmatch(text) else "")
    except ValueError as broken:
        raise Refusal(61500) from broken
