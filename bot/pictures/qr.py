"""Codes as pictures, and pictures as codes."""

import re
from enum import StrEnum
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image as Pillow


QUIET_ZONE = 4  # modules, on every side: ISO/IEC 18004; https://www.qrcode.com/en/howto/code.html
SCREEN_PIXELS = 430  # a side, as WeChat's own picture
SMALLEST_MODULE = 10  # pixels
LARGE_PIXELS = 2000  # a side: 17 cm at 300 dpi
POINTS_PER_MM = 72 / 25.4
LARGEST_SIDE = 4096  # pixels of a picture that is read


class PictureFormat(StrEnum):
    """PNG for the screen; the others for print, and so with more error correction."""

    PNG = "png"
    LARGE_PNG = "large_png"
    SVG = "svg"
    PDF = "pdf"


def draw(url: str, picture_format: PictureFormat) -> bytes:
    """Draw the code of `url`, always with the same bytes for the same call.

    PNG: at least 430 pixels a side and 10 a module; LARGE_PNG: about 2000 pixels a side; SVG and PDF: 1 mm a module.
    Raises ValueError (segno.DataOverflowError) if `url` is longer than a code can hold.
    """
    import segno

    code = segno.make_qr(url, error="m" if picture_format is PictureFormat.PNG else "q")
    side = code.symbol_size(border=QUIET_ZONE)[0]  # modules
    picture = BytesIO()
    save = partial(code.save, picture, border=QUIET_ZONE)
    match picture_format:
        case PictureFormat.PNG:
            save(kind="png", scale=max(SMALLEST_MODULE, -(-SCREEN_PIXELS // side)))
        case PictureFormat.LARGE_PNG:
            save(kind="png", scale=max(SMALLEST_MODULE, round(LARGE_PIXELS / side)))
        case PictureFormat.SVG:
            save(kind="svg", unit="mm", light="white")
        case PictureFormat.PDF:
            save(kind="pdf", scale=POINTS_PER_MM)
            return _dateless(picture.getvalue())
    return picture.getvalue()


def decode(image: bytes) -> str | None:
    """Read the code in a JPEG or PNG of at most 4096 pixels a side; None if there is none to be read."""
    from zxingcpp import BarcodeFormat, BarcodeFormats, TextMode, read_barcode

    grey = _grey(image)
    if grey is None:
        return None
    code = read_barcode(grey, BarcodeFormats(BarcodeFormat.QRCode), text_mode=TextMode.Plain)
    return code.text if code else None


def shows(image: bytes, url: str) -> bool:
    """Tell whether the code in the picture is that of `url`."""
    return decode(image) == url


def _grey(image: bytes) -> "Pillow.Image | None":
    """Open the picture without its colours; None if it is not one, damaged, or too large to be looked at."""
    from PIL import Image

    try:
        with Image.open(BytesIO(image), formats=("JPEG", "PNG")) as picture:  # nothing is unpacked yet
            if max(picture.size) > LARGEST_SIDE:
                return None
            picture.draft("L", picture.size)  # a JPEG is then unpacked without its colours: a third of the memory
            return picture.convert("L")
    # all that a damaged picture was seen to raise: Pillow promises no fewer, and IndexError is an empty PNG chunk
    except (OSError, SyntaxError, ValueError, IndexError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


def _dateless(document: bytes) -> bytes:
    """Blank out the day a PDF was made, in the same length: its table of offsets stays true."""
    return re.sub(rb"/CreationDate\([^)]*\)", lambda date: b" " * len(date.group()), document)
