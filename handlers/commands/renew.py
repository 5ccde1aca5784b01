"""`/wxqr renew`: a new generation of a temporary code; what is printed already stays the old one."""

from dataclasses import dataclass

from bot.card import card
from bot.context import Context
from bot.errors import Conflict
from bot.fields import account_name, code_number, flag, option, word
from bot.handler import Subcommand
from bot.mint import mint_temporary, picture_of, wish_of
from bot.model import Allocation, Kind, Lifetime, Scene
from bot.reading import lifetime, scene
from bot.reply import Picture, Reply, say
from storage import listing
from storage.listing import Wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Renew:
    scene: Scene = word(scene, "SCENE")
    ttl: Lifetime | None = option(lifetime, "30m|12h|7d", label="form.new_ttl", default=None)
    private: bool = flag()
    anyway: bool = flag(hidden=True)
    code: int = code_number()
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Renewed:
    allocation: Allocation
    picture: Picture
    account: str
    private: bool


async def renew(wanted: Renew, context: Context) -> Renewed:
    app_id = context.wechat.account.app_id
    which = Wanted(app_id, wanted.scene, context.now(), wanted.code, prefer=Kind.TEMPORARY)
    old = await context.db.read(listing.look_up, which)
    if old.kind is Kind.PERMANENT or old.lifetime is None:
        raise Conflict("conflict.renew_permanent", final=True, scene=old.scene.text)
    lifetime = wanted.ttl or Lifetime(old.lifetime)
    wish = wish_of(context, Kind.TEMPORARY, wanted.scene, lifetime, name=old.name, anyway=wanted.anyway)
    allocation = await mint_temporary(context, wish)
    picture = await picture_of(context, allocation)
    return Renewed(allocation, picture, context.wechat.account.name, wanted.private)


def renewed(result: Renewed) -> Reply:
    note = say("code.generation", generation=result.allocation.generation)
    return card(result.allocation, result.picture, result.account, private=result.private, notes=(note,))


subcommand = Subcommand(Renew, renew, renewed, example="renew spring-booth --ttl 7d")
