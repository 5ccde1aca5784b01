"""What Prometheus is told, at `/metrics`: names begin with wxqr_."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

registry = CollectorRegistry()

_answers = Counter("wxqr_answers_total", "Commands answered.", ["command", "outcome"], registry=registry)
_acknowledged = Histogram(
    "wxqr_acknowledgement_seconds",
    "From a request of Slack to its acknowledgement.",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 2, 3),
    registry=registry,
)
_not_kept = Counter(
    "wxqr_not_kept_total", "Commands refused because the database did not take them.", registry=registry
)
_waiting = Gauge("wxqr_commands_waiting", "Commands acknowledged and not answered yet.", registry=registry)
_token = Gauge("wxqr_access_token_seconds", "Seconds the access token has left.", ["account"], registry=registry)
_permanent = Gauge("wxqr_permanent_codes", "Permanent codes minted, of 100,000.", ["account"], registry=registry)
_pushes = Counter(
    "wxqr_pushes_total", "Events WeChat pushed, by what became of them: new, repeated.", ["outcome"], registry=registry
)
_pushes_refused = Counter(
    "wxqr_pushes_refused_total",
    "Forged or malformed pushes, by account and reason.",
    ["account", "why"],
    registry=registry,
)
_unsettled = Gauge("wxqr_scans_unsettled", "Events kept whose people are not counted yet.", registry=registry)


def answered(command: str, outcome: str) -> None:
    """Count one answer; `outcome` is ok, or the key of the refusal."""
    _answers.labels(command, outcome).inc()


def acknowledged(seconds: float) -> None:
    """Note how long an acknowledgement took."""
    _acknowledged.observe(seconds)


def refused_by_database() -> None:
    """Count one command that could not be kept."""
    _not_kept.inc()


def waiting(commands: int) -> None:
    """Note how many commands are in hand."""
    _waiting.set(commands)


def token_left(account: str, seconds: int) -> None:
    """Note how long an account's access token still lives."""
    _token.labels(account).set(seconds)


def permanent_codes(account: str, used: int) -> None:
    """Note how many of an account's 100,000 permanent codes were minted."""
    _permanent.labels(account).set(used)


def pushes_kept(fresh: int, repeated: int) -> None:
    """Count a batch of events that are on the disk."""
    _pushes.labels("new").inc(fresh)
    _pushes.labels("repeated").inc(repeated)


def pushes_refused(account: str, why: str) -> None:
    """Count one push that was refused; `why` is one word."""
    _pushes_refused.labels(account, why).inc()


def unsettled(scans: int) -> None:
    """Note how many events wait for their people to be counted."""
    _unsettled.set(scans)


def exposition() -> bytes:
    """Return all of it in Prometheus's text format."""
    return generate_latest(registry)
