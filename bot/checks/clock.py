"""Whether this machine's clock is right, by what Slack and WeChat say the time is when they answer."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from bot.checks.finding import Finding, good, note, wrong
from bot.reply import Span, say

# https://docs.slack.dev/authentication/verifying-requests-from-slack: a request 300 s off is taken for a replay;
# a clock this far off is on its way there
TOLERANCE = 60


@dataclass(frozen=True, slots=True)
class Watch:
    """Remembers by how many seconds this machine is ahead of each host that answered."""

    now: Callable[[], int]
    ahead: dict[str, int] = field(default_factory=dict)

    def saw(self, host: str, date: str | None) -> None:
        """Compare with the Date header of an answer that has just come; one that cannot be read says nothing."""
        with suppress(ValueError):
            if date:
                self.ahead[host] = self.now() - int(parsedate_to_datetime(date).timestamp())

    def findings(self) -> list[Finding]:
        """Return what the answers so far show."""
        if not self.ahead:
            return [note(say("doctor.clock.unknown"))]
        off = {host: seconds for host, seconds in self.ahead.items() if abs(seconds) > TOLERANCE}
        if off:
            return [_off(host, seconds) for host, seconds in off.items()]
        return [good(say("doctor.clock.right", hosts=", ".join(self.ahead)))]


def _off(host: str, seconds: int) -> Finding:
    key = "doctor.clock.ahead" if seconds > 0 else "doctor.clock.behind"
    return wrong(say(key, host=host, off=Span(abs(seconds))))
