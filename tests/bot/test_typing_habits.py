"""What keyboards, phones and Slack do to a command is undone."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Usage
from bot.typing_habits import Word, narrow, quoted, retyped, words

ONE_LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\u200b\u2060\ufeff\u200e\u200f"))
MARKS = st.text("\"'“”「」’ &;<>|\\amp\n")


def plain(text: str) -> list[str]:
    return [word.text for word in words(text)]


def option(text: str) -> tuple[str, str, str]:
    """Return of a word the option it may be, what says so, and what it is assigned."""
    (word,) = words(text)
    return word.option, word.mark, word.value.text if word.value else ""


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


@pytest.mark.parametrize("dash", ["--", "–-", "-—", "－－", "﹣﹣", "−−", "‑‑"])
def test_two_hyphens_of_any_kind_before_a_word_make_an_option(dash: str) -> None:
    assert option(f"{dash}ttl") == ("ttl", "--", "")


@pytest.mark.parametrize("dash", ["—", "–", "―", "——"])
def test_a_long_dash_before_a_word_may_make_an_option(dash: str) -> None:
    assert option(f"{dash}ttl") == ("ttl", "—", "")


@pytest.mark.parametrize("dash", ["-", "－", "‑"])
def test_one_hyphen_before_a_word_may_make_an_option(dash: str) -> None:
    assert option(f"{dash}days") == ("days", "-", "")


@pytest.mark.parametrize("text", ["a—b", "—", "-", "-1", "—，"])
def test_a_dash_elsewhere_is_a_dash(text: str) -> None:
    assert option(text) == ("", "", "")


@pytest.mark.parametrize("text", ["ｔｅｍｐ７ｄ", "你好，欢迎！买一送一（限今天）：点击", "ＶＩＰ，客户", "½"])
def test_a_word_stays_as_it_was_typed(text: str) -> None:
    assert plain(text) == [text]


@pytest.mark.parametrize(
    ("text", "meant"), [("ＱＲ＿１－ａ", "QR_1-a"), ("你好，（ａ）！", "你好,(a)!"), ("助²、。", "助²、。")]
)
def test_full_width_forms_can_be_made_narrow(text: str, meant: str) -> None:
    assert narrow(text) == meant


@pytest.mark.parametrize(("text", "mark"), [
    ("name=booth", "="), ("--name=booth", "--"), ("-name=booth", "-"), ("name＝booth", "="), ("name：booth", "："),
    ("－－ｎａｍｅ＝booth", "--"), ("--name='booth'", "--"), ('name="booth"', "="), ("name=「booth」", "="),
    ("--name“booth”", "--"),
])  # fmt: skip
def test_an_option_may_be_assigned(text: str, mark: str) -> None:
    assert option(text) == ("name", mark, "booth")


def test_an_option_assigned_nothing_has_no_value() -> None:
    assert option("name=") == ("name", "=", "")


@pytest.mark.parametrize("text", ["7=7", "=x", "http://example.com/?a", "12:30"])
def test_what_does_not_begin_as_a_name_is_not_assigned(text: str) -> None:
    assert option(text) == ("", "", "")


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


@pytest.mark.parametrize("text", [
    "点击“领取”按钮，马上用！", "他说“你好”", "「一『二』「三」」", "the ‘big’ one", "Mei’s ‘big’ stall", "A «B» C",
    '他说："你好"，走',
])  # fmt: skip
@pytest.mark.parametrize("marks", ["“”", "「」", "『』", "«»"])
def test_quotation_marks_may_stand_in_quotation_marks(text: str, marks: str) -> None:
    assert words(f"{marks[0]}{text}{marks[1]} x") == [Word(text, quoted=True), Word("x")]


@pytest.mark.parametrize("text", ["点击“领取”按钮", "“领取”优惠", "点击：“领取 一”按钮", "「A」和『B』", "“a”“b”"])
def test_quotation_marks_of_which_a_word_only_has_some_are_its_own(text: str) -> None:
    assert words(f"{text} x") == [Word(text), Word("x")]


def test_straight_quotation_marks_hold_curly_ones() -> None:
    assert words('"点击“领取”按钮" x') == [Word("点击“领取”按钮", quoted=True), Word("x")]


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
def test_what_was_read_is_read_the_same_when_it_is_typed_again(text: str) -> None:
    with suppress(Usage):
        read = words(text)
        assert plain(" ".join(map(retyped, read))) == [word.text for word in read]


def test_what_is_quoted_is_quoted_when_it_is_typed_again() -> None:
    read = words('list "Spring & “booth”" --page=2 “a”b <@U012AB3CD|mei>')
    assert words(" ".join(map(retyped, read)))[:3] == read[:3]
    assert words(retyped(read[4])) == read[4:]


@given(st.text() | MARKS)
def test_nothing_but_an_open_quote_keeps_a_text_from_being_read(text: str) -> None:
    with suppress(Usage):
        assert all(isinstance(word, Word) for word in words(text))


@pytest.mark.parametrize(
    ("text", "mention"),
    [("<#C012AB3CD|spring>", "<#C012AB3CD>"), ("<@U012AB3CD|li>", "<@U012AB3CD>"), ("spring", ""), ("<!here>", "")],
)
def test_a_mention_keeps_its_id_beside_its_name(text: str, mention: str) -> None:
    first, second = words(f"{text} --of={text}")
    assert (first.mention, second.value.mention if second.value else None) == (mention, mention)
