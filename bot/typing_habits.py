"""What people really type, made plain: curly quotes, full-width forms, long dashes, Slack's own escapes."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import Usage

_DOUBLE = '"“”„‟＂«»「」『』'
_SINGLE = "'‘’‚‛＇"
_TWICE = re.compile(f"([{_DOUBLE}])\\1")
# a quotation mark written twice stands for itself; an apostrophe closes only where a word ends
_QUOTED = re.compile(
    f"[{_DOUBLE}](?P<double>(?:[^{_DOUBLE}]|([{_DOUBLE}])\\2)*)[{_DOUBLE}]"
    f"|[{_SINGLE}](?P<single>.*?)[{_SINGLE}](?=\\s|\\Z)",
    re.DOTALL,
)
# not the joiners U+200C and U+200D: they hold emoji and whole scripts together
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u200e\u200f"))
# iOS and macOS turn -- into a long dash; Chinese keyboards have their own hyphens
_DASHES = re.compile("^(?:[-‐‑‒–—―−－﹣]{2}|[–—―]|——)(?=\\w)")
# https://docs.slack.dev/interactivity/implementing-slash-commands#creating_commands (should_escape)
# <!here> and its like: https://docs.slack.dev/messaging/formatting-message-text#special-mentions
_ESCAPED = re.compile(
    r"<(?:[@#](?P<id>[A-Z0-9]+)(?:\|(?P<name>[^>]*))?"
    r"|!(?P<all>[a-z]+)(?:\|[^>]*)?"
    r"|(?P<url>[^|>]+)(?:\|(?P<label>[^>]*))?)>"
)
# until the words are apart, an id goes with its name, between two of the characters that were taken out before
_MENTIONED = re.compile("\u2060([@#][A-Z0-9]+)\u2060")
_ASSIGNED = re.compile(r"^(-{0,2}[^\W\d_][\w-]*)[=＝：](?=.)")


@dataclass(frozen=True, slots=True)
class Word:
    """One word; a quoted one is kept as it was typed and is never an option.

    `mention`: who or where it names, as Slack escapes it, without the name: `<@U123>`, `<#C123>`.
    """

    text: str
    quoted: bool = False
    mention: str = ""


def words(text: str) -> list[Word]:
    """Split `text` as a shell would, forgiving what keyboards do. Raises Usage where a quote stays open."""
    return list(_split(_unescape(text.translate(_INVISIBLE))))


def quoted(text: str) -> str:
    """Return `text` so that words() reads it as one word, whatever is in it: quotation marks twice, `& < >` escaped."""
    return '"' + re.sub(f"([{_DOUBLE}])", r"\1\1", html.escape(text, quote=False)) + '"'


def _unescape(text: str) -> str:
    return html.unescape(_ESCAPED.sub(_as_typed, text))


def _as_typed(match: re.Match[str]) -> str:
    if match["id"]:
        return f"{match['name'] or match['id']}\u2060{match[0][1]}{match['id']}\u2060"
    if match["all"]:
        return f"@{match['all']}"
    return match["label"] or match["url"]


def _split(text: str) -> Iterator[Word]:
    position = 0
    while (start := _skip_spaces(text, position)) < len(text):
        word, position = _quoted(text, start) if _opens(text[start]) else _bare(text, start)
        yield from word


def _skip_spaces(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _opens(character: str) -> bool:
    return character in _DOUBLE or character in _SINGLE


def _quoted(text: str, start: int) -> tuple[list[Word], int]:
    closed = _QUOTED.match(text, start)
    if closed is None:
        raise Usage("usage.open_quote", typed=text[start:])
    inside = closed["single"] if closed["double"] is None else _TWICE.sub(r"\1", closed["double"])
    return [_word(inside, quoted=True)], closed.end()


def _bare(text: str, start: int) -> tuple[list[Word], int]:
    end = start
    while end < len(text) and not text[end].isspace():
        if text[end] in _DOUBLE or (text[end] in _SINGLE and text[end - 1] in "=＝："):
            break
        end += 1
    return _plain_words(text[start:end]), end


def _plain_words(raw: str) -> list[Word]:
    typed = _DASHES.sub("--", raw)
    assigned = _ASSIGNED.match(f"{typed}.")
    if not assigned:
        return [_word(_narrow(typed))]
    name, value = _narrow(assigned[1]), _narrow(typed[assigned.end() :])
    return [Word(f"--{name.lstrip('-')}"), *([_word(value)] if value else [])]


def _word(text: str, *, quoted: bool = False) -> Word:
    found = _MENTIONED.search(text)
    return Word(_MENTIONED.sub("", text), quoted, f"<{found[1]}>" if found else "")


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
