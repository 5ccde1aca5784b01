"""`/wxqr temp`: a temporary code, for a scene or for the next free number."""

from dataclasses import dataclass

from bot.card import card
from bot.context import Context
from bot.errors import Usage
from bot.fields import account_name, flag, option, word
from bot.handler import Subcommand
from bot.mint import mint_next_number, mint_temporary, picture_of, wish_of
from bot.model import MINUTE, Allocation, Kind, Lifetime, Scene
from bot.reading import label, lifetime, new_scene
from bot.reply import Picture, Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Temp:
    scene: Scene | None = word(new_scene, "SCENE", label="form.next_scene", default=None)
    ttl: Lifetime = option(lifetime, "30m|12h|7d", default=Lifetime(30 * MINUTE))
    name: str = option(label, '"…"', free=True, default="")
    private: bool = flag()
    anyway: bool = flag(hidden=True)
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Minted:
    allocation: Allocation
    picture: Picture
    account: str
    private: bool


async def mint(temp: Temp, context: Context) -> Minted:
    if temp.scene == Scene("0"):
        raise Usage("usage.scene_zero", command="temp")
    wish = wish_of(context, Kind.TEMPORARY, temp.scene or Scene(""), temp.ttl, name=temp.name, anyway=temp.anyway)
    minting = mint_temporary if temp.scene else mint_next_number
    allocation = await minting(context, wish)
    picture = await picture_of(context, allocation)
    return Minted(allocation, picture, context.wechat.account.name, temp.private)


def minted(result: Minted) -> Reply:
    return card(result.allocation, result.picture, result.account, private=result.private)


subcommand = Subcommand(Temp, mint, minted, example='temp spring-booth --ttl 7d --name "Spring booth"')
