"""Mint codes: reserve the allocation, ask WeChat, store the ticket. One short write each, none open over a wait."""

import asyncio
import logging
import sqlite3

from bot.context import Context
from bot.errors import Conflict, NotKept, OutcomeUnknown, Unavailable, WeChatError
from bot.model import Allocation, Kind, Lifetime, Scene, State, Ticket
from bot.pictures import qr
from bot.reply import Moment, Picture, say
from storage import allocations, inbox
from storage.allocations import Wish

log = logging.getLogger(__name__)

_LOOK_AGAIN = 0.1
_PATIENCE = 20.0


async def mint_temporary(context: Context, wish: Wish) -> Allocation:
    """Mint a temporary code: another one for a scene that has one. Raises Conflict, WeChatError."""
    reserved = await context.db.write(allocations.reserve, wish)
    return await _mint(context, reserved)


async def mint_next_number(context: Context, wish: Wish) -> Allocation:
    """Mint a temporary code for the next free number of the bot's own range."""
    settings = context.means.settings
    reserved = await context.db.write(allocations.reserve_number, wish, settings.first_scene, settings.last_scene)
    return await _mint(context, reserved)


async def mint_permanent(context: Context, wish: Wish) -> Allocation:
    """Return the scene's permanent code, minted now or ever before. WeChat is asked once, however many ask.

    Raises Conflict where whether it was minted is not known: then a person decides, nothing is asked again blindly.
    """
    async with context.means.turns.at((wish.app_id, wish.scene)):
        # what can fail before WeChat is asked for the code fails before its scene is held; a minted one needs nothing
        if not await context.db.read(allocations.is_minted_for_ever, wish.app_id, wish.scene):
            await context.wechat.tokens.current()
        reservation = await context.db.write(allocations.reserve_permanent, wish)
        while not reservation.fresh:
            found = await _as_found(context, wish, reservation.allocation)
            if found.state is not State.FAILED:
                minted_ticket(found)
                return found
            # whoever held it was refused, so it is ours to ask now
            reservation = await context.db.write(allocations.reserve_permanent, wish)
        return await _mint(context, reservation.allocation)


def wish_of(context: Context, kind: Kind, scene: Scene, lifetime: Lifetime | None, **more: object) -> Wish:
    """Return the wish of the context's caller."""
    name, anyway = more.get("name", ""), more.get("anyway", False)
    return Wish(
        app_id=context.wechat.account.app_id,
        scene=scene,
        kind=kind,
        lifetime=lifetime.seconds if lifetime else None,
        name=str(name),
        owner=context.caller.user_id,
        channel_id=context.channel_id,
        request_id=context.request_id,
        asked_at=context.now(),
        anyway=bool(anyway),
    )


async def picture_of(context: Context, allocation: Allocation) -> Picture:
    """Return the picture of an allocation, as picture_of_ticket does. Raises Conflict where it has no ticket."""
    return await picture_of_ticket(context, allocation.scene, minted_ticket(allocation))


async def picture_of_ticket(context: Context, scene: Scene, ticket: Ticket) -> Picture:
    """Return WeChat's own picture once it is decoded and shows the ticket's url; else one drawn from the url."""
    title = say("code.title", scene=scene.text)
    content = await _wechat_picture(context, ticket)
    is_right = await asyncio.to_thread(qr.shows, content, ticket.url)
    if is_right:
        url = context.wechat.picture_url(ticket.ticket)
        return Picture(content, f"wxqr-{scene}.jpg", title, url)
    drawn = await asyncio.to_thread(qr.draw, ticket.url, qr.PictureFormat.PNG)
    return Picture(drawn, f"wxqr-{scene}.png", title)


def minted_ticket(allocation: Allocation) -> Ticket:
    """Return the ticket of an allocation. Raises Conflict where whether it was minted is not known."""
    if allocation.ticket is None:
        decide = [("button.meant", f"perm {allocation.scene}")]
        raise Conflict("conflict.unknown", choices=decide, scene=allocation.scene.text, at=Moment(allocation.asked_at))
    return allocation.ticket


async def _wechat_picture(context: Context, ticket: Ticket) -> bytes:
    try:
        return await context.wechat.picture(ticket.ticket)
    except Unavailable as error:
        log.warning("no picture from WeChat: status %s", error.facts.get("status"))
        return b""


async def _mint(context: Context, allocation: Allocation) -> Allocation:
    if allocation.is_live(context.now()):
        return allocation
    lifetime = Lifetime(allocation.lifetime) if allocation.lifetime else None
    try:
        ticket = await context.wechat.create_code(allocation.scene, lifetime)
    except sqlite3.Error:  # it was asked for the token, before WeChat was asked for the code
        await context.db.write(allocations.set_state, allocation.id, State.FAILED)
        raise
    except OutcomeUnknown as error:
        await context.db.write(allocations.set_state, allocation.id, State.UNKNOWN)
        raise _undecided(error, allocation.scene) from error
    except WeChatError:
        await context.db.write(allocations.set_state, allocation.id, State.FAILED)
        raise
    return await _kept(context, allocation, ticket)


def _undecided(error: OutcomeUnknown, scene: Scene) -> OutcomeUnknown:
    """Say of which code it is not known whether it was minted, and whether WeChat answered at all."""
    status = str(error.facts["status"] or "")
    key = "wechat.code_unread" if status else "wechat.code_unanswered"
    return OutcomeUnknown(key, path=error.path, status=status, scene=scene.text)


async def _kept(context: Context, allocation: Allocation, ticket: Ticket) -> Allocation:
    try:
        return await context.db.write(allocations.set_ticket, allocation.id, ticket)
    except sqlite3.Error as error:
        log.exception("minted and not kept: scene %s, url %s", allocation.scene, ticket.url)
        raise NotKept("not_kept.minted", scene=allocation.scene.text, url=ticket.url) from error


async def _as_found(context: Context, wish: Wish, found: Allocation) -> Allocation:
    deadline = asyncio.get_running_loop().time() + _PATIENCE
    while found.state is State.RESERVED and not await _abandoned(context, wish, found):
        if asyncio.get_running_loop().time() > deadline:
            raise Conflict("conflict.being_minted", scene=found.scene.text)
        await asyncio.sleep(_LOOK_AGAIN)
        found = await context.db.read(allocations.get, found.id)
    return found


async def _abandoned(context: Context, wish: Wish, found: Allocation) -> bool:
    """Whether a reservation's requester died between asking WeChat and hearing of it; it is marked unknown then."""
    is_ours = await context.db.read(allocations.is_from, found.id, wish.request_id)
    holder = await context.db.read(inbox.holder_of, found.id)
    if not is_ours and context.means.is_alive(holder):
        return False
    await context.db.write(allocations.set_state, found.id, State.UNKNOWN)
    return True
