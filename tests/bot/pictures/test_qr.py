"""What is drawn can be read again; what cannot be read is None."""

import re
import struct
import subprocess
import sys
import zlib
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.qr import PictureFormat, decode, draw, shows

URL = "http://weixin.qq.com/q/02VAnAhWfvbMk1CQwM1xcd"
MODULES = 41  # of this URL, its quiet zone included
urls = st.from_regex(r"https?://weixin\.qq\.com/q/[A-Za-z0-9_-]{1,60}", fullmatch=True)

Matrix = list[list[bool]]


def matrix_of(url: str) -> Matrix:
    code = segno.make_qr(url, error="q")
    return [[bool(module) for module in row] for row in code.matrix_iter(border=4)]


def side_of(picture: bytes) -> int:
    with Image.open(BytesIO(picture)) as image:
        assert image.width == image.height
        return image.width


def jpeg_of(picture: bytes, side: int = 430) -> bytes:
    """Return the picture as WeChat would send it."""
    jpeg = BytesIO()
    with Image.open(BytesIO(picture)) as image:
        image.convert("RGB").resize((side, side)).save(jpeg, "JPEG", quality=85)
    return jpeg.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def white_png(width: int, height: int) -> bytes:
    """Return a picture of any size, without the memory that it would take to draw it."""
    packer = zlib.compressobj()
    row = b"\x00" + b"\xff" * (width // 8)
    pixels = b"".join(packer.compress(row) for _ in range(min(height, 6000))) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@settings(max_examples=25, deadline=None)
@given(urls, st.sampled_from([PictureFormat.PNG, PictureFormat.LARGE_PNG]))
def test_a_drawn_url_is_read_again(url: str, picture_format: PictureFormat) -> None:
    picture = draw(url, picture_format)
    assert decode(picture) == url
    assert shows(picture, url)


@given(urls)
@settings(max_examples=25, deadline=None)
def test_a_screen_picture_has_at_least_430_pixels_and_10_for_each_module_and_is_read_from_a_jpeg(url: str) -> None:
    picture = draw(url, PictureFormat.PNG)
    side = side_of(picture)
    modules = segno.make_qr(url, error="m").symbol_size(border=4)[0]
    assert side >= 430
    assert side % modules == 0
    assert side // modules >= 10
    assert decode(jpeg_of(picture)) == url


def test_a_large_picture_has_about_2000_pixels_a_side() -> None:
    assert 1900 <= side_of(draw(URL, PictureFormat.LARGE_PNG)) <= 2100


@pytest.mark.parametrize("picture_format", [PictureFormat.PNG, PictureFormat.LARGE_PNG])
def test_the_quiet_zone_is_four_white_modules_on_every_side(picture_format: PictureFormat) -> None:
    with Image.open(BytesIO(draw(URL, picture_format))) as image:
        module = image.width // MODULES
        dark = image.convert("L").point(lambda light: 255 - light).getbbox()
    assert dark == (4 * module, 4 * module, 37 * module, 37 * module)


@pytest.mark.parametrize("picture_format", [PictureFormat.LARGE_PNG, PictureFormat.SVG, PictureFormat.PDF])
def test_a_printed_code_can_lose_a_quarter_and_is_larger_than_that_on_the_screen(picture_format: PictureFormat) -> None:
    url = URL + "and-a-few-more-chars"  # 65: two versions apart between the levels M and Q
    assert segno.make_qr(url, error="q").symbol_size() > segno.make_qr(url, error="m").symbol_size()
    assert drawn_matrix(draw(url, picture_format), picture_format) == matrix_of(url)


def drawn_matrix(picture: bytes, picture_format: PictureFormat) -> Matrix:
    match picture_format:
        case PictureFormat.SVG:
            return svg_matrix(picture)
        case PictureFormat.PDF:
            return pdf_matrix(picture)
        case _:
            return png_matrix(picture)


def png_matrix(picture: bytes) -> Matrix:
    with Image.open(BytesIO(picture)) as image:
        left, _, right, _ = image.convert("L").point(lambda light: 255 - light).getbbox() or (0, 0, 0, 0)
        modules = image.width * 4 // left
        assert right == image.width - left
        small = image.convert("L").resize((modules, modules), Image.Resampling.NEAREST)
        pixels = small.tobytes()
    return [[pixels[y * modules + x] == 0 for x in range(modules)] for y in range(modules)]


def svg_matrix(picture: bytes) -> Matrix:
    """Follow the pen: `m dx dy` moves it, `h dx` draws a row of modules."""
    root = ET.fromstring(picture)  # noqa: S314 - our own drawing
    side = int(root.attrib["viewBox"].split()[2])
    path = root.findall("{*}path")[-1].attrib["d"]
    matrix = [[False] * side for _ in range(side)]
    x, y = 0, 0.0
    for dx, dy, length in re.findall(r"[mM](-?\d+) ?(-?[\d.]+)h(\d+)", path):
        x, y = x + int(dx), y + float(dy)
        matrix[int(y)][x : x + int(length)] = [True] * int(length)
        x += int(length)
    return matrix


def pdf_matrix(picture: bytes) -> Matrix:
    """Follow the pen: `x y m x y l` draws a row of modules from a corner that `1 0 0 1 x y cm` sets."""
    stream = re.search(rb"stream\r\n(.*)\r\nendstream", picture, re.DOTALL)
    assert stream
    drawing = zlib.decompress(stream[1]).decode()
    corner = re.search(r"1 0 0 1 (\d+) ([\d.]+) cm", drawing)
    assert corner
    left, side = int(corner[1]), int(float(corner[2]) + 0.5) + 4
    matrix = [[False] * side for _ in range(side)]
    for start, y, end in re.findall(r"(\d+) (-?[\d.]+) m (\d+) -?[\d.]+ l", drawing):
        row, first, last = 4 - int(float(y)), left + int(start), left + int(end)
        matrix[row][first:last] = [True] * (last - first)
    return matrix


@given(urls)
@settings(max_examples=25, deadline=None)
def test_an_svg_and_a_pdf_hold_every_module_as_vectors(url: str) -> None:
    assert svg_matrix(draw(url, PictureFormat.SVG)) == pdf_matrix(draw(url, PictureFormat.PDF)) == matrix_of(url)


def test_an_svg_is_a_millimetre_a_module_on_a_white_ground() -> None:
    root = ET.fromstring(draw(URL, PictureFormat.SVG))  # noqa: S314 - our own drawing
    assert (root.attrib["width"], root.attrib["height"]) == (f"{MODULES}mm", f"{MODULES}mm")
    ground = root.find("{*}path")
    assert ground is not None
    assert ground.attrib == {"fill": "#fff", "d": f"M0 0h{MODULES}v{MODULES}h-{MODULES}z"}


def test_a_pdf_is_a_millimetre_a_module_and_names_no_day() -> None:
    picture = draw(URL, PictureFormat.PDF)
    assert picture.startswith(b"%PDF-")
    assert b"Date" not in picture
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", picture)
    assert box
    assert float(box[1]) == float(box[2]) == pytest.approx(MODULES * 72 / 25.4)


def test_a_pdfs_table_of_offsets_is_true() -> None:
    picture = draw(URL, PictureFormat.PDF)
    start = int(picture.rsplit(b"startxref\r\n")[1].split()[0])
    assert picture[start:].startswith(b"xref")
    for number, offset in enumerate(re.findall(rb"(\d{10}) 00000 n", picture), start=1):
        assert picture[int(offset) :].startswith(b"%d 0 obj" % number)


@pytest.mark.parametrize("picture_format", PictureFormat)
def test_the_same_url_is_drawn_with_the_same_bytes_in_another_process(picture_format: PictureFormat) -> None:
    program = (
        "import sys; from bot.pictures.qr import *;"
        f"sys.stdout.buffer.write(draw({URL!r}, PictureFormat({picture_format.value!r})))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program], env={"TZ": "Asia/Shanghai"}, capture_output=True, check=True
    )
    assert elsewhere.stdout == draw(URL, picture_format)


def test_a_picture_of_another_url_does_not_show_this_one() -> None:
    assert not shows(draw(URL, PictureFormat.PNG), URL + "x")


def test_a_url_too_long_for_any_code_is_an_error() -> None:
    with pytest.raises(ValueError, match="too large"):
        draw("http://weixin.qq.com/q/" + "x" * 4000, PictureFormat.PNG)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_what_is_no_picture_shows_nothing(image: bytes) -> None:
    assert decode(image) is None
    assert not shows(image, URL)


@pytest.mark.parametrize("image", [b"", draw(URL, PictureFormat.SVG), draw(URL, PictureFormat.PDF)])
def test_what_is_not_a_jpeg_or_png_shows_nothing(image: bytes) -> None:
    assert decode(image) is None


def test_a_picture_without_a_code_shows_nothing() -> None:
    assert decode(white_png(800, 800)) is None


DRAWN = draw(URL, PictureFormat.PNG)
PHOTOGRAPHED = jpeg_of(DRAWN)


@given(st.sampled_from([DRAWN, PHOTOGRAPHED]), st.floats(0, 0.5))
@settings(max_examples=50, deadline=None)
def test_a_picture_cut_short_shows_nothing(image: bytes, kept: float) -> None:
    assert decode(image[: int(len(image) * kept)]) is None


@given(st.sampled_from([DRAWN, PHOTOGRAPHED]), st.dictionaries(st.integers(0, 700), st.integers(0, 255), min_size=1))
@settings(max_examples=100, deadline=None)
def test_a_damaged_picture_shows_its_url_or_nothing(image: bytes, damage: dict[int, int]) -> None:
    damaged = bytearray(image)
    for place, byte in damage.items():
        damaged[place] = byte
    assert decode(bytes(damaged)) in {URL, None}


CHUNKS = [b"PLTE", b"tRNS", b"gAMA", b"iCCP", b"pHYs", b"zTXt", b"iTXt", b"eXIf"]


@given(st.sampled_from(CHUNKS), st.binary(max_size=40), st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_png_with_a_malformed_chunk_shows_its_url_or_nothing(name: bytes, content: bytes, at_the_end: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
    place = len(DRAWN) - 12 if at_the_end else 33  # before IEND, or behind IHDR
    assert decode(DRAWN[:place] + chunk(name, content) + DRAWN[place:]) in {URL, None}


@pytest.mark.parametrize(("width", "height"), [(4104, 16), (16, 4104), (12_000, 12_000), (2**31 - 8, 2**31 - 8)])
def test_a_picture_of_more_than_4096_pixels_a_side_is_refused(width: int, height: int) -> None:
    assert decode(white_png(min(width, 20_000), height) if width < 20_000 else huge_header(width, height)) is None


def huge_header(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_the_pictures_libraries_are_loaded_by_the_first_picture_only() -> None:
    program = (
        "import sys; import bot.pictures.qr as qr;"
        "heavy = {'segno', 'PIL', 'zxingcpp'};"
        "assert not heavy & set(sys.modules);"
        "qr.decode(qr.draw('x', qr.PictureFormat.PNG)); assert heavy <= set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
