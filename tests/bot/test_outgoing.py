"""Whatever the other system answers, the bot is done with it in five seconds, and believes nothing but the status."""

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bot.app import Patience
from bot.outgoing import SECONDS, Outgoing
from bot.settings import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def answered_by(
    serve: Serve, tls: ssl.SSLContext | None = None, seconds: float = SECONDS
) -> AsyncIterator[Outgoing]:
    """Give the way to a system that does to each connection what `serve` does."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, ssl=tls)
    address = f"{'https' if tls else 'http'}://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    async with server, aiohttp.ClientSession() as session:
        yield Outgoing(session, Webhook(address, SECRET, frozenset({"scans"})), seconds)


def saying(status: str) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 {status}\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n".encode())
        await writer.drain()

    return serve


async def endlessly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
        await writer.drain()


async def not_at_all(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


async def senselessly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x00\x01 this is no HTTP\r\n\r\n")
    await writer.drain()


@pytest.mark.parametrize(
    ("said", "status"), [("204 No Content", 204), ("307 Temporary Redirect", 307), ("500 No", 500)]
)
async def test_the_status_is_returned_whatever_it_is_and_a_redirect_is_not_followed(said: str, status: int) -> None:
    async with answered_by(saying(said)) as outgoing:
        assert await outgoing.post("msg_1", 0, "{}") == status
        assert not outgoing.is_gone


async def test_a_receiver_that_is_gone_is_known_to_be() -> None:
    async with answered_by(saying("410 Gone")) as outgoing:
        assert await outgoing.post("msg_1", 0, "{}") == 410
        assert outgoing.is_gone


async def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    async with answered_by(endlessly) as outgoing:
        assert await outgoing.post("msg_1", 0, "{}") == 200


async def test_no_answer_is_waited_for_no_longer_than_five_seconds() -> None:
    assert SECONDS == Patience().webhook == 5
    async with answered_by(not_at_all, seconds=0.1) as outgoing, asyncio.timeout(SECONDS):
        assert await outgoing.post("msg_1", 0, "{}") == 0


async def test_what_is_no_http_is_no_answer() -> None:
    async with answered_by(senselessly) as outgoing:
        assert await outgoing.post("msg_1", 0, "{}") == 0


async def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    async with answered_by(saying("204 No Content"), self_signed(tmp_path)) as outgoing:
        assert await outgoing.post("msg_1", 0, "{}") == 0


def test_the_secret_is_not_in_what_a_log_would_show() -> None:
    assert SECRET not in repr(Webhook("https://other.example", SECRET, frozenset()))


def self_signed(folder: Path) -> ssl.SSLContext:
    """Return the context of a server for 127.0.0.1 that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "server.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context
