"""What else people type in English after a command's name: other forms of its options and choices."""

from collections.abc import Mapping

OPTIONS: Mapping[str, str] = {"off": "stop"}

# by field and choice
CHOICES: Mapping[str, Mapping[str, str]] = {
    "which": {"temp": "temporary", "perm": "permanent"},
    "by": {
        "hour": "hours hourly",
        "day": "days daily",
        "week": "weeks weekly",
        "code": "codes",
        "owner": "owners people person",
        "channel": "channels",
    },
    "period": {"week": "weekly 7d", "month": "monthly 30d"},
    "what": {"stats": "figures statistics", "scans": "events"},
    "rhythm": {"daily": "day", "weekly": "week", "off": "stop end"},
}
