"""What other systems are told, and the signature by which they know that it is ours: pure.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum

SECRET = "whsec_"  # noqa: S105 - what every secret begins with


class Topic(StrEnum):
    """What a message can be about: its `type`."""

    BINDING_MADE = "binding.made"
    BINDING_ENDED = "binding.ended"
    SCAN = "scan"


def payload(topic: Topic, at: int, data: Mapping[str, str]) -> str:
    """Return the body of a message: what happened, when (it, not its delivery), and to whom."""
    said = {"type": topic, "timestamp": written(at), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def headers(secret: str, id_: str, at: int, body: str) -> dict[str, str]:
    """Return the headers of one try at `at`. The id is the same for each, so that a receiver counts it once."""
    key = base64.b64decode(secret.removeprefix(SECRET))
    signature = base64.b64encode(hmac.digest(key, f"{id_}.{at}.{body}".encode(), hashlib.sha256)).decode()
    return {"webhook-id": id_, "webhook-timestamp": str(at), "webhook-signature": f"v1,{signature}"}


def written(at: int) -> str:
    """Return seconds since 1970 as other systems read them: ISO 8601, UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
