"""`wxqr simulate SCENE`: one scan, signed as WeChat signs, through the bot that runs. It counts for nothing."""

import http.client
import secrets
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bot.model import Account, OpenID
from bot.safekeeping import opened
from bot.scan import SIMULATED, is_for_binding
from bot.settings import Settings
from bot.terminal import now, sentence
from bot.wechat.crypto import AesKey, signature
from bot.wechat.push import read_envelope
from storage import scans, simulated
from storage.simulated import Simulated

PATIENCE = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered, and after how many milliseconds."""

    status: int
    body: str
    milliseconds: int


def simulate(settings: Settings, scene: str, account_name: str) -> int:
    """Send it and say what came of it; return 0 where it was answered and kept, 1 otherwise."""
    account = next((one for one in settings.accounts if account_name in ("", one.name)), None)
    if account is None or not account.callback_token:
        return _fail("cli.simulate.no_token" if account else "cli.simulate.no_account", account=account_name)
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - not listened on
    path = f"{settings.callback_path}/{quote(account.name)}"
    where = f"http://{host}:{settings.port}{path}"
    open_id = OpenID(SIMULATED + secrets.token_hex(6))
    try:
        answer = _sent(
            http.client.HTTPConnection(host, settings.port, timeout=PATIENCE), path, account, _xml(open_id, scene)
        )
    except OSError as error:
        return _fail("cli.simulate.no_bot", where=where, why=str(error))
    print(sentence("cli.simulate.answered", where=where, status=answer.status, milliseconds=answer.milliseconds))
    if answer.status != http.client.OK:
        return _fail(f"cli.simulate.{answer.status if answer.status in (403, 404, 503) else 'other'}")
    print(sentence("cli.simulate.said", said=answer.body))
    return _looked_up(settings, account, open_id, scene)


def _looked_up(settings: Settings, account: Account, open_id: OpenID, scene: str) -> int:
    with opened(Path(settings.database)) as connection:
        person = scans.person_key(connection).person(account.app_id, open_id)
        kept = simulated.find(connection, person, now() - PATIENCE)
    if kept is None:
        return _fail("cli.simulate.not_kept", database=settings.database)
    print(sentence(f"cli.simulate.{_place(kept, scene)}", scene=scene))
    return 0


def _place(kept: Simulated, scene: str) -> str:
    """Return the end of the key of the sentence that says where it is."""
    if kept.scene:
        return "kept" if kept.is_ours else "kept_external"
    return "kept_binding" if is_for_binding(scene) else "kept_unknown"


def _sent(connection: http.client.HTTPConnection, path: str, account: Account, xml: str) -> Answer:
    timestamp, nonce = str(now()), secrets.token_hex(5)
    query = f"signature={signature(account.callback_token, timestamp, nonce)}&timestamp={timestamp}&nonce={nonce}"
    if account.encoding_aes_key:
        encrypted = AesKey(account.encoding_aes_key).seal(xml.encode(), account.app_id, secrets.token_bytes(16))
        signed = signature(account.callback_token, timestamp, nonce, encrypted)
        query += f"&encrypt_type=aes&msg_signature={signed}"
        xml = f"<xml><ToUserName><![CDATA[wxqr]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    started = time.perf_counter()
    connection.request("POST", f"{path}?{query}", xml.encode())
    answer = connection.getresponse()
    body = answer.read()
    milliseconds = round(1000 * (time.perf_counter() - started))
    connection.close()
    return Answer(answer.status, _opened(body, account), milliseconds)


def _opened(body: bytes, account: Account) -> str:
    """Return an answer as its scanner gets it: in safe mode WeChat opens it for them; a bare success is not sealed."""
    if account.encoding_aes_key and body.startswith(b"<xml>"):
        body = AesKey(account.encoding_aes_key).open(read_envelope(body), account.app_id)
    return body.decode(errors="replace")


def _xml(open_id: OpenID, scene: str) -> str:
    return (
        f"<xml><ToUserName><![CDATA[wxqr]]></ToUserName><FromUserName><![CDATA[{open_id}]]></FromUserName>"
        f"<CreateTime>{now()}</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[SCAN]]></Event>"
        f"<EventKey><![CDATA[{scene}]]></EventKey></xml>"
    )


def _fail(key: str, **facts: str) -> int:
    print(sentence(key, **facts), file=sys.stderr)
    return 1
