"""A channel's digest is claimed by one process, given back where it was not sent, and all of one moment."""

import sqlite3
from dataclasses import replace

from bot.figures import Sums, Window
from bot.model import DAY, HOUR
from bot.reply import Share
from bot.scan import Event, beginning_of, day_of
from storage import digests
from storage.digests import Subscription
from tests.storage.arrivals import come, crowd, event
from tests.storage.wishes import APP, NOW, OTHER_APP, minted, wish

TODAY = day_of(NOW)
WISH = Subscription(APP, "C1", "T1", "daily", "U1", NOW, sent_for=TODAY - 1)


def at(day: int) -> int:
    return beginning_of(day) + 12 * HOUR


def test_a_digest_is_claimed_once_a_day(connection: sqlite3.Connection) -> None:
    digests.subscribe(connection, WISH)
    assert digests.claim(connection, WISH, TODAY)
    assert not digests.claim(connection, WISH, TODAY)
    assert digests.claim(connection, WISH, TODAY + 1)


def test_what_was_surely_not_sent_can_be_claimed_again(connection: sqlite3.Connection) -> None:
    digests.subscribe(connection, WISH)
    digests.claim(connection, WISH, TODAY)
    digests.give_back(connection, WISH, TODAY)
    assert digests.claim(connection, WISH, TODAY)


def test_who_changes_the_rhythm_reads_no_day_twice(connection: sqlite3.Connection) -> None:
    digests.subscribe(connection, WISH)
    digests.claim(connection, WISH, TODAY)
    weekly = replace(WISH, rhythm="weekly", made_by="U2")
    digests.subscribe(connection, weekly)
    assert digests.find(connection, APP, "C1") == replace(weekly, sent_for=TODAY)
    assert not digests.claim(connection, weekly, TODAY)


def test_a_digest_whose_rhythm_was_changed_meanwhile_is_not_sent(connection: sqlite3.Connection) -> None:
    digests.subscribe(connection, WISH)
    digests.subscribe(connection, replace(WISH, rhythm="weekly"))
    assert not digests.claim(connection, WISH, TODAY)


def test_each_account_and_channel_has_its_own(connection: sqlite3.Connection) -> None:
    for one in (WISH, replace(WISH, channel_id="C2"), replace(WISH, app_id=OTHER_APP)):
        digests.subscribe(connection, one)
    assert len(digests.every(connection)) == 3
    assert digests.end(connection, APP, "C1")
    assert not digests.end(connection, APP, "C1")
    assert len(digests.every(connection)) == 2


def test_a_trouble_is_new_once_and_again_after_it_was_over(connection: sqlite3.Connection) -> None:
    digests.subscribe(connection, WISH)
    noted = [digests.note_trouble(connection, WISH, why) for why in ("not_in_channel", "not_in_channel", "", "gone")]
    assert noted == [True, False, True, True]


def test_it_tells_of_the_day_before_and_of_the_change_against_the_one_before_that(
    connection: sqlite3.Connection,
) -> None:
    minted(connection, wish("spring", name="Booth", lifetime=3 * DAY))
    crowd(connection, range(2), at(TODAY - 2), "spring")
    crowd(connection, range(2, 5), at(TODAY - 1), "spring")
    crowd(connection, range(5, 6), at(TODAY - 1), "partner")
    come(connection, event("o0", Event.UNFOLLOW, at(TODAY - 1)), event("x", Event.FOLLOW, at(TODAY - 1)))
    crowd(connection, range(6, 9), at(TODAY), "spring")
    digest = digests.gather(connection, WISH, "shop", TODAY, NOW)
    assert digest.window == Window(TODAY - 1, TODAY - 1)
    assert digest.total == Sums(scans=4, by_followers=0, follows=4, first_follows=4, unfollows=1)
    assert (digest.before.scans, digest.before.follows) == (2, 2)
    assert [(code.scene, code.name, code.is_external, sums.follows) for code, sums in digest.best] == [
        ("spring", "Booth", False, 3),
        ("partner", "", True, 1),
    ]
    assert [one.scene.text for one in digest.expiring] == ["spring"]
    assert (digest.quality, digest.external) == (None, Share(1, 4))


def test_a_renewed_code_is_one_line_under_what_ends_soon_with_its_last_end(connection: sqlite3.Connection) -> None:
    for days in (2, 5):
        minted(connection, wish("spring", lifetime=days * DAY, anyway=True))
    minted(connection, wish("summer", lifetime=3 * DAY))
    minted(connection, wish("autumn", lifetime=9 * DAY))
    digest = digests.gather(connection, WISH, "shop", TODAY, NOW)
    assert [(one.scene.text, one.expires_at) for one in digest.expiring] == [
        ("summer", NOW + 3 * DAY),
        ("spring", NOW + 5 * DAY),
    ]
    assert digest.expiring_in_all == 2


def test_a_weekly_one_tells_of_seven_days(connection: sqlite3.Connection) -> None:
    for back in (1, 7, 8):
        crowd(connection, range(10 * back, 10 * back + 1), at(TODAY - back), "spring")
    digest = digests.gather(connection, replace(WISH, rhythm="weekly"), "shop", TODAY, NOW)
    assert (digest.total.follows, digest.before.follows) == (2, 1)
    assert sorted(digest.by_day) == [TODAY - 7, TODAY - 1]


def test_a_day_on_which_nothing_happened_is_told_as_such(connection: sqlite3.Connection) -> None:
    come(connection, event("o1", Event.FOLLOW, at(TODAY)))
    assert digests.gather(connection, WISH, "shop", TODAY, NOW).total.is_nothing
