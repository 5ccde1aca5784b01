"""A watched code: what its counter says, and which numbers of new follows are worth a message of their own. Pure."""

from dataclasses import dataclass

from bot.figures import Chosen
from bot.model import Standing
from bot.reply import Channel, Moment, Reply, Sentence, Text, say
from bot.report import named

FIRST_MILESTONE = 10
# https://docs.slack.dev/reference/methods/chat.postMessage: a private channel it is not in the bot does not even see
NO_MEMBER, UNSEEN = "not_in_channel", "channel_not_found"


@dataclass(frozen=True, slots=True)
class Count:
    """The figures of one code since its first scan."""

    scans: int
    people: int
    follows: int

    @property
    def mark(self) -> str:
        """What tells this count from another: every scan and every follow changes it."""
        return f"{self.scans} {self.follows}"


@dataclass(frozen=True, slots=True)
class Where:
    """A channel as it is said to somebody who stands in it, or elsewhere; `standing`: how the bot does, if it asked."""

    channel_id: str
    is_here: bool = False
    standing: Standing | None = None

    @property
    def trouble(self) -> str:
        """What Slack would answer if the bot posted there now, as far as is known: "" or why it may not."""
        if self.standing is None or self.standing.is_member:
            return ""
        return NO_MEMBER if self.standing.is_public else UNSEEN

    @property
    def linked(self) -> Sentence:
        """For a message."""
        return say("place.here") if self.is_here else say("place.in", channel=Channel(self.channel_id))

    @property
    def both(self) -> tuple[Sentence, Sentence]:
        """For a notification, which shows no links, and for the message."""
        return say("place.here") if self.is_here else say("place.elsewhere"), self.linked


def reached(follows: int) -> int:
    """Return the highest milestone up to `follows`: 10, 50, 100, 500, 1,000 and so on; 0 below the first."""
    milestone, next_one, factor = 0, FIRST_MILESTONE, 5
    while next_one <= follows:
        milestone, next_one, factor = next_one, next_one * factor, 7 - factor
    return milestone


def rooted(scene: str) -> Reply:
    """Return what is posted where there is no post of the code to count under."""
    return _alone(say("watch.root", scene=scene))


def counted(count: Count, now: int) -> Reply:
    """Return the counter as it stands now."""
    facts = {"scans": count.scans, "people": count.people, "follows": count.follows}
    return _alone(say("watch.counter", **facts, at=Moment(now)))


def passed(code: Chosen, milestone: int, follows: int) -> Reply:
    """Return what the channel hears of a milestone."""
    return _alone(say("watch.milestone", code=named(code), milestone=milestone, follows=follows))


def _alone(sentence: Sentence) -> Reply:
    return Reply(sentence, (Text(sentence),))
