"""`/wxqr reply`: what the scanner of a code is told: shown, decided, taken back. Every version is kept."""

from dataclasses import dataclass

from bot.context import Context
from bot.errors import NotFound, Usage
from bot.fields import PARTED, account_name, flag, option, passage, word
from bot.handler import Subcommand
from bot.model import Scene
from bot.preview import Draft, Every, History, Outcome, Shown, previewed
from bot.reading import number
from bot.rights import may_welcome
from bot.scan import Message
from bot.welcomes import (
    LONGEST_IN_FORM,
    MOST_FURTHER,
    NOTHING,
    Greeting,
    Passage,
    Pattern,
    address,
    passages,
    pattern,
    title,
)
from bot.welcomes import passage as read_passage
from storage import ownership, welcomes
from storage.welcomes import Change, Decided

# versions that `--history` shows
SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcoming:
    pattern: Pattern | None = word(pattern, "SCENE", asked=True, default=None)
    text: Passage = passage(read_passage, label="form.welcome", default="")
    title: str = option(title, '"…"', free=True, label="form.heading", default="")
    picture: str = option(address, "URL", verbatim=True, default="")
    link: str = option(address, "URL", verbatim=True, default="")
    more: tuple[Passage, ...] = passage(passages, many=True, default=())
    followers: Passage = passage(read_passage, default="")
    version: int = option(number, "N", hidden=True, default=0)
    draft: int = option(number, "N", hidden=True, default=0)
    off: bool = flag(hidden=True)
    sure: bool = flag(hidden=True)
    history: bool = flag(hidden=True)
    account: str = account_name()

    def __post_init__(self) -> None:
        """Refuse what does not go together. Raises Usage, with the field that is at fault."""
        if self.pattern is None and (self.changes or self.history):
            raise Usage("usage.missing", missing="SCENE", field="pattern")
        article = {"title": self.title, "picture": self.picture, "link": self.link}
        missing = [name for name, given in article.items() if not given]
        if 0 < len(missing) < len(article):
            raise Usage("usage.article", missing=f"--{missing[0]}", field=missing[0])
        if (self.more or self.followers) and not (self.text or self.title):
            raise Usage("usage.missing", missing="--text", field="text")
        if len(self.more) > MOST_FURTHER or len(PARTED.join(self.more)) > LONGEST_IN_FORM:
            raise Usage("usage.more", most=MOST_FURTHER, characters=LONGEST_IN_FORM, field="more")

    @property
    def changes(self) -> bool:
        """Whether something is to be different from now on."""
        return bool(self.text or self.title or self.off or self.version or self.draft)

    @property
    def is_decided(self) -> bool:
        """Whether it holds at once: it is about one scene, or whoever asks has seen it, or been asked."""
        return bool(self.sure or self.draft or (self.pattern and self.pattern.is_scene))


async def welcome(wanted: Welcoming, context: Context) -> Shown | Draft | History | Every:
    account = context.wechat.account
    if wanted.pattern is None:
        return Every(await context.db.read(welcomes.every, account.app_id), account.name)
    if wanted.history:
        versions = await context.db.read(welcomes.history, account.app_id, wanted.pattern, SHOWN)
        return History(wanted.pattern, versions, account.name)
    if wanted.changes:
        await may_welcome(context, wanted.pattern)
        greeting = await _greeting(context, wanted, wanted.pattern)
        if not wanted.is_decided:
            return await _drafted(context, wanted.pattern, greeting)
        decided = await context.db.write(welcomes.change, _wish(context, wanted.pattern, greeting))
        return await _shown(context, wanted.pattern, decided)
    return await _shown(context, wanted.pattern)


