"""Every sentence the bot says, in every language it speaks. Here a Sentence becomes text."""

from collections.abc import Callable, Mapping, Sequence

from bot.model import DAY, HOUR, MINUTE, Language
from bot.reply import Either, Fact, Sentence, Share, Span
from bot.sorting import Vocabulary
from bot.words import en, en_typed, zh_cn, zh_cn_typed

CATALOGUES: Mapping[Language, Mapping[str, str]] = {Language.ENGLISH: en.SENTENCES, Language.CHINESE: zh_cn.SENTENCES}
ALIASES: Mapping[str, str] = zh_cn.COMMANDS


def _by_word(*tables: Mapping[str, str]) -> Mapping[str, str]:
    return {word: meant for table in tables for meant, words in table.items() for word in words.split()}


VOCABULARY = Vocabulary(
    _by_word(en_typed.OPTIONS, zh_cn_typed.OPTIONS),
    {name: _by_word(en_typed.CHOICES.get(name, {}), choices) for name, choices in zh_cn_typed.CHOICES.items()},
)

# how a fact that is no sentence and no duration is written: by who shows it (Slack, a terminal, a test)
Writer = Callable[[Fact], str]


class Count(str):
    """A number as it is written. A sentence may name what there is one or are many of: `{n} {n:scan|scans}`."""

    __slots__ = ()

    def __format__(self, nouns: str) -> str:
        one, _, many = nouns.partition("|")
        return str(self) if not nouns else one if self == "1" else many


def has(key: str) -> bool:
    """Whether there is such a sentence: some of what a form asks needs no hint, some refusals read alike there."""
    return key in CATALOGUES[Language.ENGLISH]


def plainly(fact: Fact) -> str:
    """Write a fact for a terminal."""
    return str(fact)


def text(sentence: Sentence, language: Language, write: Writer = plainly) -> str:
    """Return `sentence` in `language`; `write` puts down its facts."""
    template, facts = CATALOGUES[language][sentence.key], sentence.facts
    return template.format_map({name: written(fact, language, write) for name, fact in facts.items()} if facts else {})


def written(fact: Fact, language: Language, write: Writer = plainly) -> str:
    """Return a fact as it stands in a sentence of `language`."""
    match fact:
        case Sentence():
            return text(fact, language, write)
        case Span(seconds):
            return _span(seconds, language)
        case Share():
            return _share(fact, language)
        case Either(words):
            return _either(words, language, write)
        case int():
            return Count(f"{fact:,}")
        case _:
            return write(fact)


def _span(seconds: int, language: Language) -> str:
    for unit, length in (("day", DAY), ("hour", HOUR), ("minute", MINUTE)):
        if seconds >= length and (seconds % length == 0 or seconds >= 2 * length):
            return _counted(seconds // length, unit, language)
    return _counted(seconds, "second", language)


def _share(share: Share, language: Language) -> str:
    key = "share.none" if share.whole == 0 else "share.few" if share.percent is None else "share.percent"
    facts = {"percent": share.percent, "part": f"{share.part:,}", "whole": f"{share.whole:,}"}
    return CATALOGUES[language][key].format_map(facts)


def _either(words: Sequence[str], language: Language, write: Writer) -> str:
    *others, last = map(write, words)
    catalogue = CATALOGUES[language]
    return catalogue["either"].format(others=catalogue["either.comma"].join(others), last=last) if others else last


def _counted(number: int, unit: str, language: Language) -> str:
    key = f"span.{unit}" if number == 1 else f"span.{unit}s"
    return CATALOGUES[language][key].format(number=number)
