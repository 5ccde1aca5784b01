"""Words -> values and back: what people may type, and that a button carries exactly what was meant."""

import dataclasses
import re
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st

import handlers
from bot import reading
from bot.errors import Usage
from bot.fields import account_name, flag, option, word
from bot.grammar import command_text, parse, usage
from bot.model import DAY, HOUR, MINUTE, Lifetime, Scene
from bot.reading import label, scene
from bot.reply import Either
from bot.typing_habits import words
from bot.welcomes import Pattern
from bot.words import VOCABULARY
from handlers.commands.digest import Digest
from handlers.commands.list import KINDS, List
from handlers.commands.perm import Perm
from handlers.commands.renew import Renew
from handlers.commands.reply import Welcoming
from handlers.commands.show import Show
from handlers.commands.stats import Stats
from handlers.commands.tag import Tag
from handlers.commands.temp import Temp
from handlers.commands.top import Top
from handlers.commands.watch import Watch

COMMANDS = handlers.subcommands()

# what words() takes away wherever it stands, so that nothing typed ever has it
INVISIBLE = "\u200b\u2060\ufeff\u200e\u200f"
anything = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=INVISIBLE), max_size=80)
awkward = st.text("\"'“”「」‘’`\\&<>;|=:：—-– \n\taampltquot0市场🌸👨\u200d👩ＡＢ１½", max_size=80)
texts = st.one_of(anything, awkward)
names = texts.map(lambda text: " ".join(text.split())[:80].strip())
scenes = st.one_of(
    st.integers(0, 999_999_999).map(str), st.from_regex(r"[A-Za-z0-9_.][A-Za-z0-9_.-]{0,63}", fullmatch=True)
)
lifetimes = st.integers(reading.SHORTEST, reading.LONGEST).map(Lifetime)


def typed(kind: type[Any], text: str) -> Any:
    """Return what `text`, typed after the command, is read as."""
    return parse(kind, words(text), "command")


def refused(kind: type[Any], text: str) -> Usage:
    with pytest.raises(Usage) as shown:
        typed(kind, text)
    return shown.value


def readable(text: str) -> Scene | None:
    try:
        return scene(text)
    except Usage:
        return None


values_by_type: dict[Any, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(1, 999_999),
    bool: st.booleans(),
    Scene: scenes.map(readable).filter(bool),
    Scene | None: st.none() | scenes.map(readable),
    Lifetime: lifetimes,
    Lifetime | None: st.none() | lifetimes,
    tuple[Scene, ...]: st.lists(scenes.map(readable).filter(bool), max_size=3).map(tuple),
    tuple[str, ...]: st.lists(scenes.map(readable).filter(bool).map(str), max_size=3).map(tuple),
}
values_by_name: dict[str, st.SearchStrategy[Any]] = {
    "name": names,
    "form": st.sampled_from(["svg", "pdf", "png"]),
    "tag": names.map(lambda name: name[:30].strip()),
    "days": st.integers(1, 400),
    "channel": st.sampled_from(["", "C0123456789"]),
    "owner": st.sampled_from(["", "U0123456789"]),
    "by": st.sampled_from(["day"]),
    "period": st.sampled_from(["week", "month"]),
    "what": st.sampled_from(["stats", "scans"]),
}
passages = texts.map(str.strip).filter(lambda text: text.lower() not in {"", "none"})
addresses = st.just("https://example.com/a?b=1&c=2")
# what a kind asks to go together
patterns = scenes.map(readable).filter(bool).map(lambda scene: Pattern(str(scene))) | st.just(Pattern("act_*"))
values_by_kind: dict[Any, st.SearchStrategy[Any]] = {
    # what stands before a channel cannot be left out
    Watch: st.builds(Watch, off=st.booleans(), account=texts)
    | st.builds(Watch, scene=scenes.map(readable).filter(bool), channel=values_by_name["channel"], off=st.booleans()),
    Digest: st.builds(Digest, account=texts)
    | st.builds(Digest, rhythm=st.sampled_from(["daily", "weekly", "off"]), channel=values_by_name["channel"]),
    Top: st.builds(Top, period=values_by_name["period"], by=st.sampled_from(["code", "owner", "channel"])),
    # an end is none of its
    Perm: st.builds(
        lambda **values: said(Perm, **values),
        scene=scenes.map(readable).filter(bool),
        name=names,
        private=st.booleans(),
        anyway=st.booleans(),
        account=texts,
    ),
    Tag: st.builds(Tag, scene=scenes.map(readable).filter(bool), tag=values_by_name["tag"], off=st.booleans()),
    Welcoming: st.builds(
        Welcoming,
        pattern=patterns,
        text=passages,
        more=st.lists(passages.filter(lambda text: "---" not in text), max_size=3).map(tuple),
        followers=passages,
    )
    | st.builds(
        Welcoming,
        pattern=patterns,
        title=names.map(lambda name: name[:64].strip()).filter(bool),
        picture=addresses,
        link=addresses,
    ),
}


