"""What can be seen behind the scenes by remote control: the calls both halves got, and what they used up."""

from dataclasses import asdict
from typing import Any

from bot.sandbox.control_wishes import Wish
from bot.sandbox.slack.journal import Entry
from bot.sandbox.slack.methods import METHODS
from bot.sandbox.wechat.image_host import SHOWQRCODE
from bot.sandbox.wechat.journal import MASK, Call
from bot.sandbox.wechat.paths import PATHS
from bot.sandbox.wechat.quotas import DAILY
from bot.sandbox.wechat.tokens import AccessTokens
from bot.sandbox.world import World

CALLS_SHOWN = 50
MOST_CALLS = 10_000
_SLACK = (*METHODS, "upload", "response_url")
_WECHAT = (*PATHS, SHOWQRCODE)
_SECRETS = frozenset(("secret", "token", "trigger_id", "upload_url"))


class Behind:
    """What no member of the workspace sees, as JSON."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._slack, self._wechat = world.slack, world.wechat

    def journal(self, wish: Wish) -> dict[str, Any]:
        """Return the `last` calls that either half got, newest last, without their secrets."""
        last = wish.number("last", 1, MOST_CALLS, CALLS_SHOWN)
        return {
            "slack": [_entry(entry) for entry in list(self._slack.journal.entries)[-last:]],
            "wechat": [_call(call) for call in self._wechat.calls[-last:]],
        }

    def counts(self, _: Wish) -> dict[str, Any]:
        """Return how often what was called, what that used up, and what the world is like now."""
        codes, quotas, clock = self._wechat.codes, self._wechat.quotas, self._world.clock
        asked = {path: self._wechat.count(path) for path in _WECHAT}
        return {
            "slack": {name: count for name in _SLACK if (count := self._slack.count(name))},
            "wechat": {path: count for path, count in asked.items() if count},
            "permanent": {"used": codes.permanent_used, "limit": codes.permanent_limit},
            "quotas": {path: {"used": quotas.used(path), "limit": quotas.limit(path)} for path in DAILY},
            "access_tokens": {
                "stable_token": self._seconds_left(self._wechat.stable_tokens),
                "token": self._seconds_left(self._wechat.legacy_tokens),
            },
            "clock": {"now": clock.now(), "moved_by": clock.moved_by},
            "faults": [asdict(fault) for fault in self._world.faults.armed()],
        }

    def _seconds_left(self, family: AccessTokens) -> int | None:
        """Return how long the family's newest access token lives; None where there is none, never its value."""
        if family.latest is None:
            return None
        left = min(family.latest.expires_at, family.latest.ends_at) - self._world.clock.now()
        return max(int(left), 0)


def _entry(entry: Entry) -> dict[str, Any]:
    masked = {name: MASK if name in _SECRETS else value for name, value in entry.arguments.items()}
    return {**asdict(entry), "arguments": masked}


def _call(call: Call) -> dict[str, Any]:
    return {**asdict(call), "query_without_secrets": dict(call.query_without_secrets)}
