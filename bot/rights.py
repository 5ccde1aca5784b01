"""Who may change what becomes of the people who scan a code."""

from typing import Any

from bot.context import Context
from bot.errors import Forbidden
from bot.model import Scene
from bot.reply import Person
from bot.welcomes import Pattern
from storage import listing, ownership


async def owner_or_operator(context: Context, scene: Scene) -> None:
    """Let the owner of a scene's code pass, and operators; these alone where it is nobody's here. Raises Forbidden."""
    if context.caller.is_operator:
        return
    owner = await context.db.read(ownership.owner_of, context.wechat.account.app_id, scene, context.now())
    if not owner:
        near = await context.db.read(listing.nearest, context.wechat.account.app_id, scene)
        facts: dict[str, Any] = {"near": near} if near else {}
        raise Forbidden("forbidden.nobodys", scene=scene.text, **facts)
    if owner != context.caller.user_id:
        raise Forbidden("forbidden.owner", scene=scene.text, owner=Person(owner))


async def may_welcome(context: Context, pattern: Pattern) -> None:
    """As for a scene; what serves the codes of many is for operators. Raises Forbidden."""
    if pattern.is_scene:
        await owner_or_operator(context, Scene(pattern.text))
    elif not context.caller.is_operator:
        raise Forbidden("forbidden.pattern", pattern=pattern.text)
