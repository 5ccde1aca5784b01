"""What befalls the world, asked for by remote control: faults and the passing of time."""

from collections.abc import Mapping
from typing import Any

from bot.sandbox.control_wishes import Wish, Wrong
from bot.sandbox.world import World

YEAR = 366 * 86_400
MOST_TIMES = 1_000_000

# every fault the two halves ask for; a misspelt one would never happen, and nobody would know
WECHAT_FAULTS = (
    "slow", "http_502", "not_json", "drop_before", "drop_after", "secret_wrong", "ip_not_allowed", "token_revoked",
    "token_expired", "token_refused", "busy", "quota_used_up", "unauthorized", "permanent_full", "errcode",
    "image_host_down", "image_wrong", "image_damaged", "push_thrice", "push_shuffled", "push_late", "push_lost",
    "push_forged", "push_empty_key",
)  # fmt: skip
SLACK_FAULTS = (
    "slack_slow", "slack_slow_after", "slack_429", "slack_5xx", "slack_5xx_after", "slack_drop_before",
    "slack_drop_after", "slack_internal_error", "slack_error", "slack_token_revoked", "not_in_channel", "share_never",
    "duplicate_delivery", "invalid_charts",
)  # fmt: skip
FAULTS = frozenset((*WECHAT_FAULTS, *SLACK_FAULTS))
# what can be said more closely of a fault: numbers with their limits, and words
NUMBERS: Mapping[str, tuple[int, int]] = {
    "seconds": (0, 3600), "retry_after": (0, 3600), "status": (400, 599), "code": (-1_000_000, 1_000_000),
}  # fmt: skip
WORDS = ("errmsg", "error")


class Nature:
    """The faults and the clock."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def arm(self, wish: Wish) -> dict[str, Any]:
        """Let a fault happen `times` times (null: until healed) at places that end in `where`."""
        name = wish.text("name")
        if name not in FAULTS:
            raise Wrong(f"there is no fault {name}; there are: {', '.join(sorted(FAULTS))}")
        always = wish.has("times") and wish.get("times") is None
        times = None if always else wish.number("times", 1, MOST_TIMES, 1)
        detail = _checked(wish.table("detail"))
        if name == "errcode" and "code" not in detail:
            raise Wrong("errcode needs a code in its detail")
        self._world.faults.arm(name, times=times, where=wish.text("where", ""), **detail)
        return self._tell("faults")

    async def heal(self, wish: Wish) -> dict[str, Any]:
        """Heal one fault by `name`, or all of them."""
        self._world.faults.clear(wish.text("name") if wish.has("name") else None)
        return self._tell("faults")

    async def advance(self, wish: Wish) -> dict[str, Any]:
        """Move the world's clock forward by `advance` seconds."""
        self._world.clock.advance(wish.number("advance", 0, YEAR))
        return self._tell("clock")

    def _tell(self, what: str) -> dict[str, Any]:
        self._world.slack.change_log.publish({"type": what})
        return {"now": self._world.clock.now(), "faults": [fault.name for fault in self._world.faults.armed()]}


def _checked(detail: Mapping[str, Any]) -> Mapping[str, Any]:
    for name, value in detail.items():
        if name in NUMBERS:
            _check_number(name, value)
        elif name not in WORDS:
            raise Wrong(f"there is no detail {name}; there are: {', '.join((*NUMBERS, *WORDS))}")
        elif not isinstance(value, str):
            raise Wrong(f"{name} must be a string")
    return detail


def _check_number(name: str, value: Any) -> None:
    least, most = NUMBERS[name]
    kinds = (int, float) if name == "seconds" else int
    if isinstance(value, bool) or not isinstance(value, kinds) or not least <= value <= most:
        raise Wrong(f"{name} must be a number from {least} to {most}")
