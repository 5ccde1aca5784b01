"""Sentences and facts as Slack reads them: mrkdwn, or plain text.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from datetime import UTC, datetime

from bot import words
from bot.model import Language
from bot.reply import Channel, Fact, Moment, Person, Quote, Sentence, say

SECTION_TEXT = 3000
FACT = 160
# leaves room in a section for what introduces it
QUOTE = 2700

# Slack writes "Today" with a capital, which English takes at the beginning of a sentence only
_DATES = {Language.ENGLISH: "date_short", Language.CHINESE: "date_short_pretty"}
# marks in a fact are no marks: they are put by while those of the sentence are taken out
_PUT_BY, _BROUGHT_BACK = str.maketrans("*`", "\ue000\ue001"), str.maketrans("\ue000\ue001", "*`")

# Slack refuses an empty text
NOTHING = "–"

# what a cut may leave of an escape or of a mention
_HALF = re.compile(r"(?:&\w*|<[^>]*)\Z")


def mrkdwn(sentence: Sentence, language: Language) -> str:
    """Return a sentence as Slack's mrkdwn, times in the reader's own zone; at most 3,000 characters."""
    return cut(words.text(sentence, language, lambda fact: marked(fact, language))) or NOTHING


def plain(sentence: Sentence, language: Language) -> str:
    """Return a sentence for where Slack takes plain text only."""
    shown = words.text(sentence, language, lambda fact: unmarked(fact).translate(_PUT_BY))
    return shown.replace("*", "").replace("`", "").translate(_BROUGHT_BACK) or NOTHING


def plainly(fact: Fact, language: Language) -> str:
    """Return a fact for where Slack takes plain text only."""
    return words.written(fact, language, unmarked)


def marked(fact: Fact, language: Language) -> str:
    """Return a fact that is no sentence as mrkdwn: mentions, links, times in the reader's own zone."""
    match fact:
        case Moment(at):
            # https://docs.slack.dev/messaging/formatting-message-text#date-formatting
            return f"<!date^{at}^{{{_DATES[language]}}} {{time}}|{utc(at)}>"
        case Person(user_id):
            return f"<@{user_id}>"
        case Channel(channel_id) if channel_id.startswith("D"):
            return words.text(say("label.direct"), language)
        case Channel(channel_id):
            return f"<#{channel_id}>"
        case Quote(text):
            return f"```\n{_whole(text)}\n```"
        case _:
            return _inert(str(fact))


def unmarked(fact: Fact) -> str:
    """Return a fact that is no sentence as plain text."""
    match fact:
        case Moment(at):
            return utc(at)
        case Person(user_id):
            return user_id
        case Channel(channel_id):
            return channel_id
        case Quote(text):
            return text
        case _:
            return str(fact)[:FACT]


def utc(at: int) -> str:
    """Return a time for where nobody's zone is known."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _inert(text: str) -> str:
    """Cut and escape a fact; a backtick would end code."""
    short = text if len(text) <= FACT else f"{text[:FACT]}…"
    return escaped(short).replace("`", "'")


def _whole(text: str) -> str:
    """Escape a quotation; three backticks would end it."""
    shown = escaped(text).replace("```", "'''")
    return shown if len(shown) <= QUOTE else f"{_HALF.sub('', shown[:QUOTE])}…"


def escaped(text: str) -> str:
    """Escape as https://docs.slack.dev/messaging/formatting-message-text#escaping says."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str) -> str:
    """Return what a section holds of a text, without half an escape at its end."""
    return text if len(text) <= SECTION_TEXT else _HALF.sub("", text[:SECTION_TEXT])
