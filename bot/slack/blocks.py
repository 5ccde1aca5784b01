"""A Reply as Slack's Block Kit (https://docs.slack.dev/reference/block-kit/blocks): pure."""

from typing import Any

from bot.model import Language
from bot.reply import (
    Button,
    Buttons,
    Chart,
    Fact,
    Figure,
    Note,
    Part,
    Points,
    Reply,
    Row,
    Sentence,
    Table,
    Text,
    say,
)
from bot.slack import data_blocks, written_points
from bot.slack.mrkdwn import cut, escaped, mrkdwn, plain
from bot.slack.written_tables import written

Block = dict[str, Any]

# limits: https://docs.slack.dev/reference/block-kit/blocks and …/composition-objects
MOST_BLOCKS = 50
BUTTON_TEXT = 75
BUTTON_VALUE = 2000
TITLE = 100


def message(reply: Reply, language: Language, *, picture: bool = True) -> Block:
    """Return `text` (notifications, screen readers) and `blocks`; with the picture by its address, if it has one."""
    # https://docs.slack.dev/messaging/formatting-message-text#escaping: Slack reads `text` as mrkdwn
    text = cut(escaped(plain(reply.headline, language)))
    return {"text": text, "blocks": blocks(reply, language, picture=picture)}


def blocks(reply: Reply, language: Language, *, picture: bool = True) -> list[Block]:
    """Return the blocks of a reply; one that has nothing but a headline is that headline."""
    shown = [block for place, part in enumerate(reply.parts) for block in _part(reply, part, place, language)]
    shown = shown or _part(reply, Text(reply.headline), 0, language)
    if picture and reply.picture and reply.picture.image_url:
        shown.insert(1, _image(reply, language))
    return shown[:MOST_BLOCKS]


def _part(reply: Reply, part: Part, place: int, language: Language) -> list[Block]:
    match part:
        case Text(sentence):
            return [{"type": "section", "text": _mrkdwn(sentence, language)}]
        case Note(sentences):
            return [{"type": "context", "elements": [_mrkdwn(sentence, language) for sentence in sentences]}]
        case Row(cells):
            return [{"type": "section", "fields": [_cell(label, fact, language) for label, fact in cells]}]
        case Buttons(buttons):
            return _buttons(buttons, place, language)
        case Points(figure):
            return written_points.written(figure, language)
        case _:
            return _drawn(reply, part, place, language)


def _drawn(reply: Reply, part: Table | Figure, place: int, language: Language) -> list[Block]:
    if isinstance(part, Table):
        return written(part, language) if reply.self_drawn else data_blocks.table(part, language)
    if isinstance(part, Chart) and place in data_blocks.charts(reply):
        return [data_blocks.chart(part, language)]
    return []  # it comes as a picture


def _buttons(buttons: tuple[Button, ...], place: int, language: Language) -> list[Block]:
    """Leave out the buttons whose command is longer than Slack carries: it would refuse the whole message."""
    able = [button for button in buttons if len(button.command) <= BUTTON_VALUE]
    elements = [_button(button, f"do.{place}.{n}", language) for n, button in enumerate(able)]
    return [{"type": "actions", "elements": elements}] if elements else []


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
