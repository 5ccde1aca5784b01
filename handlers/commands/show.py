"""`/wxqr show`: a code again, with who, when, until when, for what; for oneself, or for the channel."""

from dataclasses import dataclass, replace

from bot.card import about, card, drawing, headline, posting, provenance, renewing
from bot.context import Context
from bot.fields import account_name, code_number, flag, word
from bot.handler import Subcommand
from bot.mint import minted_ticket, picture_of
from bot.model import Allocation, Scene
from bot.reading import scene
from bot.reply import Buttons, Note, Picture, Reply, say
from storage import listing
from storage.listing import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    scene: Scene = word(scene, "SCENE")
    post: bool = flag()
    code: int = code_number()
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Found:
    allocation: Allocation
    picture: Picture | None
    account: str
    is_live: bool
    posted: bool


async def find(show: Show, context: Context) -> Found:
    account, now = context.wechat.account, context.now()
    allocation = await context.db.read(listing.look_up, Wanted(account.app_id, show.scene, now, show.code))
    ticket, is_live = minted_ticket(allocation), allocation.is_live(now)
    if show.post and is_live:
        return Found(allocation, await picture_of(context, allocation), account.name, is_live, posted=True)
    # WeChat's picture was decoded when it was posted first, so its address is enough, and nothing is asked for
    url = context.wechat.picture_url(ticket.ticket) if allocation.verified and is_live else ""
    title = say("code.title", scene=allocation.scene.text)
    picture = Picture(b"", "", title, url) if url else None
    return Found(allocation, picture, account.name, is_live, posted=False)


def found(result: Found) -> Reply:
    allocation, picture = result.allocation, result.picture
    if picture is None:
        return _without_picture(result)
    shown = card(allocation, picture, result.account, private=not result.posted)
    if result.posted:
        return shown
    *parts, buttons = shown.parts
    post = Buttons((posting(allocation, result.account),))
    return replace(shown, parts=(*parts, provenance(allocation), post, buttons))


def _without_picture(result: Found) -> Reply:
    allocation, account = result.allocation, result.account
    renew = () if allocation.lifetime is None else (renewing(allocation, account, private=False),)
    if not result.is_live:
        return Reply(headline(allocation), (*about(allocation), Note((say("show.expired"),)), Buttons(renew)))
    ways = Buttons((posting(allocation, account), drawing(allocation, account, "png"), *renew))
    return Reply(headline(allocation), (*about(allocation), Note((say("show.drawn"),)), ways))


subcommand = Subcommand(Show, find, found, example="show campaign-x", local=lambda show: not show.post)
