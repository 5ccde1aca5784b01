"""What people really type, made plain: curly quotes, full-width forms, long dashes, Slack's own escapes.

A word stays as it was typed, for it may be what customers read. What it is as an option stands beside it, because only
the command knows whether it is one.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.errors import Usage

_DOUBLE = '"“”„‟＂«»「」『』'
_SINGLE = "'‘’‚‛＇"
# these tell their beginning from their end: they may stand in one another, and inside a word
_NESTING = {"“": "”", "‘": "’", "「": "」", "『": "』", "«": "»"}
_TWICE = re.compile(f"([{_DOUBLE}])\\1")
# a quotation mark written twice stands for itself; an apostrophe closes only where a word ends
_QUOTED = re.compile(
    f"[{_DOUBLE}](?P<double>(?:[^{_DOUBLE}]|([{_DOUBLE}])\\2)*)[{_DOUBLE}]"
    f"|[{_SINGLE}](?P<single>.*?)[{_SINGLE}](?=\\s|\\Z)",
    re.DOTALL,
)
_STRAIGHT = {mark: re.compile(f"{mark}(?P<inside>(?:[^{mark}]|{mark}{mark})*){mark}") for mark in '"＂'}
_ENDS = re.compile(r"\s|\Z|--|－－")
# not the joiners U+200C and U+200D: they hold emoji and whole scripts together
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u200e\u200f"))
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# iOS and macOS turn -- into a long dash; Chinese keyboards have their own hyphens
_DASHES = re.compile("[-‐‑‒–—―−－﹣]{1,2}")
_SHORT = "-‐‑−－﹣"
_NAME = re.compile(r"[^\W\d_][\w－-]*")
_ASSIGNED = re.compile(r"(?P<dashes>[-‐‑‒–—―−－﹣]{0,2})(?P<name>[^\W\d_][\w－-]*)(?P<mark>[=＝：])")
# https://docs.slack.dev/interactivity/implementing-slash-commands#creating_commands (should_escape)
# <!here> and its like: https://docs.slack.dev/messaging/formatting-message-text#special-mentions
_ESCAPED = re.compile(
    r"<(?:[@#](?P<id>[A-Z0-9]+)(?:\|(?P<name>[^>]*))?"
    r"|!(?P<all>[a-z]+)(?:\|[^>]*)?"
    r"|(?P<url>[^|>]+)(?:\|(?P<label>[^>]*))?)>"
)
# until the words are apart, an id goes with its name, between two of the characters that were taken out before
_MENTIONED = re.compile("\u2060([@#][A-Z0-9]+)\u2060")


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it was typed, without the quotation marks around all of it; a quoted one is never an option.

    `mention`: who or where it names, as Slack escapes it, without the name: `<@U123>`, `<#C123>`.
    `option`: the option it may be, in lower case and without dashes; `mark` is what says so: "--", "—" (a long dash,
    with which a Chinese text may begin, too), "-", "=", "：", or nothing; `value` is what it is assigned.
    """

    text: str
    quoted: bool = False
    mention: str = ""
    option: str = field(default="", compare=False)
    mark: str = field(default="", compare=False)
    value: "Word | None" = field(default=None, compare=False)


def words(text: str) -> list[Word]:
    """Split `text` as a shell would, forgiving what keyboards do. Raises Usage where a quote stays open."""
    return list(_split(_unescape(text.translate(_INVISIBLE))))


def quoted(text: str) -> str:
    """Return `text` so that words() reads it as one word, whatever is in it: quotation marks twice, `& < >` escaped."""
    return '"' + re.sub(f"([{_DOUBLE}])", r"\1\1", html.escape(text, quote=False)) + '"'


def retyped(word: Word) -> str:
    """Return what words() reads as a word of the same text."""
    # a word that only begins in quotation marks keeps them
    if word.quoted or word.text[0] in _DOUBLE + _SINGLE:
        return quoted(word.text)
    if word.value and word.value.mention:
        return f"--{word.option} {retyped(word.value)}"
    text = html.escape(word.text, quote=False)
    return f"{word.mention[:-1]}|{text}>" if word.mention else text


