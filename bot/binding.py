"""Who is bound to whom: confirmed, refused, ended; each one transaction, with what other systems are told of it."""

import sqlite3
from collections.abc import Collection, Sized

from bot import webhook
from bot.errors import Conflict, Forbidden, NotFound
from bot.grammar import written
from bot.model import HOUR, MINUTE, AppID, Caller, Lifetime
from bot.reply import Fact, say
from bot.settings import Settings
from bot.webhook import Topic
from storage import bindings, notices, outbox
from storage.bindings import Binding, Request, Stage, Why
from storage.notices import Notice

LIVES = Lifetime(5 * MINUTE)
# from the scan on: who scanned by accident, or under somebody's eyes, is forgotten after that
CONFIRM_WITHIN = 5 * MINUTE
# what somebody is told of their binding is not worth telling later than that
STALE = HOUR
# what whoever confirms too late is told, where it is known that there is nobody left to bind
_OVER: dict[Why | None, str] = {
    Why.UNFOLLOWED: "conflict.binding_unfollowed",
    Why.FORGOTTEN: "conflict.binding_forgotten",
}


def confirm(connection: sqlite3.Connection, scene: str, caller: Caller, now: int) -> Binding:
    """Bind the caller to whoever scanned their code; done once, however often it is said.

    Raises NotFound, Forbidden for whoever did not ask for the code, Conflict where it is over.
    """
    request = _own(connection, scene, caller)
    there_is = bindings.of_user(connection, request.app_id, request.team_id, request.user_id)
    if there_is and there_is.person == request.person:
        return there_is
    is_in_time = request.stage is Stage.SCANNED and now <= request.scanned_at + CONFIRM_WITHIN
    if there_is or not is_in_time or request.person is None:
        raise Conflict(_OVER.get(request.why, "conflict.binding_over"), choices=[("button.bind", "bind")])
    if bindings.of_person(connection, request.app_id, request.person):
        raise Conflict("binding.taken")
    who = (request.app_id, request.team_id, request.user_id)
    binding = Binding(*who, request.person, request.scanned_at, now)
    bindings.bind(connection, binding, scene)
    if request.open_id:
        told = {**_about(binding), "openid": request.open_id, "bound_at": webhook.written(now), "scene": scene}
        body = webhook.payload(Topic.BINDING_MADE, now, told)
        outbox.add(connection, Topic.BINDING_MADE, body, now, binding.person)
    return binding


def refuse(connection: sqlite3.Connection, scene: str, caller: Caller) -> AppID:
    """End the caller's request: somebody else scanned. Return the official account that it was for.

    Raises NotFound, Forbidden, Conflict where it is bound.
    """
    request = _own(connection, scene, caller)
    if request.stage is Stage.BOUND:
        raise Conflict("conflict.binding_made", choices=[("button.meant", "whoami")])
    if request.stage is not Stage.ENDED:
        bindings.end(connection, scene, Why.REFUSED)
    return request.app_id


def end(connection: sqlite3.Connection, binding: Binding, settings: Settings, now: int, why: str) -> None:
    """End a binding; `why` is told to other systems: unbound, unfollowed or forgotten."""
    bindings.unbind(connection, binding)
    # it is no longer so; and if it was told and only the answer was lost, what follows takes it back
    outbox.erase(connection, binding.person)
    if wants_bindings(settings):
        told = {**_about(binding), "ended_at": webhook.written(now), "why": why}
        outbox.add(connection, Topic.BINDING_ENDED, webhook.payload(Topic.BINDING_ENDED, now, told), now)


def forget(
    connection: sqlite3.Connection, app_id: AppID, person: bytes, settings: Settings, *, why: str, at: int, now: int
) -> None:
    """Forget all about a WeChat person who went `at`: `why` is unfollowed or forgotten.

    The Slack user they were bound to is told, and whoever was still to confirm that it was they who scanned.

    What they scanned after that stays: news may come late, and they may be back. Who unfollows is to be deleted:
    https://developers.weixin.qq.com/doc/service/Account_Management/Wechat_Accreditation_Event_Push.html
    """
    binding = bindings.of_person(connection, app_id, person)
    if binding and binding.scanned_at <= at:
        end(connection, binding, settings, now, why)
        who = (app_id, binding.team_id, binding.user_id, "")
        notices.add(connection, Notice(*who, f"binding.{why}", "", now, due_at=now, ends_at=now + STALE))
    for request in bindings.unconfirmed(connection, person, at):
        _call_off(connection, request, why, now)
    bindings.erase(connection, person, at, Why(why))


def _call_off(connection: sqlite3.Connection, request: Request, why: str, now: int) -> None:
    """Take back the question whether it was they who scanned, and tell the asker why nothing comes of it."""
    notices.withdraw(connection, request.scene)
    who = (request.app_id, request.team_id, request.user_id, request.channel_id)
    what, at = f"binding.scanner.{why}", request.scanned_at
    notices.add(connection, Notice(*who, what, request.scene, at, due_at=now, ends_at=now + STALE))


def where(account: str, accounts: Sized) -> Fact:
    """Return in which official account somebody is bound, for a sentence; nothing where there is but one."""
    return say("binding.where", account=account) if len(accounts) > 1 else ""


def named(account: str, accounts: Sized) -> Fact:
    """Return what an official account is called in a sentence: where there is but one it needs no name."""
    return say("binding.account.named", account=account) if len(accounts) > 1 else say("binding.account")


def same_account(account: str, accounts: Collection[str]) -> str:
    """Return what a button's command adds to stay with an official account; nothing where there is no other."""
    return f" --account {written(account)}" if len(accounts) > 1 and account in accounts else ""


def wants_bindings(settings: Settings) -> bool:
    """Whether another system is told of bindings; else nobody's open id is kept for it."""
    return settings.webhook is not None and "bindings" in settings.webhook.events


def _own(connection: sqlite3.Connection, scene: str, caller: Caller) -> Request:
    request = bindings.find(connection, scene)
    if request is None:
        raise NotFound("not_found.binding_request", choices=[("button.bind", "bind")])
    if (request.team_id, request.user_id) != (caller.team_id, caller.user_id):
        raise Forbidden("forbidden.binding")
    return request


def _about(binding: Binding) -> dict[str, str]:
    return {"app_id": binding.app_id, "slack_team_id": binding.team_id, "slack_user_id": binding.user_id}
