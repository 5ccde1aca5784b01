"""`/wxqr show`: a code again, with who, when, until when, for what; for oneself, or for the channel."""

from dataclasses import dataclass, replace

from bot.card import about, card, headline, provenance
from bot.context import Context
from bot.grammar import account_name, flag, scene, word
from bot.handler import Subcommand
from bot.mint import minted_ticket, picture_of
from bot.model import Allocation, Scene
from bot.reply import Button, Buttons, Picture, Reply, say
from storage import allocations


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    scene: Scene = word(scene, "SCENE")
    post: bool = flag()
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Found:
    allocation: Allocation
    picture: Picture | None
    posted: bool


async def find(show: Show, context: Context) -> Found:
    allocation = await context.db.read(allocations.newest, context.wechat.account.app_id, show.scene)
    ticket = minted_ticket(allocation)
    if not allocation.is_live(context.now()):
        return Found(allocation, None, posted=False)
    if show.post:
        return Found(allocation, await picture_of(context, allocation), posted=True)
    # WeChat's picture was decoded when it was posted first, so its address is enough, and nothing is asked for
    url = context.wechat.picture_url(ticket.ticket) if allocation.verified else ""
    title = say("code.title", scene=allocation.scene.text)
    return Found(allocation, Picture(b"", "", title, url) if url else None, posted=False)


def found(result: Found) -> Reply:
    allocation, picture = result.allocation, result.picture
    if picture is None:
        return _without_picture(allocation)
    shown = card(allocation, picture, private=not result.posted)
    if result.posted:
        return shown
    *parts, buttons = shown.parts
    post = Button(say("button.post"), f"show {allocation.scene} --post", primary=True)
    return replace(shown, parts=(*parts, provenance(allocation), Buttons((post,)), buttons))


def _without_picture(allocation: Allocation) -> Reply:
    scene_text = allocation.scene.text
    drawn = Button(say("button.png"), f"draw {scene_text} png", primary=True)
    post = Button(say("button.post"), f"show {scene_text} --post")
    renew = Button(say("button.renew"), f"renew {scene_text}")
    buttons = (renew,) if allocation.lifetime else (post, drawn)
    return Reply(headline(allocation), (*about(allocation), Buttons(buttons)))


subcommand = Subcommand(Show, find, found, example="show campaign-x", local=lambda show: not show.post)