def field_values(kind: type[Any]) -> st.SearchStrategy[Any]:
    if kind in values_by_kind:
        return values_by_kind[kind]
    fields = {
        field.name: values_by_name.get(field.name, values_by_type[field.type]) for field in dataclasses.fields(kind)
    }
    return st.builds(partial(said, kind), **fields)


def said(kind: type[Any], **values: Any) -> Any:
    """Return a command; what a kind refuses, because it does not go together, is none."""
    try:
        return kind(**values)
    except Usage:
        reject()


commands = st.sampled_from(sorted(COMMANDS)).flatmap(
    lambda name: st.tuples(st.just(name), field_values(COMMANDS[name].takes))
)


@given(commands)
def test_every_command_reads_back_from_the_text_its_button_carries(command: tuple[str, Any]) -> None:
    name, value = command
    first, *rest = words(command_text(value, name))
    assert first.text == name
    assert parse(type(value), rest, name) == value


@given(names, scenes.map(readable).filter(bool))
def test_the_text_of_a_command_fits_into_a_button(name: str, where: Scene) -> None:
    assert len(command_text(Temp(scene=where, name=name), "temp")) <= 2000


@pytest.mark.parametrize("text", [
    'campaign-x --ttl 7d --name "Spring booth" --private',
    '--private --name "Spring booth" --ttl 7d campaign-x',
    "campaign-x --TTL 7D --Name “Spring booth” --PRIVATE",
    "campaign-x —ttl 7d –name ‘Spring booth’ ——private",
    "campaign-x ttl=7d name='Spring booth' --private",
    "campaign-x --ttl=168h --name=“Spring booth” --private",
    "campaign-x\u3000--ttl　7天　－－name　「Spring booth」 --private",
    "ｃａｍｐａｉｇｎ－ｘ －－ｔｔｌ ７ｄ －－ｎａｍｅ ＂Spring booth＂ －－ｐｒｉｖａｔｅ",
    "campaign-x ttl：7d name：「Spring booth」 --private",
    "campaign-x --ttl 1w --name «Spring booth» --private\u200b",
])  # fmt: skip
def test_every_way_to_type_a_command_means_the_same(text: str) -> None:
    assert typed(Temp, text) == Temp(
        scene=Scene("campaign-x"), ttl=Lifetime(7 * DAY), name="Spring booth", private=True
    )


@pytest.mark.parametrize(("text", "meant", "is_number"), [
    ("7", "7", True),
    ("007", "7", True),
    ("0", "0", True),
    ("000000000", "0", True),
    ("999999999", "999999999", True),
    ("1234567890", "1234567890", False),
    ("0123456789", "0123456789", False),
    ("campaign-x_1.b", "campaign-x_1.b", False),
    ("a" * 64, "a" * 64, False),
    ("9" * 64, "9" * 64, False),
])  # fmt: skip
def test_one_to_nine_digits_are_a_number_and_all_else_is_a_string(text: str, meant: str, is_number: bool) -> None:  # noqa: FBT001 - a row of the table
    assert (scene(text), scene(text).is_number) == (Scene(meant), is_number)


@pytest.mark.parametrize(("text", "key"), [
    ("a" * 65, "usage.scene_long"),
    ("市" * 65, "usage.scene_long"),
    ("9" * 65, "usage.scene_long"),
    ("", "usage.scene_characters"),
    ("中文", "usage.scene_characters"),
    ("a b", "usage.scene_characters"),
    ("a/b", "usage.scene_characters"),
    ("a\n", "usage.scene_characters"),
    ("٣", "usage.scene_characters"),
    ("--private", "usage.scene_characters"),
])  # fmt: skip
def test_what_wechat_would_mangle_is_no_scene(text: str, key: str) -> None:
    with pytest.raises(Usage) as shown:
        scene(text)
    assert shown.value.key == key


