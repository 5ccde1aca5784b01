"""How a code is said: the same card wherever it is posted or shown."""

from bot.model import Allocation, Kind
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


def card(allocation: Allocation, picture: Picture, *, private: bool, notes: tuple[Sentence, ...] = ()) -> Reply:
    """Return the post of a code: what it is, for whom, until when, and what can be done with it."""
    return Reply(
        headline=headline(allocation),
        parts=(Text(headline(allocation)), _whose(allocation), Note((_proof(picture), *notes)), _buttons(allocation)),
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
    asked_at, channel = Moment(allocation.asked_at), Channel(allocation.channel_id)
    return Row(((say("label.asked_at"), asked_at), (say("label.channel"), channel)))


def about(allocation: Allocation) -> tuple[Part, ...]:
    """Return who asked for a code, when, where, until when."""
    return (Text(headline(allocation)), _whose(allocation), provenance(allocation))


def until(allocation: Allocation) -> Fact:
    """Return the code's end, in words where it has none."""
    return say("code.for_ever") if allocation.expires_at is None else Moment(allocation.expires_at)


def _whose(allocation: Allocation) -> Row:
    return Row(((say("label.asked_by"), Person(allocation.owner)), (say("label.valid_until"), until(allocation))))


def _proof(picture: Picture) -> Sentence:
    return say("code.verified") if picture.image_url else say("code.drawn")


def _buttons(allocation: Allocation) -> Buttons:
    scene = allocation.scene.text
    renew = Button(say("button.renew"), f"renew {scene}", confirm=say("button.renew.confirm", scene=scene))
    files = tuple(Button(say(f"button.{kind}"), f"draw {scene} {kind}") for kind in ("svg", "pdf", "png"))
    return Buttons((renew, *files) if allocation.kind is Kind.TEMPORARY else files)
