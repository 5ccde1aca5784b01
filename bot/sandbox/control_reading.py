"""Reads the code in a posted picture, as a phone does that is held before it."""

import io

from bot.sandbox.wechat.codes import ADDRESS

PICTURES = ("image/jpeg", "image/png")


def code_in(picture: bytes) -> str | None:
    """Return the url of the WeChat code in a JPEG or PNG; None where there is none, or several."""
    import zxingcpp
    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture)) as image:
            image.load()
            found = [barcode.text for barcode in zxingcpp.read_barcodes(image)]
    # what Pillow raises for what is damaged, cut off, or would fill the memory
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return found[0] if len(found) == 1 and found[0].startswith(ADDRESS) else None
