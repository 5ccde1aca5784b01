"""What is allocated, as people look for it."""

import sqlite3
from typing import Any

import pytest

from bot.model import DAY, State
from storage import allocations, listing
from storage.listing import Page, Search
from tests.storage.wishes import APP, NOW, OTHER_APP, minted, permanent, wish

Connection = sqlite3.Connection


def search(connection: Connection, which: str = "", text: str = "", **more: Any) -> Page:
    wanted = {"app_id": APP, "owner": "U1", "now": NOW, "limit": 8, "offset": 0, **more}
    return listing.search(connection, Search(which=which, text=text, **wanted))


def scenes(page: Page) -> list[str]:
    return [one.scene.text for one in page.allocations]


@pytest.fixture
def stocked(connection: Connection) -> Connection:
    """Fill the table: something of each kind, oldest first."""
    minted(connection, wish("ended", asked_at=NOW - 900))
    minted(connection, wish("soon", asked_at=NOW - 300, name="Poster"))
    minted(connection, wish("later", asked_at=NOW - 200, lifetime=20 * DAY, owner="U2"))
    minted(connection, permanent("lasting", asked_at=NOW - 100, name="Big poster"))
    lost = allocations.reserve_permanent(connection, permanent("lost", asked_at=NOW - 50, owner="U2")).allocation
    allocations.set_state(connection, lost.id, State.UNKNOWN)
    refused = allocations.reserve(connection, wish("refused"))
    allocations.set_state(connection, refused.id, State.FAILED)
    allocations.reserve(connection, wish("reserved"))
    minted(connection, wish("elsewhere", app_id=OTHER_APP))
    return connection


@pytest.mark.parametrize(("which", "found"), [
    ("", ["lost", "lasting", "later", "soon"]),
    ("temp", ["later", "soon"]),
    ("perm", ["lost", "lasting"]),
    ("mine", ["lasting", "soon"]),
    ("expiring", ["soon"]),
])  # fmt: skip
def test_what_is_live_or_unknown_is_found_newest_first(stocked: Connection, which: str, found: list[str]) -> None:
    page = search(stocked, which)
    assert scenes(page) == found
    assert page.total == len(found)


@pytest.mark.parametrize(("text", "found"), [
    ("poster", ["lasting", "soon"]), ("LAST", ["lasting"]), ("oo", ["soon"]), ("%", []), ("l_st", []), ("\\", []),
])  # fmt: skip
def test_a_piece_of_a_scene_or_a_name_finds_it_and_wildcards_are_letters(
    stocked: Connection, text: str, found: list[str]
) -> None:
    assert scenes(search(stocked, text=text)) == found


def test_a_text_with_wildcards_of_its_own_is_found(connection: Connection) -> None:
    minted(connection, wish("a_b", name="100% \\ off"))
    minted(connection, wish("axb"))
    assert [scenes(search(connection, text=text)) for text in ("a_b", "0% \\ o")] == [["a_b"], ["a_b"]]


def test_a_text_narrows_a_kind(stocked: Connection) -> None:
    assert scenes(search(stocked, "perm", "poster")) == ["lasting"]


def test_what_expires_first_comes_first(connection: Connection) -> None:
    for days in (6, 2, 7, 4):
        minted(connection, wish(f"in-{days}", lifetime=days * DAY))
    assert scenes(search(connection, "expiring")) == ["in-2", "in-4", "in-6"]


def test_pages_follow_one_another_without_gap_and_know_the_total(connection: Connection) -> None:
    for number in range(20):
        minted(connection, wish(f"s{number}"))
    pages = [search(connection, offset=offset) for offset in (0, 8, 16, 24)]
    assert [scene for page in pages for scene in scenes(page)] == [f"s{number}" for number in reversed(range(20))]
    assert {page.total for page in pages} == {20}


def test_an_export_holds_every_allocation_oldest_first(stocked: Connection) -> None:
    rows = listing.every(stocked)
    assert [row["scene"] for row in rows] == [
        "ended", "soon", "later", "lasting", "lost", "refused", "reserved", "elsewhere",
    ]  # fmt: skip
    assert rows[3]["url"]
    assert rows[3]["expires_at"] is None
