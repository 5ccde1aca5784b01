"""Which tag a scene's followers get, and how many have it."""

import sqlite3

from storage import scans, tag_rules
from storage.tag_rules import Rule
from tests.storage.wishes import APP, NOW, OTHER_APP

VIP = Rule("spring", 102, "VIP", "U1", NOW)


def chosen(connection: sqlite3.Connection, scene: str) -> str | None:
    rule = tag_rules.choose(connection, scans.scene_number(connection, APP, scene, NOW))
    return rule.tag if rule else None


def test_a_scene_has_the_tag_it_was_given_last(connection: sqlite3.Connection) -> None:
    assert chosen(connection, "spring") is None
    tag_rules.set_rule(connection, APP, VIP)
    tag_rules.set_rule(connection, APP, Rule("spring", 103, "Booth", "U2", NOW + 1))
    assert chosen(connection, "spring") == "Booth"
    assert chosen(connection, "summer") is None


def test_a_rule_is_of_one_account(connection: sqlite3.Connection) -> None:
    tag_rules.set_rule(connection, OTHER_APP, VIP)
    assert chosen(connection, "spring") is None


def test_the_counts_go_on_while_the_tag_is_the_same(connection: sqlite3.Connection) -> None:
    tag_rules.set_rule(connection, APP, VIP)
    tag_rules.count(connection, APP, 102, tagged={"spring": 5}, refused={"spring": 1})
    assert (tag_rules.set_rule(connection, APP, VIP).tagged, tag_rules.set_rule(connection, APP, VIP).refused) == (5, 1)
    assert tag_rules.set_rule(connection, APP, Rule("spring", 103, "Booth", "U1", NOW)).tagged == 0


def test_who_was_tagged_by_an_earlier_rule_does_not_count_for_the_new_one(connection: sqlite3.Connection) -> None:
    tag_rules.set_rule(connection, APP, VIP)
    tag_rules.count(connection, APP, 99, tagged={"spring": 5}, refused={})
    rule = tag_rules.find(connection, APP, "spring")
    assert rule is not None
    assert rule.tagged == 0


def test_a_tag_that_is_lost_is_given_to_nobody_until_it_is_set_anew(connection: sqlite3.Connection) -> None:
    tag_rules.set_rule(connection, APP, VIP)
    tag_rules.lose(connection, APP, 102, NOW)
    assert chosen(connection, "spring") is None
    tag_rules.set_rule(connection, APP, VIP)
    assert chosen(connection, "spring") == "VIP"


def test_what_is_removed_is_returned_once(connection: sqlite3.Connection) -> None:
    tag_rules.set_rule(connection, APP, VIP)
    assert tag_rules.remove(connection, APP, "spring") == VIP
    assert tag_rules.remove(connection, APP, "spring") is None
    assert tag_rules.every(connection, APP) == []
