"""What is said of watched codes, digests and exports, in English."""

from collections.abc import Mapping

WATCHING: Mapping[str, str] = {
    "watch.made": (
        "I count the scans of `{scene}` in {channel}: in a thread under its code, edited once a minute at most, and "
        "with one message at 10, 50, 100, 500 and so on new follows."
    ),
    "watch.there": "The scans of `{scene}` are counted in {channel} already.",
    "watch.ended": "I count `{scene}` in {channel} no longer. What I posted stays.",
    "watch.listed": "Counted in {channel}: {count}.",
    "watch.none": "Nothing is counted in {channel}. `/wxqr watch SCENE` begins it.",
    "watch.entry": "`{scene}` · {scans} scans · {follows} new follows · since {at}, asked for by {who}",
    "watch.root": "I count the scans of `{scene}` in this thread.",
    "watch.counter": "*{scans}* scans by *{people}* people · *{follows}* new follows · as of {at}",
    "watch.milestone": "`{scene}` has passed *{milestone}* new follows: {follows} by now.",
    "watch.no_member": (
        "I cannot count `{scene}` in {channel}: I am not a member there. Type `/invite @wxqr` there, and I begin; "
        "or end it with `/wxqr watch {scene} --off`."
    ),
    "watch.archived": "{channel} is archived, so I count `{scene}` there no longer.",
    "watch.button.off": "Stop counting",
    "watch.button.again": "Count again",
    "not_found.watch": "`{scene}` is not counted in {channel}.",
    "digest.set.daily": "{channel} gets a digest of the day before at 09:00 ({zone}), asked for by {who}.",
    "digest.set.weekly": "{channel} gets a digest of the week before, Mondays at 09:00 ({zone}), asked for by {who}.",
    "digest.off": "{channel} gets no digest any more.",
    "digest.none": "{channel} gets no digest. `/wxqr digest daily` or `/wxqr digest weekly` begins it.",
    "digest.button.daily": "Daily",
    "digest.button.weekly": "Weekly",
    "digest.button.off": "Stop",
    "digest.button.top": "Leaderboard",
    "digest.button.expiring": "What ends soon",
    "digest.headline.daily": "{account}, {last}: *{scans}* scans, *{follows}* new follows",
    "digest.headline.weekly": "{account}, {first} to {last}: *{scans}* scans, *{follows}* new follows",
    "digest.sums": "New follows: {first} first, {returning} returning · {unfollows} unfollows · net *{net}*",
    "digest.change.daily": "Against the day before: scans {scans}, new follows {follows}",
    "digest.change.weekly": "Against the week before: scans {scans}, new follows {follows}",
    "digest.best": "First of all: {code}, {follows} new follows, {scans} scans",
    "digest.table": "The codes with the most new follows",
    "digest.expiring": ":warning: Codes that end within 7 days: {count}",
    "digest.repaired": "Follows whose code I had to ask WeChat for: {share}.",
    "digest.external": "Scans of codes that another system made: {share}.",
    "digest.days": "{first} to {last} in Shanghai time.",
    "digest.no_member": (
        "I could not post the digest in {channel}: I am not a member there. Type `/invite @wxqr` there; "
        "the next one will come."
    ),
    "digest.archived": "{channel} is archived, so it gets no digest any more.",
    "export.stats": "What {rows} codes brought in {days} days, as CSV and XLSX.",
    "export.scans": "{rows} events of {days} days, as CSV and XLSX. People stand under pseudonyms, each under one.",
    "export.cut": ":warning: Only {most} rows are in the files; name scenes or fewer days for the rest.",
    "export.nothing": "Nothing happened in these {days} days, so there is nothing to export.",
    "export.title.csv": "CSV, {first} to {last}",
    "export.title.xlsx": "XLSX, {first} to {last}",
    "export.days": "{first} to {last}, today included. What each column means: docs/METRICS.md.",
    "form.rhythm": "daily, weekly or off",
    "form.what": "stats or scans",
    "help.watch": "Counts a code’s scans in a channel, in a thread under the code. No SCENE: what is counted here.",
    "help.watch.more": (
        "The count is edited in place, once a minute at most. 10, 50, 100, 500, 1,000 and so on new follows are told "
        "in the channel, once each. `--off` ends it."
    ),
    "help.digest": "Yesterday’s figures every morning, or the week’s every Monday. Nothing after it: what is set here.",
    "help.digest.more": (
        "It comes at 09:00 in the bot’s time zone, and not where nothing happened: totals, the five best codes, "
        "what ends within 7 days, and how our figures compare with WeChat’s."
    ),
    "help.export": "The figures of codes, or every event (operators only), as CSV and XLSX in your direct messages.",
    "help.export.more": (
        "`stats` has one row a code: scans, scanners, new and returning follows, unfollows, net. `scans` has one row "
        "an event, with a pseudonym for the person. At most 100,000 rows."
    ),
    "cli.export.days": "only the last so many days, today included; without it, all",
    "cli.export.app_id": "whose figures, where there are several accounts",
    "cli.export.which": "there are several accounts: choose one with --app-id: {app_ids}",
}
