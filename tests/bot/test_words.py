"""Every sentence stands in bot/words, in both languages, alike in all that is not language."""

import ast
import dataclasses
import inspect
import re
import string
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot import errors
from bot.fields import form_of, is_hidden
from bot.handler import Commands, Understood
from bot.model import DAY, HOUR, MINUTE, Language
from bot.reading import OneOf
from bot.reply import Either, Person, Span, say
from bot.sorting import choices_of
from bot.wechat.errcodes import ERRCODES
from bot.words import ALIASES, CATALOGUES, VOCABULARY, en_typed, text, written, zh_cn_typed
from handlers import subcommands

ENGLISH, CHINESE = CATALOGUES[Language.ENGLISH], CATALOGUES[Language.CHINESE]
EVERY_SENTENCE = [(key, sentence) for catalogue in CATALOGUES.values() for key, sentence in catalogue.items()]
ROOT = Path(bot.__file__).parents[1]
IDEOGRAPH = r"[\u3400-\u9fff]"


def placeholders(sentence: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None})


def code(sentence: str) -> list[str]:
    return sorted(set(re.findall(r"`[^`]*`", sentence)))


@cache
def modules() -> dict[str, tuple[ast.AST, ...]]:
    """Return the nodes of every module."""
    paths = [path for top in ("bot", "handlers", "storage") for path in (ROOT / top).rglob("*.py")]
    named = [(path.relative_to(ROOT).as_posix(), path) for path in paths]
    told = [(name, path) for name, path in named if not name.startswith(ELSEWHERE)]
    return {name: tuple(ast.walk(ast.parse(path.read_text("utf-8")))) for name, path in told}


ELSEWHERE = ("bot/sandbox/", "bot/words/en", "bot/words/zh")
# say() and every "no" take the key of their sentence first; these facts each "no" adds by itself
ADDED = {"say": set[str]()} | {
    name: set(inspect.signature(error).parameters) - {"key", "facts", "choices", "command"}
    for name, error in inspect.getmembers(errors, inspect.isclass)
    if issubclass(error, errors.Explainable)
}


def called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[_, *_]):
            return "say" if name == "sentence" else name  # at a terminal
        case _:
            return ""


def sayings() -> Iterator[tuple[str, ast.Call]]:
    for name, nodes in modules().items():
        yield from ((name, n) for n in nodes if isinstance(n, ast.Call) and called(n) in ADDED)


def keys(said: ast.expr) -> list[str]:
    """Return the keys that are written out; one that is made is a pattern with its holes as `.+`."""
    match said:
        case ast.IfExp(body=body, orelse=orelse):
            return keys(body) + keys(orelse)
        case _:
            return [shown(said, ".+")] if shown(said, ".+") else []


def shown(node: ast.AST, hole: str) -> str:
    match node:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=values):
            return "".join(shown(value, hole) or hole for value in values)
        case _:
            return ""


