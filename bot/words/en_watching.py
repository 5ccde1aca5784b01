"""What is said of watched codes, digests and exports, in English."""

from collections.abc import Mapping

WATCHING: Mapping[str, str] = {
    "place.here": "here",
    "place.in": "in {channel}",
    "place.elsewhere": "in another channel",
    "dates": "{first} to {last}",
    "forbidden.channel": (
        "From here I do this for public channels only. For a private one, say it in that channel itself, "
        "so that its members see who did."
    ),
    "watch.made": (
        "I count the scans of `{scene}` {where}: in a thread under its code, edited once a minute at most, and "
        "with one message at 10, 50, 100, 500 and so on new follows."
    ),
    "watch.waits": (
        "I am not {where} yet: type `/invite @wxqr` in that channel, and I begin to count the scans of `{scene}` there."
    ),
    "watch.there": "The scans of `{scene}` are counted {where} already.",
    "watch.ended": "I count `{scene}` {where} no longer. What I posted stays.",
    "watch.never": "I count `{scene}` {where} no longer. I had not begun, so there is nothing of it there.",
    "watch.listed": "Counted {where}: {count}.",
    "watch.none": "Nothing is counted {where}. `/wxqr watch SCENE` begins it.",
    "watch.entry": (
        "`{scene}` · in all, scans {scans} · new follows {follows} · watched since {at}, asked for by {who}"
    ),
    "watch.root": "I count the scans of `{scene}` in this thread.",
    "watch.counter": "Scans *{scans}* · people *{people}* · new follows *{follows}* · as of {at}",
    "watch.milestone": "{code} has reached *{milestone}* new follows: {follows} by now.",
    "watch.unable": "I cannot count `{scene}` {where}: I am not a member there.",
    "watch.invite": "Type `/invite @wxqr` in that channel, and the count comes.",
    "watch.invite.private": (
        "Type `/invite @wxqr` there, and the count comes; or, there as well, end it: `/wxqr {command}`."
    ),
    "watch.trouble": ":warning: Slack does not let me post the counts. Where I am no member, type `/invite @wxqr`.",
    "watch.archived": "I count `{scene}` {where} no longer: that channel is archived.",
    "watch.button.off": "Stop counting",
    "watch.button.again": "Count again",
    "not_found.watch": "`{scene}` is not counted in that channel.",
    "digest.set.daily": "A digest of the day before comes {where} at 09:00 ({zone}).",
    "digest.set.weekly": "A digest of the week before comes {where}, Mondays at 09:00 ({zone}).",
    "digest.waits.daily": (
        "I am not {where} yet: type `/invite @wxqr` in that channel, and a digest of the day before comes "
        "there at 09:00 ({zone})."
    ),
    "digest.waits.weekly": (
        "I am not {where} yet: type `/invite @wxqr` in that channel, and a digest of the week before comes "
        "there, Mondays at 09:00 ({zone})."
    ),
    "digest.off": "No digest comes {where} any more.",
    "digest.none": "No digest comes {where}. `/wxqr digest daily` or `/wxqr digest weekly` begins it.",
    "digest.next": "The next one: {at}. For days on which nothing happened none comes.",
    "digest.shanghai": "Shanghai time",
    "digest.asked_by": "Asked for by {who}.",
    "digest.trouble": (
        ":warning: The last one could not be posted: I am not a member. Type `/invite @wxqr` in the channel; "
        "the next one will come."
    ),
    "digest.button.daily": "Daily",
    "digest.button.weekly": "Weekly",
    "digest.button.off": "Stop",
    "digest.button.top": "Leaderboard",
    "digest.button.expiring": "What ends soon",
    "digest.headline.daily": "Daily digest, {dates}: scans *{scans}*, new follows *{follows}*",
    "digest.headline.weekly": "Weekly digest, {dates}: scans *{scans}*, new follows *{follows}*",
    "digest.headline.daily.named": "Daily digest of {account}, {dates}: scans *{scans}*, new follows *{follows}*",
    "digest.headline.weekly.named": "Weekly digest of {account}, {dates}: scans *{scans}*, new follows *{follows}*",
    "digest.sums": "Of these, first {first}, returning {returning} · unfollows {unfollows} · net *{net}*",
    "digest.change.daily": "Against the day before: scans {scans}, new follows {follows}",
    "digest.change.weekly": "Against the week before: scans {scans}, new follows {follows}",
    "digest.best": "First of all: {code}, new follows {follows}, scans {scans}",
    "digest.table": "The codes with the most new follows",
    "digest.expiring": ":warning: Codes that end within 7 days: {count}",
    "digest.repaired": "Follows whose code I had to ask WeChat for: {share}.",
    "digest.chart": "Scans and follows by day",
    "digest.external": "Scans of codes that another system made: {share}.",
    "digest.days": "{dates} in Shanghai time.",
    "digest.end": "`/wxqr {command}`, typed here, ends this digest.",
    "digest.no_member": (
        "I could not post the digest {where}: I am not a member there. Type `/invite @wxqr` there; "
        "the next one will come."
    ),
    "digest.archived": "No digest comes {where} any more: that channel is archived.",
    "export.stats": "{what}, {dates}, as CSV and XLSX. Rows: {rows}.",
    "export.scans": "{what}, {dates}, as CSV and XLSX. Rows: {rows}. People stand under pseudonyms.",
    "export.what.stats.all": "Figures of all codes",
    "export.what.stats.some": "Figures of `{scenes}`",
    "export.what.scans.all": "All events",
    "export.what.scans.some": "Events of `{scenes}`",
    "export.cut": ":warning: Only {most} rows are in the files; name scenes or fewer days for the rest.",
    "export.nothing": "{what}, {dates}: nothing happened, so there is nothing to export.",
    "export.title.csv": "{what}, {dates} (CSV)",
    "export.title.xlsx": "{what}, {dates} (XLSX)",
    "export.days": "Today is included. `/wxqr help export` says what the columns are.",
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
    # adopt
    "adopt.done.named": (
        "`{scene}` is yours now, as *{name}*: `stats`, `top` and `digest` count it with your codes, and with those "
        "of {channel}."
    ),
    "adopt.done.plain": (
        "`{scene}` is yours now: `stats`, `top` and `digest` count it with your codes, and with those of {channel}."
    ),
    "adopt.elsewhere": (
        "Another system makes its codes: I count them, but cannot draw, renew or end them. What was scanned before "
        "counts, too."
    ),
    "adopt.stats": "Its figures",
    "adopt.button": "Adopt this scene",
    "help.adopt": "Makes a scene yours whose codes another system makes, so that it counts with a name and an owner.",
    "help.adopt.more": "Its owner, or an operator, may do it again: to give it another name, or another channel.",
    "conflict.own_scene": "The codes of `{scene}` were made here, so it has an owner already.",
    "conflict.invalid_scene": "`{scene}` is no scene: codes are created wrongly somewhere. Nobody can have it.",
    "not_found.scanned": "Nobody has scanned a code of scene `{scene}` yet, so there is nothing to adopt.",
    "forbidden.adopted": "`{scene}` belongs to {owner}: they, or an operator, may change that.",
}