@pytest.mark.parametrize(("text", "seconds"), [
    ("60s", MINUTE), ("1800s", 30 * MINUTE), ("1m", MINUTE), ("30m", 30 * MINUTE), ("90 minutes", 90 * MINUTE),
    ("12H", 12 * HOUR),
    ("2hr", 2 * HOUR), ("7d", 7 * DAY), ("7天", 7 * DAY), ("7 天", 7 * DAY), ("3日", 3 * DAY), ("30分钟", 30 * MINUTE),
    ("2个小时", 2 * HOUR), ("两天", 2 * DAY), ("两个小时", 2 * HOUR), ("十五分钟", 15 * MINUTE), ("一个星期", 7 * DAY),
    ("1周", 7 * DAY), ("30d", 30 * DAY), ("2592000s", 30 * DAY), ("0030m", 30 * MINUTE),
])  # fmt: skip
def test_a_lifetime_is_read_in_the_units_people_use(text: str, seconds: int) -> None:
    assert reading.lifetime(text) == Lifetime(seconds)


@pytest.mark.parametrize(("text", "key"), [
    ("59s", "usage.ttl_range"), ("0d", "usage.ttl_range"), ("31d", "usage.ttl_range"),
    ("0", "usage.ttl"), ("2592001", "usage.ttl_range"), ("999999999w", "usage.ttl_range"), ("1.5h", "usage.ttl"),
    ("-1h", "usage.ttl"),
    ("", "usage.ttl"), ("d", "usage.ttl"), ("7 fortnights", "usage.ttl"), ("1h30m", "usage.ttl"),
    ("9" * 30, "usage.ttl"),
    ("７ｄ", "usage.ttl"),
])  # fmt: skip
def test_what_is_no_lifetime_is_told_from_one_out_of_range(text: str, key: str) -> None:
    with pytest.raises(Usage) as shown:
        reading.lifetime(text)
    assert shown.value.key == key


@given(lifetimes)
def test_every_lifetime_in_seconds_reads_back(lifetime: Lifetime) -> None:
    assert reading.lifetime(f"{lifetime.seconds}s") == lifetime


@pytest.mark.parametrize(("text", "likely"), [
    ("90", ["90m", "90h", "90s"]), ("7", ["7m", "7h", "7d"]), ("30", ["30m", "30h", "30d"]),
    ("1800", ["1800m", "1800s"]), ("604800", ["604800s"]), ("两", ["2m", "2h", "2d"]),
])  # fmt: skip
def test_a_number_alone_is_no_lifetime_and_what_it_may_be_is_named(text: str, likely: list[str]) -> None:
    with pytest.raises(Usage) as shown:
        reading.lifetime(text)
    assert (shown.value.key, list(shown.value.instead)) == ("usage.ttl_unit", likely)


@pytest.mark.parametrize(("text", "days"), [
    ("spring --ttl 2 days --private", 2), ("spring --ttl 2 天 --private", 2), ("--private ttl=两天 spring", 2),
    ("--ttl １ 周 spring --private", 7), ("spring --private --ttl 48 小时", 2),
])  # fmt: skip
def test_a_number_and_its_unit_may_be_two_words(text: str, days: int) -> None:
    assert typed(Temp, text) == Temp(scene=Scene("spring"), ttl=Lifetime(days * DAY), private=True)


def test_what_is_no_unit_stays_a_word_of_its_own() -> None:
    assert typed(Stats, "--days 7 spring") == Stats(scenes=("spring",), days=7)
    assert typed(Stats, "--days 7 days spring") == Stats(scenes=("spring",), days=7)
    assert refused(Temp, "--ttl 90 spring").key == "usage.ttl_unit"


@pytest.mark.parametrize("text", ["-1", "-x", "－1", "-"])
def test_a_new_scene_does_not_begin_with_a_hyphen(text: str) -> None:
    assert refused(Temp, text).key == refused(Perm, text).key == "usage.scene_dash"
    assert typed(Show, text).scene == Scene(text.replace("－", "-"))


@pytest.mark.parametrize(("text", "instead"), [
    ("x --ttl 7d", "temp x --ttl 7d"), ("x --有效期 7d --name “Campaign X”", 'temp x --ttl 7d --name "Campaign X"'),
    ("x --name X ttl=90", "temp x --ttl 90 --name X"),
])  # fmt: skip
def test_a_permanent_code_has_no_end_and_one_that_has_is_offered(text: str, instead: str) -> None:
    with pytest.raises(Usage) as shown:
        parse(Perm, words(text), "perm", VOCABULARY)
    assert (shown.value.key, shown.value.choices) == ("usage.permanent_ttl", (("button.meant", instead),))


def test_a_name_is_one_line_of_eighty_characters() -> None:
    assert label("  Spring \n\t booth　2027 ") == "Spring booth 2027"
    assert label("市" * 80) == "市" * 80
    with pytest.raises(Usage) as shown:
        label("市" * 81)
    assert (shown.value.key, shown.value.facts["length"]) == ("usage.name_long", 81)


