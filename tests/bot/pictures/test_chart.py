"""Figures as pictures: drawn whatever is in them, the same everywhere, legible in Chinese and without colours."""

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.figures import Chosen
from bot.model import Language
from bot.pictures import chart
from bot.pictures.glyphs import has
from bot.pictures.letters import shortened, width
from bot.pictures.scale import ticks, written
from bot.pictures.styles import Style
from bot.reply import Chart, ChartKind, Figure, Series, Share, say
from bot.report import label
from tests.bot.pictures.figures import HOURS, KEPT, charts, heat_maps, trend, triangles

EN, ZH = Language.ENGLISH, Language.CHINESE
SVG = "{http://www.w3.org/2000/svg}"


def picture(figure: Figure, language: Language = EN) -> Image.Image:
    with Image.open(BytesIO(chart.png(figure, language))) as image:
        return image.convert("RGB")


def texts(figure: Figure, language: Language = EN) -> list[str]:
    root = ET.fromstring(chart.svg(figure, language))  # noqa: S314 - we wrote it
    return [node.text or "" for node in root.iter(f"{SVG}text")]


def shapes(figure: Figure, tag: str) -> list[dict[str, str]]:
    root = ET.fromstring(chart.svg(figure, EN))  # noqa: S314 - we wrote it
    return [node.attrib for node in root.iter(f"{SVG}{tag}")]


def titled(scene: str) -> Chart:
    return replace(trend(3), title=say("code.title", scene=scene))


def title_of(scene: str) -> bytes:
    """Return the pixels where a title of that one letter stands, after the same words."""
    return picture(titled(scene)).crop((0, 0, 1000, 60)).tobytes()


@settings(max_examples=30, deadline=None)
@given(charts() | heat_maps() | triangles(), st.sampled_from(Language))
def test_whatever_is_in_a_figure_it_is_a_well_formed_picture(figure: Figure, language: Language) -> None:
    root = ET.fromstring(chart.svg(figure, language))  # noqa: S314 - we wrote it
    assert root.get("width") == "1000"


@settings(max_examples=15, deadline=None)
@given(charts() | heat_maps() | triangles())
def test_whatever_is_in_a_figure_it_can_be_drawn(figure: Figure) -> None:
    assert picture(figure).width == 1000


@pytest.mark.parametrize("figure", [trend(90, "scans", "follows"), HOURS, KEPT], ids=["chart", "heat map", "triangle"])
def test_a_figure_is_dark_on_light_paper_and_the_same_each_time(figure: Figure) -> None:
    drawn = chart.png(figure, EN)
    with Image.open(BytesIO(drawn)) as image:
        assert image.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
        assert min(image.convert("L").tobytes()) < 80
    assert chart.png(figure, EN) == drawn


def test_chinese_is_drawn_and_not_boxes() -> None:
    drawn = [title_of(letter) for letter in "码扫碼掃關喆珺堃祎\U00020bb7〓"]
    assert len(set(drawn)) == len(drawn)


def test_what_the_font_lacks_is_left_out_of_a_picture_or_shows_as_one_sign() -> None:
    assert title_of("\U0001f600") == title_of("")
    assert title_of("한") == title_of("〓")


@settings(max_examples=100, deadline=None)
@given(charts() | heat_maps() | triangles(), st.sampled_from(Language))
def test_whatever_is_in_a_figure_the_font_has_all_of_it(figure: Figure, language: Language) -> None:
    assert not [letter for text in texts(figure, language) for letter in text if not has(letter)]


@pytest.mark.parametrize("scene", ["spring", "喆珺堃祎的活动"])
@pytest.mark.parametrize("name", ["🎉", "✅🧧", "\u200b"])
def test_a_picture_of_a_code_whose_name_is_nothing_but_emoji_is_titled_with_its_scene(name: str, scene: str) -> None:
    code = Chosen(scene, None, name=name)
    [title, *_] = texts(replace(HOURS, title=say("stats.chart.hours", what=label(code), days=30)))
    assert title == f"({scene}): scans by hour and weekday, 30 days"


def test_a_chart_says_what_its_lines_are_and_how_high_they_reach() -> None:
    said = texts(trend(14, "scans", "新增关注"))
    assert {"scans", "新增关注", "0", "40", "01-14"} <= set(said)


def test_names_that_are_sentences_are_in_the_readers_language() -> None:
    named = replace(trend(3), series=(Series(say("label.asked_by"), (1, 2, 3)),))
    assert "Asked by" in texts(named, EN)
    assert "Asked by" not in texts(named, ZH)
    assert {"Day", "People"} <= set(texts(KEPT, EN))
    assert {"日期", "人数"} <= set(texts(KEPT, ZH))


