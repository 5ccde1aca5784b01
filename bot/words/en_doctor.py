"""What `wxqr doctor`, `wxqr backup` and `wxqr export` say in English."""

from collections.abc import Mapping

DOCTOR: Mapping[str, str] = {
    "doctor.good": "All is well.",
    "doctor.wrong": "To be put right: {wrong}.",
    # this machine
    "doctor.settings": "Settings: official accounts {accounts}; Slack comes by {door}.",
    "doctor.door.http": "HTTP, to POST /slack/events",
    "doctor.door.socket": "Socket Mode",
    "doctor.operators": "Operators: {operators}.",
    "doctor.operators.none": (
        "Operators: none, so nobody may use `/wxqr refresh`. Put Slack user IDs in WXQR_OPERATORS, such as U012ABCDEF."
    ),
    "doctor.operators.wrong": (
        "Operators: these are no Slack user IDs: {nobody}. In Slack: profile → ⋮ → Copy member ID; put it in "
        "WXQR_OPERATORS."
    ),
    "doctor.database.new": "Database {database}: not there yet; the bot makes it when it starts.",
    "doctor.database.whole": "Database {database}: whole and writable, {kilobytes} KB.",
    "doctor.database.damaged": (
        "Database {database}: damaged ({found}). Stop the bot, keep the file, and put the last `wxqr backup` in its "
        "place."
    ),
    "doctor.database.unusable": "Database {database}: cannot be used: {why}. Check the file and who owns it.",
    "doctor.database.no_folder": "Database: there is no folder {folder}. Make it, or correct WXQR_DATABASE.",
    "doctor.database.closed_folder": (
        "Database: the folder {folder} is not writable. Give it to the user who runs the bot; SQLite writes beside the "
        "file too."
    ),
    "doctor.disk.free": "Disk of {folder}: {free} MB free.",
    "doctor.disk.full": "Disk of {folder}: only {free} MB free. Make room: {least} MB at least.",
    "doctor.port.free": "Port {where}: free.",
    "doctor.port.running": "Port {where}: a wxqr is running there.",
    "doctor.clock.right": "Clock: right, by {hosts}.",
    "doctor.clock.ahead": "Clock: {off} ahead of {host}. Set it by NTP; signatures 5 minutes off are refused.",
    "doctor.clock.behind": "Clock: {off} behind {host}. Set it by NTP; signatures 5 minutes off are refused.",
    "doctor.clock.unknown": "Clock: not compared, for nobody answered with the time.",
    # Slack
    "doctor.slack.bot_token": "Slack bot token: {user} in {team}.",
    "doctor.slack.bot_token.refused": (
        "Slack bot token: refused (`{error}`). Put the Bot User OAuth Token (xoxb-…) of “OAuth & Permissions” in "
        "SLACK_BOT_TOKEN."
    ),
    "doctor.slack.bot_token.person": (
        "Slack bot token: it is a person’s, not a bot’s. Put the Bot User OAuth Token (xoxb-…) in SLACK_BOT_TOKEN."
    ),
    "doctor.slack.app_token": "Slack app token: opens Socket Mode.",
    "doctor.slack.app_token.refused": (
        "Slack app token: refused (`{error}`). Switch Socket Mode on, and put an app-level token (xapp-…) with the "
        "scope connections:write in SLACK_APP_TOKEN; unset it to be met by HTTP."
    ),
    "doctor.slack.scopes": "Slack scopes: {scopes}.",
    "doctor.slack.scopes.missing": (
        "Slack scopes: missing {missing}. Add them under “OAuth & Permissions” as in manifest.yml, and reinstall the "
        "app."
    ),
    "doctor.slack.silent": (
        "Slack does not answer {method} at {url}. Check the network, the proxy and SLACK_API_URL, and ask again."
    ),
    # WeChat
    "doctor.wechat.token": "WeChat {account}: access token from {source}, {left} left.",
    "doctor.wechat.not_asked": (
        "WeChat {account}: not looked at. With WECHAT_TOKEN_API=token, fetching an access token ends the one in use, "
        "and the database holds none that works. `/wxqr status` of the running bot tells, or change to stable_token."
    ),
    "doctor.wechat.quota": "WeChat {account}: {remain} of {limit} codes left today.",
    "doctor.wechat.callback": "WeChat {account}: the callback is reached ({times}).",
    "doctor.wechat.callback.lost": (
        "WeChat {account}: the callback is not reached ({times}). Check the callback URL’s host and its firewall."
    ),
    "doctor.wechat.refused": "WeChat {account}: {what} (errcode {errcode}, rid {rid})",
    "doctor.wechat.silent": (
        "WeChat {account}: no answer to {path} at {url}. Check the network, the proxy and WECHAT_API_URL, and ask "
        "again."
    ),
    # backup and export
    "cli.export.no": "Nothing exported: {why}",
    "safekeeping.no_database": "there is no database {database}; WXQR_DATABASE names another",
    "safekeeping.exists": "{file} is there already, and nothing is overwritten",
    "safekeeping.damaged": "the database is damaged ({found}), so the copy would be too",
}
