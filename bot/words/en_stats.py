"""What became of the codes, in English. The words are defined in docs/METRICS.md."""

from collections.abc import Mapping

STATS: Mapping[str, str] = {
    "stats.title.one": "{code}: the last {days} {days:day|days}",
    "stats.title.many": "{what}, {codes} {codes:code|codes}: the last {days} {days:day|days}",
    "stats.all": "All",
    "stats.many": "{codes} {codes:code|codes}",
    "stats.no_codes": "There are no such codes yet.",
    "stats.code": "`{scene}`",
    "stats.code.named": "{name} (`{scene}`)",
    "stats.code.invalid": "`{scene}` (no scene)",
    "stats.code.external": "`{scene}` (another system’s)",
    "stats.sums": (
        "*{scans}* {scans:scan|scans} by *{scanners}* {scanners:person|people} · "
        "*{follows}* {follows:new follow|new follows} ({whose}) · "
        "{unfollows} {unfollows:unfollow|unfollows} · net *{net}*"
    ),
    "stats.sums.many": (
        "*{scans}* {scans:scan|scans} by *{scanners}* {scanners:person|people} (summed over the codes) · "
        "*{follows}* {follows:new follow|new follows} ({whose}) · "
        "{unfollows} {unfollows:unfollow|unfollows} · net *{net}*"
    ),
    "stats.whose": "{first} first, {returning} returning",
    "stats.whose.partly": "{first} first, {returning} returning, {uncounted} not known yet",
    "stats.uncounted": (
        "Still being counted: the people of the newest {events} {events:event|events}. Scanners, first and returning, "
        "unfollows, net and who stayed will change yet."
    ),
    "stats.nothing": "Nothing happened in these days.",
    "stats.never": "Nobody has scanned it yet, as far as WeChat tells.",
    "stats.change": "Against the {days} days before, up to the same hour: scans {scans}, new follows {follows}",
    "stats.as_before": "as before",
    "stats.kept": "Still following after 1 day: {d1} · 7 days: {d7} · 30 days: {d30}",
    "stats.kept.of": "Still following: of those who first followed in {days} {days:day|days} up to {until}.",
    "stats.immature": "too early to say",
    "stats.lost": "Followed by this once, and follow no more: {people} {people:person|people}.",
    "stats.best_hour": "Busiest: {day} {hour}, {scans} {scans:scan|scans}.",
    "stats.no_scans": "No scans in these days.",
    "stats.days": ("{first} to {last} in Shanghai time; today is not over. Scans: those that WeChat tells of."),
    "stats.cut": "All {codes} codes are counted; the {most} with the most new follows are listed.",
    "stats.external": "Codes of another system on this account: I count what they bring, but did not make them.",
    "stats.quality": "Data quality, whole account: I kept {share} of the follows by code WeChat has told of so far.",
    "stats.table": "Codes, the last {days} days",
    "stats.chart.days": "Scans and follows by day: {what}",
    "stats.chart.weeks": "Scans and follows by week: {what}",
    "stats.chart.comparison.day": "New follows by day",
    "stats.chart.comparison.week": "New follows by week",
    "stats.chart.hours": "{what}: scans by hour and weekday, {days} days",
    "stats.chart.retention.day": "{what}: who still follows, by day of the first follow",
    "stats.chart.retention.week": "{what}: who still follows, by week of the first follow",
    "stats.column.code": "Code",
    "stats.column.owner": "Owner",
    "stats.column.channel": "Channel",
    "stats.column.codes": "Codes",
    "stats.column.place": "Place",
    "stats.column.scans": "Scans",
    "stats.column.scanners": "Scanners",
    "stats.column.follows": "New follows",
    "stats.column.unfollows": "Unfollows",
    "stats.column.net": "Net",
    "stats.column.change": "Change",
    "stats.weekday.0": "Mon",
    "stats.weekday.1": "Tue",
    "stats.weekday.2": "Wed",
    "stats.weekday.3": "Thu",
    "stats.weekday.4": "Fri",
    "stats.weekday.5": "Sat",
    "stats.weekday.6": "Sun",
    "stats.button.month": "30 days",
    "stats.button.hours": "By hour",
    "stats.button.retention": "Who stayed",
    "stats.button.watch": "Watch",
    "top.title.code": "The codes that brought the most new followers in {days} days",
    "top.title.owner": "Whose codes brought the most new followers in {days} days",
    "top.title.channel": "The channels whose codes brought the most new followers in {days} days",
    "top.nothing": "Nothing was scanned in these days.",
    "top.line": "{place}. {who}: *{follows}* {follows:new follow|new follows}, {scans} {scans:scan|scans}",
    "top.external": "Other systems",
    "top.chart": "New follows and net",
    "top.table": "Leaderboard",
    "top.button.code": "By code",
    "top.button.owner": "By owner",
    "top.button.channel": "By channel",
    "top.button.month": "30 days",
    "alert.invalid_scene": (
        ":warning: Codes of *{account}* were scanned whose scene is `{scene}`: somewhere a code is created without a "
        "scene, or with a number beyond 32 bits. Their scans cannot be told apart, and are left "
        "out of `top`."
    ),
    "status.scans": (
        "*Scans*: the last event of WeChat came {at}; {waiting} {waiting:event waits|events wait} to be counted."
    ),
    "status.scans.none": "*Scans*: WeChat has pushed no event yet. Its console wants the callback URL {path}.",
    "status.scans.off": "*Scans*: not received, for `WECHAT_CALLBACK_TOKEN` is not set.",
    "help.stats": "Scans, new follows, unfollows, who stayed: of one code, of several, or of all.",
    "help.stats.more": (
        "`activity_*` or `expo-*`: all codes that begin so. "
        "`--by hour` shows the busiest hours, `--retention` who stayed."
    ),
    "help.top": "The codes, people or channels that brought the most new followers.",
    "help.top.more": "It ranks by new follows of the last 7 or 30 days, then by scans.",
    "usage.person": "`{typed}` is nobody I know of. Write `@name` of a person in this workspace.",
    "usage.channel": "`{typed}` is no channel. Write `#name` of a channel in this workspace.",
    "usage.days": "`{typed}` is no number of days from 1 to 400.",
    "usage.scenes_or_whose": "Name codes, or whose they are (`--owner`, `--channel`): not both.",
    "usage.scenes_or_whose.form": "Name codes, or whose they are: not both.",
    "not_found.pattern": "No code here begins as `{pattern}`.",
}
