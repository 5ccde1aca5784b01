"""What keyboards, phones and Slack do to a command is undone."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Usage
from bot.typing_habits import Word, quoted, words

ONE_LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\u200b\u2060\ufeff\u200e\u200f"))
MARKS = st.text("\"'“”「」’ &;<>|\\amp\n")


def plain(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize("text", ["", "   ", "\u3000\t\n", "\u200b", "\ufeff \u200e"])
def test_nothing_typed_is_no_word(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize("space", [" ", "\t", "\n", "\u3000", "\u00a0", " \u200b "])
def test_any_space_parts_words(space: str) -> None:
    assert plain(f"temp{space}spring") == ["temp", "spring"]


@pytest.mark.parametrize(("opening", "closing"), [
    ('"', '"'), ("“", "”"), ("”", "“"), ("„", "“"), ("«", "»"), ("「", "」"), ("『", "』"), ("＂", "＂"), ('"', "”"),
    ("'", "'"), ("‘", "’"), ("’", "’"), ("＇", "＇"),
])  # fmt: skip
def test_any_pair_of_quotation_marks_holds_a_name_together(opening: str, closing: str) -> None:
    assert words(f"--name {opening}Spring booth{closing} --private") == [
        Word("--name"),
        Word("Spring booth", quoted=True),
        Word("--private"),
    ]


@pytest.mark.parametrize("dash", ["--", "—", "–", "―", "——", "–-", "-—", "－－", "﹣﹣", "−−", "‑‑"])
def test_any_long_dash_before_a_word_is_two_hyphens(dash: str) -> None:
    assert plain(f"{dash}ttl 7d") == ["--ttl", "7d"]


@pytest.mark.parametrize("text", ["a—b", "—", "- x", "-x"])
def test_a_dash_elsewhere_stays_a_dash(text: str) -> None:
    assert plain(text) == text.split()


@pytest.mark.parametrize(("text", "meant"), [
    ("ｔｅｍｐ　７ｄ", ["temp", "7d"]),
    ("ＱＲ＿１", ["QR_1"]),
    ("帮助", ["帮助"]),
])  # fmt: skip
def test_full_width_letters_and_digits_become_narrow(text: str, meant: list[str]) -> None:
    assert plain(text) == meant


@pytest.mark.parametrize("text", [
    "name=booth", "--name=booth", "-name=booth", "name＝booth", "name：booth",
    "--name='booth'", 'name="booth"', "name=「booth」",
])  # fmt: skip
def test_an_option_may_be_assigned(text: str) -> None:
    assert plain(text) == ["--name", "booth"]


def test_an_option_assigned_nothing_stands_alone() -> None:
    assert plain("name= --private") == ["--name", "--private"]


@pytest.mark.parametrize("text", ["7=7", "=x", "http://example.com/?a", "12:30"])
def test_what_does_not_begin_as_a_name_is_not_assigned(text: str) -> None:
    assert plain(text) == [text]


@pytest.mark.parametrize(("text", "meant"), [
    ("list &lt;b&gt;&amp;amp;", ["list", "<b>&amp;"]),
    ("show <@U012AB3CD|mei>", ["show", "mei"]),
    ("show <@U012AB3CD>", ["show", "U012AB3CD"]),
    ("show <#C012AB3CD|campaign-spring>", ["show", "campaign-spring"]),
    ("show <#C012AB3CD|>", ["show", "C012AB3CD"]),
    ("show <!here>", ["show", "@here"]),
    ("show <!channel>", ["show", "@channel"]),
    ("show <!everyone|everyone>", ["show", "@everyone"]),
    ("show <!subteam^S012AB3CD|@team>", ["show", "@team"]),
    ('--name "until <!date^1800000000^{date} at {time}|15 January> &amp; on"', ["--name", "until 15 January & on"]),
    ("show <http://example.com|example.com>", ["show", "example.com"]),
    ("show <http://example.com>", ["show", "http://example.com"]),
    ('--name "<mailto:a@example.com|a@example.com> &amp; more"', ["--name", "a@example.com & more"]),
])  # fmt: skip
def test_what_slack_escapes_is_as_it_was_typed(text: str, meant: list[str]) -> None:
    assert plain(text) == meant


def test_an_apostrophe_inside_a_word_or_a_quoted_name_is_an_apostrophe() -> None:
    assert plain("--name 'Mei's stall' --private") == ["--name", "Mei's stall", "--private"]
    assert plain("list Mei's") == ["list", "Mei's"]


def test_a_quotation_mark_written_twice_in_a_name_stands_for_itself() -> None:
    assert plain('--name "the ""spring"" booth" x') == ["--name", 'the "spring" booth', "x"]


def test_an_empty_name_is_a_word() -> None:
    assert words('--name "" x') == [Word("--name"), Word("", quoted=True), Word("x")]


def test_what_is_quoted_is_kept_as_it_was_typed() -> None:
    assert words('"ＡＢ　—x  \\n 👨\u200d👩"') == [Word("ＡＢ　—x  \\n 👨\u200d👩", quoted=True)]


@pytest.mark.parametrize("text", ['temp "spring', "temp 'spring", "temp “", "temp 「spring booth", '12"', "temp 'a'b"])
def test_a_quote_that_stays_open_is_said(text: str) -> None:
    with pytest.raises(Usage) as shown:
        words(text)
    assert shown.value.key == "usage.open_quote"
    assert text.endswith(str(shown.value.facts["typed"]))


@given(ONE_LINE | MARKS, ONE_LINE | MARKS)
def test_any_two_texts_read_back_when_quoted(first: str, second: str) -> None:
    assert words(f"{quoted(first)} {quoted(second)}") == [Word(first, quoted=True), Word(second, quoted=True)]


@given(st.text() | MARKS)
def test_nothing_but_an_open_quote_keeps_a_text_from_being_read(text: str) -> None:
    with suppress(Usage):
        assert all(isinstance(word, Word) for word in words(text))


@pytest.mark.parametrize(
    ("text", "mention"),
    [("<#C012AB3CD|spring>", "<#C012AB3CD>"), ("<@U012AB3CD|li>", "<@U012AB3CD>"), ("spring", ""), ("<!here>", "")],
)
def test_a_mention_keeps_its_id_beside_its_name(text: str, mention: str) -> None:
    assert [word.mention for word in words(f"{text} --of={text}")] == [mention, "", mention]
