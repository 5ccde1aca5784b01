"""Every "no" that is not WeChat's, in English."""

from collections.abc import Mapping

REFUSALS: Mapping[str, str] = {
    # what cannot be read
    "usage.line": "Usage: `/wxqr {usage}`",
    "usage.command": "There is no command `{typed}`.",
    "usage.command_near": "There is no command `{typed}`. Did you mean `{near}`?",
    "usage.form_which": "Which form? `form` takes {which}.",
    "usage.form_none": "`{typed}` has no form: there is nothing to fill in.",
    "usage.open_quote": "The quote that opens at {typed} is never closed.",
    "usage.scene_long": "A scene has at most 64 characters; this one has {length}.",
    "usage.scene_characters": ("`{typed}` cannot be a scene: use `A-Z a-z 0-9 _ . -` only, up to 64."),
    "usage.scene_one": "Only one scene can stand here, without commas: not `{typed}`.",
    "usage.scene_or_name": (
        "`{typed}` cannot be a scene: use `A-Z a-z 0-9 _ . -` only, up to 64. The name may be anything: `--name`."
    ),
    "usage.scene_or_name.form": (
        "`{typed}` cannot be a scene: use `A-Z a-z 0-9 _ . -` only, up to 64. The name below may be anything."
    ),
    "usage.scene_zero": "0 cannot be a scene: WeChat takes numbers from 1, or a name.",
    "usage.permanent_number": (
        "A permanent code’s number goes from 1 to 100000; `{scene}` is outside. Use a name, such as `n-{scene}`."
    ),
    "usage.permanent_ttl": "A permanent code does not end, so it takes no `--ttl`. `/wxqr temp` makes one that ends.",
    "usage.scene_dash": "`{typed}` cannot be a new scene: begin it with a letter or a digit.",
    "usage.ttl": "`{typed}` is no duration. Write 30m, 12h or 7d.",
    "usage.ttl_unit": "{typed} what? Write {likely}.",
    "usage.ttl_range": "`{typed}`: a temporary code lives from 1 minute to 30 days. For longer there is `/wxqr perm`.",
    "usage.name_long": "A name has at most 80 characters; this one has {length}.",
    "usage.number": "`{typed}` is no positive whole number.",
    "usage.number.option": "`{option}` takes a whole number from 1, not `{typed}`.",
    "usage.days.option": "`{option}` takes a number from 1 to 400, not `{typed}`.",
    "usage.choice": "Write {allowed} there, not `{typed}`.",
    "usage.choice.option": "`{option}` takes {allowed}, not `{typed}`.",
    "usage.option": "There is no option `{typed}`.",
    "usage.option_near": "There is no option `{typed}`. Did you mean `{near}`?",
    "usage.option_empty": "`{option}` needs a value, such as {allowed}.",
    "usage.option_which": "`{option}` needs a value: {allowed}.",
    "usage.twice": "`{option}` stands there twice. Which of the two is meant?",
    "usage.word": "I do not know what `{typed}` is for.",
    "usage.word_quotes": "I do not know what `{typed}` is for. Put text with spaces in quotes: `{near}`.",
    "usage.word_near": "I do not know what `{typed}` is for. Did you mean `{near}`?",
    "usage.missing": "{missing} is missing.",
    "usage.missing.form": "Please fill this in.",
    "usage.which": "Say which: {allowed}.",
    # other refusals
    "not_found.scene": "No code was ever made here for scene `{scene}`.",
    "not_found.scene_near": "No code was ever made here for scene `{scene}`. Did you mean `{near}`?",
    "not_found.account": "There is no official account `{typed}`. There are: {names}.",
    "conflict.live": "Scene `{scene}` is live already: asked for by {owner} in {channel}.",
    "conflict.live.anyway": "Mint anyway",
    "conflict.live.confirm": "Scans of both codes will count for the same scene. Mint another?",
    "conflict.unknown": (
        "WeChat was asked at {at} for the permanent code of `{scene}`, and no answer came that I could read, so it may "
        "or may not have been minted. I do not ask again by myself: a second one may cost another of the 100,000 for "
        "ever."
    ),
    "conflict.unknown.anyway": "Ask WeChat again",
    "conflict.unknown.confirm": "This may use one more of the account’s 100,000 permanent codes. Ask again?",
    "conflict.being_minted": "The permanent code of `{scene}` is being minted right now. Ask again in a moment.",
    "conflict.being_minted.anyway": "Ask again",
    "conflict.being_minted.confirm": "Ask again?",
    "conflict.no_number": "All numbers from {first} to {last} that I tried are in use. Name a scene yourself.",
    "conflict.no_number.anyway": "Try again",
    "conflict.no_number.confirm": "Try again?",
    "conflict.renew_permanent": "`{scene}` is a permanent code: it never ends, so there is nothing to renew.",
    "conflict.refresh_soon": "The last forced refresh was a moment ago. WeChat wants {wait} more seconds.",
    "conflict.refresh_often": "WeChat allows {a_day} forced refreshes in 24 hours, and they are used up.",
    "forbidden.operators": (
        "`/wxqr {command}` is for operators. An operator’s Slack user ID stands in `WXQR_OPERATORS`; ask one of them."
    ),
    "forbidden.operators.form": "This is for operators only; ask one of them.",
    "not_kept.now": "I could not write it down, so nothing was done: {why}. Please try again in a moment.",
    "not_kept.busy": "My database is busy, so I did not take this on and nothing was done. Please try again.",
    "not_kept.minted": (
        ":rotating_light: WeChat minted the code for `{scene}`, but it could not be written down. Keep this: {url} "
        "— and tell an operator."
    ),
    "bug": "Something is broken in me. It is logged under `{reference}`; please give that to an operator.",
    # Slack
    "slack.refused": "Slack refused ({method}: `{error}`). An operator should look.",
    "slack.not_in_channel": "I am not a member of this channel. Type `/invite @wxqr` here.",
    "slack.unavailable": "Slack does not answer ({method}).",
    "slack.unknown": (
        "I answered `/wxqr {command}`, but Slack broke off ({method}), so I cannot tell whether the answer arrived. "
        "If you do not see it, press the button."
    ),
    "slack.given_up": (
        "I could not answer `/wxqr {command}` for a long time: Slack did not take it. Press to try again."
    ),
    "slack.never_shown": (
        "Slack took the file for `/wxqr {command}` but never showed it. Nothing is lost: press to post it again."
    ),
    "slack.repeat": "Do it again",
}
