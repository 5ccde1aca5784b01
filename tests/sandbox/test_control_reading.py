"""A posted picture, held before a phone: whatever it is, there is an answer."""

import io
import struct
import zlib

import pytest
from PIL import Image

from bot.sandbox.control_reading import code_in


def encoded(kind: str) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((300, 300), 60).save(file, kind)
    return file.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


SIGNATURE = b"\x89PNG\r\n\x1a\n"
BOMB = SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)) + chunk(b"IEND", b"")
UNREADABLE = {
    "half a PNG": encoded("PNG")[:-2000],
    "half a JPEG": encoded("JPEG")[:-2000],
    "a header cut short": SIGNATURE + chunk(b"IHDR", b"\0\0"),
    "a bomb": BOMB,
    "words": b"not a picture at all",
    "nothing": b"",
}


@pytest.mark.parametrize("picture", UNREADABLE.values(), ids=UNREADABLE)
def test_a_picture_that_cannot_be_decoded_holds_no_code(picture: bytes) -> None:
    assert code_in(picture) is None
