"""One push, read from XML or JSON. Pure, no I/O.

https://developers.weixin.qq.com/doc/service/en/guide/product/message/Receiving_event_pushes.html

An event in the shape the document shows is read by one regular expression, which takes nothing it has not checked:
a seventh of what a parser costs. It spells out the whole document, for what people type stands in there too, and a
pattern that only looked for a field would find one in their words. Everything else is read by expat.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Never
from xml.parsers import expat

from bot.model import AppID, OpenID
from bot.scan import Event, Scan
from bot.wechat.crypto import AesKey

EVENT = "event"

_SCANS = {event.value: event for event in Event}
# the end of the year 9999, beyond which no date is written
_LAST_CREATED = 253_402_300_800
_OPEN_ID = re.compile(r"[!-~]{1,128}")
_SECONDS = re.compile(r"[0-9]{1,13}")
_EVENT_KEY = re.compile(r"[^\x00-\x1f]{0,256}")
_TICKET = re.compile(r"[^\x00-\x1f]{0,512}")

# each part takes less than its like above, and never the ] that would end its CDATA section
_AS_DOCUMENTED = re.compile(
    r"<xml>\s*+"
    r"<ToUserName><!\[CDATA\[([\w@.-]{1,128})\]\]></ToUserName>\s*+"
    r"<FromUserName><!\[CDATA\[([\w@.-]{1,128})\]\]></FromUserName>\s*+"
    r"<CreateTime>([1-9][0-9]{0,11})</CreateTime>\s*+"
    r"<MsgType><!\[CDATA\[event\]\]></MsgType>\s*+"
    r"<Event><!\[CDATA\[(\w+)\]\]></Event>\s*+"
    r"(?:<EventKey><!\[CDATA\[([^\]\x00-\x1f]{0,256})\]\]></EventKey>\s*+)?"
    r"(?:<Ticket><!\[CDATA\[([\w+/=-]{0,512})\]\]></Ticket>\s*+)?"
    r"</xml>\s*+",
    re.ASCII,
)
# what is no base64 will not be opened; to say so here would cost more than the opening's own check
_ENVELOPE_AS_DOCUMENTED = re.compile(
    r"<xml>\s*+<ToUserName><!\[CDATA\[[^\]]*+\]\]></ToUserName>\s*+"
    r"<Encrypt><!\[CDATA\[([^\]]++)\]\]></Encrypt>\s*+</xml>\s*+"
)


class Refused(Exception):
    """A request that is none of WeChat's, or cannot be read: `why` in a word, and the HTTP status that says so.

    403: signature, stale, plaintext, encrypted, aes_key, app_id. 400: malformed, future. 413: too_large.
    It holds nothing of what was sent.
    """

    def __init__(self, why: str, status: int = 403) -> None:
        super().__init__(why)
        self.why, self.status = why, status


# a named tuple, as it is built in a quarter of the time that a frozen dataclass takes, for each push
class Push(NamedTuple):
    """What WeChat says. `event` is in lower case, empty for a message; `key` is the one that opened it, if any.

    `created_at` is in seconds since 1970. Fields WeChat left out are empty.
    """

    to_user: str
    from_user: OpenID
    created_at: int
    kind: str
    event: str
    event_key: str
    ticket: str
    content: str
    msg_id: str
    key: AesKey | None

    def scan(self, app_id: AppID) -> Scan | None:
        """Return the scan, follow or unfollow that this is; None for any other event and for a message."""
        event = _SCANS.get(self.event)
        if event is None:
            return None
        return Scan(app_id, self.from_user, self.created_at, event, self.event_key, self.ticket)


def read_push(content: bytes, key: AesKey | None) -> Push:
    """Read a push; `key` is what opened it. Raises Refused: malformed, or encrypted where this is an envelope."""
    text = _decoded(content)
    event = _AS_DOCUMENTED.fullmatch(text)
    if event is None:
        return _push(_fields(text), key)
    to_user, from_user, created_at, name, event_key, ticket = event.groups("")
    return Push(to_user, OpenID(from_user), int(created_at), EVENT, name.lower(), event_key, ticket, "", "", key)


def read_envelope(content: bytes) -> str:
    """Return what is encrypted in an envelope. Raises Refused: malformed, or plaintext where nothing is.

    In compatible mode the plaintext stands beside it: nothing signs that, so nothing reads it.
    """
    text = _decoded(content)
    envelope = _ENVELOPE_AS_DOCUMENTED.fullmatch(text)
    encrypted = envelope[1] if envelope else _fields(text).get("Encrypt", "")
    if not encrypted:
        raise Refused("plaintext")
    return encrypted


def malformed() -> Refused:
    """Return the refusal of what cannot be read."""
    return Refused("malformed", 400)


def _push(fields: Mapping[str, str], key: AesKey | None) -> Push:
    if "Encrypt" in fields and "FromUserName" not in fields:
        raise Refused("encrypted")
    kind = fields.get("MsgType", "").lower()
    push = Push(
        to_user=fields.get("ToUserName", ""),
        from_user=OpenID(fields.get("FromUserName", "")),
        created_at=_created_at(fields.get("CreateTime", "")),
        kind=kind,
        event=fields.get("Event", "").lower() if kind == EVENT else "",
        event_key=fields.get("EventKey", ""),
        ticket=fields.get("Ticket", ""),
        content=fields.get("Content", ""),
        msg_id=fields.get("MsgId", ""),
        key=key,
    )
    if not _is_sound(push):
        raise malformed()
    return push


def _is_sound(push: Push) -> bool:
    whom = _OPEN_ID.fullmatch(push.to_user) and _OPEN_ID.fullmatch(push.from_user) and push.kind
    if not whom or push.event not in _SCANS:
        # only what is kept has its bounds: a menu's link comes as an event key of any length
        return bool(whom)
    return bool(_EVENT_KEY.fullmatch(push.event_key) and _TICKET.fullmatch(push.ticket))


def _created_at(text: str) -> int:
    if _SECONDS.fullmatch(text) and 0 < int(text) < _LAST_CREATED:
        return int(text)
    raise malformed()


def _decoded(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise malformed() from None


def _fields(text: str) -> Mapping[str, str]:
    # the documents say XML only, and show JSON
    return _json_fields(text) if text.startswith("{") else _xml_fields(text)


def _json_fields(text: str) -> Mapping[str, str]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise malformed() from None
    return {name: _text(value) for name, value in read.items() if isinstance(value, str | int)}


def _text(value: str | int) -> str:
    """Return a JSON value as XML could have held it: JSON's escapes can also spell NUL and half a character."""
    text = str(value)
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise malformed()
    return text


def _xml_fields(text: str) -> Mapping[str, str]:
    """Return the text of each child of the document's element; of one that is there twice, the last."""
    fields: dict[str, str] = {}
    path: list[str] = []

    def begin(name: str, _: Any) -> None:
        path.append(name)
        if len(path) == 2:  # noqa: PLR2004 - the document's element, and its child
            fields[name] = ""

    def add(characters: str) -> None:
        if len(path) == 2:  # noqa: PLR2004 - not what stands deeper
            fields[path[1]] += characters

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = begin, add
    parser.EndElementHandler = lambda _: path.pop()
    # without a DTD there is no entity to expand, and none to fetch
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(text, True)  # noqa: FBT003 - expat names no arguments
    except expat.ExpatError:
        raise malformed() from None
    return fields


def _refuse(*_: Any) -> Never:
    raise malformed()
