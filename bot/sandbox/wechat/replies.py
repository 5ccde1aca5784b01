"""What WeChat makes of the answer to a push: nothing, a message for the person, or "service unavailable".

https://developers.weixin.qq.com/doc/service/en/guide/product/message/Passive_user_reply_message.html
"""

from xml.etree import ElementTree as ET

from bot.sandbox.wechat.documents import NoXML, read
from bot.sandbox.wechat.envelope import Envelope
from bot.sandbox.wechat.push import Article, Attempt, Push, Received
from bot.sandbox.wechat.sealing import Broken, signature

SILENT = ("", "success")
OK = 200
LONGEST_TEXT = 2048
# one for a message, eight for anything else
MOST_ARTICLES = 8
KINDS = ("text", "news", "image", "voice", "video", "music", "transfer_customer_service")


class Odd(Exception):
    """An answer that makes WeChat tell the person that the account is unavailable."""


def replied(push: Push, envelope: Envelope, attempt: Attempt) -> Received | None:
    """Return what the person receives, None where the account keeps silent; Odd for everything else."""
    if attempt.status != OK:
        raise Odd(f"it was answered with HTTP status {attempt.status}")
    if attempt.answer in SILENT:
        return None
    try:
        root, is_encrypted = _opened(envelope, read(attempt.answer))
    except (NoXML, Broken) as broken:
        raise Odd(str(broken)) from broken
    return _received(push, root, attempt.at, is_encrypted=is_encrypted)


def _opened(envelope: Envelope, root: ET.Element) -> tuple[ET.Element, bool]:
    if root.find("Encrypt") is None:
        if envelope.mode == "safe":
            raise Odd("in safe mode a reply must be encrypted")
        return root, False
    if envelope.seal is None:
        raise Odd("in plain mode a reply must not be encrypted")
    encrypted = _text(root, "Encrypt")
    signed = signature(envelope.token, _text(root, "TimeStamp"), _text(root, "Nonce"), encrypted)
    if _text(root, "MsgSignature") != signed:
        raise Odd("its MsgSignature is wrong")
    return read(envelope.seal.opened(encrypted)), True


def _received(push: Push, root: ET.Element, at: float, *, is_encrypted: bool) -> Received:
    expected = {"ToUserName": push.open_id, "FromUserName": str(push.message["ToUserName"])}
    for name, value in expected.items():
        if _text(root, name) != value:
            raise Odd(f"its {name} is not {value}")
    if not _text(root, "CreateTime").isdecimal():
        raise Odd("its CreateTime is no number")
    kind = _text(root, "MsgType")
    if kind not in KINDS:
        raise Odd(f"its MsgType is {kind or 'not there'}")
    text = _content(root) if kind == "text" else ""
    articles = _articles(push, root) if kind == "news" else ()
    return Received(at, "reply", kind, text, articles, is_encrypted)


def _content(root: ET.Element) -> str:
    content = _text(root, "Content")
    if not 1 <= len(content.encode()) <= LONGEST_TEXT:
        raise Odd(f"its Content does not have 1 to {LONGEST_TEXT} bytes")
    return content


def _articles(push: Push, root: ET.Element) -> tuple[Article, ...]:
    items = root.findall("Articles/item")
    if _text(root, "ArticleCount") != str(len(items)):
        raise Odd("its ArticleCount is not the number of its articles")
    most = MOST_ARTICLES if "Event" in push.message else 1
    if not 1 <= len(items) <= most:
        raise Odd(f"it has {len(items)} articles, and not 1 to {most}")
    articles = tuple(
        Article(*(_text(item, name) for name in ("Title", "Description", "PicUrl", "Url"))) for item in items
    )
    if not all(article.title for article in articles):
        raise Odd("an article has no Title")
    return articles


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(name, "")