def narrow(text: str) -> str:
    """Return `text` with its full-width letters, digits and signs as a Western keyboard has them."""
    return text.translate(_FULL_WIDTH)


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
        closed = _quoted(text, start) if text[start] in _DOUBLE + _SINGLE else None
        word, position = closed or _bare(text, start)
        yield word


def _skip_spaces(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _quoted(text: str, start: int) -> tuple[Word, int] | None:
    """Return what stands in quotes, and where it ends; None where the word goes on behind them, so that they are its.

    Raises Usage where they stay open.
    """
    pair, closed = _paired(text, start), _QUOTED.match(text, start)
    if pair and _ENDS.match(text, pair[1]):
        return _word(pair[0], quoted=True), pair[1]
    if closed and (not pair or text[start] not in _NESTING or _ENDS.match(text, closed.end())):
        inside = closed["single"] if closed["double"] is None else _TWICE.sub(r"\1", closed["double"])
        return _word(inside, quoted=True), closed.end()
    if pair:
        return None
    raise Usage("usage.open_quote", typed=_MENTIONED.sub("", text[start:]))


def _paired(text: str, start: int) -> tuple[str, int] | None:
    """Return what stands between a quotation mark and its own counterpart, and where that ends."""
    if text[start] in _STRAIGHT:
        straight = _STRAIGHT[text[start]].match(text, start)
        return (_TWICE.sub(r"\1", straight["inside"]), straight.end()) if straight else None
    opening, closing = text[start], _NESTING.get(text[start], "")
    depth, end = 0, start
    while closing and end < len(text):
        depth += (text[end] == opening) - (text[end] == closing)
        end += 1
        if depth == 0:
            return text[start + 1 : end - 1], end
    return None


def _bare(text: str, start: int) -> tuple[Word, int]:
    end = start
    while end < len(text) and not text[end].isspace():
        if text[end] in _DOUBLE or (end > start and text[end] in _SINGLE and text[end - 1] in "=＝："):
            head = _plain(text[start:end])
            if head.option and not head.value and (held := _held(text, end)):
                return _assigned(head, text[start : held[1]], held[0]), held[1]
            if not (pair := _paired(text, end)) or text[end] not in _NESTING:
                break
            end = pair[1]
        else:
            end += 1
    return _plain(text[start:end]), end


def _held(text: str, start: int) -> tuple[Word, int] | None:
    """Return what an option is assigned in quotes."""
    try:
        return _quoted(text, start)
    except Usage:
        return None


def _assigned(head: Word, text: str, value: Word) -> Word:
    return replace(_word(text), option=head.option, mark=head.mark, value=value)


def _plain(raw: str) -> Word:
    word, assigned, dashes = _word(raw), _ASSIGNED.match(raw), _DASHES.match(raw)
    if assigned:
        mark = _mark(assigned["dashes"]) or narrow(assigned["mark"]).replace(":", "：")
        value = _word(raw[assigned.end() :]) if raw[assigned.end() :] else None
        return replace(word, option=_option(assigned["name"]), mark=mark, value=value)
    mark, rest = (_mark(dashes[0]), raw[dashes.end() :]) if dashes else ("", "")
    if mark == "--" or (mark and _NAME.match(rest)):
        return replace(word, option=_option(rest), mark=mark)
    return word


def _mark(dashes: str) -> str:
    """Return what dashes mean: two hyphens, in whatever way they are typed; a long dash; a hyphen."""
    is_short = any(dash in _SHORT for dash in dashes)
    return ("-" if len(dashes) == 1 else "--") if is_short else "—" if dashes else ""


def _option(typed: str) -> str:
    return narrow(typed).lower()


def _word(text: str, *, quoted: bool = False) -> Word:
    found = _MENTIONED.search(text)
    return Word(_MENTIONED.sub("", text), quoted, f"<{found[1]}>" if found else "")
