"""Words in pictures: in characters that the font has, and never empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from bot.pictures.glyphs import FONT, drawable, has
from bot.pictures.letters import shortened, width

# in people's names, in Cantonese, in menus; some stand beyond the basic block
NEEDED = "喆珺堃祎垚犇囍镕瑄翀頔翾彧赟嘚啲咁嘅喺咗嚟哋冇佢睇嘢㛃䶮𫖯𬱖𬍛𠮷𨋢𡃁㎡㎏℃①㈱★→￥「」…—·"
LACKED = "✅🎉한👍🏽ไก\U0002a6d6"
FREETYPE = ImageFont.truetype(FONT, 40)
BOX = bytes(FREETYPE.getmask("\U0001f600"))


@pytest.mark.parametrize("letter", NEEDED)
def test_the_font_has_what_names_and_sentences_are_written_with(letter: str) -> None:
    assert bytes(FREETYPE.getmask(letter)) != BOX
    assert has(letter)
    assert drawable(letter) == letter


@pytest.mark.parametrize("letter", LACKED)
def test_what_the_font_lacks_is_known(letter: str) -> None:
    assert bytes(FREETYPE.getmask(letter)) == BOX
    assert not has(letter)


ALL, IDEOGRAPHS = range(0x10000), range(0x4E00, 0xA000)


@pytest.mark.parametrize(("codec", "codes"), [("gb2312", ALL), ("big5hkscs", IDEOGRAPHS), ("shift_jis", IDEOGRAPHS)])
def test_the_font_has_what_is_in_the_older_character_sets(codec: str, codes: range) -> None:
    letters = filter(str.isprintable, map(chr, codes))
    assert [letter for letter in letters if letter.encode(codec, errors="ignore") and not has(letter)] == []


def test_the_font_is_small_and_its_licence_lies_beside_it() -> None:
    assert FONT.with_name("OFL.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE")
    assert FONT.stat().st_size < 5_000_000


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("喆珺堃祎的活动✅𠮷", "喆珺堃祎的活动𠮷"),
        ("春季🎉活动 👨‍👩‍👧 👍🏽 🇨🇳", "春季活动"),
        ("1️⃣ day", "1 day"),
        ("김 & Kim", "〓 & Kim"),
        ("\U0002a6d6旗舰店", "〓旗舰店"),
        ("𝐒𝐚𝐥𝐞", "Sale"),
        ("cafe\u0301", "café"),
        ("a\x00b\u200bc\ud800\n\td", "abc d"),
        ("🎉🎉", "〓"),
        ("\x00", "〓"),
        (" ", " "),
        ("", ""),
    ],
)
def test_words_are_drawn_without_emoji_and_with_one_sign_for_what_the_font_lacks(typed: str, drawn: str) -> None:
    assert drawable(typed) == drawn


@given(st.text())
def test_whatever_is_typed_something_of_it_is_drawn_and_the_font_has_all_of_it(typed: str) -> None:
    drawn = drawable(typed)
    assert all(map(has, drawn.replace("\n", "")))
    assert bool(drawn.strip()) == bool(typed.strip())
    assert drawable(drawn) == drawn


def test_words_are_measured_as_they_are_drawn() -> None:
    assert width("🎉" * 30 + "码", 20) == width("码", 20) == 20
    assert width("김", 20) == width("〓", 20) == 20
    assert shortened("🎉" * 30 + "码", 25, 20) == "码"
