"""Plays the tour: tells every page of each step, lets it happen, waits until it has, and then for the reader."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from bot.sandbox.tour import Step, story
from bot.sandbox.tour_captions import LOST
from bot.sandbox.tour_stage import Stage

# seconds for each letter that is typed
LETTER = 0.055
# what is told before the first tour
NOTHING: Mapping[str, Any] = {
    "number": 0, "telling": 0, "step": 0, "of": 0, "is_over": True, "caption": None, "person": "", "channel": "",
    "thread": "", "show": "slack", "tab": "", "phone": "", "code": "", "typing": None, "letter": LETTER,
}  # fmt: skip
Wait = Callable[[float], Awaitable[object]]


class Player:
    """One tour at a time; `state` is what was told last. `wait` is how time passes; `next` cuts it short."""

    def __init__(self, stage: Stage, wait: Wait = asyncio.sleep) -> None:
        self._stage, self._wait = stage, wait
        self._playing: asyncio.Task[None] | None = None
        self._hurry = asyncio.Event()
        self._tellings = 0
        self._pace = 1.0
        self.state = NOTHING

    @property
    def is_playing(self) -> bool:
        return self._playing is not None and not self._playing.done()

    def play(self, language: str = "en", pace: float = 1) -> None:
        """Begin, unless a tour is under way; with `pace` 0 nothing waits for the reader."""
        if self.is_playing:
            return
        self._tellings += 1
        self._pace = pace
        self._playing = asyncio.create_task(self._play(story(language, self._tellings)))

    def next(self) -> None:
        """Cut short what this step still waits for; what it does is done all the same."""
        self._hurry.set()

    async def stop(self) -> None:
        """End the tour where it is; the world is left whole."""
        if self._playing is None or self._playing.done():
            return
        self._tell(caption=None, typing=None, is_over=True)
        self._playing.cancel()
        await asyncio.wait({self._playing})

    async def finished(self) -> None:
        """Return when no tour is under way."""
        if self._playing is not None:
            await asyncio.wait({self._playing})

    async def _play(self, steps: Sequence[Step]) -> None:
        try:
            # the bot of this world may be anybody's, and do anything
            with suppress(TimeoutError, OSError):
                await self._tell_all(steps)
        finally:
            self._stage.heal()
            if not self.state["is_over"]:
                self._tell(caption=LOST, typing=None, is_over=True)

    async def _tell_all(self, steps: Sequence[Step]) -> None:
        *before, last = enumerate(steps, 1)
        for number, step in before:
            self._hurry.clear()
            self._begin(number, step, len(steps))
            await self._perform(step)
        self._begin(*last, len(steps), is_over=True)

    def _begin(self, number: int, step: Step, of: int, *, is_over: bool = False) -> None:
        """Tell every page where to look; `letter` is how long each letter takes that it sees typed."""
        self._tell(
            telling=self._tellings, step=number, of=of, is_over=is_over, caption=step.caption, person=step.person,
            channel=self._stage.channel_id(step.channel), thread=self._stage.thread if step.is_in_thread else "",
            show=step.show, tab=step.tab, phone=step.phone, code=self._stage.code,
            typing=f"/wxqr {step.typed}" if step.typed else None, letter=LETTER * self._pace,
        )  # fmt: skip

    async def _perform(self, step: Step) -> None:
        await self._pause(step.looking + LETTER * len(step.typed))
        if step.typed:
            self._tell(typing=None)
            await self._stage.command(step.person, step.channel, step.typed, step.expected)
        if step.act:
            await step.act(self._stage)
        await self._pause(step.reading)

    async def _pause(self, seconds: float) -> None:
        """Wait for the reader, unless she is in a hurry."""
        waiting = asyncio.ensure_future(self._wait(seconds * self._pace))
        hurrying = asyncio.ensure_future(self._hurry.wait())
        try:
            done, _ = await asyncio.wait((waiting, hurrying), return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
            hurrying.cancel()
        if waiting in done:
            await waiting

    def _tell(self, **facts: Any) -> None:
        self.state = {**self.state, **facts, "number": self.state["number"] + 1}
        self._stage.tell("tour", **self.state)
