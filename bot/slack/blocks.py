"""A Reply as Slack's Block Kit (https://docs.slack.dev/reference/block-kit/blocks): pure."""

import re
from datetime import UTC, datetime
from typing import Any

from bot import words
from bot.model import Language
from bot.reply import Button, Buttons, Channel, Fact, Moment, Note, Part, Person, Reply, Row, Sentence, Text, say

Block = dict[str, Any]

# limits: https://docs.slack.dev/reference/block-kit/blocks and …/composition-objects
MOST_BLOCKS = 50
SECTION_TEXT = 3000
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
FACT = 160
TITLE = 100

# what a cut may leave of an escape or of a mention
_HALF = re.compile(r"(?:&\w*|<[^>]*)\Z")


def message(reply: Reply, language: Language, *, picture: bool = True) -> Block:
    """Return `text` (notifications, screen readers) and `blocks`; with the picture by its address, if it has one."""
    # https://docs.slack.dev/messaging/formatting-message-text#escaping: Slack reads `text` as mrkdwn
    text = _cut(_escaped(plain(reply.headline, language)))
    return {"text": text, "blocks": blocks(reply, language, picture=picture)}


def blocks(reply: Reply, language: Language, *, picture: bool = True) -> list[Block]:
    """Return the blocks of a reply; one that only has a headline is that headline."""
    parts = [_pressable(part) for part in reply.parts or (Text(reply.headline),)]
    shown = [_part(part, index, language) for index, part in enumerate(parts) if part != Buttons(())]
    if picture and reply.picture and reply.picture.image_url:
        shown.insert(1, _image(reply, language))
    return shown[:MOST_BLOCKS]


def mrkdwn(sentence: Sentence, language: Language) -> str:
    """Return a sentence as Slack's mrkdwn, times in the reader's own zone; at most 3,000 characters."""
    return _cut(words.text(sentence, language, lambda fact: _marked(fact, language)))


def plain(sentence: Sentence, language: Language) -> str:
    """Return a sentence for where Slack takes plain text only."""
    return words.text(sentence, language, _unmarked).replace("*", "").replace("`", "")


def _pressable(part: Part) -> Part:
    """Leave out the buttons whose command is longer than Slack carries: it would refuse the whole message."""
    if not isinstance(part, Buttons):
        return part
    return Buttons(tuple(button for button in part.buttons if len(button.command) <= BUTTON_VALUE))


def _part(part: Part, index: int, language: Language) -> Block:
    match part:
        case Text(sentence):
            return {"type": "section", "text": _mrkdwn(sentence, language)}
        case Note(sentences):
            return {"type": "context", "elements": [_mrkdwn(sentence, language) for sentence in sentences]}
        case Row(cells):
            return {"type": "section", "fields": [_cell(label, fact, language) for label, fact in cells]}
        case Buttons(buttons):
            elements = [_button(button, f"do.{index}.{n}", language) for n, button in enumerate(buttons)]
            return {"type": "actions", "elements": elements}


def _mrkdwn(sentence: Sentence, language: Language) -> Block:
    # https://docs.slack.dev/reference/block-kit/composition-objects/text-object: else a name may link or mention
    return {"type": "mrkdwn", "text": mrkdwn(sentence, language), "verbatim": True}


def _plain(sentence: Sentence, language: Language, limit: int) -> Block:
    return {"type": "plain_text", "text": plain(sentence, language)[:limit]}


def _cell(label: Sentence, fact: Fact, language: Language) -> Block:
    return _mrkdwn(say("label.value", label=label, value=fact), language)


def _image(reply: Reply, language: Language) -> Block:
    address = reply.picture.image_url if reply.picture else ""
    return {"type": "image", "image_url": address, "alt_text": plain(reply.headline, language)}


def _button(button: Button, action_id: str, language: Language) -> Block:
    shown: Block = {
        "type": "button",
        "action_id": action_id,
        "text": _plain(button.label, language, BUTTON_TEXT),
        "value": button.command,
    }
    if button.primary:
        shown["style"] = "primary"
    if button.confirm:
        shown["confirm"] = _confirm(button.confirm, language)
    return shown


def _confirm(sentence: Sentence, language: Language) -> Block:
    return {
        "title": _plain(say("confirm.title"), language, TITLE),
        "text": _plain(sentence, language, 300),
        "confirm": _plain(say("confirm.yes"), language, 30),
        "deny": _plain(say("confirm.no"), language, 30),
    }


def _marked(fact: Fact, language: Language) -> str:
    match fact:
        case Moment(at):
            # https://docs.slack.dev/messaging/formatting-message-text#date-formatting
            return f"<!date^{at}^{{date_short_pretty}} {{time}}|{_utc(at)}>"
        case Person(user_id):
            return f"<@{user_id}>"
        case Channel(channel_id) if channel_id.startswith("D"):
            return words.text(say("label.direct"), language)
        case Channel(channel_id):
            return f"<#{channel_id}>"
        case _:
            return _inert(str(fact))


def _unmarked(fact: Fact) -> str:
    match fact:
        case Moment(at):
            return _utc(at)
        case Person(user_id):
            return user_id
        case Channel(channel_id):
            return channel_id
        case _:
            return str(fact)[:FACT]


def _utc(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")


def _inert(text: str) -> str:
    """Cut and escape a fact; a backtick would end code."""
    short = text if len(text) <= FACT else f"{text[:FACT]}…"
    return _escaped(short).replace("`", "'")


def _escaped(text: str) -> str:
    """Escape as https://docs.slack.dev/messaging/formatting-message-text#escaping says."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(text: str) -> str:
    return text if len(text) <= SECTION_TEXT else _HALF.sub("", text[:SECTION_TEXT])
