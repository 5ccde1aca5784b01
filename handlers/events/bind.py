"""A binding code was scanned: the first in time is taken for its asker, once they confirm; all others are refused."""

import sqlite3
from enum import StrEnum

from bot import words
from bot.binding import CONFIRM_WITHIN, STALE, wants_bindings
from bot.reaction import Reaction
from bot.reply import say
from bot.scan import BINDING, Event, Happening, Message, Welcome, is_for_binding
from bot.settings import Settings
from storage import bindings, notices, scans
from storage.bindings import Request, Stage, Why
from storage.notices import Notice


class Verdict(StrEnum):
    """What a scan of a binding code comes to."""

    CONFIRM = "confirm"
    OTHER = "other"
    TAKEN = "taken"
    LATE = "late"
    OVER = "over"
    UNKNOWN = "unknown"


def react(connection: sqlite3.Connection, happening: Happening, settings: Settings) -> Welcome | None:
    scan = happening.scan
    if not is_for_binding(scan.scene):
        return None
    request = bindings.find(connection, scan.scene)
    if request is None and happening.allocation_id is not None:
        return None  # somebody named a campaign so
    verdict = _verdict(connection, request, happening)
    if request and happening.is_new:
        _note(connection, request, happening, verdict, settings)
    # whoever scans is meant to be the asker, and WeChat tells no language of theirs
    language = request.language if request else settings.language
    return (Message(words.text(say(f"scanner.{verdict}"), language)),)


def _verdict(connection: sqlite3.Connection, request: Request | None, happening: Happening) -> Verdict:
    """Judge from what is written down alone, so that a repeated push is judged as the first."""
    if request is None or request.app_id != happening.scan.app_id:
        return Verdict.UNKNOWN
    is_theirs = request.person == happening.person
    match request.stage:
        case Stage.ASKED:
            return _first_verdict(connection, request, happening)
        case Stage.BOUND:  # the push that led to it may be repeated; whoever scans now is late
            is_the_same = is_theirs and request.scanned_at == happening.scan.at
            return Verdict.CONFIRM if is_the_same else Verdict.OVER
        case Stage.ENDED if is_theirs or request.person is None:
            return _AFTER.get(request.why, Verdict.OVER)
    return Verdict.CONFIRM if is_theirs else Verdict.OTHER


def _first_verdict(connection: sqlite3.Connection, request: Request, happening: Happening) -> Verdict:
    """Judge the first scan of a code."""
    scan, person = happening.scan, happening.person
    # no unfollow will come any more to end it
    if scans.has_left_since(connection, person, scan.at):
        return Verdict.OVER
    if scan.at > request.ends_at:
        return Verdict.LATE
    is_taken = bindings.of_person(connection, request.app_id, person) is not None
    return Verdict.TAKEN if is_taken else Verdict.CONFIRM


_AFTER: dict[Why | None, Verdict] = {Why.OTHER: Verdict.OTHER, Why.TAKEN: Verdict.TAKEN, Why.LATE: Verdict.LATE}


def _note(
    connection: sqlite3.Connection, request: Request, happening: Happening, verdict: Verdict, settings: Settings
) -> None:
    scan, person = happening.scan, happening.person
    match request.stage, verdict:
        case Stage.ASKED, Verdict.CONFIRM:
            open_id = scan.open_id if wants_bindings(settings) else None
            bindings.scan(connection, request.scene, person, open_id, scan.at)
            came = "newcomer" if scan.event is Event.FOLLOW else "follower"
            _tell(connection, request, f"binding.scanned.{came}", happening, CONFIRM_WITHIN)
        case Stage.ASKED, Verdict.TAKEN:
            bindings.end(connection, request.scene, Why.TAKEN, person)
            _tell(connection, request, "binding.taken", happening, STALE)
        case Stage.ASKED, Verdict.LATE:
            bindings.end(connection, request.scene, Why.LATE)
            _tell(connection, request, "binding.late", happening, STALE)
        case Stage.ASKED, Verdict.OVER:
            bindings.end(connection, request.scene, Why.UNFOLLOWED)
            _tell(connection, request, "binding.scanner.unfollowed", happening, STALE)
        case Stage.SCANNED, Verdict.OTHER:
            # whoever of the two it is, somebody else sees the code
            bindings.end(connection, request.scene, Why.OTHER)
            notices.withdraw(connection, request.scene)
            _tell(connection, request, "binding.other", happening, STALE)


def _tell(connection: sqlite3.Connection, request: Request, what: str, happening: Happening, lasts: int) -> None:
    at, now = happening.scan.at, happening.received_at
    who = (request.app_id, request.team_id, request.user_id, request.channel_id)
    notices.add(connection, Notice(*who, what, request.scene, at, due_at=now, ends_at=at + lasts))


reaction = Reaction(
    frozenset({Event.SCAN, Event.FOLLOW}), react, answers_first=True, when=lambda scan: BINDING in scan.event_key
)
