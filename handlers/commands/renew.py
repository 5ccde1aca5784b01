"""`/wxqr renew`: a new generation of a temporary code; what is printed already stays the old one."""

from dataclasses import dataclass

from bot.card import card
from bot.context import Context
from bot.errors import Conflict
from bot.grammar import account_name, flag, lifetime, option, scene, word
from bot.handler import Subcommand
from bot.mint import mint_temporary, picture_of, wish_of
from bot.model import Allocation, Kind, Lifetime, Scene
from bot.reply import Picture, Reply, say
from storage import allocations


@dataclass(frozen=True, slots=True, kw_only=True)
class Renew:
    scene: Scene = word(scene, "SCENE")
    ttl: Lifetime | None = option(lifetime, "30m|12h|7d", default=None)
    private: bool = flag()
    account: str = account_name()


@dataclass(frozen=True, slots=True)
class Renewed:
    allocation: Allocation
    picture: Picture
    private: bool


async def renew(wanted: Renew, context: Context) -> Renewed:
    old = await context.db.read(allocations.newest, context.wechat.account.app_id, wanted.scene)
    if old.kind is Kind.PERMANENT or old.lifetime is None:
        raise Conflict("conflict.renew_permanent", scene=old.scene.text)
    lifetime = wanted.ttl or Lifetime(old.lifetime)
    wish = wish_of(context, Kind.TEMPORARY, wanted.scene, lifetime, name=old.name, anyway=True)
    allocation = await mint_temporary(context, wish)
    return Renewed(allocation, await picture_of(context, allocation), wanted.private)


def renewed(result: Renewed) -> Reply:
    note = say("code.generation", generation=result.allocation.generation)
    return card(result.allocation, result.picture, private=result.private, notes=(note,))


subcommand = Subcommand(Renew, renew, renewed, example="renew spring-booth --ttl 7d")
