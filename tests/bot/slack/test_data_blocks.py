"""Whatever is to be drawn, Slack is asked only for what it draws, within its limits; the rest comes another way."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model import Language
from bot.reply import Channel, Fact, Moment, Part, Person, Points, Reply, Series, Share, Span, Table, Text, say
from bot.sandbox.slack.block_rules import problems
from bot.slack.blocks import blocks
from bot.slack.data_blocks import asks_slack_to_draw, cell, distinct, shortened, table, undrawn
from bot.slack.written_tables import columns, written
from tests.bot.pictures.figures import HOURS, KEPT, any_text, charts, heat_maps, tables, trend, triangles

Block = dict[str, Any]
EN, ZH = Language.ENGLISH, Language.CHINESE
NOW = 1_800_000_000
LINE = Text(say("help.about"))

facts: st.SearchStrategy[Fact] = st.one_of(
    any_text,
    st.text("x&`", min_size=170, max_size=300),
    st.integers(-(10**12), 10**12),
    st.builds(Moment, st.integers(0, 4_000_000_000)),
    st.builds(Span, st.integers(0, 10**9)),
    st.builds(Person, st.from_regex("U[A-Z0-9]{8,10}", fullmatch=True)),
    st.builds(Channel, st.from_regex("[CD][A-Z0-9]{8,10}", fullmatch=True)),
    any_text.map(lambda text: say("code.title", scene=text)),
)
points = st.builds(Points, charts(400) | heat_maps())
parts: st.SearchStrategy[Part] = st.one_of(st.just(LINE), charts(30), heat_maps(), triangles(), tables(facts), points)
replies = st.builds(Reply, st.just(say("help.about")), st.lists(parts, max_size=5).map(tuple), self_drawn=st.booleans())


def shown(*said: Part, self_drawn: bool = False, language: Language = EN) -> list[Block]:
    return blocks(Reply(say("help.about"), said, self_drawn=self_drawn), language)


def kinds(*said: Part, self_drawn: bool = False) -> list[str]:
    return [block["type"] for block in shown(*said, self_drawn=self_drawn)]


def scenes(count: int, *, scene: str = "spring") -> Table:
    head = (say("label.asked_by"), say("label.channel"), say("chart.people"))
    rows = tuple((f"{scene}-{place}", place * 1000, Share(place, 40)) for place in range(count))
    return Table(say("code.title", scene=scene), head, rows)


@settings(max_examples=30, deadline=None)
@given(replies, st.sampled_from(Language))
def test_whatever_is_to_be_drawn_slack_takes_it(reply: Reply, language: Language) -> None:
    assert problems(blocks(reply, language)) == []


@settings(max_examples=30, deadline=None)
@given(replies)
def test_what_is_not_asked_of_slack_comes_as_a_picture_and_nothing_is_drawn_twice(reply: Reply) -> None:
    by_slack = [block["title"] for block in blocks(reply, EN) if block["type"] == "data_visualization"]
    empty = [part for part in reply.parts if hasattr(part, "title") and part not in undrawn(reply)]
    assert len(by_slack) <= 2
    assert len(by_slack) <= len(empty)
    assert asks_slack_to_draw(reply) is any(block["type"].startswith("data_") for block in blocks(reply, EN))


@pytest.mark.parametrize(
    ("figure", "by_slack"),
    [
        (trend(20, *"abcdef"), True),
        (trend(21), False),
        (trend(7, *"abcdefg"), False),
        (replace(trend(3), series=(Series("a", (1, None, 3)),)), False),
        (HOURS, False),
        (KEPT, False),
    ],
    ids=["20 points of 6 series", "21 points", "7 series", "a gap", "a heat map", "a triangle"],
)
def test_slack_draws_what_it_can_and_the_rest_is_a_picture(figure: Any, *, by_slack: bool) -> None:
    assert kinds(LINE, figure) == (["section", "data_visualization"] if by_slack else ["section"])
    assert undrawn(Reply(say("help.about"), (figure,))) == (() if by_slack else (figure,))


def test_a_third_chart_is_a_picture() -> None:
    three = [trend(7, name) for name in "abc"]
    assert kinds(LINE, *three) == ["section", "data_visualization", "data_visualization"]
    assert undrawn(Reply(say("help.about"), tuple(three))) == (three[2],)


def test_a_figure_with_nothing_in_it_is_left_out() -> None:
    nothing = (trend(0), replace(HOURS, rows=(), values=()), replace(KEPT, rows=()), scenes(0))
    assert kinds(LINE, *nothing) == kinds(LINE, *nothing, self_drawn=True) == ["section"]
    assert undrawn(Reply(say("help.about"), nothing)) == ()


def test_nothing_is_asked_of_slack_after_it_refused() -> None:
    reply = Reply(say("help.about"), (LINE, trend(7), scenes(3)))
    assert asks_slack_to_draw(reply)
    assert not asks_slack_to_draw(replace(reply, self_drawn=True))
    assert kinds(*reply.parts, self_drawn=True) == ["section"] * 3
    assert undrawn(replace(reply, self_drawn=True)) == (trend(7),)


def test_a_chart_has_its_numbers_as_numbers() -> None:
    [block] = shown(trend(2, "scans"))
    assert block["title"] == "WeChat QR code, scene spring"
    assert block["chart"] == {
        "type": "line",
        "series": [{"name": "scans", "data": [{"label": "01-01", "value": 5}, {"label": "01-02", "value": 12}]}],
        "axis_config": {"categories": ["01-01", "01-02"]},
    }


def test_a_series_is_named_in_the_readers_language() -> None:
    figure = replace(trend(1), series=(Series(say("chart.people"), (1,)),))
    assert shown(figure, language=ZH)[0]["chart"]["series"][0]["name"] == "人数"


def test_what_tells_long_names_apart_is_kept() -> None:
    assert distinct(["campaign-spring-2026-shanghai", "campaign-spring-2026-hangzhou"]) == [
        "campaign-s…-shanghai",
        "campaign-s…-hangzhou",
    ]
    assert shortened("x" * 51, 50) == "x" * 25 + "…" + "x" * 24


@given(st.lists(st.text(max_size=40) | st.just("x" * 30), max_size=20))
def test_names_stay_apart_and_short(names: list[str]) -> None:
    found = distinct(names)
    assert len(set(found)) == len(names)
    assert all(1 <= len(name) <= 20 for name in found)


def test_a_table_has_numbers_to_sort_by() -> None:
    [block] = shown(scenes(2))
    assert block["caption"] == "WeChat QR code, scene spring"
    assert block["rows"][2] == [
        {"type": "raw_text", "text": "spring-1"},
        {"type": "raw_number", "value": 1000, "text": "1,000"},
        {"type": "raw_number", "value": 0.025, "text": "2 % (1/40)"},
    ]


def test_a_table_of_more_rows_than_slack_takes_says_how_many_are_missing() -> None:
    rows, note = shown(scenes(130))
    assert len(rows["rows"]) == 101
    assert note["elements"][0]["text"] == "30 more rows are not shown here."


@pytest.mark.parametrize("letters", ["x", "码"])
def test_a_table_of_more_text_than_slack_takes_ends_earlier(letters: str) -> None:
    wide = scenes(100, scene=letters * 150)
    wide = replace(wide, rows=tuple((row[0], row[0], row[0]) for row in wide.rows))
    rows, note = table(wide, EN)
    assert problems([rows, note]) == []
    assert 30 < len(rows["rows"]) < 100
    assert str(100 - len(rows["rows"]) + 1) in note["elements"][0]["text"]


@pytest.mark.parametrize(
    ("fact", "element"),
    [
        (Person("U0123456789"), {"type": "user", "user_id": "U0123456789"}),
        (Channel("C0123456789"), {"type": "channel", "channel_id": "C0123456789"}),
        (
            Moment(NOW),
            {
                "type": "date",
                "timestamp": NOW,
                "format": "{date_short_pretty} {time}",
                "fallback": "2027-01-15 08:00 UTC",
            },
        ),
    ],
)
def test_people_channels_and_times_stay_what_they_are_in_a_cell(fact: Fact, element: Block) -> None:
    assert cell(fact, EN)["elements"][0]["elements"] == [element]


def test_a_cell_without_anything_in_it_shows_a_dash() -> None:
    assert [cell(fact, EN)["text"] for fact in ("", Share(0, 0))] == ["–", "–"]


def test_a_table_that_slack_does_not_draw_stands_in_columns() -> None:
    head = (say("chart.day"), say("chart.people"))
    figure = Table(say("code.title", scene="spring"), head, (("11-01 周日", 7), ("x`<&", 1234)))
    caption, text = (block["text"]["text"] for block in written(figure, EN))
    assert caption == "*WeChat QR code, scene spring*"
    assert text == "```\nDay         People\n11-01 周日       7\nx'&lt;&amp;         1,234\n```"


def test_columns_are_even_in_chinese_too() -> None:
    rows = (("上海 spring", 1), ("x", 22))
    figure = Table(say("code.title", scene="spring"), (say("chart.day"), say("chart.people")), rows)
    text = written(figure, ZH)[1]["text"]["text"]
    assert len({columns(line) for line in text.splitlines()[1:-1]}) == 1


def test_a_table_of_people_is_a_list_that_mentions_them() -> None:
    head = (say("label.asked_by"), say("chart.people"), say("label.asked_at"))
    figure = Table(say("code.title", scene="a"), head, ((Person("U0123456789"), 1234, Moment(NOW)),))
    assert written(figure, EN)[1]["text"]["text"] == (
        f"• <@U0123456789> · People 1,234 · Asked at <!date^{NOW}^{{date_short}} {{time}}|2027-01-15 08:00 UTC>"
    )


def test_a_long_table_is_written_on_several_pages_each_with_its_head(
    complaints: Callable[[list[Block]], list[str]],
) -> None:
    found = written(scenes(400, scene="a-rather-long-name-of-a"), EN)
    pages = [block["text"]["text"] for block in found[1:-1]]
    assert complaints(found) == []
    assert len(pages) == 4
    assert all("Asked by" in page and page.count("```") == 2 for page in pages)
    told = sum(page.count("a-rather-long") for page in pages)
    assert f"{400 - told} more rows" in found[-1]["elements"][0]["text"]


def test_rows_that_a_table_leaves_out_and_those_slack_has_no_room_for_are_one_number() -> None:
    for figure, said in ((scenes(100), "550 more rows"), (scenes(110), "560 more rows")):
        (note,) = table(replace(figure, left_out=550), EN)[1:]
        assert said in note["elements"][0]["text"]
    assert "550 more rows" in written(replace(scenes(3), left_out=550), EN)[-1]["elements"][0]["text"]