async def begin(wanted: Welcoming, context: Context) -> Welcoming:
    """Return what the form starts with: what there is, where nothing else was typed."""
    if wanted.pattern is None:
        return wanted
    await may_welcome(context, wanted.pattern)
    account = context.wechat.account
    if wanted.draft:
        return _as_typed(wanted.pattern, await _greeting(context, wanted, wanted.pattern), account.name)
    now = await context.db.read(welcomes.find, account.app_id, wanted.pattern)
    return wanted if wanted.changes or now is None else _as_typed(wanted.pattern, now.greeting, account.name)


async def check(wanted: Welcoming, context: Context) -> None:
    """Refuse while its form is open what nobody would see changed: nothing written, or codes that are not theirs."""
    if not wanted.changes:
        raise Usage("usage.nothing_written", field="text")
    if wanted.pattern is not None:
        await may_welcome(context, wanted.pattern)


async def _greeting(context: Context, wanted: Welcoming, pattern: Pattern) -> Greeting:
    app_id = context.wechat.account.app_id
    if wanted.draft:
        draft = await context.db.read(welcomes.drafted, app_id, pattern, wanted.draft)
        if draft is None:
            raise NotFound("not_found.draft", pattern=pattern.text)
        return draft
    if not wanted.version:
        return greeting(wanted)
    earlier = await context.db.read(welcomes.find, app_id, pattern, wanted.version)
    if earlier is None:
        raise NotFound("not_found.version", pattern=pattern.text, version=wanted.version)
    return earlier.greeting


async def _drafted(context: Context, pattern: Pattern, greeting: Greeting) -> Draft:
    number = await context.db.write(welcomes.draft, _wish(context, pattern, greeting))
    return Draft(pattern, number, greeting, context.wechat.account.name)


def _wish(context: Context, pattern: Pattern, greeting: Greeting) -> Change:
    who, now = context.caller.user_id, context.now()
    return Change(context.wechat.account.app_id, pattern, greeting, who, now, context.request_id)


async def _shown(context: Context, pattern: Pattern, decided: Decided | None = None) -> Shown:
    account = context.wechat.account
    newest, before, *_ = (*await context.db.read(welcomes.history, account.app_id, pattern, 2), None, None)
    is_known = not pattern.is_scene or await context.db.read(ownership.is_known, account.app_id, Scene(pattern.text))
    return Shown(
        pattern=pattern,
        version=newest,
        before=before,
        covering=await context.db.read(welcomes.covering, account.app_id, pattern),
        account=account.name,
        is_known=is_known,
        outcome=_outcome(decided),
    )


def _outcome(decided: Decided | None) -> Outcome:
    if decided is None:
        return Outcome.ASKED
    if not decided.is_new:
        return Outcome.SAME
    return Outcome.REMOVED if decided.version.greeting.is_silent else Outcome.SET


def greeting(wanted: Welcoming) -> Greeting:
    """Return what was typed as what is said; nothing at all for `--off`."""
    if wanted.off:
        return Greeting()
    first = Message("" if wanted.text == NOTHING else wanted.text, wanted.title, wanted.picture, wanted.link)
    newcomers = (first, *map(Message, wanted.more)) if first.text or first.title else ()
    if not wanted.followers:
        return Greeting(newcomers)
    return Greeting(newcomers, () if wanted.followers == NOTHING else (Message(wanted.followers),))


def _as_typed(pattern: Pattern, greeting: Greeting, account: str) -> Welcoming:
    newcomers, followers = greeting.newcomers, greeting.followers
    first, *more = newcomers or (Message(NOTHING if followers else ""),)
    instead = "" if followers is None else followers[0].text if followers else NOTHING
    return Welcoming(
        pattern=pattern,
        text=Passage(first.text),
        title=first.title,
        picture=first.picture_url,
        link=first.url,
        more=tuple(Passage(message.text) for message in more),
        followers=Passage(instead if newcomers or followers else ""),
        account=account,
    )


subcommand = Subcommand(
    Welcoming,
    welcome,
    previewed,
    example='reply spring-booth --text "Welcome! Here is your coupon: …"',
    local=lambda wanted: not wanted.changes,
    begins=begin,
    checks=check,
)
