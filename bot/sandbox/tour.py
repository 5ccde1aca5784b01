"""The tour: the story of one code as values, each step with who acts where and what is told of it."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from bot.sandbox.tour_captions import (
    ASKED,
    BEGIN,
    BROKEN,
    CHECKED,
    COUNTED,
    CROWDED,
    END,
    GREETED,
    HEALED,
    POSTED,
    SCANNED,
    WATCHED,
    Caption,
)
from bot.sandbox.tour_stage import Expected, Stage, has_picture, is_answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Who plays in the language of the reader, and what they type; `{poster}` and `{booth}` are scenes."""

    asker: str
    manager: str
    on_call: str
    phone: str
    channel: str
    ask: str
    greet: str
    watch: str
    count: str
    ask_again: str
    check: str


ENGLISH = Cast(
    asker="ana",
    manager="ben",
    on_call="li.wei",
    phone="emma",
    channel="#campaign-spring",
    ask='perm {poster} --name "Spring poster"',
    greet='reply {poster} --text "Welcome! Show this at our booth for a spring surprise."',
    watch="watch {poster}",
    count="stats {poster}",
    ask_again="temp {booth} --ttl 7d",
    check="状态",
)
CHINESE = Cast(
    asker="wang.fang",
    manager="chen.jie",
    on_call="ben",
    phone="lin.xiaoyu",
    channel="#marketing-市场",
    ask='永久码 {poster} --name "春季海报"',
    greet='欢迎语 {poster} --text "欢迎！在展台出示此消息，即可领取春日惊喜。"',
    watch="跟踪 {poster}",
    count="统计 {poster}",
    ask_again="临时码 {booth} --ttl 7d",
    check="status",
)
OPS = "#ops"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what is `typed` after /wxqr brings what is `expected`, or else `act` happens.

    The page shows `person` in `channel`, in the code's thread where it `is_in_thread`, and beside it a `tab` of the
    panel, or the phone of `phone`; there are seconds for `looking` before anything happens, and for `reading` after it.
    """

    caption: Caption
    person: str
    channel: str
    is_in_thread: bool = False
    typed: str = ""
    expected: Expected = is_answer
    act: Callable[[Stage], Awaitable[object]] | None = None
    show: str = "slack"
    tab: str = ""
    phone: str = ""
    looking: float = 1
    reading: float = 7


def story(language: str, number: int) -> tuple[Step, ...]:
    """Return the steps for who reads `language`; each telling has scenes of its own, named for its `number`."""
    cast = CHINESE if language.startswith("zh") else ENGLISH
    again = "" if number == 1 else f"-{number}"
    acts = _Acts(cast, f"spring-poster{again}", f"spring-booth{again}")
    return (*acts.made(), *acts.scanned(), *acts.mended())


@dataclass(frozen=True, slots=True)
class _Acts:
    """The acts of the story, of one cast and two scenes."""

    cast: Cast
    poster: str
    booth: str

    def made(self) -> Iterator[Step]:
        """Ask for a code, and give it a welcome."""
        asker, channel = self.cast.asker, self.cast.channel
        yield Step(caption=BEGIN, person=asker, channel=channel)
        ask, greet = self._typed(self.cast.ask), self._typed(self.cast.greet)
        yield Step(caption=ASKED, person=asker, channel=channel, typed=ask, expected=has_picture, reading=2)
        yield Step(caption=POSTED, person=asker, channel=channel, reading=9)
        yield Step(caption=GREETED, person=asker, channel=channel, typed=greet)

    def scanned(self) -> Iterator[Step]:
        """Let one person scan it, then a hundred, and ask what that brought."""
        cast, manager, channel = self.cast, self.cast.manager, self.cast.channel
        yield Step(
            caption=SCANNED, person=cast.asker, channel=channel, act=self._scan, show="phone", phone=cast.phone,
            looking=3, reading=9,
        )  # fmt: skip
        yield Step(
            caption=WATCHED, person=manager, channel=channel, is_in_thread=True, typed=self._typed(cast.watch),
            reading=5,
        )  # fmt: skip
        yield Step(
            caption=CROWDED, person=manager, channel=channel, is_in_thread=True, act=Stage.crowd, show="panel",
            tab="pushes", looking=3, reading=9,
        )  # fmt: skip
        yield Step(caption=COUNTED, person=manager, channel=channel, typed=self._typed(cast.count), reading=11)

    def mended(self) -> Iterator[Step]:
        """Revoke the access token: nobody notices, and on-call sees that all is well."""
        asker, channel, again = self.cast.asker, self.cast.channel, self._typed(self.cast.ask_again)
        yield Step(
            caption=BROKEN, person=asker, channel=channel, act=Stage.break_token, show="panel", tab="faults",
            looking=2, reading=5,
        )  # fmt: skip
        yield Step(
            caption=HEALED, person=asker, channel=channel, typed=again, expected=has_picture, show="panel",
            tab="calls", reading=10,
        )  # fmt: skip
        yield Step(caption=CHECKED, person=self.cast.on_call, channel=OPS, typed=self.cast.check, reading=10)
        yield Step(caption=END, person=asker, channel=channel)

    def _typed(self, text: str) -> str:
        return text.format(poster=self.poster, booth=self.booth)

    async def _scan(self, stage: Stage) -> None:
        await stage.scan(self.cast.phone)
