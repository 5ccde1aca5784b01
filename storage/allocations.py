"""Table allocations: one row a ticket, from before WeChat is asked for it until for ever."""

import sqlite3
from dataclasses import dataclass

from bot.errors import Conflict
from bot.model import Allocation, AppID, Kind, Scene, State, Ticket
from bot.reply import Channel, Person


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for. `request_id` makes asking twice harmless; `anyway` overrules the question who has it."""

    app_id: AppID
    scene: Scene
    kind: Kind
    lifetime: int | None
    name: str
    owner: str
    channel_id: str
    request_id: str
    asked_at: int
    anyway: bool = False


@dataclass(frozen=True, slots=True)
class Reservation:
    """An allocation, and whether it was reserved just now: then it is its requester's to mint, and nobody else's."""

    allocation: Allocation
    fresh: bool


def reserve_number(connection: sqlite3.Connection, wish: Wish, first: int, last: int) -> Allocation:
    """Reserve the next number between `first` and `last` that nothing uses; `wish.scene` is not looked at."""
    before = _of_request(connection, wish)
    if before:
        return before
    for _ in range(1000):
        scene = _next_number(connection, wish.app_id, first, last)
        if not find_live(connection, wish.app_id, scene, wish.asked_at):
            return _insert(connection, wish, scene)
    raise Conflict("conflict.no_number", first=str(first), last=str(last))


def reserve(connection: sqlite3.Connection, wish: Wish) -> Allocation:
    """Reserve one more temporary code for a scene. Raises Conflict where it is live elsewhere or by another."""
    before = _of_request(connection, wish)
    if before:
        return before
    _ask_who_has_it(connection, wish)
    return _insert(connection, wish, wish.scene)


def reserve_permanent(connection: sqlite3.Connection, wish: Wish) -> Reservation:
    """Return the scene's one permanent allocation: the one there is, whoever asked, or a new one.

    Raises Conflict where a temporary code of the same scene is live elsewhere or by another.
    """
    row = connection.execute(
        "select * from allocations where app_id = :app_id and scene = :scene and kind = 'perm' and state <> 'failed'",
        {"app_id": wish.app_id, "scene": wish.scene.text},
    ).fetchone()
    if row and row["state"] == State.UNKNOWN and wish.anyway and row["request_id"] != wish.request_id:
        return Reservation(_ask_again(connection, row["id"], wish), fresh=True)
    if row:
        return Reservation(from_row(row), fresh=False)
    before = _of_request(connection, wish)
    if before:
        return Reservation(before, fresh=True)
    _ask_who_has_it(connection, wish)
    return Reservation(_insert(connection, wish, wish.scene), fresh=True)


def is_minted_for_ever(connection: sqlite3.Connection, app_id: str, scene: Scene) -> bool:
    """Return whether the scene has its permanent code."""
    query = "select 1 from allocations where app_id = :app_id and scene = :scene and kind = 'perm' and state = 'live'"
    return connection.execute(query, {"app_id": app_id, "scene": scene.text}).fetchone() is not None


def is_from(connection: sqlite3.Connection, allocation_id: int, request_id: str) -> bool:
    """Return whether `request_id` is the request that reserved the allocation."""
    query = "select 1 from allocations where id = :id and request_id = :request_id"
    return connection.execute(query, {"id": allocation_id, "request_id": request_id}).fetchone() is not None


def set_ticket(connection: sqlite3.Connection, allocation_id: int, ticket: Ticket) -> Allocation:
    """Make an allocation live with the ticket WeChat gave."""
    row = connection.execute(
        """update allocations set state = 'live', ticket = :ticket, url = :url, expires_at = :expires_at
           where id = :id returning *""",
        {"id": allocation_id, "ticket": ticket.ticket, "url": ticket.url, "expires_at": ticket.expires_at},
    ).fetchone()
    return from_row(row)


def set_state(connection: sqlite3.Connection, allocation_id: int, state: State) -> None:
    """Mark an allocation as failed (WeChat said no) or unknown (WeChat said nothing).

    A permanent code that was asked for again stays unknown when that is refused: the first time may have minted it.
    """
    connection.execute(
        """update allocations set
               state = case when :state = 'failed' and kind = 'perm' and generation > 1 then 'unknown' else :state end,
               generation = generation - (:state = 'failed' and kind = 'perm' and generation > 1)
           where id = :id and state <> 'live'""",
        {"id": allocation_id, "state": state},
    )


def get(connection: sqlite3.Connection, allocation_id: int) -> Allocation:
    """Return an allocation by its number."""
    row = connection.execute("select * from allocations where id = :id", {"id": allocation_id}).fetchone()
    return from_row(row)


def find_live(connection: sqlite3.Connection, app_id: str, scene: Scene, now: int) -> list[Allocation]:
    """Return the scene's codes that can be scanned at `now` or are being minted, newest first."""
    rows = connection.execute(
        """select * from allocations where app_id = :app_id and scene = :scene
           and (state = 'live' and (expires_at is null or expires_at > :now)
                or state = 'reserved' and asked_at > :now - 60)
           order by asked_at desc, id desc""",
        {"app_id": app_id, "scene": scene.text, "now": now},
    )
    return [from_row(row) for row in rows]


