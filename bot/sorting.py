"""Which of the words that were typed belongs to which field of a dataclass, and what it says there."""

import dataclasses
import difflib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.errors import Usage
from bot.fields import form_of, is_hidden
from bot.reading import MEASURED, MENTIONED, SEPARATORS, OneOf
from bot.reply import Either
from bot.typing_habits import Word, narrow, retyped

Field = dataclasses.Field[Any]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What else may be typed for the names of options, and by field for its choices: other languages, other forms."""

    options: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def choice(self, of: Field, text: str) -> str:
        """Return which of a field's choices `text` means; where it means none, `text` itself."""
        typed, offered = narrow(text).lower(), choices_of(of)
        meant = typed if typed in offered else self.choices.get(of.name, {}).get(typed, "")
        return meant if meant in offered else text


PLAIN = Vocabulary()


def choices_of(of: Field) -> tuple[str, ...]:
    """Return the words of which the field takes one; none where it takes others as well."""
    read = form_of(of).read
    return read.choices if isinstance(read, OneOf) else ()


class Sorting:
    """Goes through the words once: `at` is where it stands.

    `before` is the last word that could have gone on; `placed` are those that no option took.
    """

    def __init__(self, kind: type[Any], typed: Sequence[Word], vocabulary: Vocabulary) -> None:
        self.fields = {each.name: each for each in dataclasses.fields(kind)}
        self.places = [each for each in self.fields.values() if form_of(each).positional]
        self.typed, self.vocabulary = typed, vocabulary
        self.values: dict[str, Any] = {}
        self.before: tuple[Field, int] | None = None
        self.placed: list[int] = []
        self.at = 0

    def next(self) -> Word | None:
        """Give the next word to its field; return one that is nobody's. Raises Usage where it cannot be read."""
        begun, word = self.at, self.typed[self.at]
        self.at += 1
        if (option := self.option(word, in_text=self._is_text_next())) is not None:
            self._give(option, begun)
        elif self.places and not self._is_flag_for_a_text(word):
            self._place(begun)
        elif flag := self._flag(word):
            self.values[flag] = True
        else:
            return word
        return None

    def option(self, word: Word, *, in_text: bool = False) -> Field | None:
        """Return the option that a word names. Raises Usage for what can be nothing else, and is none.

        `in_text`: a text may stand here, which may begin with a long dash and have a colon in it.
        """
        if word.quoted or not word.mark:
            return None
        name = self.name(word.option)
        if name:
            return None if in_text and word.mark == "：" else self.fields[name]
        if word.mark == "--" or (word.mark in "—=" and not in_text):
            raise self._no_option(f"--{word.option}")
        return None

    def instead(self, phrase: str, begun: int, end: int) -> str:
        """Return what was typed with `phrase` in the place of some words of it."""
        return " ".join([*map(retyped, self.typed[:begun]), phrase, *map(retyped, self.typed[end:])])

    def bare(self, start: int) -> Iterator[str]:
        """Return the words from `start` to the next that is quoted, or an option."""
        for word in self.typed[start:]:
            if word.quoted or self._is_option(word):
                return
            yield word.text

    def name(self, typed: str) -> str:
        """Return the option of which this is the name, in any language; "" where it is none."""
        name = self.vocabulary.options.get(typed, typed).replace("-", "_")
        return name if name in self.fields and not form_of(self.fields[name]).positional else ""

    def _no_option(self, typed: str) -> Usage:
        options = [each.name for each in self.fields.values() if not form_of(each).positional]
        near = difflib.get_close_matches(typed[2:].replace("-", "_"), options, 1)
        if near:
            return Usage("usage.option_near", typed=typed, near=f"--{near[0]}")
        return Usage("usage.option", typed=typed)

    def _is_option(self, word: Word) -> bool:
        try:
            return self.option(word, in_text=True) is not None
        except Usage:
            return True

    def _is_text_next(self) -> bool:
        return bool(self.places) and form_of(self.places[0]).verbatim

    def _is_flag_for_a_text(self, word: Word) -> bool:
        """Whether a flag alone stands where a text may: `tag x off` takes the tag away, `tag x "off"` names one so."""
        return self._is_text_next() and self.at == len(self.typed) and bool(self._flag(word))

    def _flag(self, word: Word) -> str:
        """Return the flag that is typed without its dashes."""
        name = "" if word.quoted else self.name(narrow(word.text).lower())
        is_flag = name and form_of(self.fields[name]).read is None and not is_hidden(self.fields[name])
        return name if is_flag else ""

    def _give(self, to: Field, begun: int) -> None:
        form, word = form_of(to), self.typed[begun]
        if form.read is None:
            self.values[to.name] = True
            return
        if to.name in self.values and not form.many:
            raise Usage("usage.twice", option=f"--{to.name}")
        if not word.value and (self.at == len(self.typed) or self._is_option(self.typed[self.at])):
            raise _nothing_after(to)
        self.before = (to, self.at - (1 if word.value else 0))
        value = self._read(to, word.value or self._following(to), begun)
        self.values[to.name] = (*self.values.get(to.name, ()), *value) if form.many else value

    def _following(self, to: Field) -> Word:
        """Return the word after an option; with its unit, where that is a word of its own."""
        word, rest = self.typed[self.at], list(self.bare(self.at + 1))[:1]
        self.at += 1
        if form_of(to).read in MEASURED and rest and not word.quoted:
            together = Word(f"{word.text} {rest[0]}")
            with suppress(Usage):
                read_as(to, plain(to, together.text))
                self.at += 1
                return together
        return word

    def _place(self, begun: int) -> None:
        word, place = self.typed[begun], self.places[0]
        try:
            read = self._read(place, word, begun)
        except Usage:
            flag = self._flag(word)
            if not flag:
                raise
            self.values[flag] = True
            return
        self.before = (place, begun)
        self.placed.append(begun)
        if not form_of(place).several:
            self.places.pop(0)
        self.values[place.name] = (*self.values.get(place.name, ()), *read) if form_of(place).several else read

    def _read(self, of: Field, word: Word, begun: int) -> Any:
        try:
            return read_as(of, self._said(of, word))
        except Usage as error:
            option = "" if form_of(of).positional else f"--{of.name}"
            phrases = [f"{option} {text}".lstrip() for text in error.instead]
            error.option = option
            error.instead = tuple(self.instead(phrase, begun, self.at) for phrase in phrases)
            raise

    def _said(self, of: Field, word: Word) -> str:
        """Return what the field's reader takes: of whom or where a mention names, the id."""
        if word.mention and form_of(of).read in MENTIONED:
            return word.mention
        return word.text if word.quoted else self.vocabulary.choice(of, plain(of, word.text))


def plain(of: Field, text: str) -> str:
    """Return `text` as the field takes it: narrow, unless people read it."""
    return text if form_of(of).verbatim else narrow(text)


def read_as(of: Field, text: str) -> Any:
    """Return what `text` means for the field. Raises Usage."""
    form = form_of(of)
    if form.read is None:
        return True
    # a form has one blank for all of them
    return tuple(form.read(each) for each in SEPARATORS.split(text) if each) if form.several else form.read(text)


def _nothing_after(option: Field) -> Usage:
    key = "usage.option_which" if choices_of(option) else "usage.option_empty"
    allowed = choices_of(option) or form_of(option).metavar.split("|")
    return Usage(key, option=f"--{option.name}", allowed=Either(allowed))
