"""How a code is said: the same card wherever it is posted or shown."""

from bot.grammar import written
from bot.model import Allocation, Kind, State
from bot.reply import (
    Audience,
    Button,
    Buttons,
    Channel,
    Fact,
    Moment,
    Note,
    Part,
    Person,
    Picture,
    Reply,
    Row,
    Sentence,
    Text,
    say,
)

# a fact under its label
Cell = tuple[Sentence, Fact]


def card(
    allocation: Allocation, picture: Picture, account: str, *, private: bool, notes: tuple[Sentence, ...] = ()
) -> Reply:
    """Return the post of a code: what it is, for whom, until when, and what can be done with it."""
    small_print = Note((_proof(picture), *notes))
    buttons = _buttons(allocation, account, private=private)
    return Reply(
        headline=headline(allocation),
        parts=(Text(headline(allocation)), Row((_asker(allocation),)), small_print, buttons),
        picture=picture,
        audience=Audience.CALLER if private else Audience.CHANNEL,
        allocation_id=allocation.id,
    )


def headline(allocation: Allocation) -> Sentence:
    """Return the one line that stands alone: kind, scene, name, until when."""
    named = "named" if allocation.name else "plain"
    return say(
        f"code.headline.{allocation.kind}.{named}",
        scene=allocation.scene.text,
        name=allocation.name,
        until=until(allocation),
    )


def provenance(allocation: Allocation) -> Row:
    """Return when and where a code was asked for: for whoever looks it up later."""
    return Row(_when_and_where(allocation))


def about(allocation: Allocation) -> tuple[Part, ...]:
    """Return what a code is, and who asked for it, when and where."""
    return (Text(headline(allocation)), Row((_asker(allocation), *_when_and_where(allocation))))


def entry(allocation: Allocation) -> Sentence:
    """Return the one line by which lists name a code."""
    code = say("list.code.named" if allocation.name else "list.code", scene=allocation.scene.text, name=allocation.name)
    kind = "unknown" if allocation.state is State.UNKNOWN else allocation.kind
    return say(f"list.entry.{kind}", code=code, until=until(allocation), owner=Person(allocation.owner))


def until(allocation: Allocation) -> Fact:
    """Return the code's end; nothing where it has none."""
    return "" if allocation.expires_at is None else Moment(allocation.expires_at)


def _asker(allocation: Allocation) -> Cell:
    return say("label.asked_by"), Person(allocation.owner)


def _when_and_where(allocation: Allocation) -> tuple[Cell, Cell]:
    asked_at, channel = Moment(allocation.asked_at), Channel(allocation.channel_id)
    return (say("label.asked_at"), asked_at), (say("label.channel"), channel)


def _proof(picture: Picture) -> Sentence:
    return say("code.verified") if picture.image_url else say("code.drawn")


def named(allocation: Allocation, account: str) -> str:
    """Return the options by which a button means this very code, whatever else its scene has or gets."""
    return f"--code {allocation.id} --account {written(account)}"


def renewing(allocation: Allocation, account: str, *, private: bool) -> Button:
    """Return the button that renews a temporary code; who confirms it knows that the scene is live."""
    scene = allocation.scene.text
    how = ("--private", "--anyway") if private else ("--anyway",)
    command = " ".join(("renew", scene, *how, named(allocation, account)))
    return Button(say("button.renew"), command, confirm=say("button.renew.confirm", scene=scene))


def drawing(allocation: Allocation, account: str, kind: str) -> Button:
    """Return the button that gives the code as a file."""
    return Button(say(f"button.{kind}"), f"draw {allocation.scene} {kind} {named(allocation, account)}")


def posting(allocation: Allocation, account: str) -> Button:
    """Return the button that posts the code, as it is, to the channel."""
    return Button(say("button.post"), f"show {allocation.scene} --post {named(allocation, account)}", primary=True)


def _buttons(allocation: Allocation, account: str, *, private: bool) -> Buttons:
    files = tuple(drawing(allocation, account, kind) for kind in ("svg", "pdf", "png"))
    if allocation.kind is Kind.PERMANENT:
        return Buttons(files)
    return Buttons((renewing(allocation, account, private=private), *files))
