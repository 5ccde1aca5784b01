"""What is measured, and what is to be reached: the lines of bench/RESULTS.md."""

from collections.abc import Iterator

from bench.figures import Row

MS, US = 1000, 1_000_000


def answering(commands: int) -> tuple[Row, ...]:
    """Return what Slack sees; `commands` is how many the memory's last row comes after."""
    return (
        Row("200 commands/s, acknowledged once on the disk: p50", "kept p50", "ms", other="naive kept p50", factor=MS),
        Row("200 commands/s, acknowledged once on the disk: p99", "kept p99", "ms", 10, "naive kept p99", MS),
        Row("200 commands/s, the acknowledgement is the whole answer: p50", "replied p50", "ms", factor=MS),
        Row("200 commands/s, the acknowledgement is the whole answer: p99", "replied p99", "ms", factor=MS),
        Row("60 commands/s, acknowledged while all codes are minted and posted: p50", "steady p50", "ms", factor=MS),
        Row("60 commands/s, acknowledged while all codes are minted and posted: p99", "steady p99", "ms", factor=MS),
        Row("Command to posted code, one after another: p50", "in turn", "ms", None, "naive in turn", MS),
        Row("… of it the bot's own: without the time Slack and WeChat took", "own", "ms", 15, "naive own", MS),
        Row("Codes posted, 20 commands at once", "at once", "/s", 120, "naive at once", more_is_better=True),
        Row("Processor time of the bot for a code", "cpu", "ms", factor=MS),
        Row("Processor time of sandbox and loader for a code", "world cpu", "ms", factor=MS),
        Row("From the process's start to ready", "ready", "s", 1.2),
        Row("Memory, idle", "idle", "MB", 100),
        Row(f"Memory after {commands:,} commands", "after", "MB", 130),
    )  # fmt: skip


# the other, in the words of a line; manner, connections and what wxqr is to be times as fast
RACES: dict[str, tuple[str, dict[str, float]]] = {
    "bare": ("a bare `success`", {"plain 64": 0.45, "plain 256": 0.5, "safe 64": 0.4, "safe 256": 0.4}),
    "lane": ("a bare `success` past ASGI, as wxqr itself goes", {}),
    "wechatpy": ("wechatpy and Flask", {"plain 64": 9, "plain 256": 9, "slow 64": 25, "slow 256": 25}),
    "werobot": ("WeRoBot", {"plain 64": 18, "plain 256": 18, "slow 64": 25, "slow 256": 25}),
}
MANNERS = {"plain": "", "safe": ", safe mode", "slow": ", each sync 4 ms longer"}


def receiving() -> tuple[Row, ...]:
    """Return what WeChat sees, and Slack while WeChat's pushes come in."""
    rush = "2,000 events/s and 200 commands/s"
    return (
        *_races(),
        Row("1,000 events/s, until `success`: p50", "paced wxqr p50", "ms", None, "paced bare p50", MS),
        Row("1,000 events/s, until `success`: p99", "paced wxqr p99", "ms", 5, "paced bare p99", MS),
        _beside_the_least("1,000 events/s, until `success`: p99", "paced wxqr p99", "paced lean p99", 2.1 / 5),
        Row(f"{rush}, kept, then acknowledged: p50", "rush kept p50", "ms", None, "rush bare p50", MS),
        Row(f"{rush}, kept, then acknowledged: p99", "rush kept p99", "ms", 5, "rush bare p99", MS),
        _beside_the_least(f"{rush}, kept, then acknowledged: p99", "rush kept p99", "rush lean p99", 1.3 / 5),
        Row("… the events meanwhile: p99", "rush kept events p99", "ms", None, "rush bare events p99", MS),
        Row(f"{rush}, answered at once: p50", "rush replied p50", "ms", None, "rush bare p50", MS),
        Row(f"{rush}, answered at once: p99", "rush replied p99", "ms", 5, "rush bare p99", MS),
        _beside_the_least(f"{rush}, answered at once: p99", "rush replied p99", "rush lean p99", 1.3 / 5),
        Row("… the events meanwhile: p99", "rush replied events p99", "ms", None, "rush bare events p99", MS),
        Row("Processor time for an event, people counted", "plain 64 wxqr cpu", "µs", None, "plain 64 bare cpu", US),
        Row("After 2 s of events on 64 connections: until all people are counted", "plain 64 settled after", "s"),
    )


def knowing(scans: int, few: int) -> tuple[Row, ...]:
    """Return what is known of many scans, and whether they get in the way of more."""
    rush = "2,000 events/s, 200 commands/s and 4 `stats`/s with retention"
    return (
        Row(f"`stats` of any scene among {scans:,} scans, 14 days", "stats", "ms", 20, factor=MS),
        Row("`stats` of any scene, 90 days", "stats 90", "ms", 20, factor=MS),
        Row("`stats` of any scene, by hour", "stats hours", "ms", 20, factor=MS),
        Row("`stats` of any scene, 31 days, with retention", "retention", "ms", 100, factor=MS),
        Row("`stats` of any scene and two others", "compared", "ms", 20, factor=MS),
        Row("`top week`", "top week", "ms", 20, factor=MS),
        Row("`top month`", "top month", "ms", 20, factor=MS),
        Row(
            f"Events/s, 64 connections: beside a database of {few:,}", "flood many", "/s", None, "flood few",
            more_is_better=True, ratio=0.8,
        ),
        Row(f"{rush}: p99 of a command; beside nobody asking", "asked p99", "ms", 15, "unasked p99", MS),
        Row("… the events meanwhile: p99", "asked events p99", "ms", None, "unasked events p99", MS),
    )  # fmt: skip


def _beside_the_least(what: str, ours: str, least: str, ratio: float) -> Row:
    """Say a limit in milliseconds as a ratio: to what the least took where the limit was set."""
    return Row(f"{what}, beside the least that keeps it", ours, "ms", None, least, MS, ratio=ratio)


def _races() -> Iterator[Row]:
    for other, (called, targets) in RACES.items():
        for manner, how in MANNERS.items():
            for connections in (64, 256):
                race = f"{manner} {connections}"
                yield Row(
                    f"Events/s, {connections} connections{how}: beside {called}", f"{race} wxqr", "/s", None,
                    f"{race} {other}", more_is_better=True, ratio=targets.get(race),
                )  # fmt: skip
