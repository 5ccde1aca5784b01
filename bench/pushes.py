"""WeChat's pushes, signed and encrypted as WeChat does it, ready for the wire; none is like another."""

import base64
import os
import random
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha1

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from bot.sandbox.world import AES_KEY, APP_ID, CALLBACK_TOKEN

# https://developers.weixin.qq.com/doc/service/Account_Management/Wechat_Accreditation_Event_Push.html
EVENT = (
    "<xml><ToUserName><![CDATA[gh_5a0db0c5a0db]]></ToUserName><FromUserName><![CDATA[{}]]></FromUserName>"
    "<CreateTime>{}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{}]]></Event>"
    "<EventKey><![CDATA[{}]]></EventKey>{}</xml>"
)
TICKET = "<Ticket><![CDATA[{}]]></Ticket>"
SEALED = "<xml><ToUserName><![CDATA[gh_5a0db0c5a0db]]></ToUserName><Encrypt><![CDATA[{}]]></Encrypt></xml>"
REQUEST = (
    "POST /wechat/callback?signature={}&timestamp={}&nonce={}&openid={}{} HTTP/1.1\r\nUser-Agent: Mozilla/4.0\r\n"
    "Accept: */*\r\nHost: bench\r\nPragma: no-cache\r\nContent-Length: {}\r\nContent-Type: text/xml\r\n\r\n{}"
)
# of a hundred pushes
FOLLOWS, SCANS = 60, 30
# so many requests lie between a follow and the end of it: by then it was answered
APART = 2000

KEY = base64.b64decode(f"{AES_KEY}=")
CIPHER = Cipher(algorithms.AES(KEY), modes.CBC(KEY[:16]))


@dataclass(frozen=True, slots=True)
class Code:
    """What a phone sees: the scene it was minted for, and its ticket."""

    scene: str
    ticket: str


def requests(codes: Sequence[Code], count: int, *, safe: bool) -> Iterator[bytes]:
    """Yield whole HTTP requests: 60 % follows by a code, 30 % scans by followers, 10 % unfollows of those who followed.

    Each has its own person (an unfollow: one who followed), nonce and signature, and the time is now.
    """
    now = int(time.time())
    following: deque[str] = deque()
    for _ in range(count):
        kind, code, person = random.randrange(100), random.choice(codes), _open_id()
        if kind < FOLLOWS:
            following.append(person)
            yield _request(person, now, _event(person, now, "subscribe", f"qrscene_{code.scene}", code), safe=safe)
        elif kind < FOLLOWS + SCANS:
            yield _request(person, now, _event(person, now, "SCAN", code.scene, code), safe=safe)
        else:
            leaver = following.popleft() if len(following) > APART else person
            yield _request(leaver, now, _event(leaver, now, "unsubscribe", "", None), safe=safe)


def attempt(person: str, at: int, event: str, key: str, code: Code | None) -> bytes:
    """Return one attempt to tell, in safe mode and now, what happened then."""
    return _request(person, int(time.time()), _event(person, at, event, key, code), safe=True)


@contextmanager
def in_memory(some: Iterator[bytes]) -> Iterator[str]:
    """Yield the path of a file with `some` requests, each after a line with its length; no disk is busy with it."""
    with os.fdopen(os.memfd_create("pushes"), "wb") as file:
        for request in some:
            file.write(b"%d\n%b" % (len(request), request))
        file.flush()
        yield f"/proc/{os.getpid()}/fd/{file.fileno()}"


def _open_id() -> str:
    return "o" + base64.urlsafe_b64encode(random.randbytes(21)).decode()[:27]


def _event(person: str, now: int, event: str, key: str, code: Code | None) -> str:
    return EVENT.format(person, now, event, key, TICKET.format(code.ticket) if code else "")


def _request(person: str, now: int, event: str, *, safe: bool) -> bytes:
    nonce = str(random.randrange(10**8, 10**10))
    body, more = event, ""
    if safe:
        encrypted = _encrypted(event)
        body, more = (
            SEALED.format(encrypted),
            f"&encrypt_type=aes&msg_signature={_signature(str(now), nonce, encrypted)}",
        )
    return REQUEST.format(_signature(str(now), nonce), now, nonce, person, more, len(body), body).encode()


def _signature(*parts: str) -> str:
    """Sign: https://developers.weixin.qq.com/doc/oplatform/developers/dev/push."""
    return sha1("".join(sorted((CALLBACK_TOKEN, *parts))).encode()).hexdigest()  # noqa: S324 - WeChat's choice


def _encrypted(event: str) -> str:
    """Encrypt: https://developers.weixin.qq.com/doc/oplatform/developers/dev/push/encryption.md."""
    message = random.randbytes(16) + len(event).to_bytes(4, "big") + event.encode() + APP_ID.encode()
    missing = 32 - len(message) % 32
    encryptor = CIPHER.encryptor()
    return base64.b64encode(encryptor.update(message + bytes([missing]) * missing) + encryptor.finalize()).decode()
