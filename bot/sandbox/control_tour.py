"""The tour by remote control: played, hurried on, stopped."""

from typing import Any

from bot.sandbox.control_wishes import Wish, Wrong
from bot.sandbox.tour_player import Player
from bot.sandbox.tour_stage import Stage
from bot.sandbox.world import World

SLOWEST = 1000


class Tour:
    """One tour for the world: every page that is open follows it; `begins_itself` lets a page start it by opening."""

    def __init__(self, world: World, *, begins_itself: bool = False) -> None:
        self._player, self._begins_itself = Player(Stage(world)), begins_itself

    def state(self, _: Wish) -> dict[str, Any]:
        """Return what was told last, and whether the tour begins with the page."""
        return {**self._player.state, "begins_itself": self._begins_itself}

    async def act(self, wish: Wish) -> dict[str, Any]:
        """Let the tour `play` (in `language`, at a `pace`: 0 waits for nobody), go on to the `next` step, or `stop`."""
        match wish.text("action"):
            case "play":
                self._player.play(wish.text("language", "en"), _pace(wish))
            case "next":
                self._player.next()
            case "stop":
                await self._player.stop()
            case other:
                raise Wrong(f"action must be play, next or stop, not {other}")
        return self.state(wish)

    async def close(self) -> None:
        """End a tour that is under way."""
        await self._player.stop()


def _pace(wish: Wish) -> float:
    given: Any = wish.get("pace") if wish.has("pace") else 1
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= SLOWEST:
        raise Wrong(f"pace must be a number from 0 to {SLOWEST}")
    return float(given)
