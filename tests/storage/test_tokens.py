"""The token's row: one fetches at a time, and what came of it is there for all."""

import sqlite3
from dataclasses import replace

from bot.model import TokenFailure
from storage import tokens
from storage.tokens import SealedToken
from tests.storage.wishes import APP, NOW, OTHER_APP

Connection = sqlite3.Connection
SEALED = SealedToken(b"\x00sealed", NOW, NOW + 7200, "/cgi-bin/stable_token", "host", "refused-digest")
FAILURE = TokenFailure(NOW, "host", 40164, "invalid ip 203.0.113.9", "1-2-3", "wechat.40164")


def claim(connection: Connection, owner: str, now: int = NOW, app_id: str = APP) -> bool:
    return tokens.claim(connection, app_id, owner, now, now + 30)


def test_one_process_at_a_time_may_fetch(connection: Connection) -> None:
    assert claim(connection, "one")
    assert not claim(connection, "other")
    assert claim(connection, "one", NOW + 10)
    assert not claim(connection, "other", NOW + 39)
    assert claim(connection, "other", NOW + 40)


def test_who_lets_go_lets_others_fetch_and_nobody_lets_go_for_another(connection: Connection) -> None:
    assert claim(connection, "one")
    tokens.release(connection, APP, "other")
    assert not claim(connection, "other")
    tokens.release(connection, APP, "one")
    assert claim(connection, "other")


def test_each_account_is_fetched_for_by_itself(connection: Connection) -> None:
    assert claim(connection, "one")
    assert claim(connection, "other", app_id=OTHER_APP)


def test_a_claim_is_no_token_and_no_failure(connection: Connection) -> None:
    claim(connection, "one")
    assert tokens.find(connection, APP) is None
    assert tokens.last_failure(connection, APP) is None


def test_a_stored_token_is_found_by_its_account_only(connection: Connection) -> None:
    tokens.store(connection, APP, SEALED)
    assert tokens.find(connection, APP) == SEALED
    assert tokens.find(connection, OTHER_APP) is None


def test_the_next_token_takes_the_place_of_the_one_before(connection: Connection) -> None:
    following = replace(SEALED, sealed=b"next", fetched_at=NOW + 7000, refused="")
    tokens.store(connection, APP, SEALED)
    tokens.store(connection, APP, following)
    assert tokens.find(connection, APP) == following


def test_a_failure_is_kept_beside_the_token_that_still_lives(connection: Connection) -> None:
    claim(connection, "one")
    tokens.store(connection, APP, SEALED)
    tokens.fail(connection, APP, FAILURE)
    assert tokens.last_failure(connection, APP) == FAILURE
    assert tokens.find(connection, APP) == SEALED
    tokens.store(connection, APP, SEALED)
    assert tokens.last_failure(connection, APP) == FAILURE


def test_forced_refreshes_are_counted_by_account_since_a_moment_newest_first(connection: Connection) -> None:
    for at in (NOW - 100, NOW, NOW - 50):
        tokens.force(connection, APP, "U1", at, f"request-{at}")
    tokens.force(connection, OTHER_APP, "U1", NOW, "another")
    assert tokens.forced_since(connection, APP, NOW - 50) == [NOW, NOW - 50]
