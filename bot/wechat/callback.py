"""What comes to the callback URL: whether WeChat sent it, what is in it, and what is replied. Pure, no I/O.

https://developers.weixin.qq.com/doc/oplatform/developers/dev/push
"""

import re
from hmac import compare_digest
from typing import NamedTuple
from urllib.parse import unquote_plus

from bot.model import DAY, MINUTE, Account
from bot.wechat.crypto import AesKey, WrongAccount, WrongKey, signature
from bot.wechat.push import Push, Refused, malformed, read_envelope, read_push

__all__ = ["LARGEST_BODY", "Callback", "Push", "Query", "Refused", "news_reply", "read_query", "text_reply"]

LARGEST_BODY = 64 << 10

_AS_SENT = re.compile(
    r"signature=(\w+)&timestamp=(\w+)&nonce=(\w+)(?:&openid=([\w-]+))?(?:&encrypt_type=(\w+)&msg_signature=(\w+))?",
    re.ASCII,
)
_SECONDS = re.compile(r"[0-9]{1,13}")
_ECHO = re.compile(rb"[\w+/=-]{1,256}")
# https://www.w3.org/TR/xml/#charsets
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Query(NamedTuple):
    """What stands in the callback's query; empty where it does not."""

    signature: str = ""
    timestamp: str = ""
    nonce: str = ""
    openid: str = ""
    encrypt_type: str = ""
    msg_signature: str = ""
    echostr: str = ""


def read_query(query_string: bytes) -> Query:
    """Read the query, still encoded. Raises Refused for one that is not ASCII, or that names a parameter twice."""
    try:
        text = query_string.decode("ascii")
    except UnicodeDecodeError:
        raise malformed() from None
    as_sent = _AS_SENT.fullmatch(text)
    return Query(*as_sent.groups("")) if as_sent else _query(text)


def _query(text: str) -> Query:
    pairs = [pair.partition("=") for pair in text.split("&")]
    found = {name: unquote_plus(value) for name, _, value in pairs if name in Query._fields}
    # WeChat names none twice; whoever does hopes that a proxy reads one of them, and we the other
    if len(found) != sum(name in Query._fields for name, _, _ in pairs):
        raise malformed()
    return Query(**found)


class Callback:
    """The callback of one account. Raises ValueError for one without a callback token, or with a wrong key.

    A request is refused where its timestamp is more than `oldest` seconds away from now.
    """

    def __init__(self, account: Account, oldest: int = 5 * MINUTE) -> None:
        if not account.callback_token:
            raise ValueError("without a callback token anybody could sign")
        self._token, self._app_id, self._oldest = account.callback_token, account.app_id, oldest
        # the current one first; for a while after a change WeChat still sends by the previous one
        self._keys = [AesKey(text) for text in (account.encoding_aes_key, account.previous_aes_key) if text]

    def verify(self, query: Query, now: int) -> bytes:
        """Return what answers WeChat's GET: the echostr as it is, or opened where it was signed as encrypted.

        Raises Refused.
        """
        is_sealed = bool(self._keys) and self._is_signed(query.msg_signature, query, query.echostr)
        if not is_sealed and not self._is_signed(query.signature, query):
            raise Refused("signature")
        self._refuse_stale(query, now)
        echo = self._open(query.echostr)[0] if is_sealed else query.echostr.encode()
        # an eavesdropper who sends us a push as if it were an echostr is not told what is in it
        if not echo or (is_sealed and not _ECHO.fullmatch(echo)):
            raise malformed()
        return echo

    def opened(self, query: Query, body: bytes, now: int) -> Push:
        """Return the push that WeChat's POST carries. Raises Refused.

        What is verified hangs on what the account has, never on what the request claims
        (https://github.com/w7corp/easywechat/pull/2990): with an AES key only what it opens is read.
        """
        if len(body) > LARGEST_BODY:
            raise Refused("too_large", 413)
        if self._keys:
            return self._unsealed(query, body, now)
        if not self._is_signed(query.signature, query):
            raise Refused("signature")
        self._refuse_stale(query, now)
        return _in_time(read_push(body, None), now)

    def sealed(self, xml: str, push: Push, timestamp: int, nonce: str, random16: bytes) -> str:
        """Return the reply to `push`, sealed by the key that opened it; as it is where the push came plain.

        `random16` are 16 random bytes, fresh for each reply.
        """
        if push.key is None:
            return xml
        encrypted = push.key.seal(xml.encode(), self._app_id, random16)
        signed = signature(self._token, str(timestamp), nonce, encrypted)
        return (
            f"<xml><Encrypt>{_cdata(encrypted)}</Encrypt><MsgSignature>{_cdata(signed)}</MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp><Nonce>{_cdata(nonce)}</Nonce></xml>"
        )

    def _unsealed(self, query: Query, body: bytes, now: int) -> Push:
        if query.encrypt_type != "aes":
            raise Refused("plaintext")
        encrypted = read_envelope(body)
        # `signature` does not cover the body
        if not self._is_signed(query.msg_signature, query, encrypted):
            raise Refused("signature")
        self._refuse_stale(query, now)
        return _in_time(read_push(*self._open(encrypted)), now)

    def _is_signed(self, given: str, query: Query, *parts: str) -> bool:
        # compare_digest raises TypeError for text that is not ASCII
        expected = signature(self._token, query.timestamp, query.nonce, *parts)
        return given.isascii() and compare_digest(expected, given)

    def _refuse_stale(self, query: Query, now: int) -> None:
        if not _SECONDS.fullmatch(query.timestamp) or abs(now - int(query.timestamp)) > self._oldest:
            raise Refused("stale")

    def _open(self, encrypted: str) -> tuple[bytes, AesKey]:
        for key in self._keys:
            try:
                return key.open(encrypted, self._app_id), key
            except WrongKey:
                continue
            except WrongAccount:
                raise Refused("app_id") from None
            except ValueError:
                raise malformed() from None
        raise Refused("aes_key")


def _in_time(push: Push, now: int) -> Push:
    """Refuse what happens after tomorrow: it would be the newest event for ever."""
    if push.created_at > now + DAY:
        raise Refused("future", 400)
    return push


def text_reply(push: Push, content: str, now: int) -> str:
    """Return the XML that answers `push` with a text.

    https://developers.weixin.qq.com/doc/service/en/guide/product/message/Passive_user_reply_message.html
    """
    return _reply(push, "text", f"<Content>{_cdata(content)}</Content>", now)


def news_reply(push: Push, title: str, description: str, picture_url: str, url: str, now: int) -> str:
    """Return the XML that answers `push` with a picture and a link; WeChat shows one article to who scanned."""
    article = (
        f"<Title>{_cdata(title)}</Title><Description>{_cdata(description)}</Description>"
        f"<PicUrl>{_cdata(picture_url)}</PicUrl><Url>{_cdata(url)}</Url>"
    )
    news = f"<ArticleCount>1</ArticleCount><Articles><item>{article}</item></Articles>"
    return _reply(push, "news", news, now)


def _reply(push: Push, kind: str, content: str, now: int) -> str:
    return (
        f"<xml><ToUserName>{_cdata(push.from_user)}</ToUserName><FromUserName>{_cdata(push.to_user)}</FromUserName>"
        f"<CreateTime>{now}</CreateTime><MsgType>{_cdata(kind)}</MsgType>{content}</xml>"
    )


def _cdata(text: str) -> str:
    return f"<![CDATA[{_NO_XML.sub('', text).replace(']]>', ']]]]><![CDATA[>')}]]>"
