"""One row a ticket: who has a scene, who may have it too, and one permanent code for ever."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import Conflict, NotFound
from bot.model import Kind, Scene, State
from bot.reply import Channel, Person
from storage import allocations, listing
from storage.allocations import Reservation, Wish
from storage.database import Database
from storage.listing import Wanted
from storage.migrations import migrate
from tests.storage.wishes import APP, NOW, OTHER_APP, minted, permanent, ticket, wish

Connection = sqlite3.Connection
SPRING = Scene("spring")


def unknown(connection: Connection, wanted: Wish) -> None:
    """Reserve a permanent code that WeChat never answers for."""
    allocation = allocations.reserve_permanent(connection, wanted).allocation
    allocations.set_state(connection, allocation.id, State.UNKNOWN)


def number(connection: Connection, first: int = 1, last: int = 3, **more: object) -> str:
    return allocations.reserve_number(connection, wish("", **more), first, last).scene.text


def test_a_reservation_is_what_was_wished_for_and_has_no_ticket_yet(connection: Connection) -> None:
    reserved = allocations.reserve(connection, wish(name="Spring booth"))
    assert (reserved.scene, reserved.kind, reserved.generation, reserved.state) == (
        SPRING,
        Kind.TEMPORARY,
        1,
        State.RESERVED,
    )
    assert (reserved.name, reserved.owner, reserved.channel_id, reserved.lifetime) == ("Spring booth", "U1", "C1", 600)
    assert (reserved.ticket, reserved.expires_at, reserved.is_live(NOW)) == (None, None, False)


def test_a_ticket_makes_a_reservation_live_until_it_ends(connection: Connection) -> None:
    live = minted(connection, wish())
    assert (live.state, live.expires_at) == (State.LIVE, NOW + 600)
    assert live.is_live(NOW + 599)
    assert not live.is_live(NOW + 600)
    assert allocations.get(connection, live.id) == live


def test_one_request_reserves_one_temporary_code_however_often_it_is_tried(connection: Connection) -> None:
    wanted = wish()
    first = minted(connection, wanted)
    assert allocations.reserve(connection, wanted) == first


def test_a_request_that_wechat_refused_may_be_tried_again(connection: Connection) -> None:
    wanted = wish()
    first = allocations.reserve(connection, wanted)
    allocations.set_state(connection, first.id, State.FAILED)
    again = allocations.reserve(connection, wanted)
    assert (again.id, again.state) == (first.id, State.RESERVED)


@pytest.mark.parametrize("whose", [{"owner": "U2"}, {"channel_id": "C2"}])
def test_a_scene_that_is_live_by_another_or_elsewhere_is_a_question(
    connection: Connection, whose: dict[str, str]
) -> None:
    minted(connection, wish())
    with pytest.raises(Conflict) as shown:
        allocations.reserve(connection, wish(**whose))
    assert shown.value.key == "conflict.live"
    assert shown.value.facts == {"scene": "spring", "owner": Person("U1"), "channel": Channel("C1")}


def test_the_question_can_be_overruled(connection: Connection) -> None:
    minted(connection, wish())
    assert allocations.reserve(connection, wish(owner="U2", anyway=True)).generation == 2


def test_ones_own_scene_in_its_channel_is_minted_anew_without_a_question(connection: Connection) -> None:
    minted(connection, wish())
    assert allocations.reserve(connection, wish()).generation == 2


def test_a_scene_whose_code_has_ended_is_free(connection: Connection) -> None:
    minted(connection, wish())
    assert allocations.reserve(connection, wish(owner="U2", asked_at=NOW + 600)).generation == 2


def test_a_scene_that_is_being_minted_is_a_question_for_a_minute(connection: Connection) -> None:
    allocations.reserve(connection, wish())
    with pytest.raises(Conflict):
        allocations.reserve(connection, wish(owner="U2", asked_at=NOW + 59))
    assert allocations.reserve(connection, wish(owner="U2", asked_at=NOW + 60)).generation == 2


def test_a_scene_of_another_account_is_free(connection: Connection) -> None:
    minted(connection, wish())
    assert allocations.reserve(connection, wish(owner="U2", app_id=OTHER_APP)).generation == 1


def test_a_scene_has_one_permanent_code_whoever_asks(connection: Connection) -> None:
    first = minted(connection, permanent())
    for wanted in (permanent(owner="U2", channel_id="C2"), permanent(anyway=True)):
        assert allocations.reserve_permanent(connection, wanted) == Reservation(first, fresh=False)


def test_a_permanent_code_is_its_first_requests_to_mint_and_nobody_elses(connection: Connection) -> None:
    wanted = permanent()
    reserved = allocations.reserve_permanent(connection, wanted)
    assert reserved.fresh
    assert allocations.is_from(connection, reserved.allocation.id, wanted.request_id)
    for later in (wanted, permanent()):
        assert allocations.reserve_permanent(connection, later) == Reservation(reserved.allocation, fresh=False)


def test_a_permanent_code_of_a_scene_that_is_live_temporarily_elsewhere_is_a_question(connection: Connection) -> None:
    minted(connection, wish(channel_id="C2"))
    with pytest.raises(Conflict):
        allocations.reserve_permanent(connection, permanent())
    assert allocations.reserve_permanent(connection, permanent(anyway=True)).fresh


def test_a_refused_permanent_code_leaves_the_scene_free(connection: Connection) -> None:
    wanted = permanent()
    refused = allocations.reserve_permanent(connection, wanted).allocation
    allocations.set_state(connection, refused.id, State.FAILED)
    assert allocations.reserve_permanent(connection, permanent(owner="U2")).fresh


def test_a_refused_request_that_is_tried_again_after_another_has_minted_gets_that_ones_code(
    connection: Connection,
) -> None:
    wanted = permanent()
    refused = allocations.reserve_permanent(connection, wanted).allocation
    allocations.set_state(connection, refused.id, State.FAILED)
    theirs = minted(connection, permanent(owner="U2"))
    assert allocations.reserve_permanent(connection, wanted) == Reservation(theirs, fresh=False)


def test_a_permanent_code_of_unknown_outcome_is_asked_for_again_only_when_a_person_says_so(
    connection: Connection,
) -> None:
    unknown(connection, permanent())
    assert not allocations.reserve_permanent(connection, permanent()).fresh
    wanted = permanent(owner="U2", channel_id="C2", anyway=True)
    again = allocations.reserve_permanent(connection, wanted)
    assert again.fresh
    assert (again.allocation.state, again.allocation.generation) == (State.RESERVED, 2)
    assert (again.allocation.owner, again.allocation.channel_id) == ("U2", "C2")
    assert allocations.is_from(connection, again.allocation.id, wanted.request_id)


def test_the_request_whose_outcome_is_unknown_does_not_ask_again_by_itself(connection: Connection) -> None:
    wanted = permanent(anyway=True)
    unknown(connection, wanted)
    assert not allocations.reserve_permanent(connection, wanted).fresh


def test_a_code_of_unknown_outcome_stays_so_when_asking_again_was_refused(connection: Connection) -> None:
    unknown(connection, permanent())
    again = allocations.reserve_permanent(connection, permanent(anyway=True)).allocation
    allocations.set_state(connection, again.id, State.FAILED)
    later = allocations.reserve_permanent(connection, permanent())
    assert not later.fresh
    assert later.allocation.state is State.UNKNOWN
    assert allocations.permanent_used(connection, APP) == 1


def test_what_is_live_is_never_unmade(connection: Connection) -> None:
    live = minted(connection, wish())
    for state in (State.FAILED, State.UNKNOWN):
        allocations.set_state(connection, live.id, state)
        assert allocations.get(connection, live.id) == live


def test_permanent_codes_that_may_be_used_up_are_counted(connection: Connection) -> None:
    assert allocations.permanent_used(connection, APP) == 0
    minted(connection, permanent("a"))
    allocations.reserve_permanent(connection, permanent("b"))
    unknown(connection, permanent("c"))
    minted(connection, permanent("c", anyway=True))
    refused = allocations.reserve_permanent(connection, permanent("d")).allocation
    allocations.set_state(connection, refused.id, State.FAILED)
    minted(connection, wish("e"))
    minted(connection, permanent("a", app_id=OTHER_APP))
    assert allocations.permanent_used(connection, APP) == 4


def test_numbers_go_up_and_then_begin_anew(connection: Connection) -> None:
    asked = [number(connection, asked_at=NOW + 60 * step) for step in range(5)]
    assert asked == ["1", "2", "3", "1", "2"]


def test_a_number_that_is_live_is_skipped(connection: Connection) -> None:
    minted(connection, wish("2", lifetime=6000))
    minted(connection, permanent("3"))
    assert [number(connection, asked_at=NOW + 60 * step) for step in range(3)] == ["1", "1", "1"]


def test_where_every_number_is_live_there_is_none(connection: Connection) -> None:
    for scene in ("1", "2", "3"):
        minted(connection, wish(scene))
    with pytest.raises(Conflict) as shown:
        number(connection)
    assert (shown.value.key, shown.value.facts) == ("conflict.no_number", {"first": "1", "last": "3"})
    assert number(connection, asked_at=NOW + 600) in {"1", "2", "3"}


def test_each_account_counts_for_itself(connection: Connection) -> None:
    assert [number(connection, app_id=app) for app in (APP, OTHER_APP, APP)] == ["1", "1", "2"]


def test_a_counter_outside_a_changed_range_begins_the_new_one(connection: Connection) -> None:
    assert [number(connection, 8, 9), number(connection, 8, 9), number(connection, 1, 3)] == ["8", "9", "1"]


def test_one_request_gets_one_number(connection: Connection) -> None:
    wanted = wish("")
    first = allocations.reserve_number(connection, wanted, 1, 9)
    assert allocations.reserve_number(connection, wanted, 1, 9) == first


def test_what_is_live_or_being_minted_is_found_newest_first(connection: Connection) -> None:
    old = minted(connection, wish(asked_at=NOW - 10))
    new = minted(connection, wish(asked_at=NOW - 10))
    reserved = allocations.reserve(connection, wish(asked_at=NOW - 5))
    minted(connection, wish(asked_at=NOW - 9000))
    assert allocations.find_live(connection, APP, SPRING, NOW) == [reserved, new, old]


def test_the_code_to_show_is_a_live_one_the_permanent_before_the_newest(connection: Connection) -> None:
    minted(connection, wish(asked_at=NOW - 9000))
    newer = minted(connection, wish())
    assert listing.look_up(connection, Wanted(APP, SPRING, NOW)) == newer
    unknown(connection, permanent())
    assert listing.look_up(connection, Wanted(APP, SPRING, NOW)) == newer
    lasting = minted(connection, permanent(anyway=True))
    newest = minted(connection, wish(asked_at=NOW + 1))
    assert listing.look_up(connection, Wanted(APP, SPRING, NOW)) == lasting
    assert listing.look_up(connection, Wanted(APP, SPRING, NOW, prefer=Kind.TEMPORARY)) == newest


def test_a_button_means_the_very_code_it_stands_under(connection: Connection) -> None:
    older, newer = minted(connection, wish()), minted(connection, wish())
    lasting = minted(connection, permanent(anyway=True))
    for one in (older, newer, lasting):
        assert listing.look_up(connection, Wanted(APP, SPRING, NOW, code=one.id)) == one


def test_a_code_that_has_ended_is_still_found(connection: Connection) -> None:
    ended = minted(connection, wish(asked_at=NOW - 9000))
    assert listing.look_up(connection, Wanted(APP, SPRING, NOW)) == ended


@pytest.mark.parametrize(("typed", "near"), [("SPRING", "spring"), ("sprint", "spring"), ("autumn", "")])
def test_a_scene_nobody_ever_minted_is_answered_with_one_like_it(connection: Connection, typed: str, near: str) -> None:
    minted(connection, wish())
    with pytest.raises(NotFound) as shown:
        listing.look_up(connection, Wanted(APP, Scene(typed), NOW))
    assert shown.value.facts.get("near", "") == near


def test_a_reservation_that_came_to_nothing_is_not_shown(connection: Connection) -> None:
    reserved = allocations.reserve(connection, wish())
    allocations.set_state(connection, reserved.id, State.FAILED)
    with pytest.raises(NotFound):
        listing.look_up(connection, Wanted(APP, SPRING, NOW))


def test_the_database_itself_refuses_a_second_permanent_code(connection: Connection) -> None:
    minted(connection, permanent())
    with pytest.raises(sqlite3.IntegrityError):
        allocations._insert(connection, permanent(), SPRING)


WISHES = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["U1", "U2"]), st.booleans(), st.sampled_from([*State, None])),
    max_size=12,
)


@settings(deadline=None)
@given(WISHES)
def test_no_order_of_wishes_and_answers_gives_a_scene_two_permanent_codes(
    wishes: list[tuple[str, str, bool, State | None]],
) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        for statement in _tables():
            connection.execute(statement)
        for scene, owner, anyway, came in wishes:
            reservation = allocations.reserve_permanent(connection, permanent(scene, owner=owner, anyway=anyway))
            if reservation.fresh and came is State.LIVE:
                allocations.set_ticket(connection, reservation.allocation.id, ticket())
            elif reservation.fresh and came:
                allocations.set_state(connection, reservation.allocation.id, came)
        for scene in "ab":
            query = "select count(*) from allocations where scene = ? and state <> 'failed'"
            assert connection.execute(query, (scene,)).fetchone()[0] <= 1
    connection.close()


def _tables() -> list[str]:
    """Return the statements that made the newest tables, once for all examples."""
    if not _made:
        import sqlite_utils

        made = sqlite_utils.Database(memory=True)
        migrate(made)
        query = "select sql from sqlite_master where type in ('table', 'index') and tbl_name = 'allocations'"
        _made.extend(row[0] for row in made.execute(query).fetchall() if row[0])
        made.close()
    return _made


_made: list[str] = []


async def test_two_bots_that_want_one_permanent_code_at_once_reserve_it_once(tmp_path: Path) -> None:
    path = tmp_path / "wxqr.db"
    async with Database.opened(path, migrate=migrate) as one, Database.opened(path, migrate=migrate) as other:
        wanted = [bot.write(allocations.reserve_permanent, permanent()) for bot in (one, other) * 10]
        reservations = await asyncio.gather(*wanted)
    assert [reservation.fresh for reservation in reservations].count(True) == 1
    assert len({reservation.allocation.id for reservation in reservations}) == 1


async def test_two_bots_that_want_numbers_at_once_get_different_ones(tmp_path: Path) -> None:
    path = tmp_path / "wxqr.db"
    async with Database.opened(path, migrate=migrate) as one, Database.opened(path, migrate=migrate) as other:
        wanted = [bot.write(allocations.reserve_number, wish(""), 1, 999) for bot in (one, other) * 10]
        numbers = [allocation.scene.text for allocation in await asyncio.gather(*wanted)]
    assert sorted(map(int, numbers)) == list(range(1, 21))
