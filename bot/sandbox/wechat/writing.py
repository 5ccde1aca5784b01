"""Where an account writes to a person who has lately done something.

https://developers.weixin.qq.com/doc/offiaccount/Customer_Service/Customer_Service_Messages.html
"""

from typing import Any

from bot.sandbox.wechat.account import OfficialAccount
from bot.sandbox.wechat.asked import Asked
from bot.sandbox.wechat.push import Article, Received
from bot.sandbox.wechat.refusal import Refusal

LONGEST_TEXT = 2048


def send(account: OfficialAccount, asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/message/custom/send: a text, or one picture with a link."""
    document, now = asked.document(), account.clock.now()
    person = account.followers.get(str(document.get("touser")))
    if person is None:
        raise Refusal(40003)
    if not person.subscribe:
        raise Refusal(43004)
    message = _message(document, now)
    account.windows.spend(person.openid, now)
    account.receive(person.openid, message)
    return {"errcode": 0, "errmsg": "ok"}


def _message(document: dict[str, Any], now: float) -> Received:
    match document:
        case {"msgtype": "text", "text": {"content": str(content)}}:
            return Received(now, "custom", "text", _text(content))
        case {"msgtype": "news", "news": {"articles": list(articles)}}:
            return Received(now, "custom", "news", articles=_articles(articles))
        case {"msgtype": "text" | "news"}:
            raise Refusal(47001)
    raise Refusal(40008)


def _text(content: str) -> str:
    if not content:
        raise Refusal(44004)
    if len(content.encode()) > LONGEST_TEXT:
        raise Refusal(45002)
    return content


def _articles(articles: list[Any]) -> tuple[Article, ...]:
    # one, and not eight any more: https://developers.weixin.qq.com/doc/offiaccount/Customer_Service/
    if len(articles) != 1:
        raise Refusal(45008)
    match articles[0]:
        case {"title": str(title), **more} if title:
            return (Article(title, *(str(more.get(name, "")) for name in ("description", "picurl", "url"))),)
    raise Refusal(47001)
