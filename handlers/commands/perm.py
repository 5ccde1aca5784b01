"""`/wxqr perm`: the one permanent code of a scene, for ever."""

from dataclasses import dataclass

from bot.card import card
from bot.context import Context
from bot.errors import Usage
from bot.fields import account_name, flag, option, word
from bot.grammar import written
from bot.handler import Subcommand
from bot.mint import mint_permanent, picture_of, wish_of
from bot.model import Allocation, Kind, Scene
from bot.reading import label, new_scene, plain
from bot.reply import Moment, Person, Picture, Reply, say
from storage import allocations

# https://developers.weixin.qq.com/doc/service/api/qrcode/qrcodes/api_createqrcode: QR_LIMIT_SCENE
LARGEST_NUMBER = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Perm:
    scene: Scene = word(new_scene, "SCENE")
    name: str = option(label, '"…"', free=True, default="")
    # many ask for it: that is answered with what they want, rather than that there is no such option
    ttl: str = option(plain, "", free=True, hidden=True, default="")
    private: bool = flag()
    anyway: bool = flag(hidden=True)
    account: str = account_name()

    def __post_init__(self) -> None:
        """Refuse a number that WeChat does not take for ever, and an end; a form that begins may have no scene yet."""
        scene: Scene | None = self.scene
        if scene and self.ttl:
            name = f" --name {written(self.name)}" if self.name else ""
            instead = f"temp {written(scene.text)} --ttl {written(self.ttl)}{name}"
            raise Usage("usage.permanent_ttl", choices=[("button.meant", instead)])
        if scene and scene.is_number and not 1 <= int(scene.text) <= LARGEST_NUMBER:
            raise Usage("usage.permanent_number", scene=scene.text, field="scene")


@dataclass(frozen=True, slots=True)
class Minted:
    allocation: Allocation
    picture: Picture
    account: str
    private: bool
    was_there: bool


async def mint(perm: Perm, context: Context) -> Minted:
    wish = wish_of(context, Kind.PERMANENT, perm.scene, None, name=perm.name, anyway=perm.anyway)
    allocation = await mint_permanent(context, wish)
    is_new = await context.db.read(allocations.is_from, allocation.id, context.request_id)
    picture = await picture_of(context, allocation)
    return Minted(allocation, picture, context.wechat.account.name, perm.private, was_there=not is_new)


def minted(result: Minted) -> Reply:
    first = result.allocation
    notes = (say("code.was_there", owner=Person(first.owner), at=Moment(first.asked_at)),) if result.was_there else ()
    return card(first, result.picture, result.account, private=result.private, notes=notes)


subcommand = Subcommand(Perm, mint, minted, example='perm campaign-x --name "Campaign X poster"')
