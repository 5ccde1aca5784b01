"""`/wxqr draw`: a code as a file for print, drawn from its url: SVG, PDF, or a large PNG."""

import asyncio
from dataclasses import dataclass

from bot.card import headline
from bot.context import Context
from bot.fields import account_name, code_number, word
from bot.handler import Subcommand
from bot.mint import minted_ticket
from bot.model import Allocation, Scene
from bot.pictures import qr
from bot.pictures.qr import PictureFormat
from bot.reading import one_of, scene
from bot.reply import Audience, Note, Picture, Reply, Text, say
from storage import listing
from storage.listing import Wanted

FORMATS = {"svg": PictureFormat.SVG, "pdf": PictureFormat.PDF, "png": PictureFormat.LARGE_PNG}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    scene: Scene = word(scene, "SCENE")
    form: str = word(one_of(*FORMATS), "svg|pdf|png", default="svg")
    code: int = code_number()
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Drawn:
    allocation: Allocation
    picture: Picture
    expired: bool


async def draw(wanted: Draw, context: Context) -> Drawn:
    which = Wanted(context.wechat.account.app_id, wanted.scene, context.now(), wanted.code)
    allocation = await context.db.read(listing.look_up, which)
    url = minted_ticket(allocation).url
    content = await asyncio.to_thread(qr.draw, url, FORMATS[wanted.form])
    title = say("code.title", scene=allocation.scene.text)
    picture = Picture(content, f"wxqr-{allocation.scene}.{wanted.form}", title)
    return Drawn(allocation, picture, expired=not allocation.is_live(context.now()))


def drawn(result: Drawn) -> Reply:
    lasting = result.allocation.lifetime is None
    warning = say("draw.expired") if result.expired else say("draw.lasting" if lasting else "draw.temporary")
    parts = (Text(headline(result.allocation)), Note((warning,)))
    return Reply(headline(result.allocation), parts, picture=result.picture, audience=Audience.CHANNEL, in_thread=True)


subcommand = Subcommand(Draw, draw, drawn, example="draw campaign-x pdf")
