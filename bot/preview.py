"""How a welcome is shown to those who decide it: word for word, with who decided it and what can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bot.grammar import written
from bot.handler import FORM
from bot.reply import Button, Buttons, Moment, Note, Part, Person, Quote, Reply, Sentence, Text, say
from bot.scan import Message, Welcome
from bot.welcomes import EVERY, Greeting, Pattern, Version

# a message has 50 blocks: https://docs.slack.dev/reference/block-kit/blocks
LISTED = 40
# buttons of earlier versions in a row
OFFERED = 5
# of what would be said again; a question has 300 characters:
# https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object
QUOTED = 100


class Outcome(Enum):
    """What came of a command about a welcome: it was looked at only, or set, or removed, or said the same before."""

    ASKED = ""
    SET = "reply.set"
    REMOVED = "reply.removed"
    SAME = "reply.same"


@dataclass(frozen=True, slots=True)
class Shown:
    """The welcome of some codes: its newest version, and the one for more codes that serves where it says nothing.

    `before` is the version before the newest.
    """

    pattern: Pattern
    version: Version | None
    before: Version | None
    covering: Version | None
    account: str
    is_known: bool
    outcome: Outcome = Outcome.ASKED

    @property
    def is_said(self) -> bool:
        """Whether these codes have a welcome of their own."""
        return self.version is not None and not self.version.greeting.is_silent


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be said to the scanners of many codes; `number` is the draft's."""

    pattern: Pattern
    number: int
    greeting: Greeting
    account: str


@dataclass(frozen=True, slots=True)
class History:
    """The latest versions of a welcome, newest first."""

    pattern: Pattern
    versions: list[Version]
    account: str


@dataclass(frozen=True, slots=True)
class Every:
    """All welcomes of an account."""

    versions: list[Version]
    account: str


def previewed(found: Shown | Draft | History | Every) -> Reply:
    match found:
        case Shown():
            return _shown(found)
        case Draft():
            return _draft(found)
        case History():
            return _history(found)
        case Every():
            return _every(found)


def _shown(found: Shown) -> Reply:
    headlines = [*_outcome(found), _headline(found.pattern, found.version)]
    said = _greeting(found.version.greeting) if found.version and found.is_said else _covered(found)
    notes = () if found.is_known else (Note((say("reply.elsewhere"),)),)
    return Reply(headlines[0], (*map(Text, headlines), *said, *notes, Buttons(tuple(_ways(found)))))


def _outcome(found: Shown) -> Iterator[Sentence]:
    if found.version and found.outcome is not Outcome.ASKED:
        yield say(found.outcome.value, version=found.version.number)


def _draft(found: Draft) -> Reply:
    headline = say("reply.draft.off" if found.greeting.is_silent else "reply.draft", codes=_codes(found.pattern))
    said = () if found.greeting.is_silent else tuple(_greeting(found.greeting))
    draft = f"{_command(found.pattern, found.account)} --draft {found.number}"
    hold = Button(say("reply.hold"), draft, primary=True, confirm=say("reply.hold.confirm"))
    edit = Button(say("reply.edit"), f"{FORM} {draft}")
    return Reply(headline, (Text(headline), *said, Note((say("reply.draft.until"),)), Buttons((hold, edit))))


def _headline(pattern: Pattern, version: Version | None) -> Sentence:
    if version is None:
        return say("reply.never", codes=_codes(pattern))
    return say(
        "reply.silent" if version.greeting.is_silent else "reply.decided",
        codes=_codes(pattern),
        version=version.number,
        by=Person(version.made_by),
        at=Moment(version.made_at),
    )


def _codes(pattern: Pattern) -> Sentence:
    if pattern == EVERY:
        return say("reply.codes.every")
    return say("reply.codes.scene" if pattern.is_scene else "reply.codes.many", pattern=pattern.text)


def _greeting(greeting: Greeting) -> Iterator[Part]:
    if greeting.newcomers:
        yield Text(say("reply.newcomers"))
        yield from _messages(greeting.newcomers)
    else:
        yield Text(say("reply.newcomers.nothing"))
    if greeting.followers:
        yield Text(say("reply.followers"))
        yield from _messages(greeting.followers)
    else:
        yield Text(say("reply.followers.same" if greeting.followers is None else "reply.followers.nothing"))


def _messages(welcome: Welcome) -> Iterator[Part]:
    first, *further = welcome
    yield Text(_message(first))
    if further:
        yield Text(say("reply.further"))
        yield from (Text(_message(message)) for message in further)


def _message(message: Message) -> Sentence:
    if not message.title:
        return say("reply.text", text=Quote(message.text))
    described = f"{message.title}\n\n{message.text}".strip()
    return say("reply.article", text=Quote(described), link=message.url, picture=message.picture_url)


def _covered(found: Shown) -> Iterator[Part]:
    if found.covering is None:
        yield Text(say("reply.nothing"))
    else:
        yield Text(say("reply.covered", pattern=found.covering.pattern.text))
        yield from _greeting(found.covering.greeting)


def _ways(found: Shown) -> Iterator[Button]:
    this = _command(found.pattern, found.account)
    yield Button(say("reply.edit" if found.is_said else "reply.write"), f"{FORM} {this}", primary=True)
    if found.before:
        confirm = say("reply.revert.confirm", version=found.before.number, then=_then(found.before.greeting))
        yield Button(say("reply.revert"), f"{this} --version {found.before.number} --sure", confirm=confirm)
        yield Button(say("reply.history"), f"{this} --history")
    if found.is_said:
        yield Button(say("reply.off"), f"{this} --off --sure", confirm=say("reply.off.confirm"))


def _command(pattern: Pattern, account: str) -> str:
    return f"reply {written(pattern.text)} --account {written(account)}"


def _history(found: History) -> Reply:
    headline = say("reply.versions" if found.versions else "reply.never", codes=_codes(found.pattern))
    this = _command(found.pattern, found.account)
    entries = tuple(Text(_entry(version)) for version in found.versions)
    buttons = tuple(
        Button(
            say("reply.again", version=version.number),
            f"{this} --version {version.number} --sure",
            confirm=say("reply.again.confirm", version=version.number, then=_then(version.greeting)),
        )
        for version in found.versions[1 : 1 + OFFERED]
    )
    return Reply(headline, (Text(headline), *entries, Buttons(buttons)))


def _entry(version: Version) -> Sentence:
    return say(
        "reply.entry",
        version=version.number,
        by=Person(version.made_by),
        at=Moment(version.made_at),
        text=_in_short(version.greeting),
    )


def _in_short(greeting: Greeting) -> str | Sentence:
    said = (*greeting.newcomers, *(greeting.followers or ()))
    return (said[0].title or said[0].text) if said else say("reply.entry.off")


def _then(greeting: Greeting) -> Sentence:
    """Return what comes of a version that is in force again."""
    if greeting.is_silent:
        return say("reply.then.nothing")
    text = str(_in_short(greeting))
    return say("reply.then", text=text if len(text) <= QUOTED else f"{text[:QUOTED]}…")


def _every(found: Every) -> Reply:
    headline = say("reply.every" if found.versions else "reply.every.none", welcomes=len(found.versions))
    entries = (
        Text(say("reply.every.entry", pattern=version.pattern.text, text=_in_short(version.greeting)))
        for version in found.versions[:LISTED]
    )
    default = Button(say("reply.default"), _command(EVERY, found.account))
    return Reply(headline, (Text(headline), *entries, Buttons((default,))))
