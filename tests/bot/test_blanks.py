"""A dataclass as blanks to fill in: it begins with what there is, and what is filled in is read as if typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blanks import Asks, blanks, filled, told
from bot.errors import Misfilled
from bot.model import DAY, Lifetime, Scene
from bot.welcomes import Passage, Pattern
from handlers.commands.perm import Perm
from handlers.commands.reply import Welcoming
from handlers.commands.tag import Tag
from handlers.commands.temp import Temp

passages = st.text().map(str.strip).filter(lambda text: text.lower() not in {"", "none"}).map(Passage)
parts = passages.filter(lambda text: "---" not in text)


@given(passages, st.lists(parts, max_size=3), passages)
def test_what_a_form_begins_with_is_read_back_as_the_same(text: Passage, more: list[Passage], instead: Passage) -> None:
    value = Welcoming(pattern=Pattern("act_*"), text=text, more=tuple(more), followers=instead, account="second")
    assert filled(Welcoming, told(value)) == value


def test_only_what_is_not_by_default_is_told() -> None:
    assert told(Temp(scene=Scene("spring"))) == {"scene": "spring"}
    assert told(Temp(ttl=Lifetime(7 * DAY), private=True)) == {"ttl": "604800s", "private": "True"}


def test_what_only_buttons_say_is_not_asked_for() -> None:
    assert [blank.name for blank in blanks(Perm)] == ["scene", "name", "private"]


def test_a_text_of_several_lines_has_room_for_them() -> None:
    assert [blank.name for blank in blanks(Welcoming) if blank.asks is Asks.LINES] == ["text", "more", "followers"]


def test_several_texts_stand_in_one_blank_with_a_line_between_them() -> None:
    value = filled(Welcoming, {"pattern": "spring", "text": "Hello", "more": "one\n\nstill one\n---\ntwo\n-----  \n\n"})
    assert value.more == ("one\n\nstill one", "two")


@pytest.mark.parametrize(
    ("given_", "beside"),
    [
        ({"text": "Hello", "title": "Sale", "picture": "https://a.b"}, "link"),
        ({"text": "Hello", "link": "https://a.b"}, "title"),
        ({"followers": "Hello"}, "text"),
        ({"text": "Hello", "more": "1\n---\n2\n---\n3\n---\n4"}, "more"),
        ({"text": "Hello", "more": "x" * 3001}, "more"),
    ],
)
def test_what_does_not_go_together_is_said_beside_the_field_that_is_at_fault(
    given_: dict[str, str], beside: str
) -> None:
    with pytest.raises(Misfilled) as shown:
        filled(Welcoming, {"pattern": "spring", **given_})
    assert list(shown.value.wrong) == [beside]


def test_what_is_decided_for_no_code_is_said_beside_the_code() -> None:
    with pytest.raises(Misfilled) as shown:
        filled(Welcoming, {"text": "Hello"})
    assert list(shown.value.wrong) == ["pattern"]
    with pytest.raises(Misfilled) as shown:
        filled(Tag, {"tag": "VIP"})
    assert list(shown.value.wrong) == ["scene"]


def test_full_width_forms_are_understood_in_a_form_and_kept_in_what_people_read() -> None:
    value = filled(Temp, {"scene": "ｓｐｒｉｎｇ－１", "ttl": "７ｄ", "name": "春，季！"})
    assert value == Temp(scene=Scene("spring-1"), ttl=Lifetime(7 * DAY), name="春，季！")
