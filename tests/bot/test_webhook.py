"""What we sign, the standard's own library verifies; what anybody changed, it does not."""

import base64
import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook, WebhookVerificationError

from bot.webhook import Topic, headers, payload

SECRETS = st.binary(min_size=24, max_size=64).map(lambda key: "whsec_" + base64.b64encode(key).decode())
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@given(SECRETS, st.dictionaries(st.text(), st.text()))
def test_what_is_signed_verifies_and_reads_back_whatever_is_in_it(secret: str, data: dict[str, str]) -> None:
    now = int(time.time())
    body = payload(Topic.SCAN, now, data)
    read = Webhook(secret).verify(body.encode(), headers(secret, "msg_1", now, body))
    assert read == {"type": "scan", "timestamp": datetime.fromtimestamp(now, UTC).isoformat()[:19] + "Z", "data": data}


@given(SECRETS, st.data())
def test_a_body_of_which_one_character_was_changed_does_not_verify(secret: str, data: st.DataObject) -> None:
    now = int(time.time())
    body = payload(Topic.BINDING_MADE, now, {"openid": "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"})
    signed = headers(secret, "msg_1", now, body)
    at = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda one: one != body[at]))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body[:at] + other + body[at + 1 :], signed)


@pytest.mark.parametrize("changed", ["webhook-id", "webhook-timestamp"])
def test_a_header_that_was_changed_does_not_verify(changed: str) -> None:
    now = int(time.time())
    body = payload(Topic.SCAN, now, {})
    signed = headers(SECRET, "msg_1", now, body)
    signed[changed] = {"webhook-id": "msg_2", "webhook-timestamp": str(now + 1)}[changed]
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body, signed)


def test_the_example_of_the_standards_own_libraries_is_signed_alike() -> None:
    # https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/python/tests/test_webhooks.py
    signed = headers(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, '{"test": 2432232314}')
    assert signed["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_message_is_small_and_written_without_spaces() -> None:
    body = payload(Topic.BINDING_ENDED, 0, {"why": "unbound"})
    assert body == '{"type":"binding.ended","timestamp":"1970-01-01T00:00:00Z","data":{"why":"unbound"}}'


def test_chinese_is_written_as_it_is() -> None:
    assert json.loads(payload(Topic.SCAN, 0, {"scene": "春"}))["data"] == {"scene": "春"}
    assert "春" in payload(Topic.SCAN, 0, {"scene": "春"})
