"""Every "no" stands in the tree that bot/errors.py draws, and says what it was."""

import re

import pytest

from bot import errors
from bot.errors import Explainable, SlackError, TokenRejected, Usage, WeChatError


def classes(root: type[Explainable], depth: int = 0) -> list[tuple[int, str]]:
    ours = [child for child in root.__subclasses__() if child.__module__ == errors.__name__]
    below = [entry for child in ours for entry in classes(child, depth + 1)]
    return [(depth, root.__name__), *below]


def drawn() -> list[tuple[int, str]]:
    """Return depth and name of every line of the tree in the docstring; a level is four characters wide."""
    lines = re.findall(r"^    ([│├└─ ]*)([A-Z]\w+)  ", errors.__doc__ or "", re.MULTILINE)
    return [(len(branch) // 4, name) for branch, name in lines]


def test_the_drawn_tree_is_the_tree() -> None:
    assert sorted(drawn()) == sorted(classes(Explainable))
    assert drawn() == classes(Explainable)


def test_a_no_carries_its_sentence_its_facts_and_what_to_offer() -> None:
    error = Explainable("not_found.scene_near", choices=[("button.show", "show spring")], scene="sprung", near="spring")
    assert error.key == "not_found.scene_near"
    assert error.facts == {"scene": "sprung", "near": "spring"}
    assert error.choices == (("button.show", "show spring"),)


def test_a_usage_error_knows_the_command_it_is_about_beside_its_facts() -> None:
    error = Usage("usage.word", typed="booth", command="list")
    assert (error.command, error.facts) == ("list", {"typed": "booth"})


@pytest.mark.parametrize(("errcode", "shown"), [(40001, "40001"), (-1, "-1"), (0, "")])
def test_an_errcode_is_shown_as_wechat_writes_it(errcode: int, shown: str) -> None:
    error = TokenRejected("wechat.40001", path="/cgi-bin/tags/get", errcode=errcode, errmsg="no", rid="a-b-c")
    assert error.facts["errcode"] == shown
    assert (error.path, error.errcode, error.errmsg, error.rid) == ("/cgi-bin/tags/get", errcode, "no", "a-b-c")


def test_a_no_of_slack_carries_the_method_and_slacks_own_word() -> None:
    error = SlackError("slack.refused", method="chat.postMessage", error="account_inactive")
    assert (error.method, error.error) == ("chat.postMessage", "account_inactive")
    assert error.facts == {"method": "chat.postMessage", "error": "account_inactive"}


def test_a_no_of_wechat_without_an_answer_has_no_errcode() -> None:
    assert WeChatError("wechat.unavailable").errcode == 0
