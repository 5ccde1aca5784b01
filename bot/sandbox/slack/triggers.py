"""Trigger ids: a person's touch, which lets the app open one form for her, once, within three seconds."""

from dataclasses import dataclass

from bot.sandbox.clock import Clock
from bot.sandbox.slack.ids import Ids
from bot.sandbox.slack.refusals import Refusal

SECONDS = 3.0
KEPT = 20_000


@dataclass(slots=True)
class _Trigger:
    person: str
    expires_at: float
    used: bool = False


class Triggers:
    """Those pulled, for as long as they are remembered."""

    # https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._known: dict[str, _Trigger] = {}

    def pull(self, person: str) -> str:
        """Return a new trigger id of `person`, good for `SECONDS` of the sandbox's time."""
        name = f"{int(self._clock.now() * 1000)}.{len(self._known)}.{self._ids.secret()}"
        self._known[name] = _Trigger(person, self._clock.now() + SECONDS)
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return name

    def exchange(self, name: str) -> str:
        """Return whose trigger it was, and use it up.

        https://docs.slack.dev/reference/methods/views.open#errors
        """
        trigger = self._known.get(name)
        if trigger is None:
            raise Refusal("invalid_trigger_id")
        if trigger.used:
            raise Refusal("exchanged_trigger_id")
        if trigger.expires_at < self._clock.now():
            raise Refusal("expired_trigger_id")
        trigger.used = True
        return trigger.person