@pytest.mark.parametrize("text", ["", "0", "000", "-1", "1.0", "1" * 13, "一", "²"])
def test_a_page_is_a_positive_whole_number(text: str) -> None:
    with pytest.raises(Usage) as shown:
        reading.number(text)
    assert shown.value.key == "usage.number"


def test_a_choice_is_taken_in_any_case_and_the_choices_are_named() -> None:
    read = reading.one_of("svg", "pdf")
    assert read("PDF") == "pdf"
    with pytest.raises(Usage) as shown:
        read("gif")
    assert shown.value.facts == {"typed": "gif", "allowed": Either(("svg", "pdf"))}


@pytest.mark.parametrize(("kind", "text", "key", "facts"), [
    (Perm, "", "usage.missing", {"missing": "SCENE"}),
    (Perm, "--private", "usage.missing", {"missing": "SCENE"}),
    (Perm, "spring --nmae x", "usage.option_near", {"typed": "--nmae", "near": "--name"}),
    (Temp, "spring --colour red", "usage.option", {"typed": "--colour"}),
    (Temp, "spring --", "usage.option", {"typed": "--"}),
    (Temp, "spring --ttl", "usage.option_empty",
     {"option": "--ttl", "allowed": Either(["30m", "12h", "7d"])}),
    (Temp, "spring --name --private", "usage.option_empty",
     {"option": "--name", "allowed": Either(['"…"'])}),
    (Temp, "spring 7d", "usage.word_near", {"typed": "7d", "near": "--ttl 7d"}),
    (Temp, "spring booth", "usage.word_near", {"typed": "booth", "near": '--name "booth"'}),
    (Temp, "spring --name Spring booth", "usage.word_quotes", {"typed": "booth", "near": '--name "Spring booth"'}),
    (Temp, "spring name=Spring booth 7 --private", "usage.word_quotes",
     {"typed": "booth", "near": '--name "Spring booth 7"'}),
    (Tag, "spring My Tag", "usage.word_quotes", {"typed": "Tag", "near": '"My Tag"'}),
    (Welcoming, "spring 你好 欢迎", "usage.word_quotes", {"typed": "你好", "near": '--text "你好 欢迎"'}),
    (Welcoming, 'spring --text "So "it" is"', "usage.word_quotes", {"typed": "it", "near": '--text "…"'}),
    (Show, "spring booth", "usage.word", {"typed": "booth"}),
    (List, "temp poster booth", "usage.word_quotes", {"typed": "booth", "near": '"poster booth"'}),
    (List, "temp poster 2", "usage.word_near", {"typed": "2", "near": "--page 2"}),
    (Renew, "spring --scene x", "usage.option", {"typed": "--scene"}),
])  # fmt: skip
def test_what_cannot_be_read_is_answered_with_what_would_help(
    kind: type[Any], text: str, key: str, facts: dict[str, str]
) -> None:
    error = refused(kind, text)
    assert (error.key, error.facts, error.command) == (key, facts, "command")


def test_a_quoted_word_is_never_an_option() -> None:
    assert typed(Temp, 'spring --name "--private"') == Temp(scene=Scene("spring"), name="--private")
    assert typed(List, '"--page"') == List(which="--page")


@pytest.mark.parametrize(("kind", "text"), [
    (Renew, "spring --ttl 7d --ttl 1d"), (Welcoming, 'spring --text "A" text=B'), (Stats, "-days 7 --days 14"),
])  # fmt: skip
def test_an_option_is_not_given_twice(kind: type[Any], text: str) -> None:
    assert refused(kind, text).key == "usage.twice"


def test_what_may_be_given_several_times_is() -> None:
    assert typed(Welcoming, "spring --text A --more B --more C").more == ("B", "C")


# a Chinese keyboard's own signs, but for spaces and quotation marks
FULL_WIDTH = "".join(map(chr, range(0xFF01, 0xFF5F))).replace("＂", "").replace("＇", "")
copy = st.text(f"{FULL_WIDTH}、。…—《》【】〔〕·～￥市场券🌸aZ09", min_size=1, max_size=20)