@cache
def strings(name: str) -> list[ast.expr]:
    """Return the strings of a module, but for its docstrings."""
    nodes = modules()[name]
    not_by_themselves = {id(piece) for node in nodes if isinstance(node, ast.JoinedStr) for piece in node.values}
    not_by_themselves |= {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    every = [node for node in nodes if isinstance(node, ast.Constant | ast.JoinedStr)]
    return [node for node in every if id(node) not in not_by_themselves and shown(node, "")]


def for_nobody(node: ast.AST) -> ast.AST | None:
    """Return what no person in Slack or at a terminal reads: for a log, for Prometheus, for a developer, a command."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "logging"))):
            return node
        case ast.Call(func=ast.Name(id="Counter" | "Gauge" | "Histogram")):
            return node
        case ast.Raise(exc=ast.Call(func=ast.Name(id="ValueError" | "RuntimeError" | "TypeError"))):
            return node
        case ast.Call(func=ast.Name(id="Button"), args=[_, command, *_]) | ast.keyword(arg="example", value=command):
            return command
        case ast.Assign(targets=[ast.Name(id="command")], value=command):
            return command
        case _:
            return None


def units(node: ast.AST) -> ast.AST | None:
    """Return the grammar's tables by which it takes 7天 and 两天 for 7d and 2d, and parts scenes at any comma."""
    match node:
        case ast.Assign(targets=[ast.Name(id="_LONG_UNITS" | "_NUMERALS"), *_]):
            return node
        case _:
            return None


def found(wanted: str, exempt: Callable[[ast.AST], ast.AST | None]) -> Iterator[tuple[str, int, str]]:
    for name, nodes in modules().items():
        if suspects := [node for node in strings(name) if re.match(wanted, shown(node, "it"), re.DOTALL)]:
            outer = [node for node in map(exempt, nodes) if node]
            passed = {id(inner) for node in outer for inner in ast.walk(node)}
            yield from ((name, node.lineno, shown(node, "…")) for node in suspects if id(node) not in passed)


def test_both_languages_have_the_same_sentences() -> None:
    assert set(ENGLISH) ^ set(CHINESE) == set()


@pytest.mark.parametrize("kept", [placeholders, code], ids=["facts", "what is typed"])
def test_a_sentence_is_alike_in_both_languages_in(kept: Callable[[str], list[str]]) -> None:
    assert [key for key in ENGLISH if kept(ENGLISH[key]) != kept(CHINESE[key])] == []


def test_every_sentence_that_is_said_exists() -> None:
    said = [(name, call.lineno, key) for name, call in sayings() for key in keys(call.args[0])]
    assert [place for place in said if not any(re.fullmatch(place[2], key) for key in ENGLISH)] == []


def test_every_sentence_that_is_said_gets_the_facts_it_names() -> None:
    missing = []
    for name, call in sayings():
        facts = {keyword.arg for keyword in call.keywords} | ADDED[called(call)]
        if None not in facts:
            wanted = {fact for key in keys(call.args[0]) if key in ENGLISH for fact in placeholders(ENGLISH[key])}
            missing += [(name, call.lineno, fact) for fact in wanted - facts]
    assert missing == []


def test_every_sentence_is_said_somewhere() -> None:
    every = [node for name in modules() for node in strings(name)]
    written = {shown(node, "") for node in every if isinstance(node, ast.Constant)}
    like_a_key = r"[a-z_.]*(\.[a-z_]|[a-z_]\.)[a-z_.]*"
    made = {shown(node, ".+") for node in every if re.fullmatch(like_a_key, shown(node, ""))}
    assert [key for key in ENGLISH if key not in written and not any(re.fullmatch(one, key) for one in made)] == []


def test_every_errcode_has_a_sentence() -> None:
    assert [code for code in ERRCODES if f"wechat.{code}" not in ENGLISH] == []


def test_every_command_is_explained_in_short_and_at_length() -> None:
    wanted = [f"help.{name}{more}" for name in subcommands() for more in ("", ".more")]
    assert [key for key in wanted if key not in ENGLISH] == []


def test_every_command_has_a_chinese_name() -> None:
    assert set(subcommands()) - set(ALIASES.values()) == set()


@pytest.mark.parametrize(("alias", "command"), ALIASES.items())
def test_a_chinese_name_is_understood_as_its_command(alias: str, command: str) -> None:
    example = subcommands()[command].example.removeprefix(command)
    understood = Commands(subcommands(), ALIASES, VOCABULARY).understand(alias + example)
    assert isinstance(understood, Understood)
    assert understood.name == command


def test_no_english_sentence_stands_outside_the_catalogue() -> None:
    sentence = r"\s*(?!(?i:select|insert|update|delete|create|pragma|begin)\b)[A-Za-z][\w'’]*[,;:]?( [\w'’]+[,;:]?){2}"
    # what is so long in storage is SQL
    assert [place for place in found(sentence, for_nobody) if not place[0].startswith("storage/")] == []


def test_no_chinese_stands_outside_the_catalogue() -> None:
    assert list(found(rf".*{IDEOGRAPH}", units)) == []


@pytest.mark.parametrize("mark", ["`", "*"])
def test_every_mark_that_opens_is_closed(mark: str) -> None:
    # what forms say is shown as it stands: a star in it is one that people type
    marked = [(key, sentence) for key, sentence in EVERY_SENTENCE if not key.startswith("form.")]
    assert [key for key, sentence in marked if sentence.count(mark) % 2] == []


def test_no_brace_is_left_to_be_seen() -> None:
    pieces = [(key, piece) for key, sentence in EVERY_SENTENCE for piece, *_ in string.Formatter().parse(sentence)]
    assert [key for key, piece in pieces if "{" in piece or "}" in piece] == []


@pytest.mark.parametrize(
    ("what", "wrong"),
    [
        ("ASCII punctuation after an ideograph", rf"{IDEOGRAPH}[,.;:!?]"),
        ("an ideograph that touches a Latin letter or a digit", rf"{IDEOGRAPH}[A-Za-z0-9]|[A-Za-z0-9]{IDEOGRAPH}"),
        # where a full-width character touches ` or *, Slack may show the mark itself
        ("a full-width character before code", r"[^\x00-\x7f]`[^`]*`"),
        ("a full-width character after code", r"`[^`]*`[^\x00-\x7f]"),
        ("a full-width character after bold", r"\*[^*]+\*[^\x00-\x7f]"),
    ],
)
def test_chinese_is_never_set_with(what: str, wrong: str) -> None:
    menu = "IP白名单"  # as WeChat's own console writes it
    assert [key for key, set_so in CHINESE.items() if re.search(wrong, set_so.replace(menu, ""))] == [], what


@pytest.mark.parametrize(
    ("seconds", "in_english", "in_chinese"),
    [
        (0, "0 seconds", "0 秒"),
        (1, "1 second", "1 秒"),
        (90, "90 seconds", "90 秒"),
        (MINUTE, "1 minute", "1 分钟"),
        (30 * MINUTE, "30 minutes", "30 分钟"),
        (2 * HOUR + 59, "2 hours", "2 小时"),
        (25 * HOUR, "25 hours", "25 小时"),
        (DAY, "1 day", "1 天"),
        (7 * DAY, "7 days", "7 天"),
    ],
)
def test_a_duration_is_told_in_its_largest_whole_unit(seconds: int, in_english: str, in_chinese: str) -> None:
    told = say("status.token.none", why=say("refresh.done", left=Span(seconds), forced=1, a_day=20))
    assert f": {in_english} left" in text(told, Language.ENGLISH)
    assert f"剩余 {in_chinese}。" in text(told, Language.CHINESE)


def test_a_large_number_is_grouped_by_thousands() -> None:
    told = say("list.counted", total=7, used=98_765)
    assert [f"{n} of 100,000" in text(told, Language.ENGLISH) for n in ("98,765", "98765")] == [True, False]
    assert "98,765 / 100,000" in text(told, Language.CHINESE)


def test_a_fact_that_is_neither_sentence_nor_number_nor_duration_is_written_by_who_shows_it() -> None:
    told = say("status.callback.none", why=say("conflict.live", scene="111", owner=Person("U1"), channel="C1"))
    assert "`<111>`" in text(told, Language.CHINESE, lambda fact: f"<{fact}>")


@given(st.text())
def test_what_somebody_typed_is_shown_as_it_is_and_never_filled_in(typed: str) -> None:
    assert text(say("usage.command", typed=typed), Language.ENGLISH) == f"There is no command `{typed}`."


@pytest.mark.parametrize(("scans", "said"), [(1, "1 scan."), (2, "2 scans."), (0, "0 scans."), (1234, "1,234 scans.")])
def test_one_is_not_said_as_many(scans: int, said: str) -> None:
    assert text(say("stats.best_hour", day="Mon", hour="09", scans=scans), Language.ENGLISH).endswith(said)


@pytest.mark.parametrize(("choices", "english", "chinese"), [
    (["day"], "day", "day"), (["day", "week"], "day or week", "day 或 week"),
    (["hour", "day", "week"], "hour, day or week", "hour、day 或 week"),
])  # fmt: skip
def test_choices_are_said_as_people_say_them(choices: list[str], english: str, chinese: str) -> None:
    said = [written(Either(choices), language) for language in (Language.ENGLISH, Language.CHINESE)]
    assert said == [english, chinese]


@pytest.mark.parametrize(
    ("codes", "days", "said"), [(1, 14, "1 code: the last 14 days"), (2, 1, "2 codes: the last 1 day")]
)
def test_the_title_of_figures_counts_codes_and_days(codes: int, days: int, said: str) -> None:
    told = say("stats.title.many", what=say("stats.all"), codes=codes, days=days)
    assert text(told, Language.ENGLISH) == f"All, {said}"


def test_who_has_just_come_to_a_milestone_is_not_said_to_be_past_it() -> None:
    told = say("watch.milestone", code="spring", milestone=10, follows=10)
    assert "has reached *10*" in text(told, Language.ENGLISH)
    assert "已达到 *10* " in text(told, Language.CHINESE)


KINDS = [subcommand.takes for subcommand in subcommands().values()]
ASKED = {(field.name, form_of(field)) for kind in KINDS for field in dataclasses.fields(kind) if not is_hidden(field)}
OPTIONS = {(name, form) for name, form in ASKED if not form.positional}
CHOICES = {(name, choice) for name, form in ASKED if isinstance(form.read, OneOf) for choice in form.read.choices}


def chinese_choices(name: str) -> set[str]:
    return {choice for word, choice in VOCABULARY.choices[name].items() if re.match(IDEOGRAPH, word)}


def test_every_option_can_be_typed_by_the_name_that_its_form_shows_in_chinese() -> None:
    labels = {(name, CHINESE[form.label or f"form.{name}"]) for name, form in OPTIONS}
    assert {(name, label) for name, label in labels if VOCABULARY.options.get(label) != name} == set()


def test_every_choice_can_be_typed_in_chinese() -> None:
    # these three are what they are in any language
    left = {(name, choice) for name, choice in CHOICES if choice not in chinese_choices(name)}
    assert left == {("form", "svg"), ("form", "pdf")}


def test_a_choice_can_be_typed_as_its_form_shows_it_in_chinese() -> None:
    shown = {(name, choice, CHINESE[f"choice.{name}.{choice}"]) for name, choice in CHOICES}
    one_word = {each for each in shown if re.fullmatch(rf"{IDEOGRAPH}+", each[2])}
    assert len(one_word) >= 12
    assert {(name, choice) for name, choice, word in one_word if VOCABULARY.choices[name].get(word) != choice} == set()


@pytest.mark.parametrize(("command", "button", "means"), [
    ("list", "button.mine", "mine"), ("list", "digest.button.expiring", "expiring"),
    ("digest", "digest.button.daily", "daily"), ("digest", "digest.button.weekly", "weekly"),
    ("digest", "digest.button.off", "off"), ("top --by", "top.button.code", "code"),
    ("top --by", "top.button.owner", "owner"), ("top --by", "top.button.channel", "channel"),
    ("stats --by", "stats.button.hours", "hour"), ("top", "top.button.month", "month"),
    ("watch poster", "watch.button.off", "--off"), ("stats", "stats.button.retention", "--retention"),
])  # fmt: skip
def test_what_a_button_says_in_chinese_can_be_typed(command: str, button: str, means: str) -> None:
    commands = Commands(subcommands(), ALIASES, VOCABULARY)
    word = CHINESE[button].replace(" ", "")
    typed = commands.understand(f"{command} --{word}" if button == "stats.button.retention" else f"{command} {word}")
    assert isinstance(typed, Understood)
    assert typed == commands.understand(f"{command} {means}")


def test_no_word_means_two_things() -> None:
    for tables in ((en_typed.OPTIONS, zh_cn_typed.OPTIONS), *both_choices()):
        every = [word for table in tables for typed in table.values() for word in typed.split()]
        assert [word for word in every if every.count(word) > 1] == []


def both_choices() -> Iterator[tuple[Mapping[str, str], ...]]:
    for name in zh_cn_typed.CHOICES:
        # a word may mean a choice of one command and another of the next
        for kind in KINDS:
            offered = {c for field in dataclasses.fields(kind) if field.name == name for c in choices_of(field)}
            tables = (en_typed.CHOICES.get(name, {}), zh_cn_typed.CHOICES[name])
            yield tuple({choice: typed for choice, typed in table.items() if choice in offered} for table in tables)
