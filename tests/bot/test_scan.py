"""What WeChat tells, as values: which scene, and who it was."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import AppID, OpenID
from bot.scan import Event, PersonKey, Scan


def scan(event: Event, event_key: str) -> Scan:
    return Scan(AppID("wx1"), OpenID("oOne"), 1, event, event_key)


@pytest.mark.parametrize(
    ("event", "event_key", "scene"),
    [
        (Event.FOLLOW, "qrscene_spring", "spring"),
        (Event.FOLLOW, "qrscene_qrscene_x", "qrscene_x"),
        (Event.FOLLOW, "", ""),
        (Event.FOLLOW, "last_trade_no_4200", ""),
        (Event.SCAN, "qrscene_x", "qrscene_x"),
        (Event.SCAN, "123", "123"),
        (Event.UNFOLLOW, "anything", ""),
    ],
)
def test_the_prefix_of_a_follow_by_code_is_stripped_once_and_nothing_else(
    event: Event, event_key: str, scene: str
) -> None:
    assert scan(event, event_key).scene == scene


def test_a_binding_code_counts_for_no_scene() -> None:
    code = scan(Event.SCAN, "bind_AbC-_123xyz0")
    assert (code.scene, code.counted_scene) == ("bind_AbC-_123xyz0", "")


@pytest.mark.parametrize("scene", ["bind_", "bind_wifi", "bind_summer", "bind_" + "a" * 13, "bind_ÀÀÀÀÀÀÀÀÀÀÀÀ"])
def test_a_scene_that_only_begins_as_a_binding_code_counts_as_itself(scene: str) -> None:
    assert scan(Event.FOLLOW, f"qrscene_{scene}").counted_scene == scene


@given(st.binary(min_size=32, max_size=32), st.text(max_size=40), st.text(max_size=80))
def test_a_person_is_the_hmac_of_account_and_open_id(key: bytes, app_id: str, open_id: str) -> None:
    message = f"{app_id}\0{open_id}".encode(errors="replace")
    if app_id.isprintable() and open_id.isprintable():
        expected = hmac.digest(key, message, hashlib.sha256)[:16]
        assert PersonKey(key).person(app_id, open_id) == expected


def test_the_same_open_id_in_another_account_is_another_person() -> None:
    key = PersonKey(b"k" * 32)
    assert key.person("wx1", "oOne") != key.person("wx2", "oOne")