@given(copy)
def test_a_text_without_spaces_and_quotes_comes_out_as_it_went_in(text: str) -> None:
    # two hyphens, of either width, are an option's wherever they stand first
    assume(not re.match("[－-]{2}|none$", text) and not re.match("[-－—]{1,2}[a-zａ-ｚ]", text, re.IGNORECASE))
    said = typed(Welcoming, f"spring --text {text} --more {text} --followers {text}")
    assert (said.text, said.more, said.followers) == (text, (text,), text)
    assert typed(Temp, f"spring --name {text} --private").name == text
    assert typed(Temp, f"spring －－name＝{text}").name == text
    assert typed(Tag, f"spring {text}").tag == text
    assert typed(List, f"temp {text}").text == text


@pytest.mark.parametrize("text", [
    "你好，欢迎！买一送一（限今天）：点击", "标题：你好", "text：你好", "——欢迎光临", "—欢迎", "满100=减20",
    "点击“领取”按钮，马上用！", "“领取”优惠", "ＶＩＰ",
])  # fmt: skip
def test_copy_for_customers_is_not_rewritten(text: str) -> None:
    assert typed(Welcoming, f"spring --text {text}").text == text
    assert typed(Welcoming, f"spring --text “{text}”").text == text


def test_names_tags_and_addresses_are_not_rewritten_either() -> None:
    assert typed(Perm, "zh-name --name 秋季，海报！").name == "秋季，海报！"
    assert typed(Tag, "spring ＶＩＰ，客户").tag == "ＶＩＰ，客户"
    article = "spring --title 秋季！ --picture https://a.b/（一）.png --link https://a.b/？ｃ"
    assert typed(Welcoming, article).picture == "https://a.b/（一）.png"
    assert typed(Welcoming, article).link == "https://a.b/？ｃ"


def test_one_hyphen_before_the_name_of_an_option_is_as_good_as_two() -> None:
    assert typed(Stats, "spring -days 7 －by week") == Stats(scenes=("spring",), days=7, by="week")
    assert typed(Stats, "spring -dayz") == Stats(scenes=("spring", "-dayz"))


def test_a_flag_is_understood_without_its_hyphens_where_no_other_word_can_stand() -> None:
    assert typed(Watch, "spring off") == Watch(scene=Scene("spring"), off=True)
    assert typed(Show, "spring post") == Show(scene=Scene("spring"), post=True)
    assert refused(Temp, "spring anyway").key == "usage.word_near"


def test_a_flag_alone_is_no_text_unless_it_is_quoted() -> None:
    assert typed(Tag, "spring off") == Tag(scene=Scene("spring"), off=True)
    named = Tag(scene=Scene("spring"), tag="off")
    assert typed(Tag, 'spring "off"') == named
    assert command_text(named, "tag") == 'tag spring "off"'
    called = Temp(scene=Scene("spring"), name="anyway")
    assert parse(Temp, words(command_text(called, "temp"))[1:], "temp") == called
    assert refused(Tag, "spring off season").instead == ('spring "off season"',)


def test_a_search_for_a_word_that_names_a_kind_keeps_its_meaning_on_the_next_page() -> None:
    for kind in KINDS:
        wanted = List(text=kind, page=2)
        assert parse(List, words(command_text(wanted, "list"))[1:], "list") == wanted


def test_what_is_at_its_default_is_not_written() -> None:
    assert command_text(Temp(), "temp") == "temp"
    assert command_text(Temp(scene=Scene("spring"), ttl=Lifetime(DAY), anyway=True), "temp") == (
        "temp spring --ttl 86400s --anyway"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    first: str = word(reading.plain, "FIRST")
    second: str = word(reading.plain, "SECOND", default="")
    must: str = option(label, "TEXT")
    may: Lifetime = option(reading.lifetime, "7d", default=Lifetime(DAY))
    bare: bool = flag()
    unseen: bool = flag(hidden=True)
    account: str = account_name()


def test_the_usage_line_is_the_dataclass_itself_without_what_is_hidden() -> None:
    assert usage(Every, "every") == "every FIRST [SECOND] --must TEXT [--may 7d] [--bare]"


def test_every_command_has_an_example_that_it_can_read() -> None:
    for name, subcommand in COMMANDS.items():
        first, *rest = words(subcommand.example)
        assert first.text == name
        assert parse(subcommand.takes, rest, name)


@pytest.mark.parametrize(
    "text", ["spring <#C0SBSPRING1|campaign-spring>", "spring <#C0SBSPRING1|>", "spring C0SBSPRING1"]
)
def test_a_channel_is_read_by_its_id_whatever_its_name(text: str) -> None:
    assert typed(Watch, text).channel == "C0SBSPRING1"


def test_a_channel_in_a_name_is_its_name() -> None:
    assert typed(Temp, 'spring --name "join <#C0SBSPRING1|campaign-spring>"').name == "join campaign-spring"
