"""A word that is nobody's: what was probably meant is said, and can be had by a button."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handlers
from bot.errors import Usage
from bot.grammar import misplaced, parse
from bot.model import DAY, Lifetime, Scene
from bot.typing_habits import words
from bot.welcomes import Passage, Pattern
from handlers.commands.list import List
from handlers.commands.perm import Perm
from handlers.commands.renew import Renew
from handlers.commands.reply import Welcoming
from handlers.commands.stats import Stats
from handlers.commands.tag import Tag
from handlers.commands.temp import Temp

COMMANDS = handlers.subcommands()
awkward = st.text("\"'“”「」‘’`\\&<;|=：—-– \nabt0市场🌸ＡＢ½", max_size=60)
SPRING = Pattern("spring")


def offered(kind: type[Any], text: str) -> list[str]:
    """Return the commands that are offered instead of what cannot be read."""
    with pytest.raises(Usage) as shown:
        parse(kind, words(text), "command")
    return [command for _, command in shown.value.choices]


@pytest.mark.parametrize(("kind", "text", "meant"), [
    (Welcoming, "spring “Hello and welcome 🎉”", Welcoming(pattern=SPRING, text=Passage("Hello and welcome 🎉"))),
    (Welcoming, "spring 你好！ 点击“领取”", Welcoming(pattern=SPRING, text=Passage("你好！ 点击“领取”"))),
    (Perm, "x --name Campaign X poster --private", Perm(scene=Scene("x"), name="Campaign X poster", private=True)),
    (Perm, "x name=Campaign X & more", Perm(scene=Scene("x"), name="Campaign X & more")),
    (Temp, "spring booth", Temp(scene=Scene("spring"), name="booth")),
    (Temp, "spring 7d", Temp(scene=Scene("spring"), ttl=Lifetime(7 * DAY))),
    (Tag, "spring My new tag", Tag(scene=Scene("spring"), tag="My new tag")),
    (List, "temp <@U012AB3CD|mei> booth", List(which="temp", text="mei booth")),
])  # fmt: skip
def test_what_was_probably_meant_can_be_had_by_a_button(kind: type[Any], text: str, meant: Any) -> None:
    (command,) = offered(kind, text)
    assert parse(kind, words(command)[1:], "command") == meant


@pytest.mark.parametrize("text", ['spring --text "So "it" is"', "spring --title Sale booth --text x"])
def test_nothing_is_offered_that_could_not_be_read_either(text: str) -> None:
    assert offered(Welcoming, text) == []


@given(st.sampled_from(sorted(COMMANDS)), awkward)
def test_whatever_is_offered_can_be_read(name: str, text: str) -> None:
    kind = COMMANDS[name].takes
    try:
        parse(kind, words(text), name)
    except Usage as error:
        for _, command in error.choices:
            assert parse(kind, words(command)[1:], name)


@pytest.mark.parametrize(("text", "scene", "near", "meant"), [
    ("campaign-x by hour", "by", "--by hour", "campaign-x --by hour"),
    ("by hour campaign-x --days 7", "by", "--by hour", "--by hour campaign-x --days 7"),
    ("campaign-x week", "week", "--by week", "campaign-x --by week"),
    ("campaign-x last week", "last", "--by week", "campaign-x --by week"),
    ("campaign-x retention", "retention", "--retention", "campaign-x --retention"),
    ("campaign-x 7 days", "7", "--days 7", "campaign-x --days 7"),
    ("campaign-x 7d", "7d", "--days 7d", "campaign-x --days 7d"),
    ("campaign-x days 7", "days", "--days 7", "campaign-x --days 7"),
])  # fmt: skip
def test_of_a_scene_nobody_knows_is_said_which_option_was_meant(text: str, scene: str, near: str, meant: str) -> None:
    error = misplaced(Stats, words(text), "stats", scene)
    assert error
    assert (error.key, error.facts, error.choices) == (
        "usage.word_near", {"typed": scene, "near": near}, (("button.meant", f"stats {meant}"),)
    )  # fmt: skip


@pytest.mark.parametrize("text", ["campaign-x b", "campaign-x 7", "campaign-x week", "campaign-x --by week", "days"])
def test_other_scenes_nobody_knows_are_no_options(text: str) -> None:
    assert misplaced(Stats, words(text), "stats", "campaign-x") is None


@pytest.mark.parametrize(("kind", "text", "ways"), [
    (Temp, "spring --ttl 90 --private", ["spring --ttl 90m --private", "spring --ttl 90h --private",
                                          "spring --ttl 90s --private"]),
    (Renew, "ttl=7 spring", ["--ttl 7m spring", "--ttl 7h spring", "--ttl 7d spring"]),
])  # fmt: skip
def test_a_number_without_its_unit_is_completed_by_a_button(kind: type[Any], text: str, ways: list[str]) -> None:
    assert offered(kind, text) == [f"command {way}" for way in ways]