def permanent_used(connection: sqlite3.Connection, app_id: str) -> int:
    """Return how many of the account's 100,000 permanent codes are, or may be, used up by this bot."""
    query = """select coalesce(sum(generation), 0) from allocations
               where app_id = :app_id and kind = 'perm' and state <> 'failed'"""
    return int(connection.execute(query, {"app_id": app_id}).fetchone()[0])


def _of_request(connection: sqlite3.Connection, wish: Wish) -> Allocation | None:
    row = connection.execute(
        """update allocations set state = case state when 'failed' then 'reserved' else state end
           where app_id = :app_id and request_id = :request_id returning *""",
        {"app_id": wish.app_id, "request_id": wish.request_id},
    ).fetchone()
    return from_row(row) if row else None


def _ask_who_has_it(connection: sqlite3.Connection, wish: Wish) -> None:
    if wish.anyway:
        return
    for one in find_live(connection, wish.app_id, wish.scene, wish.asked_at):
        if (one.owner, one.channel_id) != (wish.owner, wish.channel_id):
            raise Conflict(
                "conflict.live", scene=one.scene.text, owner=Person(one.owner), channel=Channel(one.channel_id)
            )


def _ask_again(connection: sqlite3.Connection, allocation_id: int, wish: Wish) -> Allocation:
    row = connection.execute(
        """update allocations set state = 'reserved', generation = generation + 1, request_id = :request_id,
               owner = :owner, channel_id = :channel_id, asked_at = :asked_at where id = :id returning *""",
        {
            "id": allocation_id,
            "request_id": wish.request_id,
            "owner": wish.owner,
            "channel_id": wish.channel_id,
            "asked_at": wish.asked_at,
        },
    ).fetchone()
    return from_row(row)


def _next_number(connection: sqlite3.Connection, app_id: str, first: int, last: int) -> Scene:
    row = connection.execute(
        """insert into scene_counters (app_id, last_scene) values (:app_id, :first)
           on conflict (app_id) do update set last_scene =
               case when last_scene >= :first and last_scene < :last then last_scene + 1 else :first end
           returning last_scene""",
        {"app_id": app_id, "first": first, "last": last},
    ).fetchone()
    return Scene(str(row["last_scene"]))


def _insert(connection: sqlite3.Connection, wish: Wish, scene: Scene) -> Allocation:
    row = connection.execute(
        """insert into allocations (app_id, scene, kind, generation, state, name, owner, channel_id, request_id,
                                    asked_at, lifetime)
           select :app_id, :scene, :kind, coalesce(max(generation), 0) + 1, 'reserved', :name, :owner, :channel_id,
                  :request_id, :asked_at, :lifetime
           from allocations where app_id = :app_id and scene = :scene and kind = :kind and state <> 'failed'
           returning *""",
        {
            "app_id": wish.app_id,
            "scene": scene.text,
            "kind": wish.kind,
            "name": wish.name,
            "owner": wish.owner,
            "channel_id": wish.channel_id,
            "request_id": wish.request_id,
            "asked_at": wish.asked_at,
            "lifetime": wish.lifetime,
        },
    ).fetchone()
    return from_row(row)


def from_row(row: sqlite3.Row) -> Allocation:
    """Return a row of this table as a value."""
    return Allocation(
        id=row["id"],
        app_id=row["app_id"],
        scene=Scene(row["scene"]),
        kind=Kind(row["kind"]),
        generation=row["generation"],
        state=State(row["state"]),
        name=row["name"],
        owner=row["owner"],
        channel_id=row["channel_id"],
        asked_at=row["asked_at"],
        lifetime=row["lifetime"],
        ticket=Ticket(row["ticket"], row["url"], row["expires_at"]) if row["ticket"] else None,
        verified=bool(row["verified"]),
    )
