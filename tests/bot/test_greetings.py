"""What may be typed for a welcome, and what is refused before WeChat would."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Usage
from bot.scan import Event, Message
from bot.welcomes import NOTHING, Greeting, Pattern, address, passage, passages, pattern, read, title, written

HELLO, AGAIN = Message("Hello"), Message("Again")
messages = st.builds(Message, text=st.text(), title=st.text(), picture_url=st.text(), url=st.text())


@pytest.mark.parametrize(("typed", "meant"), [
    ("spring", "spring"), ("007", "7"), ("activity_*", "activity_*"), ("*", "*"), ("1*", "1*"), ("a" * 63 + "*",) * 2,
])  # fmt: skip
def test_a_scene_a_beginning_or_a_star_names_codes(typed: str, meant: str) -> None:
    assert pattern(typed) == Pattern(meant)
    assert pattern(typed).is_scene is not typed.endswith("*")


@pytest.mark.parametrize("typed", ["", "a*b", "**", "场景*", "--x*", "a" * 64 + "*", "a b*", "[a]*", "a?*"])
def test_nothing_else_names_codes(typed: str) -> None:
    with pytest.raises(Usage):
        pattern(typed)


@pytest.mark.parametrize(
    ("text", "fits"), [("x" * 2048, True), ("x" * 2049, False), ("好" * 682, True), ("好" * 683, False)]
)
def test_a_text_has_2048_bytes_at_most(text: str, fits: bool) -> None:  # noqa: FBT001 - a table's column
    if fits:
        assert passage(text) == text
    else:
        with pytest.raises(Usage):
            passage(text)


def test_line_breaks_stay_and_the_space_around_a_text_goes() -> None:
    assert passage("\n Hello\n\n  you \n") == "Hello\n\n  you"


@pytest.mark.parametrize("typed", ["none", "None", " NONE "])
def test_none_in_a_texts_place_is_nothing_however_it_is_typed(typed: str) -> None:
    assert passage(typed) == NOTHING


def test_a_line_of_dashes_parts_texts_and_dashes_within_a_line_do_not() -> None:
    assert passages("one\n---\ntwo --- still two\n-----\n\n---\nthree") == ("one", "two --- still two", "three")


def test_a_title_is_one_line_of_64_characters() -> None:
    assert title("  Spring \n sale ") == "Spring sale"
    assert title("好" * 64)
    with pytest.raises(Usage):
        title("好" * 65)


@pytest.mark.parametrize("typed", ["https://example.com", "https://例子.com/图.jpg?a=1&b=2#c", "HTTPS://example.com"])
def test_an_address_begins_with_https(typed: str) -> None:
    assert address(typed) == typed


@pytest.mark.parametrize(
    "typed", ["http://example.com", "example.com", "https://", "javascript:alert(1)", "https://a b", "https://[", ""]
)
def test_any_other_address_is_refused(typed: str) -> None:
    with pytest.raises(Usage):
        address(typed)


@given(st.text())
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(typed: str) -> None:
    for reader in (pattern, passage, passages, title, address):
        with suppress(Usage):
            reader(typed)


@given(st.lists(messages).map(tuple))
def test_messages_are_read_back_as_they_were_kept(welcome: tuple[Message, ...]) -> None:
    assert read(written(welcome)) == welcome


@pytest.mark.parametrize(("greeting", "newcomer", "follower"), [
    (Greeting((HELLO,)), (HELLO,), (HELLO,)),
    (Greeting((HELLO,), (AGAIN,)), (HELLO,), (AGAIN,)),
    (Greeting((HELLO,), ()), (HELLO,), ()),
    (Greeting((), (AGAIN,)), (), (AGAIN,)),
    (Greeting(), (), ()),
])  # fmt: skip
def test_who_follows_now_and_who_followed_already_each_read_theirs(
    greeting: Greeting, newcomer: tuple[Message, ...], follower: tuple[Message, ...]
) -> None:
    assert (greeting.said_on(Event.FOLLOW), greeting.said_on(Event.SCAN)) == (newcomer, follower)
    assert greeting.is_silent is not bool(newcomer or follower)
