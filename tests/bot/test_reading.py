"""One word -> one value: codes, days, people, channels, as people type them and as Slack escapes them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import welcomes
from bot.blanks import filled
from bot.errors import Usage
from bot.grammar import command_text, parse, usage
from bot.reading import channel, days, new_scene, pattern, person, scene
from bot.typing_habits import words
from handlers.commands.stats import Stats


def typed(text: str) -> Any:
    return parse(Stats, words(text), "stats")


@pytest.mark.parametrize(
    ("text", "read"), [("14", 14), ("14d", 14), ("14天", 14), ("2w", 14), ("2周", 14), ("1", 1), ("400", 400)]
)
def test_days_are_read_as_people_write_them(text: str, read: int) -> None:
    assert days(text) == read


@pytest.mark.parametrize("text", ["0", "401", "-1", "1.5", "14h", "58w", "soon", "", "１４"])
def test_what_is_no_number_of_days_is_refused(text: str) -> None:
    with pytest.raises(Usage, match=r"usage\.days"):
        days(text)


@pytest.mark.parametrize("text", ["<@U0SBANA01|ana>", "<@U0SBANA01>", "U0SBANA01"])
def test_a_person_is_read_as_slack_escapes_one(text: str) -> None:
    assert person(text) == "U0SBANA01"


@pytest.mark.parametrize("text", ["@ana", "ana", "<#C012345|x>", "<@ana>", ""])
def test_a_name_is_no_person(text: str) -> None:
    with pytest.raises(Usage, match=r"usage\.person"):
        person(text)


@pytest.mark.parametrize("text", ["<#C0123ABCD|news>", "<#C0123ABCD>", "C0123ABCD"])
def test_a_channel_is_read_as_slack_escapes_one(text: str) -> None:
    assert channel(text) == "C0123ABCD"


def test_a_pattern_is_a_scene_or_the_beginning_of_many() -> None:
    assert (pattern("activity_*"), pattern("007"), pattern("spring")) == ("activity_*", "7", "spring")
    assert pattern("*") == "*"
    for wrong in ("**", "a*b", "a b", "场景*"):
        with pytest.raises(Usage):
            pattern(wrong)


def test_any_number_of_codes_may_be_named_before_and_between_options() -> None:
    read = typed("a b --days 7 c* --by week")
    assert (read.scenes, read.days, read.by) == (("a", "b", "c*"), 7, "week")
    assert typed("").scenes == ()


@pytest.mark.parametrize("text", [
    "a b c*", "a,b,c*", "a, b ,c*", "a，b、c*", "a；b ; c*", "，a，b c*,", "a , b --days 14 ，c*",
])  # fmt: skip
def test_codes_may_be_parted_by_any_comma(text: str) -> None:
    assert typed(text).scenes == ("a", "b", "c*")
    assert filled(Stats, {"scenes": text.replace("--days 14", "")}).scenes == ("a", "b", "c*")


@pytest.mark.parametrize("read", [scene, new_scene, welcomes.pattern])
@pytest.mark.parametrize("text", ["a,b", "poster-a，spring-poster", "1、2", "a;", "a*,b*"])
def test_where_one_code_can_stand_several_are_told_so(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(Usage) as shown:
        read(text)
    assert shown.value.key == "usage.scene_one"
    assert list(shown.value.instead) == re.findall(r"[\w*-]+", text)


def test_a_sentence_with_commas_is_no_list_of_codes() -> None:
    with pytest.raises(Usage, match=r"usage\.scene_or_name"):
        new_scene("春季，海报")


@given(st.lists(st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,20}\*?", fullmatch=True), max_size=5), st.integers(1, 400))
def test_a_button_carries_exactly_the_codes_that_were_meant(scenes: list[str], number: int) -> None:
    meant = Stats(scenes=tuple(scenes), days=number)
    assert typed(command_text(meant, "stats").removeprefix("stats")) == meant


def test_the_usage_line_says_that_there_may_be_several() -> None:
    assert usage(Stats, "stats").startswith("stats [SCENE …] [--days 14]")
