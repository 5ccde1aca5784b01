"""The picture behind a ticket: 430 by 430 pixels, JPEG."""

import io
from functools import lru_cache

SIDE = 430
QUIET = 4
KEPT = 2048


@lru_cache(maxsize=KEPT)
def drawn(url: str) -> bytes:
    """Return the JPEG of a QR code that holds `url`."""
    import segno
    from PIL import Image

    # Choosing among the eight masks takes longer than everything else here; any of them can be scanned.
    rows = segno.make_qr(url, error="m", mask=3, boost_error=False).matrix
    pixels = bytes(0 if dark else 255 for row in rows for dark in row)
    side = SIDE // (len(rows) + 2 * QUIET) * len(rows)
    code = Image.frombytes("L", (len(rows), len(rows)), pixels).resize((side, side), Image.Resampling.NEAREST)
    page = Image.new("L", (SIDE, SIDE), 255)
    page.paste(code, ((SIDE - side) // 2, (SIDE - side) // 2))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=85)
    return out.getvalue()