def test_a_day_without_a_value_is_a_gap_and_not_a_zero() -> None:
    values = (1, 2, None, 4, 5)
    [gapped] = trend(5).series
    figure = replace(trend(5), series=(replace(gapped, values=values),))
    lines = [path for path in shapes(figure, "path") if path.get("stroke-width") == "3"]
    assert ["L" in path["d"] for path in lines] == [False, True, True]  # the legend, and two pieces


def test_ninety_days_have_labels_that_do_not_touch_and_end_with_the_last_day() -> None:
    root = ET.fromstring(chart.svg(trend(90), EN))  # noqa: S314 - we wrote it
    days = [node for node in root.iter(f"{SVG}text") if (node.text or "").count("-") == 1]
    places = sorted(float(node.get("x", 0)) for node in days)
    assert 5 <= len(days) < 20
    assert all(right - left > width("01-01", 17) for left, right in pairwise(places))
    assert "03-30" in {node.text for node in days}


def test_the_names_of_bars_are_all_there_however_long() -> None:
    names = tuple(f"campaign-spring-shanghai-{place}" for place in range(10))
    bars = replace(trend(10), kind=ChartKind.BAR, labels=names)
    assert sum(text.startswith("campaign-") for text in texts(bars)) == 10


def test_series_are_told_apart_without_colours() -> None:
    looks = {(Style(place).dashes, Style(place).pattern() != "") for place in range(6)}
    assert len({Style(place).dashes for place in range(6)}) == 6
    assert len({Style(place).pattern() for place in range(6)}) == 6
    assert len(looks) == 6
    marks = [Style(place).mark(0, 0).replace(Style(place).colour, "") for place in range(6)]
    assert len(set(marks)) == 6


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ((0, 0), (0, 1)),
        ((7,), (0, 2, 4, 6, 8)),
        ((1,), (0, 1)),
        ((40, 3), (0, 10, 20, 30, 40)),
        ((-300, 8000), (-2000, 0, 2000, 4000, 6000, 8000)),
        ((-3, -1), (-3, -2, -1, 0)),
        ((0.31,), (0, 0.1, 0.2, 0.3, 0.4)),
        ((), (0, 1)),
    ],
)
def test_the_marks_of_an_axis_are_round_and_hold_all_values(
    values: tuple[float, ...], marks: tuple[float, ...]
) -> None:
    assert ticks(values) == marks


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (1234, "1,234", "1,234"),
        (999_999, "999,999", "999,999"),
        (2_500_000, "2.5M", "250 万"),
        (-3_000_000_000, "-3B", "-30 亿"),
        (10**15, "1,000T", "1,000 万亿"),
        (0.25, "0.25", "0.25"),
    ],
)
def test_large_numbers_are_written_in_the_units_a_language_counts_in(number: float, english: str, chinese: str) -> None:
    assert (written(number, EN), written(number, ZH)) == (english, chinese)


def test_a_cohort_of_few_people_has_its_numbers_and_no_percentage() -> None:
    said = texts(KEPT)
    assert "94 % (402/428)" in said
    assert "94%（402/428）" in texts(KEPT, ZH)
    assert "12/17" in said
    assert not [text for text in said if "%" in text and "/17" in text]


def test_a_cohort_that_is_not_due_is_left_empty() -> None:
    empty = [cell for cell in shapes(KEPT, "rect") if cell.get("fill") == "none"]
    assert len(empty) == 3


def test_the_more_the_darker_is_a_cell_of_a_heat_map() -> None:
    image = picture(HOURS).convert("L")
    places = [(int(float(cell["x"])) + 4, int(float(cell["y"])) + 4) for cell in shapes(HOURS, "rect") if "rx" in cell]
    nothing, few, some, most = (image.crop((x, y, x + 1, y + 1)).tobytes() for x, y in places)
    assert nothing > few >= some > most


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(402, 428), 94),
        (Share(12, 17), None),
        (Share(29, 29), None),
        (Share(0, 30), 0),
        (Share(30, 30), 100),
        (Share(1, 100_000), 1),
        (Share(99_999, 100_000), 99),
        (Share(0, 0), None),
    ],
)
def test_a_share_is_all_or_none_only_where_it_is(share: Share, percent: int | None) -> None:
    assert share.percent == percent


def test_words_that_find_no_room_end_in_three_dots() -> None:
    short = shortened("a name that is much too long", 100, 17)
    assert short.endswith("…")
    assert width(short, 17) <= 100
    assert shortened("short", 100, 17) == "short"


def test_what_keeps_pythons_lock_while_it_draws_is_never_loaded_into_the_bot() -> None:
    program = (
        "import sys, bot.slack.delivery; before = [name for name in sys.modules if name.startswith('bot.pictures')]\n"
        "from bot.model import Language; from bot.pictures import chart; from tests.bot.pictures.figures import HOURS\n"
        "print(before, chart.png(HOURS, Language.ENGLISH)[1:4], 'resvg_py' in sys.modules)"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[] b'PNG' False"
