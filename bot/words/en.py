"""What the bot says in English."""

from collections.abc import Mapping

from bot.words.en_binding import BINDING
from bot.words.en_doctor import DOCTOR
from bot.words.en_figures import FIGURES
from bot.words.en_forms import FORMS
from bot.words.en_program import PROGRAM
from bot.words.en_refusals import REFUSALS
from bot.words.en_stats import STATS
from bot.words.en_watching import WATCHING
from bot.words.en_wechat import WECHAT
from bot.words.en_welcomes import WELCOMES

SENTENCES: Mapping[str, str] = {
    **PROGRAM,
    **WECHAT,
    **DOCTOR,
    **REFUSALS,
    **BINDING,
    **FIGURES,
    **FORMS,
    **STATS,
    **WELCOMES,
    **WATCHING,
    # the post of a code
    "code.headline.temp.named": "*{name}* — temporary code for scene `{scene}`, until {until}",
    "code.headline.temp.plain": "Temporary code for scene `{scene}`, until {until}",
    "code.headline.perm.named": "*{name}* — permanent code for scene `{scene}`",
    "code.headline.perm.plain": "Permanent code for scene `{scene}`",
    "code.title": "WeChat QR code, scene {scene}",
    "code.verified": ":white_check_mark: WeChat’s own picture, decoded and verified before posting",
    "code.drawn": (
        ":warning: WeChat’s picture could not be had or did not decode to the code’s url, so this one was drawn from "
        "the url. It scans the same."
    ),
    "code.was_there": "This scene has had its permanent code since {at}, asked for by {owner}; this is the same code.",
    "code.generation": "Generation {generation} of this scene. Prints of an earlier one end, or have ended, with it.",
    "code.invite": (
        "I am not a member of this channel, so I can show the picture but not post it as a file. "
        "Type `/invite @wxqr` here once to change that."
    ),
    "code.in_dm": "I could not post the file here, so it is in our direct messages. Invite me with `/invite @wxqr`.",
    "code.in_dm.several": "I could not post the files here; they are in our direct messages. Use `/invite @wxqr`.",
    "code.elsewhere": "The file is in our direct messages.",
    "code.elsewhere.several": "The files are in our direct messages.",
    "show.expired": ":warning: This code has expired: whoever scans it is told so. A renewed one is a new picture.",
    "show.drawn": "WeChat’s own picture of it could not be verified when it was posted; a drawn one scans the same.",
    "code.not_here": "I cannot post files in this conversation, so here is the picture alone.",
    "forbidden.outside": "This bot belongs to another workspace, so its buttons are for the people of that one.",
    "draw.expired": ":warning: This code has expired: do not print it. Renew it first.",
    "draw.temporary": ":warning: A temporary code: a print of it dies when it ends. For print, use `/wxqr perm`.",
    "draw.lasting": "Drawn from the code’s url with a quiet zone of 4 modules. Print it at least 2 cm wide.",
    "label.asked_by": "Asked by",
    "label.asked_at": "Asked at",
    "label.channel": "In",
    "label.direct": "a direct message",
    "label.value": "*{label}*\n{value}",
    # buttons
    "button.renew": "Renew",
    "button.renew.confirm": (
        "Mint a new temporary code for scene {scene} and post it here? What is printed already stays the old code."
    ),
    "button.svg": "SVG",
    "button.pdf": "PDF",
    "button.png": "Large PNG",
    "button.show": "Show it",
    "button.post": "Post to the channel",
    "button.help": "Help",
    "button.form": "Fill in a form",
    "usage.form": "Some of the form could not be read.",
    "button.meant": "/wxqr {command}",
    "button.mine": "My codes",
    "button.status": "Status",
    "button.again": "Again",
    "button.previous": "Previous",
    "button.next": "Next",
    "confirm.title": "Are you sure?",
    "confirm.yes": "Yes",
    "confirm.no": "No",
    # lists
    "list.counted": "Found: {total}. Permanent codes used: {used} of 100,000.",
    "list.nothing": "Nothing found. Live codes only; `/wxqr show SCENE` finds the expired ones too.",
    "list.code": "`{scene}`",
    "list.code.named": "`{scene}` · {name}",
    "list.entry.temp": "{code} · temporary until {until} · {owner}",
    "list.entry.perm": "{code} · permanent · {owner}",
    "list.entry.unknown": ":warning: {code} · not known whether WeChat minted it · {owner}",
    "list.page": "Page {page} of {pages}",
    "groups.counted": "Follower groups (WeChat calls them tags): {groups}",
    "groups.largest": "The {shown} largest of {groups} are shown.",
    "groups.none": "This account has no follower groups.",
    "groups.entry": "*{name}* · {size}",
    # status and refresh
    "status.good": ":large_green_circle: {whose}The access token lives.",
    "status.bad": ":red_circle: {whose}There is no working access token.",
    "status.refused": ":red_circle: {whose}WeChat refuses the access token, and no new one can be had.",
    "status.troubled": ":large_yellow_circle: {whose}The access token lives, but something below needs you.",
    "status.whose": "*{account}* · ",
    "status.token": (
        "*Access token*: {left} left, {age} old, from `{source}`, fetched {at} by `{host}`; "
        "forced refreshes in 24 hours: {forced} of 20"
    ),
    "status.token.none": "*Access token*: none. {why}",
    "status.failure": "*Last failure*: {at} on `{host}`, errcode {errcode}, rid {rid}. {what}",
    "status.failure.same": "*Last failure*: {at} on `{host}`, errcode {errcode}, rid {rid}.",
    "status.quota": "*Quota today* `{path}`: {used} of {limit} used, {remain} left",
    "status.quota.none": "*Quota today* `{path}`: not known. {why}",
    "status.permanent": "*Permanent codes* minted here: {used}; at most {left} of 100,000 left",
    "status.callback.reached": "*Callback*: WeChat reaches it ({times})",
    "status.callback.lost": ":warning: *Callback*: WeChat does not reach it ({times}). Check the callback URL’s host.",
    "status.callback.none": "*Callback*: {why}",
    "status.slack.http": "*Slack*: calls by HTTP",
    "status.slack.up": "*Slack*: connected by Socket Mode",
    "status.slack.down": ":warning: *Slack*: not connected; it is tried again and again",
    "status.scheduler.up": "*Scheduler*: running",
    "status.scheduler.down": ":warning: *Scheduler*: stopped. Restart the bot.",
    "status.database": "*Database*: {kilobytes} KB; commands in hand: {waiting}",
    "status.version": "wxqr {version}",
    "refresh.done": "A new access token is in use: {left} left. Forced in 24 hours: {forced} of {a_day}.",
    # alerts
    "alert.token_broken": ":rotating_light: *{account}*: no access token can be had, so no code can be minted.",
    "alert.token_healed": ":white_check_mark: *{account}*: the access token works again. The trouble began {since}.",
    # help
    "help.accounts": "Official accounts: {names}. `--account NAME` chooses one.",
    "help.about": "*wxqr* makes WeChat QR codes with scenes, and keeps them.",
    "help.entry": "`/wxqr {usage}`\n{what}",
    "help.example": "For example: `/wxqr {example}`",
    "help.scene": "SCENE: 1–9 digits are a number, anything else of `A-Z a-z 0-9 _ . -` (up to 64) a name.",
    "help.footer": (
        "`/wxqr help COMMAND` says more. Codes and files for print are posted for all to see; all else only you see."
    ),
    "help.temp": "A temporary code: 30 minutes unless you say, 30 days at most. No SCENE: the next free number.",
    "help.temp.more": (
        "`--ttl` takes 30m, 12h, 7d. `--name` is for people. `--private` shows the code only to you. "
        "If the scene is live elsewhere or by somebody else, I say so first."
    ),
    "help.perm": "The scene’s permanent code. One for ever: whoever asks again gets the same.",
    "help.perm.more": (
        "WeChat gives an account 100,000 permanent codes, for ever, and no way to delete one. "
        "Numbers go from 1 to 100000; for anything else use a name such as `campaign-x`."
    ),
    "help.renew": "A new temporary code for a scene that had one.",
    "help.renew.more": "WeChat cannot prolong a code: a renewed one is a new picture, to be posted and printed anew.",
    "help.show": "The code again: who, when, until when, for what.",
    "help.show.more": "Only you see it; with `--post` it is posted for the channel.",
    "help.draw": "The code as a file for print, drawn from its url.",
    "help.draw.more": (
        "SVG and PDF are vector files; PNG is about 2000 pixels wide. The file is posted in the channel; "
        "by a button under a code, in that code’s thread, or to you directly where only you see the code."
    ),
    "help.list": "What is allocated: all, temporary, permanent, yours, or what expires within 7 days.",
    "help.list.more": "TEXT finds a piece of a scene or of a name: `/wxqr list poster`.",
    "help.groups": "The account’s follower groups with their sizes.",
    "help.groups.more": "WeChat calls them tags today. They stand largest first.",
    "help.status": "For on-call: access token, quotas, callback, scheduler, database.",
    "help.status.more": "Nothing secret is shown. It asks WeChat, so it takes a moment.",
    "help.refresh": "Force a new access token. Operators only.",
    "help.refresh.more": "The old token dies at once for every other program too. 20 times a day, 30 seconds apart.",
    "help.help": "This, or more of one command.",
    "help.help.more": "`/wxqr help temp`",
    # choices
    "either": "{others} or {last}",
    "either.comma": ", ",
    # durations
    "span.day": "{number} day",
    "span.days": "{number} days",
    "span.hour": "{number} hour",
    "span.hours": "{number} hours",
    "span.minute": "{number} minute",
    "span.minutes": "{number} minutes",
    "span.second": "{number} second",
    "span.seconds": "{number} seconds",
}
