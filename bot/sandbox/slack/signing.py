"""How Slack signs what it sends.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac

USER_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


def signed(secret: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that prove `body` was sent at `timestamp` by who knows `secret`."""
    base = b"v0:" + str(timestamp).encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}", "User-Agent": USER_AGENT}
